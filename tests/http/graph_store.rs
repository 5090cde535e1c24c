//! `/graph-store` of a catalogue: its graphs are the documents of records.

use crate::record::{BASE, Desk, THING, problem};
use crate::server::Answer;
use axum::http::{HeaderName, Method, StatusCode, header};
use eu_service_list::catalogue::Role;

fn graph(iri: &str) -> String {
    format!("/graph-store?{}", form_urlencoded::Serializer::new(String::new()).append_pair("graph", iri).finish())
}

async fn write(desk: &Desk, method: Method, path: &str, token: &str, tag: Option<&str>, turtle: &str) -> Answer {
    let tag = tag.map(|tag| (header::IF_MATCH, tag));
    let fields: Vec<(HeaderName, &str)> = [(header::CONTENT_TYPE, "text/turtle")].into_iter().chain(tag).collect();
    desk.send(method, path, token, &fields, turtle).await
}

const NAMED: &str = "<> a <http://a.example/Thing> ; <http://www.w3.org/2004/02/skos/core#prefLabel> 'Thing'@en .";

#[tokio::test]
async fn a_record_is_read_and_written_as_a_graph_by_its_iri_or_the_address_of_its_document() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    let (thing, document) = (graph(&format!("{BASE}id/thing/1")), graph(&format!("{BASE}doc/thing/1")));
    assert_eq!(desk.server.get(&thing, "text/turtle").await.status, StatusCode::NOT_FOUND);
    let made = write(&desk, Method::PUT, &thing, &token, None, NAMED).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::CREATED, "http://lists.example.eu/doc/thing/1"));
    let read = desk.server.get(&document, "application/n-triples").await;
    assert_eq!(read.body, desk.server.get("/doc/thing/1", "application/n-triples").await.body);
    assert!(read.header("etag").starts_with("\"v1-"), "{}", read.header("etag"));
    for (accept, content_type) in
        [("*/*", "text/turtle; charset=utf-8"), ("application/rdf+xml", "application/rdf+xml")]
    {
        let read = desk.server.get(&thing, accept).await;
        assert_eq!(read.header("content-type"), content_type);
        let varies = read.headers.get_all("vary").iter().flat_map(|value| value.to_str().unwrap().split(", "));
        assert!(varies.map(str::to_lowercase).any(|field| field == "accept"), "{accept}: {:?}", read.headers);
    }
    let added = write(&desk, Method::POST, &document, &token, None, "<> <http://a.example/p> 1 .").await;
    assert_eq!(added.status, StatusCode::NO_CONTENT, "{}", added.body);
    let lines = desk.server.get(&thing, "application/n-triples").await;
    assert!(lines.body.contains("\"Thing\"@en") && lines.body.contains("<http://a.example/p>"), "{}", lines.body);
    let stale = write(&desk, Method::PUT, &thing, &token, Some(read.header("etag")), NAMED).await;
    assert_eq!((stale.status, problem(&stale).as_str()), (StatusCode::PRECONDITION_FAILED, "precondition-failed"));
    let replaced = write(&desk, Method::PUT, &thing, &token, Some(lines.header("etag")), NAMED).await;
    assert_eq!(replaced.status, StatusCode::NO_CONTENT, "{}", replaced.body);
    let gone = write(&desk, Method::DELETE, &thing, &token, Some("*"), "").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.body);
    assert_eq!(desk.server.get(&thing, "text/turtle").await.status, StatusCode::GONE);
    assert_eq!(desk.catalogue.disagreement().unwrap(), 0);
}

#[tokio::test]
async fn what_is_no_document_of_a_record_is_no_graph() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    for address in [
        graph("http://elsewhere.example/g"),
        graph(&format!("{BASE}doc/thing/1.ttl")),
        graph(&format!("{BASE}id/thing/1#part")),
        graph(&format!("{BASE}sparql")),
        "/graph-store?default".to_owned(),
    ] {
        let read = desk.server.get(&address, "text/turtle").await;
        assert_eq!((read.status, problem(&read).as_str()), (StatusCode::NOT_FOUND, "not-found"), "{address}");
        for method in [Method::PUT, Method::POST, Method::PATCH, Method::DELETE] {
            let answer = write(&desk, method.clone(), &address, &token, Some("*"), NAMED).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{method} {address}: {}", answer.body);
        }
    }
    let none = write(&desk, Method::POST, "/graph-store", &token, None, NAMED).await;
    assert!(none.status == StatusCode::BAD_REQUEST && none.body.contains("doc/"), "{}", none.body);
    assert_eq!(desk.catalogue.revision(), 0);
}

#[tokio::test]
async fn a_graph_keeps_the_rules_of_its_record() {
    let desk = Desk::new();
    let token = desk.token(Role::Manage);
    assert_eq!(desk.put("/doc/thing/1", &token, &[], THING).await.status, StatusCode::CREATED);
    let thing = graph(&format!("{BASE}id/thing/1"));
    for (method, token, turtle, status) in [
        (Method::PUT, "", NAMED, 401),
        (Method::PUT, token.as_str(), NAMED, 428),
        (Method::DELETE, token.as_str(), "", 428),
        (Method::POST, token.as_str(), "<http://lists.example.eu/id/thing/2> <http://a.example/p> 1 .", 422),
        (Method::POST, token.as_str(), "<> a <https://w3id.org/eu-service-list/def#ServiceType> .", 422),
        (Method::POST, token.as_str(), "<> <http://a.example/p> .", 400),
    ] {
        let answer = write(&desk, method.clone(), &thing, token, None, turtle).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {turtle}: {}", answer.body);
    }
    assert_eq!(desk.catalogue.revision(), 1);
}
