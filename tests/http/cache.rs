//! What is kept is exactly what still holds.

use crate::register::{BASE, catalogue, catalogue_at};
use crate::said::say;
use crate::server::{Answer, TestServer};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::rdf::{Content, Literal, NamedNode, Term, Triple};
use eu_service_list::register::Location;
use eu_service_list::vocab::skos;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The source that functions come from.
const FUNCTIONS: &str = "https://w3id.org/eu-service-list/source/functions";

/// Gives a function another English name, as the source that it comes from.
fn rename(catalogue: &Catalogue, path: &str, name: &str) {
    let record = format!("{BASE}{path}");
    let present = catalogue.present().unwrap().document(&record).unwrap().unwrap().version.content;
    let is_name = |triple: &&Triple| {
        triple.predicate == skos::PREF_LABEL
            && matches!(&triple.object, Term::Literal(label) if label.language() == Some("en"))
    };
    let mut content: Content = present.iter().filter(|triple| !is_name(triple)).cloned().collect();
    let label = Literal::new_language_tagged_literal_unchecked(name, "en");
    content.insert(Triple::new(NamedNode::new_unchecked(&record), skos::PREF_LABEL, label));
    let owns: Vec<String> = content.iter().map(|triple| triple.predicate.as_str().to_owned()).collect();
    let owns: Vec<&str> = owns.iter().map(String::as_str).collect();
    say(catalogue, FUNCTIONS, record, content, &owns);
}

async fn turtle(server: &TestServer, path: &str) -> Answer {
    server.get(path, "text/turtle").await
}

/// The paths of the documents of all service types and functions.
async fn documents(server: &TestServer) -> Vec<String> {
    let mut paths = Vec::new();
    for list in ["/list/services.nt", "/list/functions.nt"] {
        let data = server.get(list, "*/*").await.body;
        let start = format!("<{BASE}id/");
        let subjects = data.lines().filter_map(|line| line.strip_prefix(&start)?.split_once('>'));
        paths.extend(subjects.map(|(path, _)| format!("/doc/{}", path.split('#').next().unwrap())));
    }
    paths.sort();
    paths.dedup();
    paths
}

#[tokio::test]
async fn a_renamed_function_makes_anew_what_shows_its_name_and_nothing_else() {
    let catalogue = catalogue();
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    // The times of answers are whole seconds, and told when they are over.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let mut before = Vec::new();
    for path in documents(&server).await {
        let answer = turtle(&server, &path).await;
        before.push((path, answer.header("last-modified").to_owned(), answer.body));
    }
    assert!(before.len() > 1_600, "{}", before.len());
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    rename(&catalogue, "id/function/40", "Clean streets");
    let (mut anew, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for (path, moment, body) in &before {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/turtle")
            .header(header::IF_MODIFIED_SINCE, moment)
            .body(Body::empty())
            .unwrap();
        if server.send(request).await.status != StatusCode::NOT_MODIFIED {
            anew.insert(path.clone());
        }
        if body.contains("\"Street care and cleaning\"@en") {
            shown.insert(path.clone());
            assert!(turtle(&server, path).await.body.contains("\"Clean streets\"@en"), "{path}");
        }
    }
    assert!(shown.len() > 15, "{}", shown.len());
    assert_eq!(anew, shown);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_asks_after_a_write_is_answered_with_it() {
    answers_follow_writes(catalogue()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_asks_after_a_write_to_a_file_is_answered_with_it() {
    let folder = tempfile::tempdir().unwrap();
    answers_follow_writes(catalogue_at(&Location::Directory(folder.path().to_owned()))).await;
}

/// Writes while readers ask, and holds each answer to what was acknowledged before the question.
async fn answers_follow_writes(catalogue: Arc<Catalogue>) {
    const WRITES: usize = 60;
    let server = Arc::new(TestServer::of(Arc::clone(&catalogue), BASE));
    let written = Arc::new(AtomicUsize::new(0));
    rename(&catalogue, "id/function/40", "Name 0");
    let mut readers = Vec::new();
    for path in ["/doc/function/40", "/doc/service-type/372", "/list/functions", "/en/list/functions"] {
        let (server, written) = (Arc::clone(&server), Arc::clone(&written));
        readers.push(tokio::spawn(async move {
            let accept = if path.starts_with("/en") { "text/html" } else { "text/turtle" };
            loop {
                let acknowledged = written.load(Ordering::SeqCst);
                let body = server.get(path, accept).await.body;
                let name = body.split("Name ").nth(1).unwrap_or_else(|| panic!("{path} has no name:\n{body}"));
                let seen: usize = name.split(|end: char| !end.is_ascii_digit()).next().unwrap().parse().unwrap();
                assert!(
                    acknowledged > WRITES || seen >= acknowledged,
                    "{path} shows write {seen} after {acknowledged} was acknowledged"
                );
                if acknowledged >= WRITES {
                    break;
                }
            }
        }));
    }
    let writer = tokio::task::spawn_blocking(move || {
        // However it ends, the readers do not wait for more.
        let _end = AtTheEnd(Arc::clone(&written));
        for number in 1..=WRITES {
            rename(&catalogue, "id/function/40", &format!("Name {number}"));
            written.store(number, Ordering::SeqCst);
        }
    });
    writer.await.unwrap();
    for reader in readers {
        reader.await.unwrap();
    }
}

#[tokio::test]
async fn two_writes_in_one_second_are_told_apart() {
    let catalogue = catalogue();
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    for number in 0..20 {
        rename(&catalogue, "id/function/40", &format!("Name {number}"));
        let one = turtle(&server, "/doc/function/40").await;
        rename(&catalogue, "id/function/40", &format!("Other name {number}"));
        let since = one.header("last-modified");
        let request = Request::get("/doc/function/40").header(header::ACCEPT, "text/turtle");
        let request = if since.is_empty() { request } else { request.header(header::IF_MODIFIED_SINCE, since) };
        assert_eq!(server.send(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK, "{since:?}");
    }
}

#[tokio::test]
async fn a_document_keeps_its_time_when_others_change_and_the_server_starts_anew() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Directory(folder.path().to_owned());
    let catalogue = catalogue_at(&location);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    rename(&catalogue, "id/function/40", "Clean streets");
    drop(catalogue);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let catalogue = Catalogue::open(&location, &Base::parse(BASE).unwrap()).unwrap();
    let server = TestServer::of(Arc::new(catalogue), BASE);
    let time =
        async |path: &str| httpdate::parse_http_date(turtle(&server, path).await.header("last-modified")).unwrap();
    let (renamed, shows_it, other) =
        (time("/doc/function/40").await, time("/doc/service-type/372").await, time("/doc/service-type/1").await);
    assert_eq!(renamed, shows_it);
    // A page shows settings too: after a start it may be another, whatever the data does.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let page = server.get("/en/doc/function/40", "text/html").await;
    assert!(httpdate::parse_http_date(page.header("last-modified")).unwrap() > renamed);
    assert!(other < renamed, "{other:?} is not before {renamed:?}");
}

/// Lets readers go when the writer ends, by a failure too.
struct AtTheEnd(Arc<AtomicUsize>);

impl Drop for AtTheEnd {
    fn drop(&mut self) {
        self.0.store(usize::MAX, Ordering::SeqCst);
    }
}
