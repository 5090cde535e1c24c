//! `/sparql` without a query, and `/sparql/terms`.

use crate::register::BASE;
use crate::server::TestServer;
use axum::http::StatusCode;
use eu_service_list::graph::RdfFormat;
use eu_service_list::rdf::{NamedNode, NamedNodeRef, Term, Triple, read_rdf};
use eu_service_list::vocab::{eusl, rdf, sd, skos, void};
use std::collections::BTreeSet;

fn endpoint() -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}sparql"))
}

async fn description(server: &TestServer, path: &str, accept: &str, syntax: RdfFormat) -> Vec<Triple> {
    let answer = server.get(path, accept).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    read_rdf(answer.body.as_bytes(), syntax, BASE).unwrap()
}

fn objects(triples: &[Triple], subject: &Term, property: NamedNodeRef<'_>) -> Vec<Term> {
    let is_said = |triple: &&Triple| Term::from(triple.subject.clone()) == *subject && triple.predicate == property;
    triples.iter().filter(is_said).map(|triple| triple.object.clone()).collect()
}

/// What a query that counts says.
async fn counted(server: &TestServer, pattern: &str) -> String {
    let answer = server.query(&format!("SELECT (COUNT(*) AS ?n) {{ {pattern} }}"), "text/csv").await;
    answer.body.lines().nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn the_endpoint_describes_itself_in_every_syntax_of_rdf() {
    let server = TestServer::new();
    let turtle = description(&server, "/sparql", "*/*", RdfFormat::Turtle).await;
    let said: BTreeSet<String> = turtle.iter().map(ToString::to_string).collect();
    for (path, accept, syntax) in [
        ("/sparql", "application/n-triples", RdfFormat::NTriples),
        ("/sparql", "application/rdf+xml, text/rdf;q=0.6, */*;q=0.1", RdfFormat::RdfXml),
        ("/sparql.nt", "text/html", RdfFormat::NTriples),
        ("/sparql?format=turtle", "*/*", RdfFormat::Turtle),
    ] {
        let triples = description(&server, path, accept, syntax).await;
        assert_eq!(triples.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), said, "{path} as {accept}");
    }
    let endpoint = Term::from(endpoint());
    assert_eq!(objects(&turtle, &endpoint, sd::ENDPOINT), std::slice::from_ref(&endpoint));
    assert_eq!(objects(&turtle, &endpoint, sd::SUPPORTED_LANGUAGE), [Term::from(sd::SPARQL_11_QUERY)]);
    assert_eq!(objects(&turtle, &endpoint, sd::RESULT_FORMAT).len(), 9);
    assert_eq!(objects(&turtle, &endpoint, sd::FEATURE), [Term::from(eusl::TEXT_SEARCH)]);
    assert_eq!(server.get("/sparql", "text/csv").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn the_counts_are_those_that_queries_give() {
    let server = TestServer::new();
    let triples = description(&server, "/sparql", "application/n-triples", RdfFormat::NTriples).await;
    let of = |subject: &Term, property| objects(&triples, subject, property);
    let count = |subject: &Term, property| match of(subject, property).as_slice() {
        [Term::Literal(count)] => count.value().to_owned(),
        other => panic!("{property} of {subject}: {other:?}"),
    };
    let [data_set] = &of(&endpoint().into(), sd::DEFAULT_DATASET)[..] else { panic!("no data set") };
    let [graph] = &of(data_set, sd::DEFAULT_GRAPH)[..] else { panic!("no default graph") };
    assert!(of(graph, rdf::TYPE).contains(&void::DATASET.into()));
    assert_eq!(count(graph, void::TRIPLES), counted(&server, "?s ?p ?o").await);
    let partition = |of_what: &Term, link, key, term: NamedNodeRef<'_>| {
        let mut partitions = of(of_what, link).into_iter().filter(|part| of(part, key) == [Term::from(term)]);
        (partitions.next().unwrap(), partitions.next())
    };
    let (class, none) = partition(graph, void::CLASS_PARTITION, void::CLASS, eusl::SERVICE_TYPE_CLASS);
    assert_eq!((count(&class, void::ENTITIES), none), ("1519".to_owned(), None));
    let (property, _) = partition(graph, void::PROPERTY_PARTITION, void::PROPERTY, skos::PREF_LABEL);
    assert_eq!(count(&property, void::TRIPLES), counted(&server, "?s skos:prefLabel ?o").await);
    let (property, _) = partition(&class, void::PROPERTY_PARTITION, void::PROPERTY, skos::BROADER);
    let expected = counted(&server, "?s a eusl:ServiceType ; skos:broader ?o").await;
    assert_eq!(count(&property, void::TRIPLES), expected);
}

#[tokio::test]
async fn an_editor_learns_the_terms_with_their_counts() {
    let answer = TestServer::new().get("/sparql/terms", "*/*").await;
    let terms: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((answer.header("content-type"), &terms["revision"]), ("application/json", &serde_json::json!(1)));
    assert_eq!(terms["prefixes"]["skos"], skos::NAMESPACE);
    let classes = terms["classes"].as_array().unwrap();
    let class = classes.iter().find(|class| class["iri"] == eusl::SERVICE_TYPE_CLASS.as_str()).unwrap();
    assert_eq!((&class["count"], &class["label"]), (&serde_json::json!(1519), &serde_json::json!("service type")));
    for terms in [classes, terms["properties"].as_array().unwrap()] {
        assert!(terms.len() > 5 && terms.is_sorted_by_key(|term| std::cmp::Reverse(term["count"].as_u64())));
    }
}
