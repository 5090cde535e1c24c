//! `/update` and `/graph-store` of scratch data, where the W3C's suite says nothing: refusals, limits, and methods.

use crate::register::BASE;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use eu_service_list::graph::{Engine, Graph};
use eu_service_list::http::{App, HttpSettings, QueryLimits, scratch_router, writable_scratch_router};
use std::time::{Duration, Instant};

const GRAPH: &str = "/graph-store?graph=http%3A%2F%2Ftown.example.eu%2Fg";

fn app(time: Duration) -> App {
    let settings = HttpSettings::of(
        eu_service_list::catalogue::Base::parse(BASE).unwrap(),
        QueryLimits { time, at_once: 1, ..QueryLimits::default() },
    );
    App::of_scratch(Graph::scratch(Engine::default(), &[], |_| ()).unwrap(), settings).unwrap()
}

fn writable() -> TestServer {
    TestServer::with(writable_scratch_router(app(Duration::from_secs(5))))
}

async fn send(server: &TestServer, method: &str, path: &str, media_type: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, media_type);
    server.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn update(server: &TestServer, text: &str) -> Answer {
    send(server, "POST", "/update", "application/sparql-update", text).await
}

#[tokio::test]
async fn an_update_is_seen_by_the_next_query_under_the_next_revision() {
    let server = writable();
    let answer = update(&server, "INSERT DATA { <a> <p> 1, 2 }").await;
    assert_eq!((answer.status, answer.header("eusl-revision")), (StatusCode::NO_CONTENT, "1"));
    let count = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").await;
    assert_eq!((count.body.as_str(), count.header("eusl-revision")), ("n\r\n2\r\n", "1"));
}

#[tokio::test]
async fn an_update_that_fails_midway_writes_nothing() {
    let server = writable();
    let answer = update(&server, "INSERT DATA { <a> <p> 1 } ; DROP GRAPH <none>").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("query-refused") && answer.body.contains("SILENT"), "{}", answer.body);
    assert!(server.query("ASK { ?s ?p ?o }", "text/csv").await.body.contains("false"));
}

#[tokio::test]
async fn what_an_update_may_not_do_is_told_with_its_kind() {
    let server = writable();
    for (text, kind) in [
        ("LOAD <http://127.0.0.1:1/>", "query-refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "query-refused"),
        ("INSERT DATA {\n  <a> <p> }", "query-syntax"),
        (&format!("INSERT {{}} WHERE {{ {}{} }}", "{".repeat(200), "}".repeat(200)), "query-too-large"),
    ] {
        let answer = update(&server, text).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{text}");
        assert!(answer.body.contains(kind), "{text}: {}", answer.body);
    }
    let answer = send(&server, "POST", "/update?using-graph-uri=g", "application/sparql-update", "CLEAR ALL").await;
    assert!(answer.status == StatusCode::BAD_REQUEST && answer.body.contains("absolute IRI"), "{}", answer.body);
    let latin = send(&server, "POST", "/update", "application/sparql-update; charset=ISO-8859-1", "CLEAR ALL").await;
    assert_eq!(latin.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn an_update_that_runs_too_long_is_stopped_and_not_done() {
    let server = TestServer::with(writable_scratch_router(app(Duration::from_secs(1))));
    let chain: Vec<String> = (0..500).map(|number| format!("<n{number}> <to> <n{}> . ", number + 1)).collect();
    assert_eq!(update(&server, &format!("INSERT DATA {{ {} }}", chain.concat())).await.status, StatusCode::NO_CONTENT);
    let started = Instant::now();
    let endless =
        "INSERT { ?a <q> 1 } WHERE { ?a <to>+ ?b . ?b <to>+ ?c . ?c <to>+ ?d . ?d <to>+ ?e FILTER(?e = <x>) }";
    let answer = update(&server, endless).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(answer.body.contains("query-timeout") && answer.body.contains("was not done"), "{}", answer.body);
    assert!(started.elapsed().as_secs() < 20, "the limit of a second was kept, give or take a slow machine");
    // One at a time may run: the first has ended, or the next would get no turn.
    assert_eq!(update(&server, "INSERT DATA { <b> <r> 1 }").await.status, StatusCode::NO_CONTENT);
    assert!(server.query("ASK { ?s <q> ?o }", "text/csv").await.body.contains("false"));
}

#[tokio::test]
async fn a_graph_goes_through_its_life() {
    let server = writable();
    let get = async || server.get(GRAPH, "text/turtle").await.status;
    assert_eq!(get().await, StatusCode::NOT_FOUND);
    assert_eq!(send(&server, "DELETE", GRAPH, "", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&server, "POST", GRAPH, "text/turtle", "<a> <b> <c> .").await.status, StatusCode::CREATED);
    assert_eq!(send(&server, "PUT", GRAPH, "text/turtle", "<a> <b> <d> .").await.status, StatusCode::NO_CONTENT);
    let said = server.get(GRAPH, "application/n-triples").await;
    // Relative IRIs are resolved against the graph's own.
    assert_eq!(said.body, "<http://town.example.eu/a> <http://town.example.eu/b> <http://town.example.eu/d> .\n");
    assert_eq!(send(&server, "PUT", GRAPH, "text/turtle", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(get().await, StatusCode::NOT_FOUND, "a graph that says nothing is not there");
    assert_eq!(server.get("/graph-store?default", "*/*").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_graph_that_is_not_at_its_address_is_not_found_by_head() {
    let server = writable();
    let request = Request::head("/graph-store/person/4.ttl").body(Body::empty()).unwrap();
    assert_eq!(server.send(request).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_breaks_the_graph_store_protocol_is_refused() {
    let server = writable();
    for (method, path, media_type, body, status) in [
        ("PUT", "/graph-store", "text/turtle", "", StatusCode::BAD_REQUEST),
        ("DELETE", "/graph-store", "", "", StatusCode::BAD_REQUEST),
        ("GET", "/graph-store", "", "", StatusCode::BAD_REQUEST),
        ("PUT", "/graph-store?graph=g", "text/turtle", "", StatusCode::BAD_REQUEST),
        ("PUT", "/graph-store?default&graph=http://a.example/", "text/turtle", "", StatusCode::BAD_REQUEST),
        ("PUT", GRAPH, "text/turtle", "<a> <b> .", StatusCode::BAD_REQUEST),
        ("PUT", GRAPH, "application/trig", "<g> { <a> <b> <c> }", StatusCode::BAD_REQUEST),
        ("PUT", GRAPH, "text/plain", "<a> <b> <c> .", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("PUT", GRAPH, "", "<a> <b> <c> .", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("POST", GRAPH, "multipart/form-data", "", StatusCode::BAD_REQUEST),
        ("PATCH", GRAPH, "application/sparql-update", "CLEAR ALL", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let answer = send(&server, method, path, media_type, body).await;
        assert_eq!(answer.status, status, "{method} {path} {media_type:?} {body:?}: {}", answer.body);
        assert!(answer.body.contains("/problem/"), "{method} {path}");
    }
    let unreadable = server.get(GRAPH, "image/png").await.status;
    assert_eq!(unreadable, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn what_a_command_serves_as_scratch_data_takes_no_updates() {
    let server = TestServer::with(scratch_router(app(Duration::from_secs(1))));
    assert_eq!(update(&server, "INSERT DATA { <a> <b> <c> }").await.status, StatusCode::NOT_FOUND);
    assert_eq!(send(&server, "PUT", GRAPH, "text/turtle", "<a> <b> <c> .").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_request_chooses_the_graphs_and_wins_over_the_text() {
    let server = writable();
    update(
        &server,
        "INSERT DATA { <http://a/> <p> 0 GRAPH <http://g1/> { <a> <p> 1 } GRAPH <http://g2/> { <a> <p> 2 } }",
    )
    .await;
    let select = "SELECT ?n FROM <http://g1/> { { ?s ?p ?n } UNION { GRAPH ?g { ?s ?p ?n } } } ORDER BY ?n";
    for (graphs, expected) in [
        ("", "n\r\n1\r\n"),
        ("&default-graph-uri=http%3A%2F%2Fg2%2F", "n\r\n2\r\n"),
        ("&default-graph-uri=http%3A%2F%2Fg1%2F&default-graph-uri=http%3A%2F%2Fg2%2F", "n\r\n1\r\n2\r\n"),
        ("&named-graph-uri=http%3A%2F%2Fg2%2F", "n\r\n2\r\n"),
        ("&default-graph-uri=http%3A%2F%2Fnone%2F", "n\r\n"),
    ] {
        let query: String = form_urlencoded::byte_serialize(select.as_bytes()).collect();
        let answer = server.get(&format!("/sparql?query={query}{graphs}"), "text/csv").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, expected), "{graphs}");
    }
    let answer = server.get("/sparql?query=ASK%7B%7D&default-graph-uri=g", "text/csv").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("\\\"g\\\" cannot name a graph"), "{}", answer.body);
}
