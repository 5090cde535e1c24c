//! The processes that queries run in: what one of them suffers is one client's, and nobody can tell them from the server itself.

use crate::binary::{BASE, Server, eusl, register, run, stderr};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::{TempDir, tempdir};

/// A small query that is none of those which the server answers itself.
const SMALL: &str = "ASK { ?s ?p ?o FILTER REGEX(STR(?p), 'notation') }";

/// More pairs than anybody counts in the time of a test.
const LONG: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }";

/// Every pair of triples: an answer of some hundred gigabytes.
const ENDLESS: &str = "SELECT * { ?a ?b ?c . ?d ?e ?f }";

fn post(query: &str, accept: &str) -> String {
    format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nContent-Type: application/sparql-query\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{query}",
        query.len()
    )
}

/// A server of the list whose workers are ready.
fn server(folder: &TempDir, arguments: &[&str]) -> Server {
    let server = Server::start(&register(folder), arguments);
    wait_until("a query is answered", || server.query(SMALL).starts_with("HTTP/1.1 200"));
    server
}

/// Sends a query and does not wait for its answer.
fn begin(server: &Server, query: &str) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    stream.write_all(post(query, "text/csv").as_bytes()).unwrap();
    stream
}

/// What comes of a query that was begun.
fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A connection that breaks is an answer too.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The processes that a process started, with the time that each has used of a processor, in ticks; nothing where the system
/// tells neither.
fn workers(server: u32) -> Option<Vec<(u32, u64)>> {
    if !Path::new("/proc/self/stat").exists() {
        println!("SKIPPED a test of worker processes: the system does not tell which there are");
        return None;
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
        // The name may have anything in it but ends with the last bracket.
        let Some((number, fields)) =
            stat.split_once(" (").and_then(|(number, rest)| Some((number, rest.rsplit_once(')')?.1)))
        else {
            continue;
        };
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let field = |place: usize| *fields.get(place).unwrap();
        if field(1) == server.to_string() && field(0) != "Z" {
            let ticks = field(11).parse::<u64>().unwrap() + field(12).parse::<u64>().unwrap();
            found.push((number.parse().unwrap(), ticks));
        }
    }
    Some(found)
}

fn kill(process: u32) {
    run(Command::new("kill").args(["-9", &process.to_string()]));
}

/// Waits until something holds, for a minute at most.
fn wait_until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_mins(1), "not in a minute: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a client sees of an answer, but for what names the process and the moment.
fn seen(answer: &str) -> (String, Vec<String>, Vec<String>) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
    let mut lines = head.lines();
    let status = lines.next().unwrap_or_default().to_owned();
    let moment = ["date:", "etag:"];
    let mut fields: Vec<String> = lines.map(str::to_lowercase).collect();
    fields.retain(|field| !moment.iter().any(|name| field.starts_with(name)));
    fields.sort();
    let mut body: Vec<String> = body.lines().map(str::to_owned).collect();
    body.sort();
    (status, fields, body)
}

#[test]
fn an_answer_or_a_refusal_is_the_same_from_a_process_and_from_the_server_itself() {
    let folders = [tempdir().unwrap(), tempdir().unwrap()];
    let [alone, with_workers] =
        [(&folders[0], "0"), (&folders[1], "2")].map(|(folder, n)| Server::start(&register(folder), &["--workers", n]));
    let deep = format!("SELECT * {}?s ?p ?o{}", "{".repeat(900), "}".repeat(900));
    let (csv, turtle, json) = ("text/csv", "text/turtle", "application/sparql-results+json");
    let search = |inside: &str| format!("SELECT ?s ?n {{ SERVICE eusl:textSearch {{ ?s {inside} }} }} ORDER BY ?s ?n");
    let requests = [
        post("ASK { ?s ?p ?o }", json),
        post(SMALL, json),
        post("SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o LIMIT 20", csv),
        // In pieces, which an older client gets without marks between them.
        post("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5000", csv).replace("HTTP/1.1", "HTTP/1.0"),
        post("CONSTRUCT { ?s skos:notation ?n } { ?s skos:notation ?n } ORDER BY ?n LIMIT 50", "application/n-triples"),
        post(&format!("DESCRIBE <{BASE}id/service-type/372>"), "application/n-triples"),
        post("SELECT (NOW() > '2020-01-01T00:00:00'^^xsd:dateTime AS ?later) {}", csv),
        post(&search("eusl:words \"bicycle\"@en ; eusl:literal ?n"), csv),
        post("SELECT * {\n ?s ?p }", csv),
        post(&deep, csv),
        post("SELECT * FROM <http://a.example/> { ?s ?p ?o }", csv),
        post("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", csv),
        post(&search("eusl:words \"\""), csv),
        post(&search("eusl:limit 3"), csv),
        post("CONSTRUCT WHERE { ?s ?p ?o }", csv),
        post("SELECT * { ?s ?p ?o } LIMIT 1", turtle),
        post("SELECT * { ?s ?p ?o } LIMIT 1", csv).replace("/sparql ", "/sparql?default-graph-uri=no%20iri "),
    ];
    // The text index follows in the background.
    let ready = &requests[7];
    for server in [&alone, &with_workers] {
        wait_until("the text index is there", || server.ask(ready).starts_with("HTTP/1.1 200"));
    }
    for request in &requests {
        let (one, other) = (alone.ask(request), with_workers.ask(request));
        assert!(seen(&one) == seen(&other), "{request}\n{}", other.get(..2_000).unwrap_or(&other));
    }
    // What a client has already is not sent again.
    let answer = with_workers.ask(&requests[2]);
    let tag = answer.lines().find_map(|line| line.strip_prefix("etag: ").or(line.strip_prefix("ETag: "))).unwrap();
    for query in ["ASK%7B%7D", "ASK%7BFILTER%20REGEX('a','a')%7D"] {
        let query = format!("/sparql?query={query} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv");
        let again = format!("GET {query}\r\nIf-None-Match: {tag}\r\nConnection: close\r\n\r\n");
        assert!(with_workers.ask(&again).starts_with("HTTP/1.1 304"), "{tag}");
        let other = again.replace(tag, "W/\"other\"");
        assert!(with_workers.ask(&other).starts_with("HTTP/1.1 200"), "{tag}");
    }
}

#[test]
fn a_worker_that_is_killed_costs_its_client_the_answer_and_nobody_else_anything() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &[]);
    let others = begin(&server, LONG);
    let (counted, mut streamed) = (begin(&server, LONG), begin(&server, ENDLESS));
    drop(others);
    let mut first = [0; 12];
    streamed.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    let Some(workers) = workers(server.id()) else { return };
    assert!(workers.len() >= 2, "{workers:?}");
    for (process, _) in &workers {
        kill(*process);
    }
    let answer = rest(counted);
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("query-ended"), "{answer}");
    let cut = rest(streamed);
    assert!(!cut.ends_with("\r\n0\r\n\r\n"), "a cut answer must not look whole");
    assert!(server.query(SMALL).starts_with("HTTP/1.1 200"));
    // Those that wait for a question are replaced too.
    for _ in 0..4 {
        let Some(idle) = self::workers(server.id()) else { return };
        for (process, _) in &idle {
            kill(*process);
        }
        assert!(server.query(SMALL).starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn nothing_works_for_a_client_that_hung_up() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &[]);
    for query in [LONG, ENDLESS, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a"] {
        let stream = begin(&server, query);
        std::thread::sleep(Duration::from_millis(300));
        drop(stream);
    }
    let Some(_) = workers(server.id()) else { return };
    std::thread::sleep(Duration::from_millis(500));
    let before = workers(server.id()).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    for (process, ticks) in workers(server.id()).unwrap() {
        let earlier = before.iter().find(|(other, _)| *other == process).map_or(0, |(_, ticks)| *ticks);
        assert!(ticks - earlier < 50, "{process} still works: {} ticks in a second", ticks - earlier);
    }
}

#[test]
fn a_query_sees_what_was_written_before_it() {
    let folder = tempdir().unwrap();
    let data = register(&folder);
    let server = Server::start(&data, &[]);
    for round in 0..4 {
        let file = folder.path().join("things.nt");
        let thing = format!("<{BASE}id/thing/{round}>");
        let name = format!("{thing} <http://www.w3.org/2004/02/skos/core#prefLabel> \"Kiosk {round}\"@en .");
        let kind = format!("{thing} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/Thing> .");
        std::fs::write(&file, format!("{kind}\n{name}\n")).unwrap();
        let output = run(eusl(&data).arg("load").arg(&file));
        assert!(output.status.success(), "{}", stderr(&output));
        for test in ["", "FILTER REGEX(?name, 'Kiosk')"] {
            let query = format!("SELECT ?name {{ ?s a <http://a.example/Thing> ; skos:prefLabel ?name {test} }}");
            let answer = server.query(&query);
            assert_eq!(answer.matches("Kiosk ").count(), round + 1, "{answer}");
        }
    }
}

#[test]
fn a_query_that_takes_too_much_memory_is_told_so_and_the_server_takes_none() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &["--query-megabytes", "64", "--query-seconds", "35"]);
    let Some(_) = workers(server.id()) else { return };
    for query in [
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a",
        "SELECT DISTINCT ?a ?b ?c ?d ?e ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?c), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f }",
    ] {
        let answer = rest(begin(&server, query));
        let is_told = answer.starts_with("HTTP/1.1 503") && answer.contains("64 MiB");
        assert!(is_told, "{query}: {}", answer.get(..600).unwrap_or(&answer));
        assert!(server.query(SMALL).starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn slow_queries_leave_places_for_quick_ones_and_are_told_when_there_are_too_many_of_them() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &["--queries-at-once", "4", "--query-seconds", "8"]);
    let slow: Vec<_> = (0..4).map(|_| begin(&server, LONG)).collect();
    std::thread::sleep(Duration::from_secs(2));
    let started = Instant::now();
    for _ in 0..5 {
        assert!(server.query(SMALL).starts_with("HTTP/1.1 200"));
    }
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
    let answers: Vec<String> = slow.into_iter().map(rest).collect();
    let count = |problem: &str| answers.iter().filter(|answer| answer.contains(problem)).count();
    assert!(answers.iter().all(|answer| answer.starts_with("HTTP/1.1 503")), "{answers:?}");
    // Two ran, one waited for them in vain, and one found no place to wait.
    assert_eq!((count("problem/query-timeout"), count("problem/too-busy")), (2, 2), "{answers:?}");
}

/// How little of a right to the processor each thread of a process has.
fn niceness(process: u32) -> Vec<i32> {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{process}/task")) else { return Vec::new() };
    let stat = threads.flatten().filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
    stat.filter_map(|stat| stat.rsplit_once(')')?.1.split_whitespace().nth(16)?.parse().ok()).collect()
}

#[test]
fn a_query_that_takes_long_has_less_of_a_right_to_the_processor() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &[]);
    let _busy = begin(&server, LONG);
    let Some(_) = workers(server.id()) else { return };
    wait_until("all threads of its process give way", || {
        let workers = workers(server.id()).unwrap_or_default();
        let slow = niceness(server.id()).iter().max().map_or(10, |own| own + 10).min(19);
        let mut all = workers.iter().map(|(process, _)| niceness(*process));
        all.any(|threads| threads.len() > 1 && threads.iter().all(|nice| *nice == slow))
    });
}

#[test]
fn workers_work_in_short_turns() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &[]);
    let Some(_) = workers(server.id()) else { return };
    if !knows_short_turns() || turn(server.id()).is_none() {
        println!("SKIPPED a test of turns: the system knows no short ones, or does not tell how long they are");
        return;
    }
    // Those that have just begun to start have not done so yet.
    wait_until("the turns of all workers are short", || {
        let workers = workers(server.id()).unwrap_or_default();
        !workers.is_empty() && workers.iter().all(|(process, _)| turn(*process) == Some(100_000))
    });
    assert_ne!(turn(server.id()), Some(100_000), "the server's are as long as the system has them");
}

/// Whether the system is Linux 6.12 or later.
fn knows_short_turns() -> bool {
    let release = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = release.split(['.', '-']).map_while(|number| number.trim().parse::<u32>().ok());
    numbers.next().zip(numbers.next()).is_some_and(|version| version >= (6, 12))
}

/// The longest turn of a thread of a process, in nanoseconds, where the system tells it.
fn turn(process: u32) -> Option<u64> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).ok()?.flatten();
    let told = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("sched")).ok());
    let of = |told: String| told.lines().find(|line| line.starts_with("se.slice"))?.rsplit(' ').next()?.parse().ok();
    told.filter_map(of).max()
}

#[test]
fn no_worker_outlives_its_server() {
    let folder = tempdir().unwrap();
    let server = server(&folder, &[]);
    let _busy = begin(&server, LONG);
    std::thread::sleep(Duration::from_millis(500));
    let Some(workers) = workers(server.id()) else { return };
    assert!(!workers.is_empty());
    server.kill();
    wait_until("the workers are gone", || {
        workers.iter().all(|(process, _)| {
            let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
            stat.map_or(true, |stat| stat.contains(") Z "))
        })
    });
}
