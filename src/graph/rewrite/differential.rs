//! The differential test: the same solutions, with the same multiplicities, with and without the
//! rewrite, whether spareval's planner is on or off.
//! `REWRITE_CASES` sets how many queries are tried.

use super::rewrite;
use super::tests::forms;
use oxrdf::{Dataset, GraphName, Literal, NamedNode, Quad, Term, Triple};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use spareval::{QueryEvaluator, QueryResults, QuerySolutionIter};
use spargebra::{Query, SparqlParser};

/// The rows of a page, which make the rewrite expect a part of the solutions.
const PAGE: usize = 1_000;

/// Whether spareval orders the joins.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::graph) enum Planner {
    On,
    Off,
}

/// The solutions as sorted text, one line each.
pub(in crate::graph) fn solutions(query: &Query, data: &Dataset, planner: Planner) -> Vec<String> {
    let mut evaluator = QueryEvaluator::new();
    if planner == Planner::Off {
        evaluator = evaluator.without_optimizations();
    }
    let Ok(QueryResults::Solutions(rows)) = evaluator.prepare(query).execute(data) else {
        panic!("a SELECT has solutions")
    };
    sorted_text(rows)
}

/// Solutions as sorted text, one line each.
pub(in crate::graph) fn sorted_text(rows: QuerySolutionIter<'_>) -> Vec<String> {
    let mut lines: Vec<String> = rows
        .map(|row| {
            let row = row.unwrap();
            let mut cells: Vec<String> = row.iter().map(|(name, term)| format!("{name}={term}")).collect();
            cells.sort();
            cells.join(" ")
        })
        .collect();
    lines.sort();
    lines
}

fn node(number: u8) -> Term {
    match number {
        0..=3 => NamedNode::new_unchecked(format!("x:{number}")).into(),
        _ => Literal::from(i32::from(number)).into(),
    }
}

pub(in crate::graph) fn dataset(quads: &[(u8, u8, u8, u8)]) -> Dataset {
    quads
        .iter()
        .map(|(subject, predicate, object, graph)| {
            let subject = NamedNode::new_unchecked(format!("x:{subject}"));
            let predicate = NamedNode::new_unchecked(format!("p:{predicate}"));
            let graph = match graph {
                0..=3 => GraphName::DefaultGraph,
                _ => NamedNode::new_unchecked("g:0").into(),
            };
            Triple::new(subject, predicate, node(*object)).in_graph(graph)
        })
        .collect::<Vec<Quad>>()
        .iter()
        .collect()
}

fn quads() -> impl Strategy<Value = Vec<(u8, u8, u8, u8)>> {
    prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..6, 0_u8..5), 4..40)
}

pub(in crate::graph) fn variable() -> impl Strategy<Value = String> {
    select(vec!["?a", "?a", "?a", "?b", "?b", "?c", "?d"]).prop_map(str::to_owned)
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => variable(),
        1 => select(vec!["<x:0>", "<x:1>", "<x:9>"]).prop_map(str::to_owned),
        1 => select(vec!["_:n", "[]"]).prop_map(str::to_owned),
    ]
}

fn predicate() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => select(vec!["<p:0>", "<p:1>", "<p:2>"]),
        4 => select(vec!["<p:0>/<p:1>", "^<p:0>/<p:1>", "<p:0>/<p:1>/<p:2>", "(<p:0>|<p:1>)/<p:2>"]),
        1 => select(vec!["<p:0>+", "<p:0>|<p:1>", "!<p:0>", "(<p:0>/<p:1>)+"]),
        2 => select(vec!["<p:0>*", "<p:1>?", "<p:0>/<p:1>*", "<p:0>*/<p:1>", "<p:0>*/<p:1>?"]),
        1 => Just("?e"),
    ]
    .prop_map(str::to_owned)
}

fn triple() -> impl Strategy<Value = String> {
    let object = prop_oneof![12 => term(), 1 => select(vec!["4", "5"]).prop_map(str::to_owned)];
    (term(), predicate(), object).prop_map(|(s, p, o)| format!("{s} {p} {o} . "))
}

pub(in crate::graph) fn condition() -> impl Strategy<Value = String> {
    let other = prop_oneof![2 => variable(), 1 => select(vec!["<x:1>", "4"]).prop_map(str::to_owned)];
    prop_oneof![
        (variable(), select(vec!["=", "!=", "<", ">="]), other)
            .prop_map(|(a, operator, b)| format!("{a} {operator} {b}")),
        variable().prop_map(|a| format!("BOUND({a})")),
        variable().prop_map(|a| format!("!BOUND({a})")),
        variable().prop_map(|a| format!("isIRI({a})")),
    ]
}

pub(in crate::graph) fn triples() -> impl Strategy<Value = String> {
    prop::collection::vec(triple(), 1..3).prop_map(|triples| triples.concat())
}

/// The inside of a group, with EXISTS over groups of its own.
fn group() -> impl Strategy<Value = String> {
    triples().prop_recursive(3, 12, 2, |inner| {
        let exists = (select(vec!["EXISTS", "NOT EXISTS"]), inner.clone())
            .prop_map(|(word, body)| format!("{word} {{ {body} }}"));
        let item = prop_oneof![
            4 => triples(),
            8 => exists.clone().prop_map(|e| format!("FILTER {e} ")),
            2 => (condition(), exists.clone()).prop_map(|(c, e)| format!("FILTER({c} && {e}) ")),
            1 => (condition(), exists.clone()).prop_map(|(c, e)| format!("FILTER({c} || {e}) ")),
            1 => exists.clone().prop_map(|e| format!("FILTER(!({e})) ")),
            1 => (exists, variable()).prop_map(|(e, v)| format!("BIND({e} AS {v}) ")),
            2 => condition().prop_map(|c| format!("FILTER({c}) ")),
            2 => inner.clone().prop_map(|g| format!("OPTIONAL {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("MINUS {{ {g} }} ")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
            1 => inner.clone().prop_map(|g| format!("{{ {g} }} ")),
            1 => (inner.clone(), variable(), variable())
                .prop_map(|(g, a, b)| format!("{{ SELECT DISTINCT {a} {b} {{ {g} }} }} ")),
            1 => inner.clone().prop_map(|g| format!("GRAPH <g:0> {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("GRAPH ?g {{ {g} }} ")),
            1 => inner.clone().prop_map(|g| format!("LATERAL {{ {g} }} ")),
            1 => (variable(), select(vec!["<x:0> <x:1>", "<x:9>", "UNDEF <x:0>", "4"]))
                .prop_map(|(v, rows)| format!("VALUES {v} {{ {rows} }} ")),
            1 => (select(vec!["<x:0>", "<x:9>", "?a", "?a + 1", "4"]), variable())
                .prop_map(|(e, v)| format!("BIND({e} AS {v}) ")),
        ];
        (triples(), prop::collection::vec(item, 1..3)).prop_map(|(start, items)| start + &items.concat())
    })
}

#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn the_solutions_are_the_same_with_and_without_the_rewrite() {
    let cases = std::env::var("REWRITE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    let mut runner = TestRunner::new(Config {
        cases,
        max_global_rejects: cases * 8,
        failure_persistence: None,
        ..Config::default()
    });
    let mut tally = [0_usize; 7];
    let strategy = (
        group(),
        quads(),
        select(vec!["*", "?a", "DISTINCT ?b"]),
        select(vec![String::new(), format!(" LIMIT {PAGE}")]),
    );
    let tallied = std::cell::RefCell::new(&mut tally);
    let outcome = runner.run(&strategy, |(body, quads, columns, page)| {
        let text = format!("SELECT {columns} WHERE {{ {body} }}{page}");
        // A BIND of a bound variable or a blank node in two groups: not a query.
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let rewritten = rewrite(query.clone());
        let (before, now) = (forms(&query), forms(&rewritten));
        let mut tally = tallied.borrow_mut();
        tally[0] += 1;
        tally[1] += usize::from(rewritten != query);
        tally[2] += usize::from(now.minus > before.minus);
        tally[3] += usize::from(now.distinct > before.distinct && now.minus == before.minus);
        tally[4] += usize::from(now.simple > before.simple);
        let data = dataset(&quads);
        let expected = solutions(&query, &data, Planner::Off);
        // A full page may hold any of the solutions.
        if expected.len() == PAGE {
            return Ok(());
        }
        tally[6] += usize::from(rewritten != query && !expected.is_empty());
        prop_assert_eq!(&solutions(&rewritten, &data, Planner::Off), &expected, "planner off: {}", text);
        // Where spareval's planner changes the answer of the query itself, nothing can be compared.
        if solutions(&query, &data, Planner::On) == expected {
            prop_assert_eq!(&solutions(&rewritten, &data, Planner::On), &expected, "planner on: {}", text);
        } else {
            tally[5] += 1;
        }
        Ok(())
    });
    println!(
        "{} queries, {} rewritten (MINUS {}, join {}, nested {}), {} of them with solutions; \
         the planner alone changed {}",
        tally[0], tally[1], tally[2], tally[3], tally[4], tally[6], tally[5]
    );
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(tally[6] * 10 > tally[0], "too few queries were rewritten to mean anything: {tally:?}");
}
