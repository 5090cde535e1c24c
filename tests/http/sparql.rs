//! `/sparql`.

use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const COUNT: &str = "SELECT (COUNT(*) AS ?n) { ?s a eusl:ServiceType }";

#[tokio::test]
async fn a_query_comes_by_get_by_form_and_as_it_is() {
    let server = TestServer::new();
    let encoded: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("query", COUNT)
        .append_pair("output", "json")
        .finish();
    let get = Request::get(format!("/sparql?{encoded}")).body(Body::empty()).unwrap();
    let form = Request::post("/sparql")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
        .body(Body::from(encoded))
        .unwrap();
    for request in [get, form] {
        let answer = server.send(request).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains("\"value\":\"1519\""), "{}", answer.body);
    }
    let direct = server.query(COUNT, "text/csv").await;
    assert_eq!(direct.body, "n\r\n1519\r\n");
    assert_eq!(direct.header("eusl-revision"), "1");
    assert!(direct.header("etag").starts_with("W/\"1-"), "{}", direct.header("etag"));
}

#[tokio::test]
async fn every_query_form_answers_in_every_format_it_has() {
    let server = TestServer::new();
    let subject = "<http://lists.example.eu/id/service-type/372>";
    for (query, formats) in [
        (
            format!("SELECT * {{ {subject} ?p ?o }}"),
            [
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            ],
        ),
        (
            format!("ASK {{ {subject} ?p ?o }}"),
            [
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            ],
        ),
        (
            format!("CONSTRUCT WHERE {{ {subject} ?p ?o }}"),
            ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
        ),
        (
            format!("DESCRIBE {subject}"),
            ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
        ),
    ] {
        for format in formats {
            let answer = server.query(&query, format).await;
            assert_eq!(answer.status, StatusCode::OK, "{query} as {format}: {}", answer.body);
            assert!(answer.header("content-type").starts_with(format), "{}", answer.header("content-type"));
            assert!(!answer.body.is_empty());
        }
    }
}

#[tokio::test]
async fn what_the_protocol_forbids_is_a_bad_request() {
    let server = TestServer::new();
    let two = Request::get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D").body(Body::empty()).unwrap();
    assert_eq!(server.send(two).await.status, StatusCode::BAD_REQUEST);

    let graph =
        Request::get("/sparql?query=ASK%7B%7D&default-graph-uri=http%3A%2F%2Fa%2F").body(Body::empty()).unwrap();
    assert_eq!(server.send(graph).await.status, StatusCode::BAD_REQUEST);
    let xml = Request::post("/sparql").header(header::CONTENT_TYPE, "text/xml").body(Body::from("ASK{}")).unwrap();
    assert_eq!(server.send(xml).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(server.query("SELECT * FROM <http://a/> { ?s ?p ?o }", "*/*").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_query_that_cannot_be_read_names_its_place() {
    let answer = TestServer::new().query("SELECT * {\n  ?s ?p }", "*/*").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("query-syntax") && answer.body.contains("2:"), "{}", answer.body);
}

#[tokio::test]
async fn service_is_refused_even_silently() {
    let server = TestServer::new();
    for query in [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "ASK { FILTER NOT EXISTS { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }",
    ] {
        let answer = server.query(query, "*/*").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(answer.body.contains("query-refused"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_media_type_that_cannot_hold_the_answer_is_not_acceptable() {
    let server = TestServer::new();
    let refused = server.query("ASK {}", "text/turtle").await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    assert!(refused.body.contains("application/sparql-results+json"), "{}", refused.body);
    assert_eq!(server.query("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn a_query_that_runs_too_long_is_stopped_and_says_so() {
    let server = TestServer::new();
    let started = std::time::Instant::now();
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?f != ?i) }";
    let answer = server.query(endless, "*/*").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert!(answer.body.contains("query-timeout"));
    assert!(started.elapsed().as_secs() < 30, "the limit of five seconds was kept, give or take a slow machine");
}

#[tokio::test]
async fn a_large_answer_is_whole() {
    let answer = TestServer::new().query("SELECT * { ?s ?p ?o }", "text/tab-separated-values").await;
    let count = TestServer::new().query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").await;
    let counted: usize = count.body.lines().nth(1).unwrap().parse().unwrap();
    assert!(counted > 10_000);
    assert_eq!(answer.body.lines().count(), counted + 1);
}

#[tokio::test]
async fn a_browser_gets_the_page_to_write_queries_in() {
    let page = TestServer::new().get("/sparql", "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert!(page.body.contains("<form") && page.body.contains("<textarea"), "{}", page.body);
}

/// What a request for an answer is answered by one who has it in a format already.
async fn again(server: &TestServer, method: &str, path: &str, accept: &str, tag: &str) -> (StatusCode, usize) {
    let request = Request::builder().method(method).uri(path).header(header::ACCEPT, accept);
    let answer = server.send(request.header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap()).await;
    (answer.status, answer.body.len())
}

#[tokio::test]
async fn who_has_the_answer_is_told_that_it_still_holds() {
    let server = TestServer::new();
    let path = "/sparql?query=SELECT+*+%7B+%3Fs+a+eusl%3AServiceType+%7D";
    let answer = server.get(path, "text/csv").await;
    let tag = answer.header("etag");
    assert_eq!((answer.header("cache-control"), answer.header("vary")), ("no-cache", "Accept"));
    for method in ["GET", "HEAD"] {
        assert_eq!(again(&server, method, path, "text/csv", tag).await, (StatusCode::NOT_MODIFIED, 0));
    }
    assert_eq!(again(&server, "GET", path, "text/csv", "W/\"0-0-csv\"").await.0, StatusCode::OK);
    let json = again(&server, "GET", path, "application/json", tag).await;
    assert_eq!(json.0, StatusCode::OK, "who has one format has no other");
}

#[tokio::test]
async fn an_answer_that_is_another_each_time_is_not_kept() {
    let answer = TestServer::new().query("SELECT (RAND() AS ?chance) {}", "text/csv").await;
    assert_eq!((answer.header("cache-control"), answer.headers.get("etag")), ("no-store", None));
}

#[tokio::test]
async fn head_says_what_get_says_without_the_answer() {
    let server = TestServer::new();
    let path = "/sparql?query=ASK+%7B%7D";
    let head = server.send(Request::head(path).body(Body::empty()).unwrap()).await;
    let get = server.send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!((head.status, head.body.as_str()), (StatusCode::OK, ""));
    for name in ["content-type", "etag", "vary", "cache-control", "eusl-revision", "content-length"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

#[tokio::test]
async fn a_template_says_each_triple_once_and_gives_every_solution_its_own_blank_nodes() {
    let server = TestServer::new();
    let types = "?type a eusl:ServiceType ; skos:notation ?number FILTER(?number IN (\"372\", \"1512\"))";
    let once =
        server.query(&format!("CONSTRUCT {{ <a:s> <a:p> 1 }} WHERE {{ {types} }}"), "application/n-triples").await;
    assert_eq!(once.body.lines().count(), 1);
    let blank = format!("CONSTRUCT {{ ?type <a:p> _:b . _:b <a:q> ?number }} WHERE {{ {types} }}");
    let blank = server.query(&blank, "application/n-triples").await;
    let objects: std::collections::BTreeSet<&str> = blank
        .body
        .lines()
        .filter_map(|line| line.split(' ').nth(2))
        .filter(|object| object.starts_with("_:"))
        .collect();
    assert_eq!((blank.body.lines().count(), objects.len()), (4, 2));
    let odd = "CONSTRUCT { ?number <a:p> ?type . ?type ?number ?type . ?type <a:p> ?unbound } WHERE { %types% }";
    let odd = server.query(&odd.replace("%types%", types), "application/n-triples").await;
    assert_eq!((odd.status, odd.body.as_str()), (StatusCode::OK, ""), "a literal is no subject and no predicate");
}
