//! What a snapshot answers.

use super::super::{Builder, Snapshot, TermId};
use crate::rdf::{BlankNode, Literal, NamedNode, Term, Triple};
use oxrdf::TermRef;
use oxrdf::vocab::{rdf, xsd};
use proptest::prelude::*;
use std::collections::BTreeSet;

pub(super) fn iri(name: &str) -> NamedNode {
    NamedNode::new(format!("http://example.org/{name}")).unwrap()
}

/// The terms that objects are taken from: every kind, with texts that are alike.
pub(super) fn objects() -> Vec<Term> {
    let tagged = |text: &str, language: &str| Literal::new_language_tagged_literal(text, language).unwrap();
    vec![
        iri("1").into(),
        iri("2").into(),
        iri("3").into(),
        BlankNode::new("1").unwrap().into(),
        BlankNode::new("b").unwrap().into(),
        Literal::new_simple_literal("1").into(),
        Literal::new_simple_literal("").into(),
        Literal::new_simple_literal("http://example.org/1").into(),
        tagged("1", "en").into(),
        tagged("1", "de-AT").into(),
        Literal::new_typed_literal("1", xsd::INTEGER).into(),
        Literal::new_typed_literal("01", xsd::INTEGER).into(),
        Literal::new_typed_literal("1", xsd::BYTE).into(),
        Literal::new_typed_literal("300", xsd::BYTE).into(),
    ]
}

pub(super) fn triple(s: usize, p: usize, o: usize) -> Triple {
    Triple::new(iri(&s.to_string()), iri(&p.to_string()), objects()[o].clone())
}

#[test]
fn every_kind_of_term_comes_back_as_it_was() {
    let triples: Vec<_> = (0..objects().len()).map(|o| triple(1, 2, o)).collect();
    let snapshot = Snapshot::of(triples.clone());
    for triple in &triples {
        let id = snapshot.id(triple.object.as_ref()).unwrap();
        assert_eq!(snapshot.term(id), Some(triple.object.as_ref()));
    }
    assert_eq!(snapshot.term_count(), objects().len());
}

#[test]
fn language_and_datatype_are_told_with_the_term() {
    let snapshot = Snapshot::of([triple(1, 1, 9), triple(1, 1, 12)]);
    let literal = |o: usize| match snapshot.term(snapshot.id(objects()[o].as_ref()).unwrap()) {
        Some(TermRef::Literal(literal)) => literal,
        other => panic!("{other:?}"),
    };
    assert_eq!((literal(9).language(), literal(9).datatype()), (Some("de-at"), rdf::LANG_STRING));
    assert_eq!((literal(12).language(), literal(12).datatype()), (None, xsd::BYTE));
}

#[test]
fn a_term_in_no_triple_has_no_number() {
    let snapshot = Snapshot::of([triple(1, 2, 8)]);
    assert_eq!(snapshot.id(iri("3").as_ref().into()), None);
    assert_eq!(snapshot.id(objects()[9].as_ref()), None);
    assert_eq!(snapshot.id(objects()[10].as_ref()), None);
    assert_eq!(snapshot.id(xsd::BYTE.into()), None);
    assert_eq!(snapshot.term(TermId::from_index(3).unwrap()), None);
}

#[test]
fn a_triple_given_twice_is_there_once() {
    let snapshot = Snapshot::of([triple(1, 2, 3), triple(1, 2, 4), triple(1, 2, 3)]);
    assert_eq!(snapshot.len(), 2);
    assert_eq!(snapshot.matching(None, None, None).count(), 2);
}

#[test]
fn an_empty_snapshot_answers_with_nothing() {
    let snapshot = Builder::new().finish().unwrap();
    assert!(snapshot.is_empty());
    assert_eq!(snapshot.matching(None, None, None).count(), 0);
    let id = TermId::from_index(0);
    for pattern in [(id, None, None), (None, id, None), (None, None, id), (id, id, id)] {
        assert_eq!(snapshot.matching(pattern.0, pattern.1, pattern.2).next(), None);
    }
}

#[test]
fn a_dictionary_of_many_segments_finds_all_its_terms() {
    let triples = (0..10_000).map(|n| Triple::new(iri(&n.to_string()), iri("p"), Literal::from(n.to_string())));
    let snapshot = Snapshot::of(triples);
    assert_eq!(snapshot.term_count(), 20_001);
    for n in 0..10_000 {
        let subject = snapshot.id(iri(&n.to_string()).as_ref().into());
        let objects: Vec<_> = snapshot.matching(subject, None, None).map(|[.., o]| snapshot.term(o).unwrap()).collect();
        assert_eq!(objects, [TermRef::from(Literal::from(n.to_string()).as_ref())], "{n}");
    }
}

#[test]
fn a_snapshot_may_be_used_by_many_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Snapshot>();
}

proptest! {
    #[test]
    fn a_pattern_matches_what_a_walk_over_all_triples_finds(
        chosen in prop::collection::vec((0..4_usize, 0..3_usize, 0..14_usize), 0..60),
        (s, p, o) in (0..6_usize, 0..5_usize, 0..15_usize),
    ) {
        let triples: Vec<_> = chosen.iter().map(|(s, p, o)| triple(*s, *p, *o)).collect();
        let snapshot = Snapshot::of(triples.clone());
        let given = |name: Option<TermRef<'_>>| name.and_then(|name| snapshot.id(name));
        let (subject, predicate) = (iri(&s.to_string()), iri(&p.to_string()));
        let object = objects().get(o).cloned();
        let pattern = [
            given(Some(subject.as_ref().into())),
            given(Some(predicate.as_ref().into())),
            given(object.as_ref().map(Term::as_ref)),
        ];
        for fixed in 0..8 {
            // A part that is in no triple becomes a wildcard here, as it has no number.
            let pattern = [0, 1, 2].map(|part| pattern[part].filter(|_| fixed & (1 << part) != 0));
            let walked: BTreeSet<_> = triples
                .iter()
                .map(|triple| [triple.subject.as_ref().into(), triple.predicate.as_ref().into(), triple.object.as_ref()])
                .map(|triple: [TermRef<'_>; 3]| triple.map(|term| snapshot.id(term).unwrap()))
                .filter(|triple| pattern.iter().zip(triple).all(|(part, id)| part.is_none_or(|part| part == *id)))
                .collect();
            let matching = snapshot.matching(pattern[0], pattern[1], pattern[2]);
            prop_assert_eq!(matching.len(), walked.len());
            let order = match pattern {
                [_, None, Some(_)] => [2, 0, 1],
                [None, Some(_), _] => [1, 2, 0],
                _ => [0, 1, 2],
            };
            prop_assert!(matching.clone().map(|triple| order.map(|part| triple[part])).is_sorted());
            let found: Vec<_> = matching.clone().collect();
            prop_assert_eq!(found.len(), walked.len());
            for passed in 0..found.len() + 2 {
                let rest: Vec<_> = matching.clone().skip(passed).collect();
                prop_assert_eq!(&rest, &found.iter().skip(passed).copied().collect::<Vec<_>>());
                let mut twice = matching.clone();
                prop_assert_eq!(twice.nth(passed), found.get(passed).copied());
                prop_assert_eq!(twice.nth(1), found.get(passed + 2).copied());
                prop_assert_eq!(twice.len(), found.len().saturating_sub(passed + 3));
            }
            prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), walked);
        }
    }
}
