//! A snapshot in a file answers as the one in memory.

use super::super::{Builder, Permutation, Snapshot, TermId};
use super::questions::{iri, objects, triple};
use super::{all, bytes_of, file_of, opened, stamp};
use crate::rdf::{Literal, Triple};
use proptest::prelude::*;

/// What a snapshot answers to all patterns over its terms.
fn answers(snapshot: &Snapshot) -> Vec<Vec<[TermId; 3]>> {
    let parts = || std::iter::once(None).chain((0..snapshot.term_count()).map(TermId::from_index));
    let mut answers = Vec::new();
    for s in parts() {
        for p in parts() {
            for o in parts() {
                let answer: Vec<_> = snapshot.matching(s, p, o).collect();
                assert_eq!(snapshot.count(s, p, o), answer.len());
                answers.push(answer);
            }
        }
    }
    answers
}

fn assert_same(file: &Snapshot, memory: &Snapshot) {
    assert_eq!((file.len(), file.term_count()), (memory.len(), memory.term_count()));
    for (number, term) in memory.terms().enumerate() {
        let id = TermId::from_index(number);
        assert_eq!(file.id(term), id, "{term}");
        assert_eq!(file.term(id.unwrap()), Some(term));
    }
    assert_eq!(file.term(TermId::of(u32::try_from(memory.term_count()).unwrap())), None);
    assert_eq!(file.term(TermId::of(u32::MAX)), None);
}

proptest! {
    #[test]
    fn a_file_answers_as_the_snapshot_that_was_written(
        chosen in prop::collection::vec((0..4_usize, 0..3_usize, 0..14_usize), 0..40),
    ) {
        let memory = Snapshot::of(chosen.iter().map(|(s, p, o)| triple(*s, *p, *o)));
        let file = opened(&bytes_of(&memory));
        assert_same(&file, &memory);
        prop_assert_eq!(answers(&file), answers(&memory));
        for object in objects() {
            prop_assert_eq!(file.id(object.as_ref()), memory.id(object.as_ref()));
        }
    }
}

#[test]
fn an_empty_snapshot_is_written_and_opened() {
    let file = opened(&bytes_of(&Builder::new().finish().unwrap()));
    assert!(file.is_empty());
    assert_eq!(file.term_count(), 0);
    assert_eq!(file.id(iri("1").as_ref().into()), None);
    assert_eq!(answers(&file), [Vec::<[TermId; 3]>::new()]);
}

/// Many terms, among them texts longer than a block.
fn many() -> Snapshot {
    let long = |n: usize| format!("{n} {}", "é".repeat(n % 7 * 200_000));
    let triples = (0..10_000).map(|n| {
        let text = if n % 1_000 == 0 { long(n / 1_000) } else { n.to_string() };
        Triple::new(iri(&n.to_string()), iri(&(n % 3).to_string()), Literal::from(text))
    });
    Snapshot::of(triples)
}

#[test]
fn a_file_of_many_blocks_and_segments_answers_the_same() {
    let memory = many();
    let bytes = bytes_of(&memory);
    assert!(bytes.len() > 8 << 20, "{}", bytes.len());
    let file = opened(&bytes);
    assert_same(&file, &memory);
    assert_eq!(all(&file), all(&memory));
    for permutation in Permutation::ALL {
        let rows = |snapshot: &Snapshot| snapshot.order(permutation).rows().to_vec();
        assert_eq!(rows(&file), rows(&memory));
    }
}

#[test]
fn a_file_that_was_checked_before_answers_the_same() {
    let memory = many();
    let (file, read) = Snapshot::open_checked_before(&file_of(&bytes_of(&memory))).unwrap();
    assert_eq!(read, stamp());
    assert_same(&file, &memory);
}

#[test]
fn a_file_that_lost_its_name_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("snapshot");
    std::fs::write(&path, bytes_of(&Snapshot::of([triple(1, 2, 3)]))).unwrap();
    let (file, _) = Snapshot::open(&std::fs::File::open(&path).unwrap()).unwrap();
    std::fs::write(folder.path().join("next"), bytes_of(&Snapshot::of([]))).unwrap();
    std::fs::rename(folder.path().join("next"), &path).unwrap();
    assert_eq!(all(&file), all(&Snapshot::of([triple(1, 2, 3)])));
}

#[test]
fn two_files_of_the_same_data_have_different_keys() {
    let memory = Snapshot::of([triple(1, 2, 3)]);
    assert_ne!(bytes_of(&memory), bytes_of(&memory));
}
