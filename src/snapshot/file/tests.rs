//! Files whose checksums are right and whose content is not.

use super::super::{Snapshot, SnapshotFileError, TermId};
use super::Stamp;
use super::checked::BLOCK;
use super::footer::{self, End, Footer, Section};
use oxrdf::{Literal, NamedNode, Triple};
use proptest::prelude::*;
use std::fs::File;
use std::io::{Seek, Write};

fn bytes() -> Vec<u8> {
    let iri = |n: usize| NamedNode::new(format!("http://example.org/{n}")).unwrap();
    let object = |n: usize| Literal::new_language_tagged_literal(n.to_string(), "en").unwrap();
    let snapshot = Snapshot::of((0..20).map(|n| Triple::new(iri(n % 7), iri(n % 3), object(n))));
    let mut bytes = Vec::new();
    snapshot.write(&Stamp { source: "a register".to_owned(), revision: 1 }, &mut bytes).unwrap();
    bytes
}

/// The file with another body and another footer, and all checksums as they must be.
fn sealed(bytes: &[u8], change: impl FnOnce(&mut Vec<u8>, &mut Footer)) -> File {
    let End { body, mut footer, source, .. } = footer::read(bytes).unwrap();
    let mut body = body.to_vec();
    change(&mut body, &mut footer);
    let checksums: Vec<_> = body.chunks(BLOCK).map(crc32fast::hash).collect();
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&body).unwrap();
    footer::write(&mut file, body.len(), &checksums, &source, &footer).unwrap();
    file.rewind().unwrap();
    file
}

fn refused(change: impl FnOnce(&mut Vec<u8>, &mut Footer)) -> &'static str {
    match Snapshot::open(&sealed(&bytes(), change)).unwrap_err() {
        SnapshotFileError::Damaged { what, .. } => what,
        error => panic!("{error:?}"),
    }
}

#[test]
fn a_file_that_is_sealed_as_it_was_is_opened() {
    assert_eq!(Snapshot::open(&sealed(&bytes(), |_, _| ())).unwrap().0.len(), 20);
}

#[test]
fn more_terms_or_triples_than_there_are_numbers_or_rows_are_refused() {
    assert_eq!(refused(|_, footer| footer.term_count = 1 << 32), "there are too many terms");
    assert_eq!(refused(|_, footer| footer.term_count = u32::MAX.into()), "there are too many terms");
    assert_eq!(refused(|_, footer| footer.term_count += 1), "the section does not fit the file");
    assert_eq!(refused(|_, footer| footer.triple_count += 1), "the section does not fit the file");
}

#[test]
fn sections_outside_the_file_or_between_numbers_are_refused() {
    let place = |start, len| move |_: &mut Vec<u8>, footer: &mut Footer| footer.terms.table = Section::new(start, len);
    for (start, len) in [(0, 1 << 40), (1 << 40, 8), (usize::MAX, 8), (8, usize::MAX), (64, 12)] {
        assert_eq!(refused(place(start, len)), "the section does not fit the file", "{start} {len}");
    }
    let between = |_: &mut Vec<u8>, footer: &mut Footer| {
        let rows = footer.orders[0].rows.range().unwrap();
        footer.orders[0].rows = Section::new(rows.start + 4, rows.len());
    };
    assert_eq!(refused(between), "the section does not fit the file");
}

#[test]
fn groups_that_do_not_follow_each_other_are_refused() {
    let swap = |body: &mut Vec<u8>, footer: &mut Footer| {
        let range = footer.orders[1].ends.range().unwrap();
        body[range].reverse();
    };
    assert_eq!(refused(swap), "the groups of triples do not follow each other");
}

#[test]
fn languages_that_are_no_texts_are_refused() {
    let broken = |body: &mut Vec<u8>, footer: &mut Footer| {
        let range = footer.terms.tags.range().unwrap();
        body[range.end - 1] = 0xff;
    };
    assert_eq!(refused(broken), "languages and datatypes are no texts");
}

proptest! {
    #[test]
    fn no_content_makes_a_sealed_file_panic(
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..60),
        whole in any::<bool>(),
    ) {
        let file = sealed(&bytes(), |body, _| {
            for (at, byte) in &places {
                let at = at.index(body.len());
                body[at] = *byte;
            }
        });
        let opened = if whole { Snapshot::open(&file) } else { Snapshot::open_checked_before(&file) };
        if let Ok((snapshot, _)) = opened {
            for triple in snapshot.matching(None, None, None) {
                let _ = triple.map(|id| snapshot.term(id).and_then(|term| snapshot.id(term)));
            }
            for id in (0..30).map(TermId::of).map(Some) {
                let _ = snapshot.matching(id, None, None).chain(snapshot.matching(None, id, None)).count();
            }
        }
    }
}
