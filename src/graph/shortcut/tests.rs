//! Which parts are answered from counts, and that the answers are the engine's.

use super::plain::Plain;
use super::plan::plan;
use super::search::{Step, Watch};
use super::with_short_cuts;
use crate::graph::differential::{Planner, counting_query, dataset, evaluated, quads_with_blank_nodes, solutions};
use crate::graph::ordering::Sorting;
use crate::graph::question::Stop;
use crate::rdf::Triple;
use crate::snapshot::Snapshot;
use crate::sparql::algebra::any;
use oxrdf::{Dataset, NamedNode};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use spareval::QueryEvaluationError;
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};
use std::cell::RefCell;

/// The default graph of a data set.
fn snapshot(data: &Dataset) -> Snapshot {
    let default = data.iter().filter(|quad| quad.graph_name.is_default_graph());
    Snapshot::of(default.map(|quad| Triple::from(oxrdf::TripleRef::from(quad))))
}

fn cut(text: &str, data: &Snapshot) -> (Query, Query) {
    let query = SparqlParser::new().parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut with = query.clone();
    with_short_cuts(&mut with, None, data, &Stop::new()).unwrap();
    (query, with)
}

/// Two kinds of subjects with numbers and links, and one that is a blank node's only friend.
fn some() -> Dataset {
    dataset(&[
        (0, 0, 1, 0),
        (0, 0, 2, 0),
        (0, 1, 4, 0),
        (1, 0, 2, 0),
        (1, 1, 4, 0),
        (1, 1, 5, 0),
        (2, 1, 5, 0),
        (2, 2, 6, 0),
        (3, 1, 4, 4),
    ])
}

/// The rows that VALUES at some place of a query have, if it has any.
fn values(query: &Query) -> Option<usize> {
    let (Query::Select { pattern, .. } | Query::Ask { pattern, .. }) = query else { panic!() };
    let rows = RefCell::new(None);
    any(
        pattern,
        |pattern| {
            if let GraphPattern::Values { bindings, .. } = pattern {
                *rows.borrow_mut() = Some(bindings.len());
            }
            false
        },
        |_| false,
    );
    rows.into_inner()
}

#[test]
fn a_count_is_answered_however_it_is_spelled() {
    let data = some();
    let snapshot = snapshot(&data);
    let spellings: [(&[&str], usize); 7] = [
        (
            &[
                "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
                "SELECT (COUNT(?x) AS ?count) { ?x ?y ?z }",
                "SELECT (COUNT(?o) AS ?n) { { { ?s ?p ?o } } }",
                "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }",
                "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p [] } } }",
                "SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?s ?p _:o } } }",
            ],
            1,
        ),
        (
            &[
                "SELECT DISTINCT ?o { ?s <p:1> ?o }",
                "SELECT ?o { ?s <p:1> ?o } GROUP BY ?o",
                "PREFIX p: <p:> SELECT DISTINCT ?x { { [] p:1 ?x } }",
                "SELECT DISTINCT ?o { { SELECT ?o { ?s <p:1> ?o } } }",
                "SELECT DISTINCT (?o AS ?x) { ?s ?p ?o FILTER(?p = <p:1>) }",
                "SELECT ?x { { SELECT DISTINCT ?x { ?s <p:1> ?o BIND(?o AS ?x) } } }",
            ],
            2,
        ),
        (
            &[
                "SELECT ?o (COUNT(*) AS ?n) { ?s <p:1> ?o } GROUP BY ?o ORDER BY DESC(?n)",
                "SELECT ?o (COUNT(?s) AS ?n) { ?s <p:1> ?o } GROUP BY ?o HAVING(COUNT(?s) > 0)",
                "SELECT (COUNT(?s) AS ?n) ?x { ?s <p:1> ?o BIND(?o AS ?x) } GROUP BY ?x LIMIT 9",
                "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o FILTER(sameTerm(<p:1>, ?p)) } GROUP BY ?o",
                "SELECT ?o ?n { { SELECT ?o (COUNT(*) AS ?n) { [] <p:1> ?o } GROUP BY ?o } }",
            ],
            2,
        ),
        (
            &[
                "SELECT ?a (COUNT(*) AS ?n) { ?s <p:0> ?a ; <p:1> 4 } GROUP BY ?a",
                "SELECT ?a (COUNT(?s) AS ?n) { ?s <p:1> 4 ; <p:0> ?a } GROUP BY ?a",
                "SELECT ?a (COUNT(*) AS ?n) { { ?s <p:1> 4 } { ?s <p:0> ?a } } GROUP BY ?a",
                "SELECT ?a (COUNT(*) AS ?n) { 4 ^<p:1>/<p:0> ?a } GROUP BY ?a",
                "SELECT ?a (COUNT(*) AS ?n) { ?s <p:0> ?a FILTER EXISTS { ?s <p:1> 4 } } GROUP BY ?a",
            ],
            2,
        ),
        (
            &[
                "SELECT DISTINCT ?p { ?s ?p ?o }",
                "SELECT ?p { ?s ?p ?o } GROUP BY ?p",
                "SELECT DISTINCT ?p { [] ?p [] }",
                "SELECT DISTINCT ?q { { ?a ?q ?b } }",
                "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
            ],
            3,
        ),
        (
            &[
                "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?o { ?s <p:1> ?o } }",
                "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s <p:1> ?o }",
                "SELECT (COUNT(?o) AS ?n) { { SELECT DISTINCT ?o { [] <p:1> ?o } } }",
                "SELECT (COUNT(DISTINCT ?o) AS ?n) (COUNT(*) AS ?m) { ?s <p:1> ?o }",
                "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?s <p:1> ?o BIND(?o AS ?x) }",
            ],
            1,
        ),
        (
            &[
                "SELECT (COUNT(?s) AS ?n) { ?s <p:1> ?o FILTER NOT EXISTS { ?s <p:0> <x:2> } }",
                "SELECT (COUNT(?s) AS ?n) { ?s <p:1> ?o FILTER(!EXISTS { ?s <p:0> <x:2> }) }",
                "SELECT (COUNT(*) AS ?n) { { ?s <p:1> ?o } FILTER NOT EXISTS { { ?s <p:0> <x:2> } } }",
                "SELECT (COUNT(?x) AS ?n) { ?x <p:1> [] FILTER NOT EXISTS { <x:2> ^<p:0> ?x } }",
                "SELECT (COUNT(*) AS ?n) { ?s <p:1> ?o FILTER(NOT EXISTS { ?s <p:0> <x:2> } && EXISTS { ?s ?p ?o }) }",
            ],
            1,
        ),
    ];
    for (same, rows) in spellings {
        for text in same {
            let (query, with) = cut(text, &snapshot);
            assert_eq!(values(&with), Some(rows), "{text}");
            assert_eq!(solutions(&with, &data, Planner::On), solutions(&query, &data, Planner::Off), "{text}");
        }
    }
}

/// A query without its order, with short cuts that know it, and how many rows its VALUES have.
fn rows_of_page(text: &str, data: &Snapshot) -> Option<usize> {
    let mut query = SparqlParser::new().parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let sorting = Sorting::take_from(&mut query).unwrap();
    with_short_cuts(&mut query, Some(&sorting), data, &Stop::new()).unwrap();
    values(&query)
}

#[test]
fn a_page_takes_no_more_rows_than_it_has() {
    let data = snapshot(&some());
    for (text, rows) in [
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY ?o ?s LIMIT 2", 2),
        ("SELECT ?s ?o { ?s <p:1> ?o } ORDER BY DESC(?o) LIMIT 1 OFFSET 1", 2),
        ("SELECT (?o AS ?x) { ?s <p:1> ?o } ORDER BY DESC(?x) LIMIT 1", 1),
        ("SELECT ?s { ?s <p:1> ?o FILTER EXISTS { ?s <p:0> <x:2> } } ORDER BY ?o LIMIT 2", 2),
        ("SELECT ?o { { SELECT ?o { ?s <p:1> ?o } } } ORDER BY ?o LIMIT 3", 3),
        ("SELECT ?s { ?s <p:9> ?o } ORDER BY ?s LIMIT 2", 0),
        // Each is there as often as there are triples.
        ("SELECT ?s { ?s <p:1> ?o . ?a ?b ?c } ORDER BY DESC(?s) LIMIT 3 OFFSET 2", 5),
        ("SELECT ?s { ?s <p:1> ?o . ?a ?b ?c } ORDER BY ?s LIMIT 12", 12),
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY ?s LIMIT 100", 4),
        ("SELECT ?o (COUNT(*) AS ?n) { ?s <p:1> ?o } GROUP BY ?o ORDER BY DESC(?n) LIMIT 1", 1),
        ("SELECT ?o (COUNT(*) * 2 AS ?n) { ?s <p:1> ?o } GROUP BY ?o ORDER BY ?o LIMIT 1", 1),
        ("SELECT (?o AS ?x) { ?s <p:1> ?o } GROUP BY ?o ORDER BY ?x LIMIT 1", 1),
        ("SELECT DISTINCT ?o { ?s <p:1> ?o } ORDER BY DESC(?o) LIMIT 1", 1),
    ] {
        assert_eq!(rows_of_page(text, &data), Some(rows), "{text}");
    }
}

#[test]
fn an_order_that_needs_all_solutions_is_made_of_all() {
    let data = snapshot(&some());
    for (text, rows) in [
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY ?o", None),
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY ?o LIMIT 0", None),
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY STR(?o) LIMIT 1", None),
        ("SELECT ?s ?x { ?s <p:1> ?o } ORDER BY ?o LIMIT 1", None),
        ("SELECT ?s { ?s <p:1> ?o } ORDER BY ?x LIMIT 1", None),
        ("SELECT ?s { ?s <p:1> ?o FILTER(?o > 4) } ORDER BY ?o LIMIT 1", None),
        ("SELECT DISTINCT ?s ?o ?p { ?s ?p ?o } ORDER BY ?o LIMIT 1", None),
        // The blank node comes first, and last.
        ("SELECT ?o { ?s <p:2> ?o } ORDER BY ?o LIMIT 1", None),
        // The groups are counted, but which are first is not told by them.
        ("SELECT ?o (COUNT(*) * 2 AS ?n) { ?s <p:1> ?o } GROUP BY ?o ORDER BY ?n LIMIT 1", Some(2)),
        ("SELECT ?o { ?s <p:1> ?o } GROUP BY ?o HAVING(COUNT(*) > 1) ORDER BY ?o LIMIT 1", Some(2)),
    ] {
        assert_eq!(rows_of_page(text, &data), rows, "{text}");
    }
}

#[test]
fn what_is_not_told_by_counts_is_left_to_the_engine() {
    let data = snapshot(&some());
    for text in [
        "SELECT (COUNT(*) AS ?n) FROM <g:0> { ?s ?p ?o }",
        "SELECT * { GRAPH <g:0> { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p ?o LATERAL { { SELECT (COUNT(*) AS ?n) { ?s ?q ?x } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { { SELECT DISTINCT ?o { ?s ?q ?o } } } }",
        "SELECT (COUNT(?x) AS ?n) { ?s ?p ?o }",
        "SELECT (COUNT(?x) AS ?n) { ?s ?p ?o OPTIONAL { ?o ?q ?x } }",
        "SELECT ?x (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?x",
        "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p [] }",
        "SELECT (COUNT(STR(?o)) AS ?n) { ?s ?p ?o }",
        "SELECT (SUM(?o) AS ?n) { ?s <p:1> ?o }",
        "SELECT (COUNT(*) AS ?n) { ?s <p:1> ?o FILTER(?o = 4) }",
        "SELECT (COUNT(*) AS ?n) { ?s <p:1> ?o FILTER(?o > 4) }",
        "SELECT (COUNT(*) AS ?n) { ?s <p:1>+ ?o }",
        "SELECT (COUNT(*) AS ?n) { { ?s <p:1> ?o } UNION { ?s <p:0> ?o } }",
        "SELECT REDUCED ?o { ?s <p:1> ?o }",
        "SELECT ?s ?p ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p ?o",
        // A group of its own is the blank node's.
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o",
    ] {
        let (query, with) = cut(text, &data);
        assert_eq!(with, query, "{text}");
    }
}

#[test]
fn an_answer_without_rows_has_its_variables() {
    let data = some();
    for (text, names) in [
        ("SELECT DISTINCT ?s ?o { ?s <p:9> ?o }", vec!["s", "o"]),
        ("SELECT DISTINCT ?o { ?s <p:9> ?o } LIMIT 3", vec!["o"]),
        ("SELECT ?o (COUNT(*) AS ?n) { ?s <p:9> ?o } GROUP BY ?o", vec!["o", "n"]),
        ("SELECT (COUNT(*) AS ?n) { ?s <p:9> ?o } HAVING(COUNT(*) > 0)", vec!["n"]),
    ] {
        let (query, with) = cut(text, &snapshot(&data));
        assert_ne!(with, query, "{text}");
        let rows = evaluated(&with, &data, Planner::On);
        assert_eq!(rows.variables().iter().map(oxrdf::Variable::as_str).collect::<Vec<_>>(), names, "{text}");
        assert_eq!(rows.count(), 0, "{text}");
    }
}

#[test]
fn a_part_is_answered_where_it_stands() {
    let data = snapshot(&some());
    for text in [
        "SELECT * { ?s <p:0> ?o { SELECT ?o (COUNT(*) AS ?n) { ?x <p:0> ?o } GROUP BY ?o } }",
        "SELECT * { ?s <p:0> ?o OPTIONAL { { SELECT DISTINCT ?o { ?x <p:0> ?o } } } }",
        "SELECT * { { SELECT (COUNT(*) AS ?n) { ?x <p:0> ?o } } LATERAL { ?a ?b ?c } }",
        "SELECT (SUM(?n) AS ?all) { SELECT ?o (COUNT(*) AS ?n) { ?x <p:0> ?o } GROUP BY ?o }",
        "ASK { { SELECT ?o (COUNT(*) AS ?n) { ?x <p:0> ?o } GROUP BY ?o } FILTER(?n > 1) }",
    ] {
        assert!(values(&cut(text, &data).1).is_some(), "{text}");
    }
}

#[test]
fn a_page_of_distinct_values_is_taken_from_runs_only() {
    let data = snapshot(&some());
    for (text, is_answered) in [
        ("SELECT DISTINCT ?o { ?s <p:1> ?o } LIMIT 1", true),
        ("SELECT DISTINCT ?p { ?s ?p ?o } LIMIT 1", true),
        ("SELECT DISTINCT ?s { ?s <p:1> ?o } LIMIT 1", false),
        ("SELECT DISTINCT ?s { ?s <p:1> ?o } OFFSET 1", true),
        ("SELECT ?o (COUNT(*) AS ?n) { ?s <p:1> ?o ; <p:0> ?x } GROUP BY ?o LIMIT 1", true),
    ] {
        assert_eq!(values(&cut(text, &data).1).is_some(), is_answered, "{text}");
    }
}

#[test]
fn more_groups_than_fit_are_left_to_the_engine() {
    let node = |number: u32| NamedNode::new_unchecked(format!("x:{number}"));
    let data = Snapshot::of((0..70_000).map(|number| Triple::new(node(number), node(1), node(2))));
    let (query, with) = cut("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s", &data);
    assert_eq!(with, query);
    let (_, with) = cut("SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(?p) AS ?m) { ?s ?p ?o }", &data);
    assert_eq!(values(&with), Some(1));
}

#[test]
fn a_count_that_has_no_number_is_left_to_the_engine() {
    let node = |number: u32| NamedNode::new_unchecked(format!("x:{number}"));
    let data = Snapshot::of((0..100_000).map(|number| Triple::new(node(number), node(1), node(2))));
    let four = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l";
    let (query, with) = cut(&format!("SELECT (COUNT(*) AS ?n) {{ {four} }}"), &data);
    assert_eq!(with, query, "10²⁰ is more than an integer holds");
    let (_, with) = cut("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", &data);
    assert!(with.to_string().contains("1000000000000000"), "{with}");
}

#[test]
fn a_test_is_the_same_for_each_row_and_found_first() {
    let node = |name: String| NamedNode::new_unchecked(name);
    let triple = |s: String, p: &str, o: String| Triple::new(node(s), node(p.to_owned()), node(o));
    // A thousand things with two parts each; every tenth part is red, which the second part of every fifth thing is.
    let parts = (0..2_000).flat_map(|part| {
        let colour = if part % 10 == 9 { "x:red" } else { "x:blue" };
        let thing = format!("x:thing{}", part / 2);
        let part = format!("x:part{part}");
        [triple(thing, "p:part", part.clone()), triple(part, "p:colour", colour.to_owned())]
    });
    let things = (0..1_000).map(|thing| {
        let kind = if thing < 10 { "x:rare" } else { "x:usual" };
        triple(format!("x:thing{thing}"), "p:kind", kind.to_owned())
    });
    let data = Snapshot::of(things.chain(parts));
    // Few rows are asked one by one, many held against what is red.
    for (kind, is_found_first) in [("x:rare", false), ("x:usual", true)] {
        let text = format!("SELECT * {{ ?s <p:kind> <{kind}> FILTER EXISTS {{ ?s <p:part>/<p:colour> <x:red> }} }}");
        let Query::Select { pattern: GraphPattern::Project { inner, .. }, .. } = cut(&text, &data).0 else { panic!() };
        let (plain, stop) = (Plain::of(&inner, &data).unwrap(), Stop::new());
        let (steps, _) = plan(&plain, &[], &data, &mut Watch::new(&stop)).unwrap();
        assert_eq!(steps.iter().any(|step| matches!(step, Step::Member(_))), is_found_first, "{kind}: {steps:?}");
    }
    for (kind, test, expected) in [
        ("x:rare", "EXISTS", 2),
        ("x:rare", "NOT EXISTS", 8),
        ("x:usual", "EXISTS", 198),
        ("x:usual", "NOT EXISTS", 792),
    ] {
        for body in [
            "?s <p:part>/<p:colour> <x:red>",
            "?c <p:colour> <x:red> . ?s <p:part> ?c",
            "?s <p:part> ?c . ?c <p:colour> <x:red> . <x:thing0> <p:kind> ?k",
        ] {
            let (_, with) =
                cut(&format!("SELECT (COUNT(*) AS ?n) {{ ?s <p:kind> <{kind}> FILTER {test} {{ {body} }} }}"), &data);
            assert!(with.to_string().contains(&format!("\"{expected}\"")), "{kind} {test} {{ {body} }}: {with}");
        }
    }
}

#[test]
fn a_stop_ends_a_search() {
    let node = |number: u32| NamedNode::new_unchecked(format!("x:{number}"));
    let data = Snapshot::of((0..10_000).map(|number| Triple::new(node(number % 100), node(1), node(number / 100))));
    let mut query = SparqlParser::new()
        .parse_query("SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?b ?q ?e }")
        .unwrap();
    let stop = Stop::new();
    stop.now();
    let stopped = with_short_cuts(&mut query, None, &data, &stop);
    assert!(matches!(stopped, Err(QueryEvaluationError::Cancelled)), "{stopped:?}");
}

/// `SHORT_CUT_CASES` sets how many queries are tried.
#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn the_solutions_are_the_same_with_and_without_short_cuts() {
    let cases = std::env::var("SHORT_CUT_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let config = Config { cases, max_global_rejects: cases * 8, failure_persistence: None, ..Config::default() };
    let tally = RefCell::new([0_u32; 3]);
    let outcome = TestRunner::new(config).run(&(counting_query(), quads_with_blank_nodes()), |(text, quads)| {
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let data = dataset(&quads);
        let mut with = query.clone();
        with_short_cuts(&mut with, None, &snapshot(&data), &Stop::new()).unwrap();
        let expected = solutions(&query, &data, Planner::Off);
        let mut tally = tally.borrow_mut();
        tally[0] += 1;
        tally[1] += u32::from(with != query);
        tally[2] += u32::from(with != query && !expected.is_empty());
        prop_assert_eq!(&solutions(&with, &data, Planner::Off), &expected, "planner off: {}", text);
        if solutions(&query, &data, Planner::On) == expected {
            prop_assert_eq!(&solutions(&with, &data, Planner::On), &expected, "planner on: {}", text);
        }
        Ok(())
    });
    let [all, answered, with_solutions] = tally.into_inner();
    println!("{all} queries, {answered} with a short cut, {with_solutions} of them with solutions");
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(with_solutions * 6 > all, "too few had a short cut to mean anything");
}
