//! Pre-binding against its definition: each focus node written into the query.

use super::evaluate::Scope;
use super::generate::{Generated, NODES, node, queries, triples};
use super::memory::Memory;
use super::{Limits, Value};
use oxrdf::{Dataset, Graph, GraphName, Term};
use proptest::prelude::*;
use spareval::{QueryEvaluator, QueryResults};
use spargebra::SparqlParser;

fn shown<'a>(bindings: impl Iterator<Item = (&'a oxrdf::Variable, &'a Term)>) -> String {
    let mut bindings: Vec<String> = bindings
        .filter(|(variable, _)| variable.as_str() != "this")
        .map(|(variable, value)| format!("{variable} {value}"))
        .collect();
    bindings.sort();
    bindings.join(", ")
}

/// The answers for each focus node, one that no triple mentions among them; nothing if the query
/// is refused.
fn answers(query: &Generated, graph: &Graph) -> Option<Vec<Vec<String>>> {
    let query = query.prebound()?;
    let memory = Memory::from(graph);
    let focus: Vec<Value> = (0..NODES).map(|number| Term::from(node(number)).into()).collect();
    let mut answers = vec![Vec::new(); focus.len()];
    let scope = Scope { data: &memory, shapes: None, limits: Limits::default() };
    for solution in scope.select(&query, &[], &focus).unwrap() {
        let solution = solution.unwrap();
        answers[solution.row].push(shown(solution.iter()));
    }
    for answers in &mut answers {
        answers.sort();
    }
    Some(answers)
}

fn answers_by_definition(query: &Generated, graph: &Graph) -> Vec<Vec<String>> {
    let dataset: Dataset = graph.iter().map(|triple| triple.into_owned().in_graph(GraphName::DefaultGraph)).collect();
    let of_node = |number| {
        let parser = SparqlParser::new().with_prefix("e", "http://e/").unwrap();
        let query = parser.parse_query(&query.substituted(&node(number))).unwrap();
        let evaluator = QueryEvaluator::new().without_optimizations();
        let QueryResults::Solutions(solutions) = evaluator.prepare(&query).execute(&dataset).unwrap() else { panic!() };
        let mut answers: Vec<String> = solutions.map(|solution| shown(solution.unwrap().iter())).collect();
        answers.sort();
        answers
    };
    (0..NODES).map(of_node).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_prebound_query_has_the_solutions_of_the_query_with_the_value_written_into_it(
        query in queries(),
        triples in triples(10),
    ) {
        let graph: Graph = triples.into_iter().collect();
        if let Some(answers) = answers(&query, &graph) {
            prop_assert_eq!(answers, answers_by_definition(&query, &graph), "{}", query.substituted(&node(0)));
        }
    }
}
