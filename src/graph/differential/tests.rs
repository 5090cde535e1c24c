//! All of it together: a mapped graph with a commit laid over it and all that is done to a query, against Oxigraph's store
//! with the query as it is written and its planner off.

use super::{Planner, brief_query, counting_query, dataset, group, ordered_query, quads_with_blank_nodes, solutions};
use crate::graph::{Answer, Delta, Engine, Graph, GraphError, Head, Question, Receiver, Stop};
use crate::rdf::Triple;
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::Dataset;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spargebra::{Query, SparqlParser};
use std::cell::RefCell;
use std::io::{self, Write};

type Quads = Vec<(u8, u8, u8, u8)>;

/// All of the data in the default graph.
fn in_default(quads: &[(u8, u8, u8, u8)]) -> Dataset {
    dataset(&quads.iter().map(|(s, p, o, _)| (*s, *p, *o, 0)).collect::<Quads>())
}

/// A mapped graph that was built of some data, and then changed to others.
fn changed(before: &Dataset, after: &Dataset) -> Graph {
    let triples = |data: &Dataset, without: &Dataset| -> Vec<Triple> {
        data.iter().filter(|quad| !without.contains(*quad)).map(|quad| quad.into_owned().into()).collect()
    };
    let all = triples(before, &Dataset::new()).into_iter().map(Ok);
    let graph = Graph::build::<GraphError>(Engine::Mapped, 1, all).unwrap();
    let (removed, added) = (triples(before, after), triples(after, before));
    graph.apply(&Delta { revision: 2, removed, added }).unwrap();
    graph
}

/// The lines of an answer.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Receiver for Lines {
    fn begin(&mut self, head: Head) -> io::Result<bool> {
        assert_eq!((head.answer, head.revision), (Answer::Solutions(QueryResultsFormat::Tsv), 2));
        Ok(true)
    }
}

impl Lines {
    fn text(self, is_ordered: bool) -> Vec<String> {
        let mut lines: Vec<String> = String::from_utf8(self.0).unwrap().lines().map(str::to_owned).collect();
        if !is_ordered {
            lines.sort();
        }
        lines
    }
}

fn answer(graph: &Graph, text: &str) -> Lines {
    let question = Question { text: text.to_owned(), solutions: Some(QueryResultsFormat::Tsv), ..Question::default() };
    let mut lines = Lines::default();
    graph.answer(&question, &Stop::new(), &mut lines).unwrap_or_else(|error| panic!("{text}: {error}"));
    lines
}

/// The answer of a query that is brief.
fn brief_answer(graph: &Graph, text: &str) -> Option<Lines> {
    let question = Question { text: text.to_owned(), solutions: Some(QueryResultsFormat::Tsv), ..Question::default() };
    let mut lines = Lines::default();
    let result = graph.answer_briefly(&question, &mut lines)?;
    result.unwrap_or_else(|error| panic!("{text}: {error}"));
    Some(lines)
}

fn oracle(query: Query, data: &Dataset) -> Lines {
    let store = Store::new().unwrap();
    data.iter().for_each(|quad| store.insert(quad).unwrap());
    let evaluator = SparqlEvaluator::new().without_optimizations();
    let Ok(QueryResults::Solutions(rows)) = evaluator.for_query(query).on_store(&store).execute() else { panic!() };
    let mut lines = Lines::default();
    let mut writer = QueryResultsSerializer::from_format(QueryResultsFormat::Tsv)
        .serialize_solutions_to_writer(&mut lines, rows.variables().to_vec())
        .unwrap();
    for row in rows {
        writer.serialize(&row.unwrap()).unwrap();
    }
    writer.finish().unwrap();
    lines
}

#[test]
fn an_exists_does_not_change_how_often_a_path_beside_it_matches() {
    let text =
        "SELECT * { ?a <p:0> ?a . { ?a !<p:0> ?a } UNION { ?a <p:0> ?a FILTER EXISTS { ?a <p:0> ?a . ?a <p:0> ?a } } }";
    let data = in_default(&[(3, 1, 3, 0), (3, 2, 3, 0), (3, 0, 3, 0), (0, 0, 0, 0)]);
    let expected = ["<x:0>", "<x:3>", "<x:3>", "<x:3>", "?a"];
    assert_eq!(answer(&changed(&in_default(&[]), &data), text).text(false), expected);
}

#[test]
fn what_is_counted_beside_a_path_does_not_change_how_often_it_matches() {
    let text =
        "SELECT * { ?a <p:1> ?a . { ?a !<p:0> 4 . { SELECT DISTINCT ?a ?b { ?a <p:1> ?b } } } UNION { ?a <p:0> ?a } }";
    let data = in_default(&[(1, 1, 1, 0), (1, 1, 4, 0), (1, 2, 4, 0)]);
    let expected = ["<x:1>\t4", "<x:1>\t4", "<x:1>\t<x:1>", "<x:1>\t<x:1>", "?a\t?b"];
    assert_eq!(answer(&changed(&in_default(&[]), &data), text).text(false), expected);
}

#[test]
fn a_brief_query_has_a_solution_for_each_way_between_two_ends() {
    let graph = changed(&in_default(&[]), &in_default(&[(0, 0, 1, 0), (0, 1, 1, 0), (0, 2, 1, 0)]));
    let solutions = |text: &str| brief_answer(&graph, text).map(|lines| lines.text(false).len() - 1);
    for (path, ways) in [("!<p:0>", 2), ("(<p:1>|<p:2>)", 2), ("^(^<p:1>|^<p:2>)", 2), ("!<p:0>+", 1), ("<p:2>", 1)] {
        // Where both ends are known before, the engine asks whether there is a way, and not how many.
        for before in ["?a <p:0> ?b", "BIND(<x:0> AS ?a) ?a <p:0> ?b", "?a <p:0> _:b . ?a <p:1> ?b"] {
            let text = format!("SELECT * {{ {before} . ?a {path} ?b }}");
            assert_eq!(solutions(&text), (ways == 1).then_some(1), "{text}");
            let text = format!("SELECT * {{ {before} OPTIONAL {{ ?a {path} ?b }} }}");
            assert!(solutions(&text).is_none_or(|found| found == ways), "{text}");
        }
    }
    assert_eq!(solutions("SELECT * { <x:0> !<p:0> ?b }"), Some(2), "from one end it finds all");
}

#[test]
fn what_is_counted_twice_in_a_query_is_counted_once() {
    let data = in_default(&[(0, 0, 1, 0), (0, 0, 2, 0), (1, 0, 2, 0), (2, 1, 0, 0)]);
    let graph = changed(&in_default(&[]), &data);
    let text = "SELECT (COUNT(?a) AS ?n) (COUNT(DISTINCT ?a) AS ?m) (COUNT(*) AS ?k) (COUNT(DISTINCT ?a) AS ?l) { ?a <p:0> ?b }";
    assert_eq!(answer(&graph, text).text(false), ["3\t2\t3\t2", "?n\t?m\t?k\t?l"]);
    let text = "SELECT ?a (COUNT(?b) AS ?n) { ?a <p:0> ?b } GROUP BY ?a HAVING(COUNT(DISTINCT ?b) > 0 && COUNT(*) = 2)";
    assert_eq!(answer(&graph, text).text(false), ["<x:0>\t2", "?a\t?n"]);
}

#[test]
fn distinct_solutions_of_nothing_are_none() {
    let data = in_default(&[(0, 0, 1, 0), (1, 1, 0, 0)]);
    let graph = changed(&in_default(&[]), &data);
    for (triple, found) in [("<x:0> <p:1> <x:1>", "0"), ("<x:0> <p:0> <x:1>", "1"), ("<x:0> <p:1> []", "0")] {
        let text = format!("SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT * {{ {triple} }} }}");
        assert_eq!(answer(&graph, &text).text(true), ["?n", found], "{text}");
    }
}

/// `GRAPH_CASES` sets how many queries are tried, by chance; without it they are the same each time.
#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn a_mapped_graph_answers_as_oxigraphs_store_does() {
    let by_chance = std::env::var("GRAPH_CASES").ok().and_then(|n| n.parse().ok());
    let cases = by_chance.unwrap_or(1_500);
    let config = Config { cases, max_global_rejects: cases * 8, failure_persistence: None, ..Config::default() };
    let tally = RefCell::new([0_u32; 3]);
    let query = prop_oneof![
        2 => counting_query().prop_map(|text| (text, false)),
        1 => brief_query().prop_map(|text| (text, false)),
        1 => ordered_query().prop_map(|text| (text, true)),
        1 => group().prop_map(|group| (format!("SELECT * {{ {group} }}"), false)),
    ];
    let strategy = (query, quads_with_blank_nodes(), quads_with_blank_nodes());
    let mut runner = match by_chance {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let outcome = runner.run(&strategy, |((text, is_ordered), before, after)| {
        let Ok(query) = SparqlParser::new().parse_query(&text) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let (before, after) = (in_default(&before), in_default(&after));
        // Where spareval's planner changes the answer of the query itself, nothing can be compared.
        if solutions(&query, &after, Planner::On) != solutions(&query, &after, Planner::Off) {
            return Ok(());
        }
        let expected = oracle(query, &after).text(is_ordered);
        let mut tally = tally.borrow_mut();
        tally[0] += 1;
        tally[1] += u32::from(expected.len() > 1);
        let graph = changed(&before, &after);
        if let Some(brief) = brief_answer(&graph, &text) {
            tally[2] += u32::from(expected.len() > 1);
            prop_assert_eq!(&brief.text(is_ordered), &expected, "brief: {}", text);
        }
        prop_assert_eq!(answer(&graph, &text).text(is_ordered), expected, "{}", text);
        Ok(())
    });
    let [all, with_solutions, brief] = tally.into_inner();
    println!("{all} queries, {with_solutions} with solutions, {brief} of them brief");
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(with_solutions * 2 > all, "too few had solutions to mean anything");
    assert!(brief * 20 > all, "too few were brief to mean anything");
}
