//! What crawlers find: sitemaps and rules.

use crate::record::{Desk, PREFIXES};
use crate::server::TestServer;
use axum::http::{Method, StatusCode, header};
use eu_service_list::catalogue::Role;
use std::collections::BTreeSet;

const BASE: &str = crate::register::BASE;

fn texts<'x>(xml: &'x str, element: &str) -> Vec<&'x str> {
    let start = format!("<{element}>");
    xml.split(&start).skip(1).map(|part| part.split_once('<').unwrap().0).collect()
}

/// The path of an address of ours.
fn path(address: &str) -> String {
    format!("/{}", address.strip_prefix(BASE).unwrap())
}

#[tokio::test]
async fn the_sitemaps_have_the_page_of_every_record_once_and_each_answers() {
    let server = TestServer::new();
    let robots = server.get("/robots.txt", "*/*").await;
    assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
    let index = robots.body.lines().find_map(|line| line.strip_prefix("Sitemap: ")).unwrap().to_owned();
    let index = server.get(&path(&index), "text/html").await;
    assert_eq!((index.status, index.header("content-type")), (StatusCode::OK, "application/xml"));
    let mut pages = Vec::new();
    for address in texts(&index.body, "loc") {
        let sitemap = server.get(&path(address), "*/*").await.body;
        pages.extend(texts(&sitemap, "loc").into_iter().map(str::to_owned));
        let addresses = sitemap.matches("hreflang=\"x-default\"").count();
        assert_eq!((texts(&sitemap, "loc").len(), sitemap.matches("hreflang=\"nb\"").count()), (addresses, addresses));
    }
    let distinct: BTreeSet<&String> = pages.iter().collect();
    assert_eq!(distinct.len(), pages.len());
    let subjects = "SELECT (count(DISTINCT ?s) AS ?n) { ?s ?p ?o . FILTER(!CONTAINS(STR(?s), '#')) }";
    let counted: usize = server.query(subjects, "text/csv").await.body.trim().lines().last().unwrap().parse().unwrap();
    let of_records = pages.iter().filter(|page| page.contains("/doc/") || page.contains("/list/")).count();
    assert_eq!(of_records, counted);
    let of_site = pages.iter().filter(|page| !page.contains("/doc/"));
    for page in of_site.chain(pages.iter().filter(|page| page.contains("/doc/")).step_by(400)) {
        let answer = server.get(&path(page), "text/html").await;
        assert_eq!((answer.status, answer.header("content-language")), (StatusCode::OK, "en"), "{page}");
    }
}

#[tokio::test]
async fn what_is_withdrawn_is_on_no_sitemap_and_what_changed_says_when() {
    let desk = Desk::new();
    let manager = desk.token(Role::Manage);
    for number in 1..=2 {
        let turtle = format!("{PREFIXES}<> a <http://a.example/Thing> ; skos:prefLabel 'T'@en .");
        let fields = [(header::CONTENT_TYPE, "text/turtle"), (header::IF_NONE_MATCH, "*")];
        desk.send(Method::PUT, &format!("/doc/thing/{number}"), &manager, &fields, &turtle).await;
    }
    let sitemap = desk.server.get("/sitemap/1.xml", "*/*").await.body;
    assert_eq!(texts(&sitemap, "loc"), [format!("{BASE}en/doc/thing/1"), format!("{BASE}en/doc/thing/2")]);
    let document = desk.server.get("/doc/thing/1", "text/turtle").await;
    let revision: usize = document.header("eusl-revision").parse().unwrap();
    assert_eq!((texts(&sitemap, "lastmod").len(), revision), (2, 2));
    let made = desk.server.get("/doc/thing/1/v/1.nt", "*/*").await.body;
    assert!(made.contains(&format!("\"{}\"", texts(&sitemap, "lastmod")[0])), "{made}");
    desk.send(Method::DELETE, "/doc/thing/1", &manager, &[(header::IF_MATCH, "*")], "").await;
    let sitemap = desk.server.get("/sitemap/1.xml", "*/*").await.body;
    assert_eq!(texts(&sitemap, "loc"), [format!("{BASE}en/doc/thing/2")]);
    for missing in
        ["/sitemap/2.xml", "/sitemap/01.xml", "/sitemap/1", "/sitemap/x.xml", "/sitemap/99999999999999999999.xml"]
    {
        assert_eq!(desk.server.get(missing, "*/*").await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn rules_are_of_the_path_that_the_site_is_below() {
    let server = TestServer::of(crate::town::with_town(), "http://town.example.eu/services/");
    let robots = server.get("/robots.txt", "*/*").await.body;
    for line in [
        "User-agent: *",
        "Disallow: /services/sparql?",
        "Disallow: /services/nl/sparql?",
        "Disallow: /services/update",
        "Allow: /services/",
        "Sitemap: http://town.example.eu/services/sitemap.xml",
    ] {
        assert!(robots.lines().any(|told| told == line), "{line}:\n{robots}");
    }
}
