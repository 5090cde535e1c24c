//! The feed of changes as feed readers have it.

use crate::record::{Desk, PREFIXES};
use crate::server::TestServer;
use crate::town::with_town;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use eu_service_list::catalogue::Role;
use std::collections::BTreeSet;
use std::sync::Arc;

const BASE: &str = crate::register::BASE;

/// The texts of an element, wherever it stands.
fn texts<'x>(xml: &'x str, element: &str) -> Vec<&'x str> {
    let start = format!("<{element}>");
    let parts = xml.split(&start).skip(1).map(|part| part.split_once('<').unwrap().0);
    parts.collect()
}

/// The addresses of a link relation.
fn links<'x>(xml: &'x str, relation: &str) -> Vec<&'x str> {
    let start = format!("<link rel=\"{relation}\" href=\"");
    xml.split(&start).skip(1).map(|part| part.split_once('"').unwrap().0).collect()
}

fn entries(feed: &str) -> Vec<&str> {
    feed.split("<entry>").skip(1).collect()
}

async fn feed(server: &TestServer, query: &str) -> String {
    let answer = server.get(&format!("/changes.atom{query}"), "application/xml").await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    answer.body
}

/// The feed and all its archives, one after the other.
async fn whole(server: &TestServer, query: &str) -> Vec<String> {
    let mut documents = vec![feed(server, query).await];
    while let Some(previous) = links(documents.last().unwrap(), "prev-archive").first() {
        let address = previous.strip_prefix(BASE).unwrap().replace("&amp;", "&");
        let archive = feed(server, address.strip_prefix("changes.atom").unwrap()).await;
        assert!(archive.contains("<fh:archive/>"));
        documents.push(archive);
    }
    documents
}

async fn write(desk: &Desk, method: Method, path: &str, token: &str, turtle: &str) {
    let field = if method == Method::PUT { header::IF_NONE_MATCH } else { header::IF_MATCH };
    let method = if method == Method::POST { Method::PUT } else { method };
    let fields = [(header::CONTENT_TYPE, "text/turtle"), (field, "*")];
    let answer = desk.send(method, path, token, &fields, &format!("{PREFIXES}{turtle}")).await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

/// What makes a thing, changes it, and takes it away.
async fn a_life(desk: &Desk) {
    let manager = desk.token(Role::Manage);
    let thing =
        |more: &str| format!("<> a <http://a.example/Thing> ; skos:prefLabel 'A & <b>'@en , 'Ding'@nl {more} .");
    write(desk, Method::PUT, "/doc/thing/902", &manager, &thing("")).await;
    write(desk, Method::PUT, "/doc/thing/901", &manager, &thing("")).await;
    write(desk, Method::POST, "/doc/thing/901?reason=1+%3C+2", &manager, &thing("; skos:altLabel 'x'@en")).await;
    let superseded = "; adms:status s:DEPRECATED ; dct:isReplacedBy <http://lists.example.eu/id/thing/902>";
    write(desk, Method::POST, "/doc/thing/901", &manager, &thing(superseded)).await;
    let answer = desk.send(Method::DELETE, "/doc/thing/901", &manager, &[(header::IF_MATCH, "*")], "").await;
    assert!(answer.status.is_success(), "{}", answer.body);
}

#[tokio::test]
async fn each_version_is_an_entry_that_tells_in_words_what_came_of_its_record() {
    let desk = Desk::new();
    a_life(&desk).await;
    let english = feed(&desk.server, "").await;
    let version = |number: u64| format!("{BASE}doc/thing/901/v/{number}");
    let ids: Vec<&str> = entries(&english).iter().map(|entry| texts(entry, "id")[0]).collect();
    assert_eq!(ids, [version(4), version(3), version(2), version(1), format!("{BASE}doc/thing/902/v/1")]);
    let titles = |feed: &str| entries(feed).iter().map(|entry| texts(entry, "title")[0].to_owned()).collect::<Vec<_>>();
    let name = "A &amp; &lt;b&gt;";
    let words = ["withdrawn", "superseded", "changed", "new", "new"];
    assert_eq!(titles(&english), words.map(|word| format!("{name}: {word}")));
    let dutch = feed(&desk.server, "?lang=nl").await;
    let words = ["ingetrokken", "vervangen", "gewijzigd", "nieuw", "nieuw"];
    assert_eq!(titles(&dutch), words.map(|word| format!("Ding: {word}")));
    let french = feed(&desk.server, "?lang=fr").await;
    assert_eq!(titles(&french)[0], format!("{name}\u{a0}: retiré"), "French has a space before a colon");
    let changed = entries(&english)[2];
    assert_eq!(texts(changed, "summary"), ["1 &lt; 2"]);
    assert_eq!(links(changed, "alternate"), [format!("{BASE}en/doc/thing/901")]);
    assert!(changed.contains("term=\"Update\"") && changed.contains("term=\"services\""), "{changed}");
    assert!(entries(&english)[0].contains("term=\"Delete\""));
    assert!(texts(changed, "name")[0].starts_with("manage"), "{changed}");
}

#[tokio::test]
async fn every_address_that_an_entry_names_answers() {
    let desk = Desk::new();
    a_life(&desk).await;
    let feed = feed(&desk.server, "?lang=de").await;
    for relation in ["self", "alternate", "related", "describedby"] {
        let addresses = links(&feed, relation);
        assert!(!addresses.is_empty(), "{relation}");
        for address in addresses {
            let path = format!("/{}", address.strip_prefix(BASE).unwrap());
            let status = desk.server.get(&path, "*/*").await.status;
            let is_gone = path.ends_with("/doc/thing/901");
            assert_eq!(status, if is_gone { StatusCode::GONE } else { StatusCode::OK }, "{path}");
        }
    }
}

#[tokio::test]
async fn the_feed_and_its_archives_have_every_change_and_archives_never_change() {
    let desk = Desk::new();
    let things: Vec<String> = (1..=130)
        .map(|number| format!("<id/thing/{number}> a <http://a.example/Thing> ; skos:prefLabel 'T'@en .\n"))
        .collect();
    crate::town::add(&desk.catalogue, "things", &format!("{PREFIXES}{}", things.concat()));
    let before = whole(&desk.server, "").await;
    a_life(&Desk { server: TestServer::of(Arc::clone(&desk.catalogue), BASE), catalogue: Arc::clone(&desk.catalogue) })
        .await;
    let after = whole(&desk.server, "").await;
    let ids: Vec<&str> = after.iter().flat_map(|part| entries(part)).map(|entry| texts(entry, "id")[0]).collect();
    assert_eq!((ids.len(), ids.iter().collect::<BTreeSet<_>>().len()), (135, 135), "each once");
    assert!(entries(&after[0]).len() >= 50);
    assert_eq!(before[1..], after[after.len() - before.len() + 1..], "archives that were there are the same bytes");
    let beyond = desk.server.get("/changes.atom?archive=99", "*/*").await;
    assert_eq!(beyond.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_filter_leaves_what_is_of_the_dataset_and_the_organisation() {
    let server = TestServer::of(with_town(), BASE);
    let oai = |set: String| {
        let server = TestServer::of(with_town(), BASE);
        async move {
            let answer =
                server.get(&format!("/oai?verb=ListIdentifiers&metadataPrefix=rdf&set={set}"), "*/*").await.body;
            let records: BTreeSet<String> = texts(&answer, "identifier").into_iter().map(str::to_owned).collect();
            records
        }
    };
    let sets = server.get("/oai?verb=ListSets", "*/*").await.body;
    let organisation = texts(&sets, "setSpec").into_iter().find_map(|set| set.strip_prefix("organisation-")).unwrap();
    let iri: String =
        form_urlencoded::byte_serialize(format!("{BASE}id/organisation/{organisation}").as_bytes()).collect();
    let expected = oai(format!("organisation-{organisation}")).await;
    let records = |parts: &[String]| -> BTreeSet<String> {
        let versions = parts.iter().flat_map(|part| entries(part)).map(|entry| texts(entry, "id")[0]);
        versions.map(|id| id.split_once("/v/").unwrap().0.replace("/doc/", "/id/")).collect()
    };
    for query in [
        format!("?organisation={organisation}"),
        format!("?organisation={iri}"),
        format!("?dataset=organisation-{organisation}"),
        format!("?lang=sv&dataset=public-services&organisation={organisation}"),
    ] {
        assert_eq!(records(&whole(&server, &query).await), expected, "{query}");
    }
    let none = whole(&server, &format!("?dataset=services&organisation={organisation}")).await;
    assert_eq!(records(&none), BTreeSet::new());
}

#[tokio::test]
async fn what_there_is_not_is_told_with_what_there_is() {
    let server = TestServer::new();
    for (query, word) in [
        ("lang=it", "nb"),
        ("dataset=nowhere", "public-services"),
        ("organisation=nobody", "editors"),
        ("organisation=http://nobody.example/", "editors"),
        ("authority=x", "organisation"),
    ] {
        let answer = server.get(&format!("/changes.atom?{query}"), "*/*").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(answer.body.contains(word), "{query}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_reader_that_has_the_feed_is_told_so() {
    let server = TestServer::new();
    let first = server.get("/changes.atom?lang=fr", "*/*").await;
    assert_eq!(first.header("content-location"), "http://lists.example.eu/changes.atom?lang=fr");
    let again = Request::get("/changes.atom?lang=fr").header(header::IF_NONE_MATCH, first.header("etag"));
    assert_eq!(server.send(again.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
    for page in ["/nl/", "/nl/list/services"] {
        let page = server.get(page, "text/html").await.body;
        assert!(page.contains("href=\"http://lists.example.eu/changes.atom?lang=nl\""), "{page}");
    }
}
