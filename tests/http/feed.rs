//! The feed as an event stream: what a client that knows nothing but the root finds.

use crate::register::{BASE, catalogue_at};
use crate::said::say;
use crate::server::TestServer;
use axum::http::StatusCode;
use eu_service_list::catalogue::Catalogue;
use eu_service_list::rdf::{Content, NamedNodeRef, read_turtle};
use eu_service_list::register::Location;
use eu_service_list::vocab::{adms, rdf, skos};
use oxrdf::{GraphName, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::sync::Arc;

const AS: &str = "https://www.w3.org/ns/activitystreams#";
const LDES: &str = "https://w3id.org/ldes#";
const TREE: &str = "https://w3id.org/tree#";

fn quads(text: &str, format: RdfFormat) -> Vec<Quad> {
    RdfParser::from_format(format).for_slice(text).map(Result::unwrap).collect()
}

/// Quads as lines, in an order of their own; there are no blank nodes whose names could differ.
fn lines(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(ToString::to_string).collect()
}

/// What stands in the default graph of a page by a property: subject and object.
fn said(page: &[Quad], property: &str) -> Vec<(String, String)> {
    let text = |term: &Term| match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => panic!("{node} has no name"),
    };
    let is_meant = |quad: &&Quad| quad.graph_name == GraphName::DefaultGraph && quad.predicate.as_str() == property;
    let subject = |quad: &Quad| quad.subject.to_string().trim_matches(['<', '>']).to_owned();
    page.iter().filter(is_meant).map(|quad| (subject(quad), text(&quad.object))).collect()
}

/// Every page of the tree from the root on, each by its address, as a client walks it.
async fn walk(server: &TestServer) -> Vec<(String, Vec<Quad>)> {
    let (mut waiting, mut pages) = (vec![format!("{BASE}feed")], Vec::new());
    while let Some(address) = waiting.pop() {
        let path = format!("/{}", address.strip_prefix(BASE).unwrap());
        let answer = server.get(&path, "application/n-quads,application/trig;q=0.95,text/html;q=0.2").await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "application/n-quads"), "{path}");
        let page = quads(&answer.body, RdfFormat::NQuads);
        let nodes: BTreeSet<String> = said(&page, &format!("{TREE}node")).into_iter().map(|(_, node)| node).collect();
        let is_told = said(&page, &format!("{LDES}immutable")) == [(address.clone(), "true".to_owned())];
        assert_eq!(answer.header("cache-control").contains("immutable"), is_told, "{path}");
        waiting.extend(nodes);
        pages.push((address, page));
    }
    pages
}

/// Writes a record of its own; its status is among what it says.
fn write(catalogue: &Catalogue, says: &str) {
    let record = format!("{BASE}id/navigation/bins");
    let turtle = format!(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix adms: <http://www.w3.org/ns/adms#> .
         <{record}> a skos:Concept ; {says} ."
    );
    let content: Content = read_turtle(turtle.as_bytes(), BASE).unwrap().into_iter().collect();
    let owns = [skos::PREF_LABEL, rdf::TYPE, adms::STATUS];
    say(catalogue, "https://feed.example/source", record, content, &owns.map(NamedNodeRef::as_str));
}

#[tokio::test]
async fn a_client_finds_every_version_once_from_the_root_on() {
    let server = TestServer::new();
    let pages = walk(&server).await;
    let views: usize = pages.iter().map(|(_, page)| said(page, &format!("{TREE}view")).len()).sum();
    assert_eq!(views, 1, "only the root has a view");
    let members: Vec<String> = pages
        .iter()
        .flat_map(|(_, page)| said(page, &format!("{TREE}member")))
        .map(|(stream, member)| {
            assert_eq!(stream, format!("{BASE}feed#stream"));
            member
        })
        .collect();
    let objects: BTreeSet<String> =
        pages.iter().flat_map(|(_, page)| said(page, &format!("{AS}object"))).map(|(_, record)| record).collect();
    assert_eq!(members.iter().collect::<BTreeSet<_>>().len(), members.len(), "no member comes twice");
    assert_eq!(objects.len(), members.len(), "the register is new, so each record has one version");
    // Another wire tells how many there are.
    let counted = server.query("SELECT (COUNT(DISTINCT ?s) AS ?c) { ?s a skos:Concept }", "text/csv").await;
    let concepts: usize = counted.body.lines().nth(1).unwrap().parse().unwrap();
    assert!(members.len() >= concepts, "{} members, {concepts} concepts", members.len());
}

#[tokio::test]
async fn relations_hold_what_they_lead_to_between_their_bounds() {
    let server = TestServer::new();
    let pages = walk(&server).await;
    let published = |address: &str| -> Vec<String> {
        let (_, page) = pages.iter().find(|(there, _)| there == address).unwrap();
        said(page, &format!("{AS}published")).into_iter().map(|(_, moment)| moment).collect()
    };
    let mut held = 0;
    for (_, page) in &pages {
        let (nodes, values) = (said(page, &format!("{TREE}node")), said(page, &format!("{TREE}value")));
        for (relation, node) in nodes {
            let bound = &values.iter().find(|(bounded, _)| *bounded == relation).unwrap().1;
            for moment in published(&node) {
                assert!(if relation.contains("#from-") { moment >= *bound } else { moment <= *bound }, "{relation}");
                held += 1;
            }
        }
    }
    assert!(held > 0);
}

#[tokio::test]
async fn the_three_syntaxes_say_the_same() {
    let server = TestServer::new();
    for path in ["/feed", "/feed/1-16", "/feed/1"] {
        let read = async |accept: &str, format| quads(&server.get(path, accept).await.body, format);
        let n_quads = read("application/n-quads", RdfFormat::NQuads).await;
        let json_ld = RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() };
        for (accept, format) in
            [("*/*", RdfFormat::TriG), ("application/trig", RdfFormat::TriG), ("application/ld+json", json_ld)]
        {
            assert_eq!(lines(&read(accept, format).await), lines(&n_quads), "{path} as {accept}");
        }
        assert_eq!(lines(&n_quads).len(), n_quads.len(), "nothing is said twice at {path}");
    }
}

#[tokio::test]
async fn a_version_stands_in_the_graph_of_its_activity_and_what_is_withdrawn_has_none() {
    let catalogue = catalogue_at(&Location::Memory);
    write(&catalogue, r#"skos:prefLabel "Bins"@en"#);
    write(&catalogue, r#"skos:prefLabel "Waste"@en"#);
    write(
        &catalogue,
        r#"skos:prefLabel "Waste"@en ; adms:status <http://publications.europa.eu/resource/authority/concept-status/RETIRED>"#,
    );
    let server = TestServer::of(catalogue, BASE);
    let record = format!("{BASE}id/navigation/bins");
    let pages = walk(&server).await;
    let mut found = Vec::new();
    for number in 1..=3 {
        let activity = format!("{BASE}doc/navigation/bins/v/{number}#activity");
        let (address, page) = pages
            .iter()
            .find(|(_, page)| said(page, &format!("{AS}object")).contains(&(activity.clone(), record.clone())))
            .unwrap();
        assert!(!address.contains('-'), "members stand on pages: {address}");
        let class = said(page, rdf::TYPE.as_str()).into_iter().find(|(subject, _)| *subject == activity).unwrap().1;
        let payload: Vec<String> = page
            .iter()
            .filter(|quad| matches!(&quad.graph_name, GraphName::NamedNode(graph) if graph.as_str() == activity))
            .map(|quad| quad.object.to_string())
            .filter(|object| object.ends_with("@en"))
            .collect();
        found.push((class.replace(AS, ""), payload.join(" ")));
    }
    let told = |class: &str, name: &str| (class.to_owned(), name.to_owned());
    assert_eq!(found, [told("Create", "\"Bins\"@en"), told("Update", "\"Waste\"@en"), told("Delete", "")]);
}

#[tokio::test]
async fn a_full_page_keeps_its_bytes_while_the_newest_grows() {
    let catalogue = catalogue_at(&Location::Memory);
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let pages = walk(&server).await;
    let is_open = |page: &[Quad]| said(page, &format!("{LDES}immutable")).is_empty();
    let newest = pages.iter().find(|(address, page)| is_open(page) && !address.ends_with("/feed")).unwrap();
    let newest = format!("/{}", newest.0.strip_prefix(BASE).unwrap());
    let before = [server.get("/feed/1", "application/n-quads").await, server.get(&newest, "application/n-quads").await];
    write(&catalogue, r#"skos:prefLabel "Bins"@en"#);
    let uncached = TestServer::of(catalogue, BASE);
    for server in [server, uncached] {
        let after =
            [server.get("/feed/1", "application/n-quads").await, server.get(&newest, "application/n-quads").await];
        assert_eq!((&after[0].body, &after[0].headers["etag"]), (&before[0].body, &before[0].headers["etag"]));
        assert_ne!(after[1].headers["etag"], before[1].headers["etag"]);
        assert!(after[1].body.starts_with(&before[1].body), "it grows at its end");
    }
}

#[tokio::test]
async fn the_root_that_is_kept_leads_to_a_page_as_soon_as_it_begins() {
    let catalogue = catalogue_at(&Location::Memory);
    let server = TestServer::of(Arc::clone(&catalogue), BASE);
    let pages = walk(&server).await;
    let members: usize = pages.iter().map(|(_, page)| said(page, &format!("{TREE}member")).len()).sum();
    let before = server.get("/feed", "*/*").await;
    // So many that the last page is filled and another begins.
    let writes = 100 - members % 100 + 1;
    for number in 1..=writes {
        write(&catalogue, &format!(r#"skos:prefLabel "Bins {number}"@en"#));
        let root = server.get("/feed", "*/*").await;
        let end = members + number;
        let leads_to = root.body.contains(&format!("feed/{}>", end.div_ceil(100)));
        assert!(leads_to, "of {end} members: {}", root.body);
        let has_changed = root.headers["etag"] != before.headers["etag"];
        assert_eq!(has_changed, number >= writes - 1, "{end} members");
    }
}

#[tokio::test]
async fn an_address_that_is_no_node_is_told_so() {
    let server = TestServer::new();
    for path in ["/feed/0", "/feed/01", "/feed/999999999", "/feed/1-15", "/feed/2-17", "/feed/1-4096", "/feed/x"] {
        let answer = server.get(path, "application/trig").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("/feed leads to"), "{}", answer.body);
    }
    let huge = server.get("/feed/18446744073709551615", "*/*").await;
    assert_eq!(huge.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn people_read_the_newest_changes_first() {
    let server = TestServer::new();
    let newest = server.get("/feed", "text/html").await;
    assert_eq!(newest.status, StatusCode::OK);
    assert!(newest.body.contains("<h1>Changes</h1>") && newest.body.contains("/feed/1\""), "{}", newest.body);
    let first = server.get("/nl/feed/1", "text/html").await;
    assert!(first.body.contains("<h1>Wijzigingen</h1>") && first.body.contains("nieuw, "), "{}", first.body);
    let inner = server.get("/feed/1-16", "text/html").await;
    assert!(inner.body.contains("/feed/16\""), "{}", inner.body);
}
