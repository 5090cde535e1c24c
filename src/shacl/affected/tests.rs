//! Validating a change agrees with validating everything, on random shapes, data and changes.

use super::{Change, affected};
use crate::rdf::{Term, Triple, read_turtle};
use crate::shacl::{Limits, Report, Shapes, validate, validate_nodes};
use crate::snapshot::Snapshot;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const PREFIXES: &str = "@prefix : <http://e/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

/// A component that asks something of each value.
const COMPONENT: &str = ":Asked a sh:ConstraintComponent ; sh:parameter [ sh:path :asked ] ;
    sh:validator [ sh:ask \"ASK { $value <http://e/q> ?x OPTIONAL { ?x <http://e/r> ?y } FILTER(!bound(?y)) }\" ] .\n";

/// A path, as Turtle.
fn path() -> impl Strategy<Value = String> {
    let predicate = prop::sample::select(vec![":p", ":q", ":r", "rdfs:subClassOf"]).prop_map(str::to_owned);
    predicate.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|path| format!("[ sh:inversePath {path} ]")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("( {one} {other} )")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("[ sh:alternativePath ( {one} {other} ) ]")),
            inner.clone().prop_map(|path| format!("[ sh:zeroOrMorePath {path} ]")),
            inner.clone().prop_map(|path| format!("[ sh:oneOrMorePath {path} ]")),
            inner.prop_map(|path| format!("[ sh:zeroOrOnePath {path} ]")),
        ]
    })
}

fn class() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![":A", ":B", ":C"])
}

/// What any shape may ask, without an end.
fn constraint() -> impl Strategy<Value = String> {
    prop_oneof![
        class().prop_map(|class| format!("sh:class {class}")),
        Just("sh:nodeKind sh:IRI".to_owned()),
        Just("sh:datatype xsd:integer".to_owned()),
        Just("sh:minInclusive 2".to_owned()),
        Just("sh:maxLength 10".to_owned()),
        Just("sh:in ( :n0 :n1 1 )".to_owned()),
        Just("sh:hasValue :n1".to_owned()),
        Just("sh:equals :q".to_owned()),
        Just("sh:disjoint :r".to_owned()),
        Just("sh:closed true".to_owned()),
        Just(":asked 1".to_owned()),
        Just("sh:deactivated true".to_owned()),
        Just("sh:sparql [ sh:select \"SELECT $this ?value { $this <http://e/p>/<http://e/q> ?value }\" ]".to_owned()),
        Just(
            "sh:sparql [ sh:select \"SELECT $this { $this <http://e/p> ?x FILTER NOT EXISTS { ?y <http://e/r> ?x } }\" ]"
                .to_owned()
        ),
    ]
}

/// A shape, as the inside of brackets: its constraints, and shapes within it.
fn shape() -> impl Strategy<Value = String> {
    let flat = prop::collection::vec(constraint(), 1..3).prop_map(|all| all.join(" ; "));
    flat.prop_recursive(2, 8, 2, |inner| {
        let property = (path(), inner.clone(), 0_u8..3)
            .prop_map(|(path, inner, most)| format!("sh:property [ sh:path {path} ; {inner} ; sh:maxCount {most} ]"));
        let ordered =
            path().prop_map(|path| format!("sh:property [ sh:path {path} ; sh:lessThan :q ; sh:uniqueLang true ]"));
        let least = path().prop_map(|path| format!("sh:property [ sh:path {path} ; sh:minCount 1 ]"));
        let pair = (inner.clone(), inner.clone());
        let qualified = (path(), inner.clone()).prop_map(|(path, inner)| {
            format!("sh:property [ sh:path {path} ; sh:qualifiedValueShape [ {inner} ] ; sh:qualifiedMinCount 1 ]")
        });
        prop_oneof![
            3 => property,
            1 => least,
            1 => ordered,
            1 => qualified,
            1 => inner.clone().prop_map(|inner| format!("sh:node [ {inner} ]")),
            1 => inner.prop_map(|inner| format!("sh:not [ {inner} ]")),
            1 => pair.clone().prop_map(|(one, other)| format!("sh:or ( [ {one} ] [ {other} ] )")),
            1 => pair.prop_map(|(one, other)| format!("sh:xone ( [ {one} ] [ {other} ] )")),
        ]
    })
}

fn target() -> impl Strategy<Value = String> {
    prop_oneof![
        class().prop_map(|class| format!("sh:targetClass {class}")),
        Just("sh:targetSubjectsOf :p".to_owned()),
        Just("sh:targetObjectsOf :q".to_owned()),
        Just("sh:targetNode :n2".to_owned()),
    ]
}

/// A shapes graph of one to three shapes.
fn shapes() -> impl Strategy<Value = String> {
    let one = (target(), shape()).prop_map(|(target, shape)| format!("[] {target} ; {shape} .\n"));
    prop::collection::vec(one, 1..4).prop_map(|all| format!("{COMPONENT}{}", all.concat()))
}

fn triple() -> impl Strategy<Value = String> {
    let node = || prop::sample::select(vec![":n0", ":n1", ":n2", ":n3"]);
    let object = prop::sample::select(vec![":n0", ":n1", ":n2", ":n3", "1", "3", "\"text\""]);
    let predicate = prop::sample::select(vec![":p", ":q", ":r"]);
    prop_oneof![
        4 => (node(), predicate, object).prop_map(|(s, p, o)| format!("{s} {p} {o} .")),
        2 => (node(), class()).prop_map(|(node, class)| format!("{node} a {class} .")),
        1 => (class(), class()).prop_map(|(below, above)| format!("{below} rdfs:subClassOf {above} .")),
    ]
}

fn read(text: &str) -> Vec<Triple> {
    read_turtle(format!("{PREFIXES}{text}").as_bytes(), "http://e/").unwrap()
}

/// The results as text, with their number.
fn shown(report: &Report) -> BTreeMap<String, usize> {
    let mut shown = BTreeMap::new();
    for result in &report.results {
        let path = result.path().map(ToString::to_string);
        let source = (&result.source.shape, &result.source.component);
        *shown.entry(format!("{} {path:?} {:?} {source:?}", result.focus, result.value)).or_default() += 1;
    }
    shown
}

/// Every term that stands as a subject or an object.
fn terms(triples: &[&[Triple]]) -> impl Iterator<Item = Term> {
    let ends = |triple: &Triple| [triple.subject.clone().into(), triple.object.clone()];
    triples.iter().flat_map(|triples| triples.iter()).flat_map(ends).collect::<HashSet<Term>>().into_iter()
}

fn check(shapes: &str, before: &BTreeSet<String>, edits: &[String]) -> Result<(), TestCaseError> {
    let graph = read(shapes).into_iter().collect();
    let Ok(shapes) = Shapes::parse(&graph) else { return Err(TestCaseError::reject("ill-formed")) };
    let mut after = before.clone();
    for edit in edits {
        if !after.remove(edit) {
            after.insert(edit.clone());
        }
    }
    let text = |lines: Vec<&String>| read(&lines.into_iter().cloned().collect::<Vec<_>>().join("\n"));
    let removed = text(before.difference(&after).collect());
    let added = text(after.difference(before).collect());
    let change = Change { removed: &removed, added: &added };
    let everything = before.union(&after).cloned().collect::<Vec<_>>().join("\n") + ":n2 :p :n2 .";
    let [before, after] = [text(before.iter().collect()), text(after.iter().collect())].map(Snapshot::of);
    let limits = Limits::default();
    let nodes = affected(&shapes, &after, change, limits).unwrap();
    let others: Vec<Term> =
        terms(&[&removed, &added, &read(&everything)]).filter(|term| !nodes.contains(term)).collect();
    let at = |data: &Snapshot, nodes: &[Term]| shown(&validate_nodes(&shapes, data, nodes, limits).unwrap());
    prop_assert_eq!(at(&before, &others), at(&after, &others));
    let mut now = at(&after, &others);
    for (result, count) in at(&after, &nodes) {
        *now.entry(result).or_default() += count;
    }
    prop_assert_eq!(now, shown(&validate(&shapes, &after, limits).unwrap()));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn a_change_is_validated_as_everything_is(
        shapes in shapes(),
        before in prop::collection::btree_set(triple(), 0..14),
        edits in prop::collection::vec(triple(), 1..4),
    ) {
        check(&shapes, &before, &edits)?;
    }
}

/// The kinds of change that must reach a focus node, one by one: each breaks a record that is not written.
#[test]
fn a_change_reaches_the_focus_nodes_that_it_matters_to() {
    for (shape, before, edit) in [
        (
            "sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ]",
            ":n0 a :A ; :p :n1 . :n1 a :B .",
            ":n1 a :B .",
        ),
        (
            "sh:targetClass :A ; sh:property [ sh:path :p ; sh:class :B ]",
            ":n0 a :A ; :p :n1 . :n1 a :C . :C rdfs:subClassOf :B .",
            ":C rdfs:subClassOf :B .",
        ),
        ("sh:targetClass :A ; sh:property [ sh:path :p ; sh:minCount 1 ]", ":n0 a :C .", ":C rdfs:subClassOf :A ."),
        (
            "sh:targetClass :A ; sh:property [ sh:path [ sh:inversePath :p ] ; sh:maxCount 1 ]",
            ":n0 a :A . :n1 :p :n0 .",
            ":n2 :p :n0 .",
        ),
        ("sh:targetObjectsOf :p ; sh:property [ sh:path :q ; sh:minCount 1 ]", "", ":n1 :p :n0 ."),
        (
            "sh:targetNode :n0 ; sh:property [ sh:path ( :p [ sh:zeroOrMorePath :q ] :r ) ; sh:maxCount 0 ]",
            ":n0 :p :n1 . :n1 :q :n2 . :n2 :q :n3 .",
            ":n3 :r :n3 .",
        ),
        (
            "sh:targetNode :n0 ; sh:property [ sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:maxCount 0 ] ] ]",
            ":n0 :p :n1 .",
            ":n1 :q 1 .",
        ),
    ] {
        let lines = |text: &str| text.split_inclusive(" .").map(|line| line.trim().to_owned()).collect::<BTreeSet<_>>();
        let shapes = Shapes::parse(&read(&format!(":S {shape} .")).into_iter().collect()).unwrap();
        let mut after = lines(before);
        let was_there = after.remove(edit);
        if !was_there {
            after.insert(edit.to_owned());
        }
        let data = Snapshot::of(read(&after.into_iter().collect::<Vec<_>>().join("\n")));
        let (whole, edit) = (read(before), read(edit));
        assert!(validate(&shapes, &Snapshot::of(whole), Limits::default()).unwrap().conforms(), "{shape}");
        let (removed, added) = if was_there { (&edit[..], &[][..]) } else { (&[][..], &edit[..]) };
        let nodes = affected(&shapes, &data, Change { removed, added }, Limits::default()).unwrap();
        let report = validate_nodes(&shapes, &data, &nodes, Limits::default()).unwrap();
        assert_eq!(report.results.len(), 1, "{shape}");
        assert_eq!(report.results[0].focus.to_string(), "<http://e/n0>", "{shape}");
    }
}
