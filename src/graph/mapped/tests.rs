//! Views, steps and merges, held to a plain set of quads.

use super::generations::Generations;
use super::place::Place;
use super::step::Step;
use super::view::View;
use crate::rdf::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term};
use crate::snapshot::{Permutation, Snapshot, TermId};
use oxigraph::model::{GraphName, Quad};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::sync::Arc;

type Quads = BTreeSet<String>;

fn node(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://town.example.eu/{name}"))
}

/// Quads over few terms, so that they meet.
fn quad() -> impl Strategy<Value = Quad> {
    let subject = select(vec![
        NamedOrBlankNode::from(node("a")),
        node("b").into(),
        node("p").into(),
        BlankNode::new_unchecked("x").into(),
    ]);
    let predicate = select(vec![node("p"), node("q")]);
    let object = select(vec![
        Term::from(node("a")),
        node("b").into(),
        BlankNode::new_unchecked("x").into(),
        Literal::new_simple_literal("a").into(),
        Literal::new_language_tagged_literal_unchecked("a", "en").into(),
        Literal::new_typed_literal("7", node("p")).into(),
        Literal::new_typed_literal("007", node("p")).into(),
    ]);
    let graph = select(vec![GraphName::DefaultGraph, GraphName::DefaultGraph, node("g").into(), node("a").into()]);
    (subject, predicate, object, graph).prop_map(|(s, p, o, g)| Quad::new(s, p, o, g))
}

/// What each of some commits takes out and puts in, whether it is there or not.
fn commits() -> impl Strategy<Value = Vec<(Vec<Quad>, Vec<Quad>)>> {
    vec((vec(quad(), 0..6), vec(quad(), 0..6)), 0..8)
}

fn of_default(quads: &BTreeSet<String>, all: &[Quad]) -> Vec<crate::rdf::Triple> {
    all.iter().filter(|quad| quads.contains(&quad.to_string())).cloned().map(Into::into).collect()
}

fn lines(view: &View) -> Quads {
    view.quads([None; 3], None).map(|quad| quad.to_string()).collect()
}

fn change(model: &mut Quads, (removed, added): &(Vec<Quad>, Vec<Quad>)) {
    for quad in removed {
        model.remove(&quad.to_string());
    }
    model.extend(added.iter().map(ToString::to_string));
}

/// Every pattern over the terms of a view has the triples, the order and the count that the list of its triples gives.
fn check_patterns(view: &View) {
    let all: Vec<[TermId; 3]> = view.triples([None; 3]).collect();
    let ids: BTreeSet<Option<TermId>> = all.iter().flatten().copied().map(Some).chain([None]).collect();
    for s in &ids {
        for p in &ids {
            for o in &ids {
                let pattern = [*s, *p, *o];
                let fits = |triple: &&[TermId; 3]| {
                    triple.iter().zip(pattern).all(|(part, asked)| asked.is_none_or(|asked| asked == *part))
                };
                let permutation = Permutation::of_pattern(pattern);
                let mut expected: Vec<_> = all.iter().filter(fits).copied().collect();
                expected.sort_by_key(|triple| permutation.apply(*triple));
                assert_eq!(view.triples(pattern).size_hint(), (expected.len(), Some(expected.len())));
                assert_eq!(view.count(pattern), expected.len());
                assert_eq!(view.triples(pattern).collect::<Vec<_>>(), expected, "{pattern:?}");
                for passed in 0..=expected.len() {
                    assert_eq!(view.triples(pattern).nth(passed), expected.get(passed).copied(), "{pattern:?}");
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn a_view_after_commits_and_merges_shows_what_a_set_of_quads_does(
        base in btree_set(quad().prop_map(|quad| quad.to_string()), 0..12),
        all in vec(quad(), 40),
        commits in commits(),
        merge_after in 0..8_usize,
        is_kept in any::<bool>(),
    ) {
        let triples = of_default(&base, &all);
        let mut model: Quads = triples.iter().map(ToString::to_string).collect();
        let snapshot = Snapshot::of(triples);
        let generations = Arc::new(Generations::of(snapshot, 0));
        if is_kept {
            generations.keep(Place::Unnamed).unwrap();
        }
        for (number, commit) in commits.iter().enumerate() {
            let began = generations.view();
            let before = lines(&began);
            let (removed, added) = (commit.0.iter().map(Quad::as_ref), commit.1.iter().map(Quad::as_ref));
            generations.commit(number as u64 + 1, removed, added).unwrap();
            change(&mut model, commit);
            prop_assert_eq!(&lines(&generations.view()), &model);
            prop_assert_eq!(lines(&began), before, "whoever began before keeps what he had");
            if number == merge_after {
                generations.merge_now().unwrap();
                let view = generations.view();
                prop_assert_eq!(view.changes(), 0);
                prop_assert_eq!(&lines(&view), &model);
            }
            check_patterns(&generations.view());
        }
    }

    #[test]
    fn a_process_that_follows_shows_the_same_under_the_same_numbers(
        commits in commits(),
        known in 0..8_u64,
    ) {
        let generations = Arc::new(Generations::of(Snapshot::of([]), 0));
        generations.keep(Place::Unnamed).unwrap();
        let first = generations.shared(None, true).unwrap().unwrap();
        let follower = Generations::of_shared(&first.file).unwrap();
        let mut held = (first.generation, first.revision);
        for (number, commit) in commits.iter().enumerate() {
            let (removed, added) = (commit.0.iter().map(Quad::as_ref), commit.1.iter().map(Quad::as_ref));
            generations.commit(number as u64 + 1, removed, added).unwrap();
            if number as u64 % 3 == known % 3 {
                let shared = generations.shared(Some(held), true).unwrap().unwrap();
                shared.steps.iter().for_each(|step| follower.follow(step).unwrap());
                held = (shared.generation, shared.revision);
                let (ours, theirs) = (generations.view(), follower.view());
                prop_assert_eq!(ours.revision(), theirs.revision());
                prop_assert_eq!(lines(&ours), lines(&theirs));
                let numbers = |view: &View| view.triples([None; 3]).collect::<Vec<_>>();
                prop_assert_eq!(numbers(&ours), numbers(&theirs));
            }
        }
    }
}

#[test]
fn what_was_committed_while_changes_were_merged_is_shown_after_it() {
    let quad = |name: &str| Quad::new(node(name), node("p"), node("o"), GraphName::DefaultGraph);
    let generations = Arc::new(Generations::of(Snapshot::of([quad("a").into(), quad("b").into()]), 1));
    generations.commit(2, [quad("a").as_ref()].into_iter(), [quad("c").as_ref()].into_iter()).unwrap();
    let merging = Arc::clone(&generations);
    generations
        .merge_with(move || {
            let (removed, added) = (quad("b"), quad("d"));
            merging.commit(3, [removed.as_ref()].into_iter(), [added.as_ref()].into_iter()).unwrap();
            // It is told by its place, and not by its number.
            merging.commit(2, [].into_iter(), [quad("e").as_ref()].into_iter()).unwrap();
        })
        .unwrap();
    let view = generations.view();
    assert_eq!((view.revision(), view.changes()), (2, 3), "commits meanwhile are changes of the new snapshot");
    assert_eq!(lines(&view), ["c", "d", "e"].map(|name| quad(name).to_string()).into());
}

#[test]
fn of_two_merges_at_once_neither_loses_what_the_other_had() {
    let quad = |name: &str| Quad::new(node(name), node("p"), node("o"), GraphName::DefaultGraph);
    let generations = Arc::new(Generations::of(Snapshot::of([quad("a").into()]), 1));
    let other = Arc::clone(&generations);
    let mut second = None;
    generations
        .merge_with(|| {
            let begun = std::thread::spawn(move || {
                other.commit(2, [].into_iter(), [quad("b").as_ref()].into_iter()).unwrap();
                other.merge_now().unwrap();
            });
            // Time enough for the second to end, if it does not wait.
            std::thread::sleep(std::time::Duration::from_millis(200));
            second = Some(begun);
        })
        .unwrap();
    second.unwrap().join().unwrap();
    let view = generations.view();
    assert_eq!((view.revision(), lines(&view)), (2, ["a", "b"].map(|name| quad(name).to_string()).into()));
}

#[test]
fn a_step_says_what_it_changes_and_nothing_else() {
    let quad = |name: &str| Quad::new(node(name), node("p"), node("o"), GraphName::DefaultGraph);
    let view = View::of(Arc::new(Snapshot::of([quad("a").into()])), 1);
    let step = |removed: &[Quad], added: &[Quad]| -> Step {
        view.step(2, removed.iter().map(Quad::as_ref), added.iter().map(Quad::as_ref)).unwrap()
    };
    assert_eq!(step(&[quad("a")], &[quad("a")]).len(), 0);
    assert_eq!(step(&[quad("none")], &[quad("a")]).len(), 0);
    assert_eq!(step(&[quad("none")], &[quad("a")]).terms.len(), 0);
    let twice = step(&[], &[quad("new"), quad("new")]);
    assert_eq!((twice.len(), twice.terms.len()), (1, 1));
}
