//! `/resolve?iri=`

use crate::register::BASE;
use crate::server::TestServer;
use axum::http::StatusCode;

async fn resolved(iri: &str) -> (StatusCode, String) {
    let iri: String = form_urlencoded::byte_serialize(iri.as_bytes()).collect();
    let answer = TestServer::new().get(&format!("/resolve?iri={iri}"), "*/*").await;
    (answer.status, answer.header("location").to_owned())
}

#[tokio::test]
async fn every_spelling_of_an_iri_leads_to_its_document() {
    for iri in [
        "http://lists.example.eu/id/service-type/372",
        "https://LISTS.example.eu:443/id/service-type/372/",
        "lists.example.eu/id/service-type/372",
        "<http://lists.example.eu/id/service-type/372>",
        " http://lists.example.eu/doc/service-type/372.ttl?profile=skos ",
        "http://lists.example.eu/nl/doc/service-type/372",
        "http://lists.example.eu/id/service-type/%33%37%32",
        "service-type:372",
    ] {
        let document = format!("{BASE}doc/service-type/372");
        assert_eq!(resolved(iri).await, (StatusCode::SEE_OTHER, document), "{iri}");
    }
    for (iri, path) in [
        ("http://lists.example.eu/list/services/4.00", "list/services/4.00"),
        ("http://lists.example.eu/de/list/channel-type?by=letter", "list/channel-type"),
        ("https://w3id.org/eu-service-list/def#ServiceType", "def#ServiceType"),
        ("http://w3id.org/eu-service-list/def", "def"),
        ("http://lists.example.eu/", ""),
        ("http://lists.example.eu/list/", "list"),
        ("http://lists.example.eu/pilots", "pilots"),
        ("http://lists.example.eu/en/desk?q=cars", "desk"),
        ("http://lists.example.eu/query", "query"),
        ("http://lists.example.eu/query.ttl#skos", "query#skos"),
        ("http://lists.example.eu/query/transfers", "query/transfers"),
        ("http://lists.example.eu/nl/query/transfers", "query/transfers"),
        ("http://lists.example.eu/sparql", "sparql"),
        ("http://lists.example.eu/validate", "validate"),
        ("http://lists.example.eu/shapes.ttl", "shapes"),
        ("eusl:serviceType", "def#serviceType"),
        ("http://lists.example.eu/def.ttl#serviceType", "def#serviceType"),
        ("http://lists.example.eu/id/service-type/372#altLabel-1", "doc/service-type/372#altLabel-1"),
    ] {
        assert_eq!(resolved(iri).await, (StatusCode::SEE_OTHER, format!("{BASE}{path}")), "{iri}");
    }
}

#[tokio::test]
async fn what_is_none_of_ours_is_not_found() {
    for iri in [
        "http://lists.example.eu/id/service-type/99999",
        "http://lists.example.eu/id/service-type",
        "http://lists.example.eu.elsewhere.example/id/service-type/372",
        "http://elsewhere.example/id/service-type/372",
        "http://lists.example.eu/nothing",
        "http://lists.example.eu/context/v9",
        "http://lists.example.eu/query/nothing",
        "http://lists.example.eu/query/transfers/x",
        "http://lists.example.eu@elsewhere.example/id/service-type/372",
        "javascript:alert(1)",
        "%ff",
    ] {
        assert_eq!(resolved(iri).await.0, StatusCode::NOT_FOUND, "{iri}");
    }
}
