//! Effects of updates: net, bounded, and exact about literals. What each operation does, the W3C's suite shows.

use super::*;
use crate::graph::shown::Inside;
use crate::graph::{Delta, Engine};
use crate::rdf::{Literal, Triple};
use oxrdf::graph::CanonicalizationAlgorithm;
use std::collections::BTreeSet;

const TOWN: &str = "http://town.example.eu/";

/// A graph of published data with these triples, in N-Triples without prefixes.
fn graph(turtle: &str) -> Graph {
    let triples = crate::rdf::read_turtle(turtle.as_bytes(), TOWN).unwrap();
    Graph::build::<GraphError>(Engine::default(), 1, triples.into_iter().map(Ok)).unwrap()
}

fn request(text: &str) -> UpdateRequest {
    UpdateRequest { text: text.to_owned(), base: TOWN.to_owned(), ..UpdateRequest::default() }
}

fn effect(graph: &Graph, text: &str) -> Result<Effect, UpdateError> {
    graph.effect(&request(text), &Stop::new())
}

/// The parts of an effect, a line for each quad.
fn lines(graph: &Graph, text: &str) -> [BTreeSet<String>; 2] {
    let effect = effect(graph, text).unwrap();
    [effect.removed, effect.added].map(|quads| quads.iter().map(|quad| quad.to_string().replace(TOWN, "")).collect())
}

fn set<const N: usize>(lines: [&str; N]) -> BTreeSet<String> {
    lines.map(str::to_owned).into()
}

#[test]
fn the_effect_is_told_and_the_graph_stays_as_it_is() {
    let graph = graph("<a> <p> <b> .");
    let before = graph.lines().unwrap();
    let [removed, added] = lines(&graph, "DELETE { ?s <p> ?o } INSERT { ?s <q> ?o } WHERE { ?s <p> ?o }");
    assert_eq!((removed, added), (set(["<a> <p> <b>"]), set(["<a> <q> <b>"])));
    assert_eq!((graph.lines().unwrap(), graph.revision()), (before, 1));
}

#[test]
fn later_operations_see_earlier_ones_in_either_direction() {
    let graph = graph("<a> <p> <b> .");
    let [removed, added] = lines(
        &graph,
        "INSERT DATA { <c> <p> <d> } ; DELETE DATA { <a> <p> <b> } ; \
         INSERT { ?s <seen> ?o } WHERE { ?s <p> ?o }",
    );
    assert_eq!((removed, added), (set(["<a> <p> <b>"]), set(["<c> <p> <d>", "<c> <seen> <d>"])));
}

#[test]
fn what_is_undone_is_in_neither_part() {
    let graph = graph("<a> <p> <b> .");
    for text in [
        "DELETE DATA { <a> <p> <b> } ; INSERT DATA { <a> <p> <b> }",
        "INSERT DATA { <a> <p> <c> } ; DELETE DATA { <a> <p> <c> }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "INSERT DATA { <a> <p> <b> }",
        "DELETE DATA { <a> <p> <c> }",
        "CLEAR DEFAULT ; INSERT DATA { <a> <p> <b> }",
        "DELETE WHERE { ?s <none> ?o } ; CREATE GRAPH <g> ; DROP SILENT GRAPH <g>",
        "",
    ] {
        assert!(effect(&graph, text).unwrap().is_empty(), "{text}");
    }
}

/// A graph of the same in Oxigraph's store.
fn graph_in_store(turtle: &str) -> Graph {
    let triples = crate::rdf::read_turtle(turtle.as_bytes(), TOWN).unwrap();
    Graph::build::<GraphError>(Engine::Oxigraph, 1, triples.into_iter().map(Ok)).unwrap()
}

#[test]
fn in_oxigraphs_store_a_literal_is_found_however_it_is_written_and_added_as_it_is_written() {
    let graph = graph_in_store("<a> <p> 7 .");
    for spelling in ["7", "\"007\"^^xsd:integer", "\"+7\"^^xsd:int"] {
        let [removed, _] = lines(&graph, &format!("DELETE DATA {{ <a> <p> {spelling} }}"));
        assert_eq!(removed, set(["<a> <p> \"7\"^^<http://www.w3.org/2001/XMLSchema#integer>"]), "{spelling}");
        let [_, added] = lines(&graph, &format!("INSERT DATA {{ <a> <p> {spelling} }}"));
        assert_eq!(added, set([]), "{spelling} is there already");
    }
    let [_, added] = lines(&graph, "INSERT DATA { <a> <p> \"008\"^^xsd:integer, 8 }");
    assert_eq!(added, set(["<a> <p> \"008\"^^<http://www.w3.org/2001/XMLSchema#integer>"]));
    let [_, added] = lines(
        &graph,
        "INSERT DATA { <a> <p> \"008\"^^xsd:integer } ; \
         DELETE { ?s <p> 8 } INSERT { ?s <q> 8 } WHERE { ?s <p> 8 }",
    );
    assert_eq!(added, set(["<a> <q> \"8\"^^<http://www.w3.org/2001/XMLSchema#integer>"]));
}

#[test]
fn in_a_snapshot_a_literal_is_the_one_that_is_written() {
    let triples = crate::rdf::read_turtle(&b"<a> <p> 7 ."[..], TOWN).unwrap();
    let graph = Graph::build::<GraphError>(Engine::Mapped, 1, triples.into_iter().map(Ok)).unwrap();
    let integer = "http://www.w3.org/2001/XMLSchema#integer";
    let [removed, _] = lines(&graph, "DELETE DATA { <a> <p> \"007\"^^xsd:integer }");
    assert_eq!(removed, set([]));
    let [removed, added] = lines(&graph, "DELETE DATA { <a> <p> 7 } ; INSERT DATA { <a> <p> \"007\"^^xsd:integer }");
    assert_eq!(removed, set([&*format!("<a> <p> \"7\"^^<{integer}>")]));
    assert_eq!(added, set([&*format!("<a> <p> \"007\"^^<{integer}>")]));
    // A filter compares values.
    let [removed, _] =
        lines(&graph, "DELETE WHERE { ?s <p> ?o } ; INSERT { ?s <p> 8 } WHERE { ?s <p> ?o FILTER(?o = 7.0) }");
    assert_eq!(removed, set([&*format!("<a> <p> \"7\"^^<{integer}>")]));
}

#[test]
fn an_effect_that_is_applied_gives_what_the_store_itself_makes_of_the_update() {
    let data = "<a> <p> 1, 2 ; <q> <b> . <b> <p> 2.5 ; <q> [ <p> \"x\"@en ] . <c> <q> <a> .";
    for text in [
        "DELETE { ?s <p> ?n } INSERT { ?s <p> ?more } WHERE { ?s <p> ?n BIND(?n + 1 AS ?more) }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER NOT EXISTS { ?o <q> ?x . ?x <p> ?y } }",
        "INSERT { ?s <r> ?t } WHERE { ?s <q>+ ?t } ; DELETE WHERE { ?s <q> ?o }",
        "INSERT { ?s <n> ?n } WHERE { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s }",
        "CLEAR ALL ; INSERT DATA { <a> <p> 1 }",
        "DELETE { ?s <p> ?o } INSERT { ?o <p> ?s } WHERE { ?s <p> ?o }",
    ] {
        let ours = graph(data);
        let Effect { removed, added, .. } = effect(&ours, text).unwrap();
        let triples = |quads: Vec<Quad>| quads.into_iter().map(Triple::from).collect();
        ours.apply(&Delta { revision: 2, removed: triples(removed), added: triples(added) }).unwrap();
        let theirs = graph_in_store(data);
        let prefixed = format!("BASE <{TOWN}> {text}");
        let Inside::Oxigraph(upkeep) = theirs.shown().inside else { panic!() };
        upkeep.store().update(prefixed.as_str()).unwrap();
        let said = |graph: &Graph| {
            let mut said: oxrdf::Graph = graph.shown().triples().map(Result::unwrap).collect();
            said.canonicalize(CanonicalizationAlgorithm::Unstable);
            said
        };
        assert_eq!(said(&ours), said(&theirs), "{text}");
    }
}

#[test]
fn blank_nodes_are_new_in_each_solution_and_each_operation() {
    let graph = graph("<a> <p> 1 . <b> <p> 2 .");
    let text = "INSERT { ?s <has> _:n . _:n <of> ?s } WHERE { ?s <p> ?o } ; \
                INSERT DATA { <c> <has> _:x . _:x <of> <c> } ; INSERT DATA { <d> <has> _:y . _:y <of> <d> }";
    let added = effect(&graph, text).unwrap().added;
    let of_predicate = |wanted: &str| {
        let quads = added.iter().filter(|quad| quad.predicate.as_str().ends_with(wanted));
        quads.map(|quad| [quad.subject.to_string(), quad.object.to_string()]).collect::<Vec<_>>()
    };
    let has: BTreeSet<String> = of_predicate("has").into_iter().map(|[_, node]| node).collect();
    let of: BTreeSet<String> = of_predicate("of").into_iter().map(|[node, _]| node).collect();
    assert_eq!((added.len(), has.len()), (8, 4));
    assert_eq!(has, of);
    assert!(!has.contains("_:n") && !has.contains("_:x"), "labels of the text name nothing outside it");
}

#[test]
fn what_is_not_done_says_so() {
    let graph = graph("<a> <p> <b> .");
    for (text, part) in [
        ("LOAD <http://127.0.0.1:1/>", "nothing is fetched"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER EXISTS { SERVICE <a:b> { ?s ?p ?o } } }", "SERVICE"),
        ("WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "no named graphs"),
        ("DROP GRAPH <g>", "there is no graph <http://town.example.eu/g>"),
        ("INSERT DATA { GRAPH <g> { <a> <p> <b> } } ; CREATE GRAPH <g>", "is there already"),
        ("INSERT DATA {\n <a> <p> }", "2:"),
        ("SELECT * { ?s ?p ?o }", "cannot be read"),
    ] {
        let error = effect(&graph, text).unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
    assert!(effect(&graph, "LOAD SILENT <http://127.0.0.1:1/>").unwrap().is_empty());
}

#[test]
fn texts_and_patterns_are_bounded_as_in_queries() {
    let graph = graph("<a> <p> <b> .");
    let deep = format!("INSERT {{ <a> <p> <c> }} WHERE {{ {}{} }}", "{".repeat(200), "}".repeat(200));
    let long = format!("INSERT DATA {{ <a> <p> \"{}\" }}", "x".repeat(5 << 20));
    let joined = (0..101).map(|number| format!("?s <p{number}> ?o{number} . ")).collect::<Vec<_>>().concat();
    let wide = format!("DELETE WHERE {{ {joined} }}");
    let growing = "INSERT { <a> <p> ?z } WHERE { ?s ?p ?o BIND(REPLACE(STR(?o), '', CONCAT(?o, ?o)) AS ?z) }";
    // Each operation may be planned; two hundred of them together may not.
    let group = (0..30).map(|number| format!("?s <p{number}> ?o{number} . ")).collect::<Vec<_>>().concat();
    let many = format!("INSERT {{ ?s <q> <c> }} WHERE {{ {group} }} ; ").repeat(60);
    for text in [deep, long, wide, growing.to_owned(), many] {
        let start: String = text.chars().take(60).collect();
        assert!(matches!(effect(&graph, &text), Err(UpdateError::Bounds(_))), "{start}");
    }
}

#[test]
fn an_effect_too_large_is_refused_by_number_and_by_size() {
    let triples = (0..10).map(|number| {
        Triple::new(
            NamedNode::new_unchecked(format!("{TOWN}{number}")),
            NamedNode::new_unchecked(format!("{TOWN}p")),
            Literal::from("x".repeat(100)),
        )
    });
    let graph = Graph::build::<GraphError>(Engine::default(), 1, triples.map(Ok)).unwrap();
    let within = |text: &str, quads, bytes| {
        graph
            .effect_within(&request(text), &Stop::new(), EffectLimits { quads, bytes })
            .map(|effect| effect.removed.len() + effect.added.len())
    };
    for text in ["CLEAR ALL", "DELETE WHERE { ?s ?p ?o }", "INSERT { ?s <q> ?o } WHERE { ?s <p> ?o }"] {
        assert_eq!(within(text, 10, 10_000).unwrap(), 10);
        assert!(matches!(within(text, 9, 10_000), Err(UpdateError::TooLarge { .. })), "{text}");
        assert!(matches!(within(text, 10, 1_000), Err(UpdateError::TooLarge { .. })), "{text}");
    }
    let twice = "DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <a> <p> <b> }";
    assert!(matches!(within(twice, 10, 10_000), Err(UpdateError::TooLarge { .. })), "operations count together");
}

#[test]
fn a_stopped_update_ends() {
    let graph = graph("<a> <p> <b> .");
    let stop = Stop::new();
    stop.now();
    for text in ["DELETE WHERE { ?s ?p ?o }", "CLEAR ALL"] {
        assert!(matches!(graph.effect(&request(text), &stop), Err(UpdateError::Stopped)), "{text}");
    }
}
