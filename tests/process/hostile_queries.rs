//! Queries made to end the process: each is answered, and the others are served meanwhile.

use crate::binary::{Server, register};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Shapes that overflow a parser's or a planner's stack, or keep it busy for minutes.
fn hostile() -> Vec<(String, String)> {
    let mut queries = Vec::new();
    let mut add =
        |name: &str, depth: usize, query: String| queries.push((format!("{name} {depth}"), query + " LIMIT 10"));
    for depth in [100, 800, 20_000] {
        add("braces", depth, format!("SELECT * {}?s ?p ?o{}", "{".repeat(depth), "}".repeat(depth)));
        add("brackets", depth, format!("SELECT * {{?s ?p ?o FILTER({}1=1{})}}", "(".repeat(depth), ")".repeat(depth)));
        add("not", depth, format!("SELECT * {{?s ?p ?o FILTER({}true)}}", "!".repeat(depth)));
        add("minus", depth, format!("SELECT * {{?s ?p ?o FILTER({}1 = 1)}}", "- ".repeat(depth)));
        add("union", depth, format!("SELECT * {{{}}}", vec!["{?s ?p ?o}"; depth].join(" UNION ")));
        add("or", depth, format!("SELECT * {{?s ?p ?o FILTER({})}}", vec!["?s=?o"; depth].join("||")));
        add("path", depth, format!("SELECT * {{?s {} ?o}}", vec!["<a:b>"; depth].join("/")));
        add("list", depth, format!("SELECT * {{?s ?p {}1{}}}", "(".repeat(depth), ")".repeat(depth)));
        add("blank nodes", depth, format!("SELECT * {{?s ?p {}{}}}", "[<a:b> ".repeat(depth), "]".repeat(depth)));
        add(
            "optional",
            depth,
            format!("SELECT * {{?s ?p ?o {}{}}}", "OPTIONAL{?s ?p ?o ".repeat(depth), "}".repeat(depth)),
        );
        add(
            "exists",
            depth,
            format!("SELECT * {{?s ?p ?o {}?s ?p ?o{}}}", "FILTER EXISTS{".repeat(depth), "}".repeat(depth)),
        );
        let patterns: Vec<String> = (0..depth).map(|n| format!("?a{n} <a:b> ?a{} .", n + 1)).collect();
        add("patterns", depth, format!("SELECT * {{{}}}", patterns.join(" ")));
    }
    queries
}

#[test]
fn no_nested_or_chained_query_ends_the_process_while_fifty_clients_are_served() {
    let folder = tempdir().unwrap();
    let mut server = Server::start(&register(&folder), &[]);
    let port = server.port;
    let stop = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let stop = Arc::clone(&stop);
            std::thread::spawn(move || read_until(port, &stop))
        })
        .collect();
    for (name, query) in hostile() {
        let started = Instant::now();
        let answer = server.query(&query);
        assert!(server.lives(), "{name} ended the process");
        let status = answer.split(' ').nth(1).unwrap_or("none");
        assert!(matches!(status, "200" | "400"), "{name}: {answer}");
        assert!(started.elapsed() < Duration::from_secs(30), "{name} took {:?}", started.elapsed());
    }
    stop.store(true, Ordering::Relaxed);
    for reader in readers {
        assert!(reader.join().unwrap() > 0, "a reader got nothing");
    }
}

/// Reads a document again and again, and says how often.
fn read_until(port: u16, stop: &AtomicBool) -> usize {
    let mut served = 0;
    while !stop.load(Ordering::Relaxed) {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = b"GET /doc/service-type/372.ttl HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        stream.write_all(request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        served += 1;
        std::thread::sleep(Duration::from_millis(100));
    }
    served
}

#[test]
fn a_reader_that_hangs_up_ends_its_query() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &["--queries-at-once", "1"]);
    let query = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
    for _ in 0..5 {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        let request = format!(
            "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
            query.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut first = [0; 1024];
        assert!(stream.read(&mut first).unwrap() > 0);
        drop(stream);
    }
    let started = Instant::now();
    let answer = server.query("ASK { ?s ?p ?o }");
    assert!(answer.starts_with("HTTP/1.1 200"), "the one slot is free again: {answer}");
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn an_answer_that_is_cut_breaks_the_connection() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &["--query-seconds", "5"]);
    let answer = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }");
    assert!(answer.starts_with("HTTP/1.1 200"), "rows came before the time was over");
    assert!(!answer.ends_with("\r\n0\r\n\r\n"), "the last chunk of a whole answer must not come");
    assert!(!answer.contains("/problem/"), "no problem of ours stands in the body");
}

#[test]
fn as_many_queries_as_may_run_and_one_more_is_told_when_to_come_back() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &["--queries-at-once", "1", "--query-seconds", "20"]);
    let mut busy = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c != ?f) }";
    let request = format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\n\r\n{query}",
        query.len()
    );
    busy.write_all(request.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let answer = server.query("ASK { ?s ?p ?o }");
    assert!(answer.starts_with("HTTP/1.1 503") && answer.to_lowercase().contains("retry-after: "), "{answer}");
    assert!(server.get("/doc/service-type/372", "*/*").starts_with("HTTP/1.1 200"), "documents need no slot");
}

#[test]
fn clients_that_send_half_a_request_are_let_go() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &[]);
    let mut half = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    half.write_all(b"GET /doc/service-type/372 HTTP/1.1\r\nHost: loc").unwrap();
    half.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    let mut rest = Vec::new();
    // The server ends it: with an answer, or without.
    half.read_to_end(&mut rest).unwrap();
    assert!(!String::from_utf8_lossy(&rest).starts_with("HTTP/1.1 200"));
}
