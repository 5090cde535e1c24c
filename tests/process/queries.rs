//! Queries of many clients, of slow ones, and of those that only ask for the head of an answer.

use crate::binary::{Server, register};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// Every pair of triples: an answer of some hundred gigabytes.
const ENDLESS: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f }";

fn request(method: &str, query: &str) -> String {
    let encoded: String = form_urlencoded::Serializer::new(String::new()).append_pair("query", query).finish();
    format!("{method} /sparql?{encoded} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nConnection: close\r\n\r\n")
}

/// The memory of a process that is in use, without the files that it maps, in bytes; nothing where the system does not tell it
/// so.
fn resident(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? << 10)
}

#[test]
fn a_query_waits_for_a_reader_that_does_not_read() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &[]);
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(request("GET", ENDLESS).as_bytes()).unwrap();
    let mut first = [0; 1024];
    stream.read_exact(&mut first).unwrap();
    let Some(before) = resident(server.id()) else {
        println!(
            "SKIPPED a_query_waits_for_a_reader_that_does_not_read: the system does not tell how much memory is used"
        );
        return;
    };
    // Time enough to write a hundred megabytes and more for nobody.
    std::thread::sleep(Duration::from_secs(4));
    let after = resident(server.id()).unwrap();
    // What the server does beside it, such as the first dump, takes some.
    assert!(after < before + (48 << 20), "{} MB were kept for the reader", (after.saturating_sub(before)) >> 20);
    let mut rest = vec![0; 16 << 20];
    stream.read_exact(&mut rest).unwrap();
}

#[test]
fn who_asks_for_the_head_of_an_answer_keeps_no_query_running() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &["--queries-at-once", "1"]);
    for _ in 0..3 {
        let answer = server.ask(&request("HEAD", ENDLESS));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "no body follows the head: {answer}");
    }
    let started = Instant::now();
    let answer = server.query("ASK { ?s ?p ?o }");
    assert!(answer.starts_with("HTTP/1.1 200"), "the one slot is free again: {answer}");
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[test]
fn fifty_clients_at_once_get_their_own_answers_whole() {
    let folder = tempdir().unwrap();
    let server = Server::start(&register(&folder), &["--queries-at-once", "4"]);
    std::thread::scope(|scope| {
        for client in 0..50 {
            let server = &server;
            scope.spawn(move || {
                for round in 0..3 {
                    let mark = format!("client {client} in round {round}");
                    // Some answers are a line, some come in many chunks.
                    let limit = if round == 1 { 3_000 } else { 1 };
                    let query = format!("SELECT ?s ?p (\"{mark}\" AS ?mark) {{ ?s ?p ?o }} LIMIT {limit}");
                    let answer = until_it_has_its_turn(server, &request("GET", &query));
                    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
                    assert_eq!(answer.matches(&format!(",{mark}\r\n")).count(), limit, "{mark}");
                    assert_eq!(answer.matches(",client ").count(), limit, "nothing of another's");
                }
            });
        }
    });
}

/// Asks again, as it is told to, while as many queries run as may.
fn until_it_has_its_turn(server: &Server, request: &str) -> String {
    let started = Instant::now();
    loop {
        let answer = server.ask(request);
        let is_busy = answer.starts_with("HTTP/1.1 503") && answer.to_lowercase().contains("retry-after: ");
        if !is_busy || started.elapsed() > Duration::from_mins(2) {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(500));
    }
}
