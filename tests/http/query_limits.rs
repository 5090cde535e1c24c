//! What limits queries: of one client, in all, in bytes; what is kept of answers, and what the log tells.

use crate::register::BASE;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use eu_service_list::catalogue::Base;
use eu_service_list::graph::{Engine, Graph};
use eu_service_list::http::{App, HttpSettings, QueryLimits, TrustedProxies, writable_scratch_router};
use http_body_util::BodyExt;
use std::io::{self, Write};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinHandle;
use tower::ServiceExt;

/// What runs until it is stopped, over the chain.
const ENDLESS: &str = "SELECT ?a { ?a <to>+ ?b . ?b <to>+ ?c . ?c <to>+ ?d . ?d <to>+ ?e FILTER(?e = <x>) }";

/// What is short, and what it says of the chain.
const COUNT: &str = "SELECT (COUNT(*) AS ?n) { ?s <to> ?o }";
const COUNTED: &str = "n\r\n500\r\n";

const ALL: &str = "SELECT * { ?s ?p ?o . ?t ?q ?o }";

/// A server whose data are a chain of five hundred links.
async fn server(queries: QueryLimits) -> TestServer {
    let proxies = TrustedProxies::parse(&["10.0.0.1".to_owned()]).unwrap();
    let settings =
        HttpSettings { kept_answers: 4 << 20, proxies, ..HttpSettings::of(Base::parse(BASE).unwrap(), queries) };
    let app = App::of_scratch(Graph::scratch(Engine::default(), &[], |_| ()).unwrap(), settings).unwrap();
    let server = TestServer::with(writable_scratch_router(app));
    let chain: Vec<String> = (0..500).map(|number| format!("<n{number}> <to> <n{}> . ", number + 1)).collect();
    update(&server, &format!("INSERT DATA {{ {} }}", chain.concat())).await;
    server
}

fn limits() -> QueryLimits {
    QueryLimits { time: Duration::from_mins(1), at_once: 4, per_client: 1, ..QueryLimits::default() }
}

async fn update(server: &TestServer, text: &str) {
    let request = Request::post("/update").header(header::CONTENT_TYPE, "application/sparql-update");
    let answer = server.send(request.body(Body::from(text.to_owned())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.body);
}

/// A request for the answer to a query, as CSV, with header fields.
fn request(query: &str, peer: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let query: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
    let peer = SocketAddr::new(peer.parse::<IpAddr>().unwrap(), 4_711);
    let mut request = Request::get(format!("/sparql?query={query}"))
        .header(header::HOST, "anything.example")
        .extension(ConnectInfo(peer));
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

async fn ask(server: &TestServer, query: &str, peer: &str, fields: &[(&str, &str)]) -> Answer {
    let accept = fields.iter().all(|(name, _)| *name != "accept").then_some(("accept", "text/csv"));
    let fields: Vec<_> = fields.iter().copied().chain(accept).collect();
    server.send(request(query, peer, &fields)).await
}

/// A client whose query runs until this is aborted.
async fn occupied(server: &TestServer, peer: &str, fields: &[(&str, &str)]) -> JoinHandle<()> {
    let asked = server.router().oneshot(request(ENDLESS, peer, fields));
    let runs = tokio::spawn(async move { drop(asked.await) });
    // The runtime has one thread: the query has its slot when this goes on.
    tokio::task::yield_now().await;
    runs
}

fn is_problem(answer: &Answer, status: StatusCode, kind: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(&format!("problem/{kind}\"")), "{}", answer.body);
}

#[tokio::test]
async fn a_client_that_has_as_many_queries_as_one_may_is_told_so_and_others_are_answered() {
    let server = server(limits()).await;
    let endless = occupied(&server, "192.0.2.1", &[]).await;
    let other = ask(&server, COUNT, "192.0.2.2", &[]).await;
    assert_eq!((other.status, other.body.as_str()), (StatusCode::OK, COUNTED));
    let same = ask(&server, ENDLESS, "192.0.2.1", &[]).await;
    is_problem(&same, StatusCode::TOO_MANY_REQUESTS, "too-many-queries");
    assert_eq!(same.header("retry-after"), "2");
    assert_eq!(same.header("ratelimit-policy"), "\"concurrent\";q=1;qu=\"concurrent-requests\"");
    assert_eq!(same.header("ratelimit"), "\"concurrent\";r=0");
    let page = ask(&server, ENDLESS, "192.0.2.1", &[("accept", "text/html")]).await;
    assert_eq!((page.status, page.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "2"));
    endless.abort();
    // The query ends at its next look into the graph, and the next waits for that.
    assert_eq!(ask(&server, "ASK {}", "192.0.2.1", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn clients_behind_a_trusted_proxy_are_told_apart_and_behind_another_they_are_one() {
    let server = server(limits()).await;
    let from = |address: &'static str| [("x-forwarded-for", address)];
    let _trusted = occupied(&server, "10.0.0.1", &from("203.0.113.7")).await;
    assert_eq!(ask(&server, "ASK {}", "10.0.0.1", &from("203.0.113.8")).await.status, StatusCode::OK);
    let same = ask(&server, "ASK {}", "10.0.0.1", &from("198.51.100.1, 203.0.113.7")).await;
    assert_eq!(same.status, StatusCode::OK, "an answer that is kept needs no turn");
    let same = ask(&server, COUNT, "10.0.0.1", &from("198.51.100.1, 203.0.113.7")).await;
    is_problem(&same, StatusCode::TOO_MANY_REQUESTS, "too-many-queries");
    let _not_trusted = occupied(&server, "10.0.0.2", &from("203.0.113.8")).await;
    let same = ask(&server, COUNT, "10.0.0.2", &from("203.0.113.9")).await;
    is_problem(&same, StatusCode::TOO_MANY_REQUESTS, "too-many-queries");
}

#[tokio::test]
async fn those_on_this_machine_are_held_to_no_limit_of_one_client() {
    let server = server(limits()).await;
    let _two = [occupied(&server, "127.0.0.1", &[]).await, occupied(&server, "::1", &[]).await];
    let third = ask(&server, COUNT, "127.0.0.1", &[("x-forwarded-for", "203.0.113.7")]).await;
    assert_eq!((third.status, third.header("ratelimit")), (StatusCode::OK, "\"concurrent\";r=1"));
    assert_eq!(third.header("ratelimit-policy"), "\"concurrent\";q=4;qu=\"concurrent-requests\"");
}

#[tokio::test]
async fn every_answer_to_a_query_tells_how_many_may_run() {
    let server = server(QueryLimits { per_client: 3, ..limits() }).await;
    for (query, status) in [(COUNT, StatusCode::OK), (COUNT, StatusCode::OK), ("ASK {", StatusCode::BAD_REQUEST)] {
        let answer = ask(&server, query, "192.0.2.1", &[]).await;
        assert_eq!((answer.status, answer.header("ratelimit")), (status, "\"concurrent\";r=2"), "{query}");
        assert_eq!(answer.header("ratelimit-policy"), "\"concurrent\";q=3;qu=\"concurrent-requests\"");
        assert!(answer.header("access-control-expose-headers").contains("RateLimit, RateLimit-Policy"));
    }
    let shipped = TestServer::new();
    assert!(shipped.get("/query/phases", "text/csv").await.header("ratelimit").starts_with("\"concurrent\";r="));
    assert_eq!(shipped.get("/doc/service-type/372", "text/turtle").await.header("ratelimit"), "");
}

#[tokio::test]
async fn an_answer_that_is_kept_is_given_without_a_turn_until_something_is_written() {
    let server = server(QueryLimits { at_once: 1, per_client: 0, ..limits() }).await;
    let first = ask(&server, COUNT, "192.0.2.1", &[]).await;
    let endless = occupied(&server, "192.0.2.2", &[]).await;
    let again = ask(&server, COUNT, "192.0.2.1", &[]).await;
    assert_eq!((again.status, again.body.as_str()), (StatusCode::OK, COUNTED));
    for name in ["etag", "content-type", "vary", "cache-control", "eusl-revision", "content-length"] {
        assert_eq!(again.header(name), first.header(name), "{name}");
    }
    let known = ask(&server, COUNT, "192.0.2.1", &[("if-none-match", first.header("etag"))]).await;
    assert_eq!(
        (known.status, known.body.as_str(), known.header("etag")),
        (StatusCode::NOT_MODIFIED, "", first.header("etag"))
    );
    let json = ask(&server, COUNT, "192.0.2.1", &[("accept", "application/json")]).await;
    is_problem(&json, StatusCode::SERVICE_UNAVAILABLE, "too-busy");
    assert_eq!((json.header("retry-after"), json.header("ratelimit")), ("2", "\"concurrent\";r=0"));
    let anew = ask(&server, COUNT, "192.0.2.1", &[("cache-control", "no-cache")]).await;
    is_problem(&anew, StatusCode::SERVICE_UNAVAILABLE, "too-busy");
    endless.abort();
    update(&server, "INSERT DATA { <x> <to> <y> }").await;
    let after = ask(&server, COUNT, "192.0.2.1", &[]).await;
    assert_eq!((after.body.as_str(), after.header("eusl-revision")), ("n\r\n501\r\n", "2"));
}

#[tokio::test]
async fn a_streamed_answer_is_kept_once_it_was_whole_and_what_chance_makes_never() {
    let server = server(QueryLimits { at_once: 1, per_client: 0, ..limits() }).await;
    let streamed = "SELECT ?s (CONCAT(STR(?s), STR(?o), STR(?p), STR(?s)) AS ?long) { ?s ?p ?o }";
    let whole = ask(&server, streamed, "192.0.2.1", &[]).await.body;
    assert!(
        whole.len() > 40_000 && whole.len() < 256 << 10,
        "more than what is held back, less than what is kept: {}",
        whole.len()
    );
    let chance = ask(&server, "SELECT (RAND() AS ?n) {}", "192.0.2.1", &[]).await;
    let _endless = occupied(&server, "192.0.2.2", &[]).await;
    assert_eq!(ask(&server, streamed, "192.0.2.1", &[]).await.body, whole);
    assert_eq!(chance.status, StatusCode::OK);
    is_problem(
        &ask(&server, "SELECT (RAND() AS ?n) {}", "192.0.2.1", &[]).await,
        StatusCode::SERVICE_UNAVAILABLE,
        "too-busy",
    );
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused_before_its_first_byte_and_broken_off_after_it() {
    let server = server(QueryLimits { bytes: 40_000, ..limits() }).await;
    assert_eq!(ask(&server, COUNT, "192.0.2.1", &[]).await.status, StatusCode::OK);
    let response = server.router().oneshot(request(ALL, "192.0.2.1", &[("accept", "text/csv")])).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let broken = response.into_body().collect().await.unwrap_err().to_string();
    assert!(broken.contains("more than 40000 bytes"), "{broken}");
    let page = ask(&server, ALL, "192.0.2.1", &[("accept", "text/html")]).await;
    assert!(page.status == StatusCode::BAD_REQUEST && page.body.contains("more than 40000 bytes"), "{}", page.body);
    let small = self::server(QueryLimits { bytes: 5_000, ..limits() }).await;
    let answer = ask(&small, "SELECT ?s { ?s ?p ?o }", "192.0.2.1", &[]).await;
    is_problem(&answer, StatusCode::BAD_REQUEST, "answer-too-large");
    assert!(answer.body.contains("more than 5000 bytes"), "{}", answer.body);
}

/// What is written to the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_tells_of_queries_that_are_slow_or_stopped() {
    let slow = QueryLimits { slow: Duration::ZERO, time: Duration::from_secs(3), bytes: 40_000, ..limits() };
    let server = server(slow).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let tells = |expected: &[&str]| {
        let told = log.take();
        assert!(told.lines().count() == 1 && expected.iter().all(|expected| told.contains(expected)), "{told}");
    };
    ask(&server, &format!("{COUNT}\n# as it is"), "2001:db8::1:2", &[]).await;
    tells(&[
        "INFO",
        "status=200 bytes=8 client=2001:db8::",
        "query=SELECT (COUNT(*) AS ?n) { ?s <to> ?o }\\n# as it is",
    ]);
    ask(&server, ENDLESS, "192.0.2.1", &[]).await;
    tells(&["WARN", "status=503 bytes=0 client=192.0.2.1", "longer than 3 s"]);
    let response = server.router().oneshot(request(ALL, "192.0.2.1", &[("accept", "text/csv")])).await.unwrap();
    drop(response.into_body().collect().await);
    tells(&["WARN", "status=200 bytes=32", "more than 40000 bytes"]);
    let response = server.router().oneshot(request(ALL, "192.0.2.1", &[("accept", "text/csv")])).await.unwrap();
    drop(response);
    tells(&["INFO", "did not wait"]);
}
