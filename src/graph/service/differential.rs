//! The differential test: a SERVICE with the values that are sent to it has the solutions, with the same multiplicities, of
//! the same pattern over a named graph with the other endpoint's data.
//! `SERVICE_CASES` sets how many queries are tried.

use super::{Asking, Services};
use crate::federation::tests::endpoint::{Endpoint, JSON, answer, send};
use crate::federation::{AllowList, CallLimits, Calls};
use crate::graph::differential::{
    Planner, condition, dataset, solutions, sorted_text, triples as any_triples, variable,
};
use crate::graph::question::Stop;
use crate::graph::shown::{Inside, Shown};
use crate::graph::store::StoreUpkeep;
use crate::graph::{Engine, Graph, GraphError};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::{Dataset, NamedNode, QuadRef};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::QueryEvaluator;
use spargebra::{Query, SparqlParser};
use std::cell::RefCell;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

type Triples = Vec<(u8, u8, u8, u8)>;

fn data() -> impl Strategy<Value = Triples> {
    prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..6, Just(0_u8)), 15..60)
}

/// Triples that mostly have matches in such data.
fn triples() -> impl Strategy<Value = String> {
    let likely = select(vec![
        "?a <p:0> ?b . ",
        "?a <p:1> ?c . ",
        "?b <p:2> ?c . ",
        "?c <p:0> ?d . ",
        "?a <p:2> <x:1> . ",
        "?d <p:1> 4 . ",
        "?a ?e ?b . ",
        "?b <p:0>/<p:1> ?d . ",
        "?a <p:1>? ?c . ",
    ]);
    prop_oneof![6 => likely.prop_map(str::to_owned), 1 => any_triples()]
}

/// What another endpoint is asked.
fn asked() -> impl Strategy<Value = String> {
    let more = prop_oneof![
        4 => Just(String::new()),
        2 => condition().prop_map(|condition| format!("FILTER({condition}) ")),
        2 => triples().prop_map(|triples| format!("OPTIONAL {{ {triples} }} ")),
        1 => triples().prop_map(|triples| format!("MINUS {{ {triples} }} ")),
        1 => (triples(), triples()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
        1 => (triples(), variable()).prop_map(|(t, v)| format!("{{ SELECT DISTINCT {v} {{ {t} }} }} ")),
    ];
    (triples(), more).prop_map(|(triples, more)| format!("THERE {{ {triples}{more}}} "))
}

/// The inside of a group with SERVICE in it, under the word THERE.
fn group() -> impl Strategy<Value = String> {
    let start = prop_oneof![3 => triples(), 1 => asked()];
    start.prop_recursive(3, 12, 2, |inner| {
        let item = prop_oneof![
            3 => triples(),
            8 => asked(),
            2 => condition().prop_map(|condition| format!("FILTER({condition}) ")),
            1 => triples().prop_map(|triples| format!("FILTER NOT EXISTS {{ {triples} }} ")),
            3 => inner.clone().prop_map(|group| format!("OPTIONAL {{ {group} }} ")),
            2 => inner.clone().prop_map(|group| format!("MINUS {{ {group} }} ")),
            2 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
            2 => inner.clone().prop_map(|group| format!("{{ {group} }} ")),
            1 => (inner.clone(), variable(), variable())
                .prop_map(|(group, a, b)| format!("{{ SELECT DISTINCT {a} {b} {{ {group} }} }} ")),
            1 => (variable(), select(vec!["<x:0> <x:1>", "<x:9>", "UNDEF <x:0>", "4"]))
                .prop_map(|(variable, rows)| format!("VALUES {variable} {{ {rows} }} ")),
            1 => (select(vec!["<x:0>", "?a", "?a + 1"]), variable())
                .prop_map(|(value, variable)| format!("BIND({value} AS {variable}) ")),
        ];
        (inner, prop::collection::vec(item, 1..3)).prop_map(|(start, items)| start + &items.concat())
    })
}

/// An endpoint with data that the test changes.
fn endpoint(data: &Arc<Mutex<Dataset>>) -> Endpoint {
    let data = Arc::clone(data);
    Endpoint::new(move |asked, connection| {
        let query = SparqlParser::new().parse_query(&asked.query).unwrap();
        let data = data.lock().unwrap();
        let evaluator = QueryEvaluator::new().without_optimizations();
        let Ok(QueryResults::Solutions(rows)) = evaluator.prepare(&query).execute(&*data) else { panic!() };
        let mut body = Vec::new();
        let serializer = QueryResultsSerializer::from_format(QueryResultsFormat::Json);
        let mut writer = serializer.serialize_solutions_to_writer(&mut body, rows.variables().to_vec()).unwrap();
        for row in rows {
            writer.serialize(&row.unwrap()).unwrap();
        }
        writer.finish().unwrap();
        send(connection, &answer("200 OK", JSON, &String::from_utf8(body).unwrap()));
    })
}

/// The solutions of a query over a store and an endpoint, as sorted text.
fn federated(mut query: Query, store: &Store, list: &AllowList) -> Vec<String> {
    let calls = Calls::new(list.clone(), CallLimits::default(), Instant::now() + Duration::from_mins(1));
    let outside = Graph::build::<GraphError>(Engine::Oxigraph, 0, []).unwrap().outside(calls);
    let evaluator = SparqlEvaluator::new().without_optimizations();
    let services = Arc::new(Services::of(&mut query, &evaluator, Arc::new(outside), &Stop::new()));
    services.bind(&Shown { revision: 0, inside: Inside::Oxigraph(Arc::new(StoreUpkeep::of(store.clone(), 0, 0))) });
    let evaluator = evaluator.with_default_service_handler(Asking(services));
    let Ok(QueryResults::Solutions(rows)) = evaluator.for_query(query).on_store(store).execute() else { panic!() };
    sorted_text(rows)
}

#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn the_solutions_are_the_same_whether_values_are_sent_or_not() {
    let cases = std::env::var("SERVICE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let config = Config { cases, max_global_rejects: cases * 8, failure_persistence: None, ..Config::default() };
    let there = Arc::new(Mutex::new(Dataset::new()));
    let endpoint = endpoint(&there);
    let list = AllowList::new(&[], std::slice::from_ref(&endpoint.iri), "").unwrap();
    let with_solutions = RefCell::new(0_u32);
    let strategy = (group(), data(), data());
    let outcome = TestRunner::new(config).run(&strategy, |(body, own, other)| {
        let text = |word: &str| format!("SELECT * WHERE {{ {} }}", body.replace("THERE", word));
        // A BIND of a bound variable, or a blank node in two groups: not a query.
        let Ok(query) = SparqlParser::new().parse_query(&text(&format!("SERVICE <{}>", endpoint.iri))) else {
            return Err(TestCaseError::reject("not a query"));
        };
        let (own, other) = (dataset(&own), dataset(&other));
        let graph = NamedNode::new_unchecked("g:1");
        let named =
            other.iter().map(QuadRef::into_owned).map(|quad| oxrdf::Quad { graph_name: graph.clone().into(), ..quad });
        let both: Dataset = own.iter().map(QuadRef::into_owned).chain(named).collect::<Vec<_>>().iter().collect();
        let whole = SparqlParser::new().parse_query(&text("GRAPH <g:1>")).unwrap();
        let expected = solutions(&whole, &both, Planner::Off);
        let store = Store::new().unwrap();
        own.iter().for_each(|quad| store.insert(quad).unwrap());
        *there.lock().unwrap() = other;
        *with_solutions.borrow_mut() += u32::from(!expected.is_empty());
        prop_assert_eq!(federated(query, &store, &list), expected, "{}", text("THERE"));
        Ok(())
    });
    let asked = endpoint.asked();
    let with_values = asked.iter().filter(|asked| asked.query.contains("VALUES")).count();
    println!("{} calls, {with_values} with values; {} queries had solutions", asked.len(), with_solutions.borrow());
    outcome.unwrap_or_else(|error| panic!("{error}"));
    assert!(with_values * 4 > asked.len() && *with_solutions.borrow() * 3 > cases, "too little was compared");
}
