//! Small data, and what spareval answers over them.

use oxrdf::{BlankNode, Dataset, GraphName, Literal, NamedNode, Quad, Term, Triple};
use spareval::{QueryEvaluator, QueryResults, QuerySolutionIter};
use spargebra::Query;

/// Whether spareval orders the joins.
#[derive(Clone, Copy, PartialEq)]
pub(in crate::graph) enum Planner {
    On,
    Off,
}

/// What spareval finds.
pub(in crate::graph) fn evaluated<'d>(query: &Query, data: &'d Dataset, planner: Planner) -> QuerySolutionIter<'d> {
    let mut evaluator = QueryEvaluator::new();
    if planner == Planner::Off {
        evaluator = evaluator.without_optimizations();
    }
    let Ok(QueryResults::Solutions(rows)) = evaluator.prepare(query).execute(data) else {
        panic!("a SELECT has solutions")
    };
    rows
}

/// The solutions as sorted text, one line each.
pub(in crate::graph) fn solutions(query: &Query, data: &Dataset, planner: Planner) -> Vec<String> {
    sorted_text(evaluated(query, data, planner))
}

/// Solutions as sorted text, one line each.
pub(in crate::graph) fn sorted_text(rows: QuerySolutionIter<'_>) -> Vec<String> {
    let mut lines = text(rows);
    lines.sort();
    lines
}

/// Solutions as text in their order, one line each.
pub(in crate::graph) fn text(rows: QuerySolutionIter<'_>) -> Vec<String> {
    rows.map(|row| {
        let row = row.unwrap();
        let mut cells: Vec<String> = row.iter().map(|(name, term)| format!("{name}={term}")).collect();
        cells.sort();
        cells.join(" ")
    })
    .collect()
}

fn node(number: u8) -> Term {
    match number {
        0..=3 => NamedNode::new_unchecked(format!("x:{number}")).into(),
        6 => BlankNode::new_unchecked("b").into(),
        _ => Literal::from(i32::from(number)).into(),
    }
}

/// Quads of subject, predicate, object and graph, most of them in the default graph. Objects are IRIs up to 3, the blank
/// node 6, and numbers.
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
