//! `SERVICE` at `/sparql`: other endpoints, where the operator allows them.

use crate::endpoint::{Endpoint, JSON, answer, send};
use crate::register::{BASE, catalogue};
use crate::server::{Answer, TestServer};
use axum::http::StatusCode;
use eu_service_list::catalogue::Base;
use eu_service_list::federation::AllowList;
use eu_service_list::graph::{Engine, Graph};
use eu_service_list::http::{App, HttpSettings, QueryLimits, router, scratch_router};
use std::time::Duration;

const TWO: &str = r#"{"head":{"vars":["type","name"]},"results":{"bindings":[
    {"type":{"type":"uri","value":"http://lists.example.eu/id/service-type/372"},"name":{"type":"literal","value":"épave"}},
    {"type":{"type":"uri","value":"http://lists.example.eu/id/service-type/0"},"name":{"type":"literal","value":"rien"}}]}}"#;

fn settings(endpoints: &[&Endpoint]) -> HttpSettings {
    let iris: Vec<_> = endpoints.iter().map(|endpoint| endpoint.iri.clone()).collect();
    let queries = QueryLimits { time: Duration::from_secs(20), at_once: 4, ..QueryLimits::default() };
    HttpSettings {
        services: AllowList::new(&[], &iris, BASE).unwrap(),
        ..HttpSettings::of(Base::parse(BASE).unwrap(), queries)
    }
}

fn server(endpoints: &[&Endpoint]) -> TestServer {
    TestServer::with(router(App::of_catalogue(catalogue(), settings(endpoints)).unwrap()))
}

async fn csv(server: &TestServer, query: &str) -> Answer {
    server.query(query, "text/csv, application/n-triples").await
}

fn refused(answer: &Answer, status: StatusCode, kind: &str, expected: &[&str]) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(&format!("problem/{kind}")), "{}", answer.body);
    for expected in expected {
        assert!(answer.body.contains(expected), "{expected} is not in {}", answer.body);
    }
}

#[tokio::test]
async fn solutions_of_an_endpoint_are_joined_with_those_of_the_list() {
    let endpoint = Endpoint::with_solutions(TWO);
    let query = format!(
        "SELECT ?label ?name {{
            ?type skos:prefLabel ?label FILTER(STR(?label) = 'Abandoned vehicles')
            SERVICE <{}> {{ ?type <http://other.example/name> ?name . ?x <http://other.example/of> [ <a:b> ?type ] }}
        }}",
        endpoint.iri
    );
    let answer = csv(&server(&[&endpoint]), &query).await;
    assert_eq!(answer.body, "label,name\r\nAbandoned vehicles,épave\r\n");
    let [asked] = &endpoint.asked()[..] else { panic!("asked {} times", endpoint.asked().len()) };
    assert!(asked.head.starts_with("POST /sparql "), "{}", asked.head);
    let parse = |text: &str| spargebra::SparqlParser::new().parse_query(text).unwrap().to_sse();
    let expected = "SELECT ?type ?name ?x {
        VALUES ?type { <http://lists.example.eu/id/service-type/372> }
        ?type <http://other.example/name> ?name . _:b <a:b> ?type . ?x <http://other.example/of> _:b }";
    let [sent, expected] = [parse(&asked.query), parse(expected)];
    let unlabelled = |text: &str| regex::Regex::new("_:[0-9a-z]+").unwrap().replace_all(text, "_:b").into_owned();
    assert_eq!(unlabelled(&sent), unlabelled(&expected));
}

#[tokio::test]
async fn an_endpoint_that_is_not_listed_is_refused_also_in_silence_with_those_that_are() {
    let (listed, other) = (Endpoint::with_solutions(TWO), Endpoint::with_solutions(TWO));
    let server = server(&[&listed]);
    let (one, two) = (&listed.iri, &other.iri);
    let cases = [
        format!("SELECT * {{ SERVICE <{two}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ SERVICE SILENT <{two}> {{ ?s ?p ?o }} }}"),
        format!("SELECT * {{ SERVICE <{one}/> {{ ?s ?p ?o }} }}"),
        format!("ASK {{ ?s ?p ?o OPTIONAL {{ SERVICE SILENT <{two}> {{ ?s ?p ?o }} }} }}"),
        format!("CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{one}> {{ SERVICE <{two}> {{ ?s ?p ?o }} }} }}"),
        format!("SELECT * {{ SERVICE <{one}> {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{two}> {{ ?s ?p ?o }} }} }} }}"),
        format!("SELECT * {{ {{ SELECT * {{ SERVICE <{two}> {{ ?s ?p ?o }} }} }} }}"),
        "SELECT * { ?s ?p ?e SERVICE ?e { ?s ?p ?o } }".to_owned(),
        "SELECT * { ?s ?p ?e SERVICE SILENT ?e { ?s ?p ?o } }".to_owned(),
    ];
    for query in cases {
        refused(&csv(&server, &query).await, StatusCode::BAD_REQUEST, "query-refused", &["SERVICE", one]);
    }
    assert!(listed.asked().is_empty() && other.asked().is_empty(), "a query that is refused asks nobody");
}

#[tokio::test]
async fn a_service_that_would_be_asked_for_each_solution_is_refused() {
    let endpoint = Endpoint::with_solutions(TWO);
    let (server, iri) = (server(&[&endpoint]), &endpoint.iri);
    let cases = [
        (format!("SELECT * {{ ?s ?p ?o FILTER EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}"), "EXISTS"),
        (
            format!("SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {{ ?s ?p 1 . SERVICE SILENT <{iri}> {{ ?s ?p ?o }} }} }}"),
            "EXISTS",
        ),
        (format!("SELECT (EXISTS {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} AS ?e) {{ ?s ?p ?o }}"), "EXISTS"),
        (format!("SELECT * {{ ?s ?p ?o LATERAL {{ SERVICE <{iri}> {{ ?s ?p ?o }} }} }}"), "LATERAL"),
    ];
    for (query, inside) in cases {
        refused(&csv(&server, &query).await, StatusCode::BAD_REQUEST, "query-refused", &[inside, "outside"]);
    }
    assert!(endpoint.asked().is_empty());
    let beside =
        format!("SELECT ?name {{ SERVICE <{iri}> {{ ?type ?p ?name }} FILTER EXISTS {{ ?type a eusl:ServiceType }} }}");
    assert_eq!(csv(&server, &beside).await.body, "name\r\népave\r\n");
}

#[tokio::test]
async fn a_failure_of_the_endpoint_is_a_bad_gateway_and_silence_overlooks_it() {
    let endpoint = Endpoint::new(|_, connection| {
        send(connection, &answer("500 Broken", "text/plain", "out of <b>cheese</b>"));
    });
    let (server, iri) = (server(&[&endpoint]), &endpoint.iri);
    let loud = csv(&server, &format!("SELECT * {{ SERVICE <{iri}> {{ ?type ?p ?name }} }}")).await;
    refused(&loud, StatusCode::BAD_GATEWAY, "service-failed", &[iri, "status 500", "out of <b>cheese</b>"]);
    let page = server.query(&format!("SELECT * {{ SERVICE <{iri}> {{ ?type ?p ?name }} }}"), "text/html").await;
    assert!(!page.body.contains("<b>cheese"), "what an endpoint says is markup");
    let silent = format!(
        "SELECT ?n ?name {{ ?type skos:notation ?n FILTER(?n = '372') SERVICE SILENT <{iri}> {{ ?type <a:b> ?name }} }}"
    );
    assert_eq!(csv(&server, &silent).await.body, "n,name\r\n372,\r\n");
}

#[tokio::test]
async fn an_answer_that_is_not_taken_whole_is_an_error_also_in_silence() {
    let endpoint = Endpoint::new(|_, connection| {
        let solutions = vec!["{}"; 100_001].join(",");
        let body = format!(r#"{{"head":{{"vars":[]}},"results":{{"bindings":[{solutions}]}}}}"#);
        send(connection, &answer("200 OK", JSON, &body));
    });
    let query = format!("SELECT (COUNT(*) AS ?n) {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}", endpoint.iri);
    let answer = csv(&server(&[&endpoint]), &query).await;
    refused(&answer, StatusCode::BAD_REQUEST, "query-too-large", &["100000", &endpoint.iri]);
}

#[tokio::test]
async fn an_endpoint_is_asked_once_for_the_same_wherever_it_stands_in_the_query() {
    let endpoint = Endpoint::with_solutions(TWO);
    let iri = &endpoint.iri;
    let service = format!("SERVICE <{iri}> {{ ?type <a:b> ?name }}");
    let query = format!(
        "SELECT (COUNT(*) AS ?n) {{
            {{ {service} }} UNION {{ SELECT * {{ {service} }} }} UNION {{ {service} FILTER(?name > 'n') }}
        }}"
    );
    assert_eq!(csv(&server(&[&endpoint]), &query).await.body, "n\r\n6\r\n");
    assert_eq!(endpoint.asked().len(), 1);
}

#[tokio::test]
async fn values_of_the_list_are_sent_in_parts_unless_there_are_none_or_too_many() {
    let endpoint = Endpoint::with_solutions(r#"{"head":{"vars":[]},"results":{"bindings":[]}}"#);
    let (server, iri) = (server(&[&endpoint]), &endpoint.iri);
    let sent = |text: &str| text.matches("<http://lists.example.eu/id/service-type/").count();
    let none = format!("SELECT ?type ?name {{ ?type a <a:nothing> SERVICE <{iri}> {{ ?type <a:b> ?name }} }}");
    assert_eq!(csv(&server, &none).await.body, "type,name\r\n");
    assert!(endpoint.asked().is_empty(), "what nothing can be joined with is asked");
    let all = format!("SELECT ?type ?name {{ ?type a eusl:ServiceType SERVICE <{iri}> {{ ?type <a:b> ?name }} }}");
    assert_eq!(csv(&server, &all).await.body, "type,name\r\n");
    let parts: Vec<_> = endpoint.asked().iter().map(|asked| sent(&asked.query)).collect();
    assert_eq!(parts, [200, 200, 200, 200, 200, 200, 200, 119]);
    let many = format!("SELECT * {{ ?type skos:prefLabel|rdf:type ?x SERVICE <{iri}> {{ ?type <a:b> ?x }} }}");
    assert_eq!(csv(&server, &many).await.status, StatusCode::OK);
    let last = endpoint.asked().pop().unwrap();
    assert!(endpoint.asked().len() == 9 && !last.query.contains("VALUES"), "{}", last.query);
}

#[tokio::test]
async fn a_query_has_no_more_services_than_calls_are_made() {
    let endpoint = Endpoint::with_solutions(TWO);
    let services = format!("SERVICE <{}> {{ ?type <a:b> ?name }} ", endpoint.iri).repeat(101);
    let answer = csv(&server(&[&endpoint]), &format!("SELECT * {{ {services} }}")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
    assert!(endpoint.asked().is_empty());
}

#[tokio::test]
async fn a_pattern_without_variables_asks_how_often_it_holds() {
    let endpoint = Endpoint::with_solutions(r#"{"head":{"vars":[]},"results":{"bindings":[{}]}}"#);
    let query = format!("ASK {{ SERVICE <{}> {{ <a:b> <a:c> 1 }} }}", endpoint.iri);
    assert_eq!(csv(&server(&[&endpoint]), &query).await.body, "true");
    let sent = &endpoint.asked()[0].query;
    assert!(spargebra::SparqlParser::new().parse_query(sent).is_ok() && sent.starts_with("SELECT *"), "{sent}");
}

#[tokio::test]
async fn scratch_data_are_joined_with_an_endpoint_too() {
    let endpoint = Endpoint::with_solutions(TWO);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.nt");
    std::fs::write(&file, "<http://lists.example.eu/id/service-type/0> <a:b> _:x .\n").unwrap();
    let graph = Graph::scratch(Engine::default(), &[file], |_| ()).unwrap();
    let server = TestServer::with(scratch_router(App::of_scratch(graph, settings(&[&endpoint])).unwrap()));
    let query = format!("SELECT ?name {{ ?type <a:b> ?x SERVICE <{}> {{ ?type <a:c> ?name }} }}", endpoint.iri);
    assert_eq!(csv(&server, &query).await.body, "name\r\nrien\r\n");
}
