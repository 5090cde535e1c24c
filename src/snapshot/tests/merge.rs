//! A file with what was removed and added is that of the data that result.

use super::super::{Patch, Permutation, Snapshot, TermId};
use super::questions::{iri, triple};
use super::{all, bytes_of, bytes_with, opened, stamp};
use crate::rdf::{Term, Triple};
use oxrdf::TermRef;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::io;

/// A patch that owns what it holds.
#[derive(Debug)]
struct Owned {
    terms: Vec<Term>,
    removed: [Vec<[TermId; 3]>; 3],
    added: [Vec<[TermId; 3]>; 3],
}

impl Owned {
    /// The patch that makes `after` of a snapshot. `extra` are new terms that stand in no triple.
    fn between(snapshot: &Snapshot, after: &[Triple], extra: &[Term]) -> Self {
        let mut terms = extra.to_vec();
        let mut id = |term: TermRef<'_>| {
            snapshot.id(term).unwrap_or_else(|| {
                let known = terms.iter().position(|known| known.as_ref() == term);
                let new = known.unwrap_or_else(|| {
                    terms.push(term.into_owned());
                    terms.len() - 1
                });
                TermId::from_index(snapshot.term_count() + new).unwrap()
            })
        };
        let after: BTreeSet<_> = after
            .iter()
            .map(|triple| {
                [id(triple.subject.as_ref().into()), id(triple.predicate.as_ref().into()), id(triple.object.as_ref())]
            })
            .collect();
        let before: BTreeSet<_> = snapshot.matching(None, None, None).collect();
        let sorted = |triples: Vec<[TermId; 3]>| {
            Permutation::ALL.map(|permutation| {
                let mut triples: Vec<_> = triples.iter().map(|triple| permutation.apply(*triple)).collect();
                triples.sort_unstable();
                triples
            })
        };
        Self {
            removed: sorted(before.difference(&after).copied().collect()),
            added: sorted(after.difference(&before).copied().collect()),
            terms,
        }
    }

    fn patch(&self) -> Patch<'_> {
        Patch {
            terms: &self.terms,
            removed: self.removed.each_ref().map(Vec::as_slice),
            added: self.added.each_ref().map(Vec::as_slice),
        }
    }
}

fn terms(snapshot: &Snapshot) -> BTreeSet<String> {
    snapshot.terms().map(|term| term.to_string()).collect()
}

fn assert_equals(merged: &Snapshot, after: &[Triple]) {
    let anew = Snapshot::of(after.iter().cloned());
    assert_eq!(all(merged), all(&anew));
    assert_eq!(terms(merged), terms(&anew));
    assert_eq!(merged.term_count(), anew.term_count());
    for id in (0..merged.term_count()).filter_map(TermId::from_index) {
        assert_eq!(merged.id(merged.term(id).unwrap()), Some(id));
    }
    for permutation in Permutation::ALL {
        let order = merged.order(permutation);
        assert!(order.is_whole());
        assert_eq!(order.len(), anew.len());
    }
    // The other two orders hold the same triples, sorted.
    let by_subject: BTreeSet<_> = merged.matching(None, None, None).collect();
    let ids = || (0..merged.term_count()).map(TermId::from_index);
    let by_predicate: Vec<_> = ids().flat_map(|p| merged.matching(None, p, None)).collect();
    let by_object: Vec<_> = ids().flat_map(|o| merged.matching(None, None, o)).collect();
    assert!(by_predicate.is_sorted_by_key(|triple| Permutation::Pos.apply(*triple)));
    assert!(by_object.is_sorted_by_key(|triple| Permutation::Osp.apply(*triple)));
    assert_eq!(by_predicate.into_iter().collect::<BTreeSet<_>>(), by_subject);
    assert_eq!(by_object.into_iter().collect::<BTreeSet<_>>(), by_subject);
}

fn triples(chosen: &[(usize, usize, usize)]) -> Vec<Triple> {
    chosen.iter().map(|(s, p, o)| triple(*s, *p, *o)).collect()
}

fn some_triples() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    prop::collection::vec((0..6_usize, 0..4_usize, 0..14_usize), 0..40)
}

proptest! {
    #[test]
    fn a_merged_file_is_that_of_the_resulting_triples(
        first in some_triples(), second in some_triples(), third in some_triples(), unused in any::<bool>(),
    ) {
        let extra = if unused { vec![iri("unused").into(), Term::from(crate::rdf::Literal::from(5))] } else { vec![] };
        let memory = Snapshot::of(triples(&first));
        let patch = Owned::between(&memory, &triples(&second), &extra);
        let merged = opened(&bytes_with(&memory, &patch.patch()));
        assert_equals(&merged, &triples(&second));
        let patch = Owned::between(&merged, &triples(&third), &extra);
        assert_equals(&opened(&bytes_with(&merged, &patch.patch())), &triples(&third));
    }
}

#[test]
fn terms_keep_their_sequence() {
    let memory = Snapshot::of(triples(&[(1, 2, 3), (4, 2, 5), (1, 2, 6)]));
    let patch = Owned::between(&memory, &triples(&[(4, 2, 5), (1, 2, 6), (5, 3, 9)]), &[]);
    let merged = opened(&bytes_with(&memory, &patch.patch()));
    let old: Vec<_> = memory.terms().chain(patch.terms.iter().map(Term::as_ref)).collect();
    let places: Vec<_> = merged.terms().map(|term| old.iter().position(|old| *old == term).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn languages_and_datatypes_that_are_no_longer_in_use_are_left_out() {
    let memory = Snapshot::of(triples(&[(1, 2, 8), (1, 2, 9), (1, 2, 13)]));
    let patch = Owned::between(&memory, &triples(&[(1, 2, 9)]), &[]);
    let bytes = bytes_with(&memory, &patch.patch());
    let holds = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(holds(&bytes_of(&memory), b"XMLSchema#byte") && !holds(&bytes, b"XMLSchema#byte"));
    assert_equals(&opened(&bytes), &triples(&[(1, 2, 9)]));
}

#[test]
fn everything_may_be_removed() {
    let memory = Snapshot::of(triples(&[(1, 2, 3), (4, 2, 5)]));
    let merged = opened(&bytes_with(&memory, &Owned::between(&memory, &[], &[]).patch()));
    assert!(merged.is_empty());
    assert_eq!(merged.term_count(), 0);
}

#[test]
fn a_patch_that_does_not_fit_is_refused() {
    let memory = Snapshot::of(triples(&[(1, 2, 3), (4, 2, 5)]));
    let [here, there] = memory.matching(None, None, None).collect::<Vec<_>>()[..] else { panic!() };
    let absent = [here[0], here[1], there[2]];
    let unknown = [here[0], here[1], TermId::of(99)];
    let in_orders = |triple: [TermId; 3]| Permutation::ALL.map(|permutation| [permutation.apply(triple)]);
    let refused = |removed: [&[[TermId; 3]]; 3], added: [&[[TermId; 3]]; 3]| {
        let patch = Patch { terms: &[], removed, added };
        let error = memory.write_with(&patch, &stamp(), &mut Vec::new(), &mut |_| Ok(())).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
    };
    let [spo, pos, osp] = in_orders(absent);
    refused([&spo, &pos, &osp], [&[]; 3]);
    let [spo, pos, osp] = in_orders(here);
    refused([&[]; 3], [&spo, &pos, &osp]);
    refused([&spo, &[], &[]], [&[]; 3]);
    let [spo, pos, osp] = in_orders(unknown);
    refused([&[]; 3], [&spo, &pos, &osp]);
    let unsorted = [[here[0], here[1], there[2]], [here[0], here[1], here[0]]];
    refused([&[]; 3], [&unsorted; 3]);
}

#[test]
fn the_pace_is_told_of_every_block_and_ends_the_writing() {
    let triples = (0..50_000).map(|n| Triple::new(iri(&n.to_string()), iri("p"), iri("o")));
    let memory = Snapshot::of(triples);
    let (mut bytes, mut told) = (Vec::new(), Vec::new());
    let mut count = |done| {
        told.push(done);
        Ok(())
    };
    memory.write_with(&Patch::default(), &stamp(), &mut bytes, &mut count).unwrap();
    assert!(told.len() > 3 && told[..told.len() - 1].iter().all(|done| *done == 1 << 20), "{told:?}");
    assert!(told.iter().sum::<usize>() <= bytes.len() && bytes.len() - told.iter().sum::<usize>() < 1_000);
    let mut out = Vec::new();
    let mut stop = |_| Err(io::Error::other("stopped"));
    let error = memory.write_with(&Patch::default(), &stamp(), &mut out, &mut stop).unwrap_err();
    assert_eq!(error.to_string(), "stopped");
    assert!(out.len() <= 1 << 20);
}

/// An output without room.
struct Full(usize);

impl io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_wherever_it_ends() {
    let memory = Snapshot::of(triples(&[(1, 2, 3), (4, 2, 5)]));
    for room in (0..bytes_of(&memory).len()).step_by(10) {
        let error = memory.write(&stamp(), &mut Full(room)).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    }
}
