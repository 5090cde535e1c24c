//! Which orders are taken out, and that they are SPARQL's and the engine's.

use super::Sorting;
use super::value::{Value, compare};
use crate::graph::differential::{Planner, dataset, evaluated, ordered_query, quads_with_blank_nodes, text};
use crate::graph::question::Stop;
use oxrdf::{BlankNode, Dataset, Literal, NamedNode, Term};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::{Config, TestRunner};
use spareval::QueryEvaluationError;
use spargebra::{Query, SparqlParser};
use std::cell::RefCell;

fn parsed(text: &str) -> Query {
    SparqlParser::new().parse_query(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The solutions in the order of the engine, and in ours if it was taken out.
fn both(query: &Query, data: &Dataset, planner: Planner) -> (Vec<String>, Option<Vec<String>>) {
    let mut unordered = query.clone();
    let sorting = Sorting::take_from(&mut unordered);
    let ours = sorting.map(|sorting| text(sorting.sorted(evaluated(&unordered, data, planner), &Stop::new()).unwrap()));
    (text(evaluated(query, data, planner)), ours)
}

#[expect(clippy::unnecessary_wraps, reason = "what is compared may be unbound")]
fn typed(value: &str, datatype: &str) -> Option<Term> {
    let datatype = NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}"));
    Some(Literal::new_typed_literal(value, datatype).into())
}

#[test]
fn terms_stand_as_sparql_says_and_kind_by_kind() {
    let classes: Vec<Vec<Option<Term>>> = vec![
        vec![None],
        vec![Some(BlankNode::new_unchecked("a").into())],
        vec![Some(BlankNode::new_unchecked("b").into())],
        vec![Some(NamedNode::new_unchecked("x:B").into())],
        vec![Some(NamedNode::new_unchecked("x:a").into())],
        vec![typed("-INF", "double"), typed("-INF", "float")],
        vec![typed("-1.5", "decimal")],
        vec![typed("0", "integer"), typed("-0.0E0", "double"), typed("0.0", "decimal")],
        vec![typed("0.1", "decimal"), typed("1e-1", "double")],
        vec![typed("9", "integer"), typed("09", "byte"), typed("9.00", "decimal"), typed("9", "double")],
        vec![typed("10", "integer")],
        vec![typed("9007199254740992", "integer"), typed("9007199254740992", "double")],
        vec![typed("9007199254740993", "integer")],
        vec![typed("INF", "double")],
        vec![typed("NaN", "double"), typed("NaN", "float")],
        vec![typed("false", "boolean"), typed("0", "boolean")],
        vec![typed("true", "boolean"), typed("1", "boolean")],
        vec![typed("2024-01-01T00:00:00+02:00", "dateTime")],
        vec![typed("2024-01-01T00:00:00Z", "dateTime"), typed("2024-01-01T00:00:00", "dateTime")],
        vec![typed("2024-01-01T00:00:00.5Z", "dateTime")],
        vec![typed("2024-01-01", "date")],
        vec![typed("2024-01-02", "date")],
        vec![typed("08:00:00", "time")],
        vec![typed("-0044", "gYear")],
        vec![typed("2024", "gYear")],
        vec![typed("P1D", "duration"), typed("PT24H", "dayTimeDuration")],
        vec![typed("P30D", "duration")],
        vec![typed("P1M", "duration"), typed("P1M", "yearMonthDuration")],
        vec![typed("P12M", "yearMonthDuration"), typed("P1Y", "yearMonthDuration")],
        vec![typed("", "integer")],
        vec![Some(Literal::new_language_tagged_literal_unchecked("a", "de").into())],
        vec![Some(Literal::new_language_tagged_literal_unchecked("a", "en").into())],
        vec![typed("a", "integer")],
        vec![Some(Literal::new_simple_literal("b").into())],
        vec![Some(Literal::new_language_tagged_literal_unchecked("c", "de").into())],
    ];
    let terms: Vec<(usize, &Option<Term>)> =
        classes.iter().enumerate().flat_map(|(class, terms)| terms.iter().map(move |term| (class, term))).collect();
    for (a_class, a) in &terms {
        for (b_class, b) in &terms {
            let (a_value, b_value) = (Value::of(a.as_ref().map(Term::as_ref)), Value::of(b.as_ref().map(Term::as_ref)));
            let order = compare((a.as_ref().map(Term::as_ref), &a_value), (b.as_ref().map(Term::as_ref), &b_value));
            assert_eq!(order, a_class.cmp(b_class), "{a:?} {b:?}");
        }
    }
}

/// Literals of one kind each, as they are written in a query.
const KINDS: [&[&str]; 5] = [
    &["1", "01", "-3", "2.5", "2.50", "1e0", "1.5e300", "0", "-0.0", "7", "9007199254740993", "xsd:float(\"1\")"],
    &[
        "\"a\"",
        "\"B\"",
        "\"\"",
        "\"a\"@en",
        "\"a\"@de",
        "\"b\"@en",
        "\"ä\"",
        "\"a\"^^<x:t>",
        "\"z\"^^<x:t>",
        "\"x\"^^xsd:integer",
    ],
    &[
        "\"2024-01-01T00:00:00Z\"^^xsd:dateTime",
        "\"2024-01-01T00:00:00+02:00\"^^xsd:dateTime",
        "\"2023-12-31T22:00:00Z\"^^xsd:dateTime",
        "\"-0044-03-15T12:00:00Z\"^^xsd:dateTime",
        "\"2024-01-01T00:00:00.001Z\"^^xsd:dateTime",
    ],
    &["\"2024-01-01\"^^xsd:date", "\"2023-12-31\"^^xsd:date", "\"1999-02-28\"^^xsd:date", "\"10000-01-01\"^^xsd:date"],
    &[
        "\"P1D\"^^xsd:duration",
        "\"PT25H\"^^xsd:duration",
        "\"P1M\"^^xsd:duration",
        "\"P1Y\"^^xsd:duration",
        "\"-P1D\"^^xsd:duration",
    ],
];

#[test]
fn literals_of_one_kind_stand_as_the_engine_has_them() {
    let kind = select(KINDS.to_vec()).prop_flat_map(|kind| subsequence(kind.to_vec(), 1..=kind.len()).prop_shuffle());
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&(kind, select(vec!["?x", "DESC(?x)"])), |(literals, key)| {
        let values = literals.join(" ").replace("xsd:float(\"1\")", "\"1\"^^xsd:float");
        let query = parsed(&format!(
            "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> \
             SELECT ?x {{ VALUES ?x {{ {values} }} }} ORDER BY {key} STR(?x) STR(DATATYPE(?x)) LANG(?x)"
        ));
        let (engine, ours) = both(&query, &Dataset::new(), Planner::On);
        prop_assert_eq!(ours, Some(engine), "{}", query);
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn an_order_is_taken_out_unless_it_decides_which_solutions_are_distinct() {
    for (text, is_taken) in [
        ("SELECT ?a { ?a ?b ?c } ORDER BY ?a", true),
        ("SELECT ?a { ?a ?b ?c } ORDER BY DESC(?c) STR(?b) LIMIT 3 OFFSET 2", true),
        ("SELECT DISTINCT ?a ?b { ?a ?b ?c } ORDER BY ?b STR(?a) LIMIT 3", true),
        ("SELECT REDUCED ?a { ?a ?b ?c } ORDER BY ?a", true),
        ("SELECT DISTINCT ?a { ?a ?b ?c } ORDER BY ?c", false),
        ("SELECT DISTINCT ?a { ?a ?b ?c } ORDER BY RAND()", false),
        ("SELECT ?a { ?a ?b ?c } LIMIT 3", false),
        ("SELECT ?a { { SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 3 } }", false),
        ("ASK { { SELECT ?a { ?a ?b ?c } ORDER BY ?a LIMIT 3 } }", false),
        ("CONSTRUCT WHERE { ?a ?b ?c } ORDER BY ?a", false),
    ] {
        let query = parsed(text);
        let mut unordered = query.clone();
        assert_eq!(Sorting::take_from(&mut unordered).is_some(), is_taken, "{text}");
        assert_eq!(unordered == query, !is_taken, "{text}");
    }
}

#[test]
fn solutions_with_equal_keys_stay_in_the_order_in_which_they_were_found() {
    let query = "SELECT ?x { VALUES (?x ?k) { (1 1) (2 0) (3 1) (4 0) (5 1) (6 0) } } ORDER BY ?k";
    for (page, expected) in [("", "246135"), (" LIMIT 4", "2461"), (" LIMIT 2 OFFSET 2", "61"), (" OFFSET 5", "5")] {
        let (_, ours) = both(&parsed(&format!("{query}{page}")), &Dataset::new(), Planner::On);
        let digits: String = ours.unwrap().iter().filter_map(|line| line.chars().nth(4)).collect();
        assert_eq!(digits, expected, "{page}");
    }
}

#[test]
fn many_solutions_are_sorted_in_runs_and_merged() {
    let node = |number: u32| NamedNode::new_unchecked(format!("x:{:05}", number * 7_919 % 50_000));
    let quads =
        (0..50_000).map(|number| oxrdf::Quad::new(node(number), node(0), node(1), oxrdf::GraphName::DefaultGraph));
    let data: Dataset = quads.collect::<Vec<_>>().iter().collect();
    let (engine, ours) = both(&parsed("SELECT ?s { ?s ?p ?o } ORDER BY DESC(?s) OFFSET 3"), &data, Planner::On);
    assert_eq!(engine.len(), 49_997);
    assert_eq!(ours, Some(engine));
}

#[test]
fn a_stop_ends_a_sort() {
    let mut query = parsed("SELECT ?x { VALUES ?x { 1 2 } } ORDER BY ?x");
    let sorting = Sorting::take_from(&mut query).unwrap();
    let stop = Stop::new();
    let data = Dataset::new();
    let solutions = evaluated(&query, &data, Planner::On);
    stop.now();
    assert!(matches!(sorting.sorted(solutions, &stop), Err(QueryEvaluationError::Cancelled)));
}

/// `ORDER_CASES` sets how many queries are tried.
#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn pages_are_the_same_whoever_sorts() {
    let cases = std::env::var("ORDER_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let config = Config { cases, max_global_rejects: cases * 8, failure_persistence: None, ..Config::default() };
    let tally = RefCell::new([0_u32; 3]);
    let outcome = TestRunner::new(config).run(&(ordered_query(), quads_with_blank_nodes()), |(text, quads)| {
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let (engine, ours) = both(&query, &dataset(&quads), Planner::Off);
        let mut tally = tally.borrow_mut();
        tally[0] += 1;
        tally[1] += u32::from(ours.is_some());
        tally[2] += u32::from(ours.is_some() && engine.len() > 1);
        prop_assert_eq!(ours.unwrap_or_else(|| engine.clone()), engine, "{}", text);
        Ok(())
    });
    let [all, taken, with_several] = tally.into_inner();
    println!("{all} queries, {taken} orders taken out, {with_several} of them with several solutions");
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(with_several * 6 > all, "too few had an order to mean anything");
}
