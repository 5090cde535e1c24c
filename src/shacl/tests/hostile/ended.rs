//! Validations that end: by the deadline, with the place; or soon, where it is told how much they may say.

use super::{data, each, shapes, validated};
use crate::rdf::read_turtle;
use crate::shacl::{Change, Failure, Limits, Report, affected};
use crate::snapshot::Snapshot;
use std::time::{Duration, Instant};

/// The time that is allowed where it is known to be too short.
const ALLOWED: Duration = Duration::from_millis(200);

/// How much later than its deadline a validation may end, on a machine that does other things too.
const LATE: Duration = Duration::from_secs(10);

/// Holds if the validation fails for lack of time, in time, and names the shape.
fn ends(text: &str, data: &Snapshot, shape: &str) {
    let (validated, taken) = validated(text, data, 1_000, ALLOWED);
    assert!(taken < LATE, "{taken:?}");
    assert_eq!(validated, Err(Failure::TooLong { place: format!("<http://e/{shape}>") }));
}

/// The report of a validation that ends before its deadline.
fn reports(text: &str, data: &Snapshot, results: usize) -> Report {
    validated(text, data, results, LATE).0.unwrap()
}

/// What each shape of a level says of the two of the next, which both do.
fn doubling(says: impl Fn(usize) -> String) -> String {
    each(60, |level| ["A", "B"].map(|shape| format!("e:{shape}{level} {} .", says(level + 1))).concat())
}

fn circle() -> Snapshot {
    data("e:x e:p e:y . e:y e:p e:x .")
}

fn chain(length: usize) -> Snapshot {
    data(&each(length, |node| format!("e:n{node} e:next e:n{} .", node + 1)))
}

#[test]
fn results_that_double_at_each_of_sixty_levels_end_by_the_deadline() {
    let levels = doubling(|next| format!("sh:path e:p ; sh:property e:A{next}, e:B{next}"));
    let last = "e:A60 sh:path e:p ; sh:minCount 5 . e:B60 sh:path e:p ; sh:minCount 5 . e:A0 sh:targetNode e:x .";
    let (validated, taken) = validated(&format!("{levels} {last}"), &circle(), 10, ALLOWED);
    assert!(taken < LATE && matches!(validated, Err(Failure::TooLong { .. })), "{validated:?} {taken:?}");
}

#[test]
fn verdicts_and_details_that_double_at_each_of_sixty_levels_are_found_once() {
    for says in
        ["sh:and ( e:A# e:B# )", "sh:xone ( e:A# e:B# )", "sh:node e:A#, e:B#", "sh:not e:A# ; sh:or ( e:B# e:A# )"]
    {
        let levels = doubling(|next| says.replace('#', &next.to_string()));
        let last = "e:A60 sh:nodeKind sh:Literal . e:B60 sh:nodeKind sh:Literal . e:A0 sh:targetNode e:x .";
        let report = reports(&format!("{levels} {last}"), &circle(), 10);
        assert!(report.to_graph().len() < 10_000, "{says}");
    }
}

#[test]
fn paths_that_repeat_what_repeats_end_by_the_deadline() {
    let data = chain(20_000);
    for path in [
        "[ sh:zeroOrMorePath [ sh:zeroOrMorePath e:next ] ]",
        "[ sh:oneOrMorePath ( [ sh:zeroOrMorePath e:next ] [ sh:zeroOrMorePath e:next ] ) ]",
    ] {
        ends(&format!("e:S sh:targetNode e:n0 ; sh:path {path} ; sh:minCount 1 ."), &data, "S");
    }
}

#[test]
fn a_path_over_everything_from_everywhere_ends_by_the_deadline() {
    ends("e:S sh:targetSubjectsOf e:next ; sh:path [ sh:zeroOrMorePath e:next ] .", &chain(20_000), "S");
}

#[test]
fn the_members_of_a_long_list_are_walked_once() {
    let list = data(&format!("e:x e:list ( {} ) .", each(5_000, |member| format!("{member}"))));
    let rest = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>";
    let text = format!("e:S sh:targetNode e:x ; sh:path ( e:list [ sh:zeroOrMorePath {rest} ] ) ; sh:maxCount 5000 .");
    assert_eq!(reports(&text, &list, 10).results.len(), 1);
}

/// Values of two properties of one node.
fn pairs(count: usize) -> Snapshot {
    data(&each(count, |value| format!("e:x e:a {value} ; e:b {} .", value + count / 2)))
}

#[test]
fn pairs_of_many_values_are_matched_soon_or_end_by_the_deadline() {
    let data = pairs(8_000);
    let report = |says: &str| reports(&format!("e:S sh:targetNode e:x ; sh:path e:a ; {says} ."), &data, 10);
    assert_eq!(report("sh:equals e:b").omitted, 8_000 - 10);
    assert_eq!(report("sh:disjoint e:b").omitted, 4_000 - 10);
    ends("e:S sh:targetNode e:x ; sh:path e:a ; sh:lessThan e:b .", &data, "S");
}

#[test]
fn lists_of_allowed_values_properties_and_languages_may_be_long() {
    let numbers = each(2_000, |number| number.to_string());
    let properties = each(2_000, |number| format!("e:p{number}"));
    let languages = each(2_000, |number| format!("\"en-x-{number}\""));
    let text = format!(
        "e:S sh:targetNode e:x ; sh:closed true ; sh:ignoredProperties ( {properties} e:a e:b e:text ) ;
            sh:property [ sh:path e:a ; sh:in ( {numbers} ) ], [ sh:path e:text ; sh:languageIn ( {languages} ) ] ."
    );
    let texts = each(2_000, |number| format!("e:x e:text \"{number}\"@en-x-{number} ."));
    let triples = read_turtle(format!("{}{texts}", super::PREFIXES).as_bytes(), "http://e/").unwrap();
    let mut values = String::new();
    for triple in triples {
        values.extend([triple.to_string(), " .\n".to_owned()]);
    }
    values += &each(2_000, |value| format!("e:x e:a {value} ."));
    assert!(reports(&text, &data(&values), 10).conforms());
}

#[test]
fn a_report_keeps_no_more_than_it_may_and_counts_the_rest() {
    let report = reports("e:S sh:targetSubjectsOf e:next ; sh:nodeKind sh:Literal .", &chain(5_000), 7);
    assert_eq!((report.results.len(), report.omitted), (7, 4_993));
}

#[test]
fn queries_that_join_everything_with_everything_end() {
    let data = chain(3_000);
    for query in [
        "SELECT $this { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } ORDER BY ?x ?y ?z",
        "SELECT $this (COUNT(*) AS ?n) { { SELECT $this ?a { ?a ?p ?x FILTER(bound($this)) } }
            { SELECT $this ?b { ?b ?q ?y FILTER(bound($this)) } } { SELECT $this ?c { ?c ?q ?z FILTER(bound($this)) } } }
            GROUP BY $this",
        "SELECT $this ?a ?b { ?a (<http://e/next>|<http://e/other>)* ?b } ORDER BY ?b",
        "SELECT $this (GROUP_CONCAT(?x) AS ?value) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z } GROUP BY $this",
    ] {
        let text = format!("e:S sh:targetNode e:n0 ; sh:sparql e:Q . e:Q sh:select {query:?} .");
        let (validated, taken) = validated(&text, &data, 10, ALLOWED);
        assert!(taken < LATE, "{query} {taken:?}");
        // Whether the bound or the deadline comes first depends on the machine.
        let place = match &validated {
            Err(Failure::Query { place, .. } | Failure::TooLong { place }) => place,
            other => panic!("{other:?}"),
        };
        assert_eq!(place, "<http://e/Q>");
    }
}

/// A test's thread has the stack that any thread has.
#[test]
fn queries_as_large_as_they_may_be_fit_on_any_stack() {
    let or = each(90, |number| format!("?o = {number} ||"));
    let union = each(90, |number| format!("{{ $this e:p{number} ?o }} UNION"));
    let bind = each(90, |number| format!("BIND({number} AS ?v{number})"));
    let optional = each(40, |number| format!("OPTIONAL {{ $this <http://e/p{number}> ?v{number} }}"));
    let nested = format!("{}$this ?p ?o{}", "{".repeat(38), "}".repeat(38));
    let queries = [
        format!("$this ?p ?o FILTER({or} false)"),
        format!("{} {{}}", union.replace("e:p", "<http://e/p").replace(" ?o", "> ?o")),
        format!("$this ?p ?o {bind}"),
        optional,
        nested,
    ];
    for query in queries {
        let text = format!(
            "e:S sh:targetNode e:n0 ; sh:sparql e:Q . e:Q sh:select {:?} .",
            format!("SELECT $this {{ {query} }}")
        );
        let (validated, taken) = validated(&text, &chain(3), 10, LATE);
        assert!(taken < LATE && validated.is_ok(), "{validated:?}");
    }
}

#[test]
fn a_change_of_many_classes_ends_by_the_deadline() {
    let classes =
        each(2_000, |number| format!("e:C{number} rdfs:subClassOf e:C{} . e:i{number} a e:C{number} .", number + 1));
    let triples = read_turtle(format!("{}{classes}", super::PREFIXES).as_bytes(), "http://e/").unwrap();
    let shapes = shapes("e:S sh:targetClass e:C2000 ; sh:class e:C5 .").unwrap();
    let started = Instant::now();
    let limits = Limits { deadline: Some(started + ALLOWED), results: 10 };
    let change = Change { removed: &[], added: &triples };
    let failure = affected(&shapes, &Snapshot::of(triples.iter().cloned()), change, limits).unwrap_err();
    assert!(matches!(failure, Failure::TooLong { .. }) && started.elapsed() < LATE, "{failure}");
}
