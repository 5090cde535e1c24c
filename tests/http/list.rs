//! `/`, `/list` and `/list/…`.

use crate::server::TestServer;
use axum::http::StatusCode;

/// How many links to entries a page has.
fn entries(page: &str) -> usize {
    page.matches("/doc/service-type/").count()
}

#[tokio::test]
async fn the_list_by_name_comes_in_pages_that_hold_each_entry_once() {
    let server = TestServer::new();
    let mut total = 0;
    for page in 1..=16 {
        let answer = server.get(&format!("/list/services?page={page}"), "text/html").await;
        assert_eq!(answer.status, StatusCode::OK);
        total += entries(&answer.body);
    }
    assert_eq!(total, 1_519);
    for page in ["0", "17", "-1", "x", "99999999999999999999999"] {
        let answer = server.get(&format!("/list/services?page={page}"), "text/html").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "page {page}");
    }
}

#[tokio::test]
async fn the_list_by_function_holds_every_entry_and_none_is_without_one() {
    let page = TestServer::new().get("/list/services?by=function", "text/html").await.body;
    assert_eq!(entries(&page), 1_519);
    assert!(!page.contains("id=\"without\""));
}

#[tokio::test]
async fn the_list_by_letter_holds_every_entry_and_one_letter_only_its_own() {
    let server = TestServer::new();
    let page = server.get("/list/services?by=letter", "text/html").await.body;
    assert_eq!(entries(&page), 1_519);
    let page = server.get("/list/services?by=letter&letter=z", "text/html").await.body;
    assert!(page.contains("Zebra crossings") || page.contains("Zoo"), "{page}");
    for letter in ["%C3%98", "AA", "", "%00"] {
        let answer = server.get(&format!("/list/services?by=letter&letter={letter}"), "text/html").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{letter}");
    }
    assert!(!page.contains("Abandoned vehicles"));
}

#[tokio::test]
async fn a_list_as_data_holds_its_entries() {
    let server = TestServer::new();
    let answer = server.get("/list/services/4.00", "text/turtle").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body.matches("skos:inScheme release:4.00").count(), 1_519);
}

#[tokio::test]
async fn the_front_page_and_the_lists_lead_on() {
    let server = TestServer::new();
    let home = server.get("/", "text/html").await.body;
    for link in ["list/services", "list/functions", "/sparql", "doc/service-type/372"] {
        assert!(home.contains(link), "{link}");
    }
    let lists = server.get("/list", "text/html").await.body;
    for list in ["list/channel-type", "list/suitability", "list/services/4.00", "list/scottish-services"] {
        assert!(lists.contains(list), "{list}");
    }
}

#[tokio::test]
async fn pages_are_whole_and_only_the_query_page_has_a_script_that_runs() {
    let server = TestServer::new();
    for path in [
        "/",
        "/list",
        "/list/services",
        "/list/functions",
        "/doc/function/40",
        "/doc/handling/answer",
        "/sparql",
        "/nowhere",
    ] {
        let page = server.get(path, "text/html").await.body;
        assert!(page.starts_with("<!DOCTYPE html>") || page.starts_with("<!doctype html>"), "{path}: {page}");
        let data = page.matches("<script type=\"application/ld+json\">").count();
        let modules = page.matches("<script type=\"module\" src=\"http://lists.example.eu/assets/").count();
        assert_eq!(modules, usize::from(path == "/sparql"), "{path}");
        assert_eq!(page.matches("<script").count(), data + modules, "{path}: another script that runs");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}
