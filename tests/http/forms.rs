//! What documents say in each of their forms, through each profile, and compressed.

use crate::register::BASE;
use crate::server::TestServer;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use oxrdf::dataset::{CanonicalizationAlgorithm, Dataset};
use oxrdfio::{JsonLdProfileSet, LoadedDocument, RdfFormat, RdfParser};
use std::io::Read;

/// The quads of a document; the context that JSON-LD names is `context`.
pub(crate) fn dataset(format: RdfFormat, body: &str, context: &str) -> Dataset {
    let parser = RdfParser::from_format(format).without_named_graphs();
    let quads = parser.for_slice(body).with_document_loader({
        let context = context.to_owned();
        move |url| {
            assert_eq!(url, format!("{BASE}context/v1.jsonld"));
            Ok(LoadedDocument { url: url.to_owned(), content: context.clone().into_bytes(), format: json_ld() })
        }
    });
    let mut dataset: Dataset = quads.map(|quad| quad.unwrap_or_else(|error| panic!("{error} in\n{body}"))).collect();
    dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
    dataset
}

fn json_ld() -> RdfFormat {
    RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }
}

/// Each syntax with its extension.
fn syntaxes() -> [(&'static str, RdfFormat); 4] {
    [("nt", RdfFormat::NTriples), ("ttl", RdfFormat::Turtle), ("rdf", RdfFormat::RdfXml), ("jsonld", json_ld())]
}

#[tokio::test]
async fn every_form_says_the_same_of_everything_that_is_published() {
    let server = TestServer::new();
    let context = server.get("/context/v1.jsonld", "*/*").await.body;
    let mut paths = vec!["/def".to_owned(), "/shapes".to_owned(), "/shapes/cpsv-ap".to_owned()];
    let lists = server.get("/list", "text/html").await.body;
    let lists = lists.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let lists: Vec<&str> = lists.filter_map(|href| href.strip_prefix(&format!("{BASE}en/"))).collect();
    paths.extend(lists.into_iter().filter(|path| path.starts_with("list/")).map(|path| format!("/{path}")));
    assert!(paths.len() > 12, "{paths:?}");
    for path in paths.clone() {
        let data = server.get(&format!("{path}.nt"), "*/*").await.body;
        let subjects =
            data.lines().filter_map(|line| line.strip_prefix(&format!("<{BASE}id/"))?.split(['>', '#']).next());
        // Enough for a test of every run; `.ci/clients` asks for each document.
        paths.extend(subjects.step_by(40).map(|path| format!("/doc/{path}")));
    }
    paths.sort();
    paths.dedup();
    for path in paths {
        let mut first = None;
        for (extension, format) in syntaxes() {
            let body = server.get(&format!("{path}.{extension}"), "*/*").await.body;
            let found = dataset(format, &body, &context);
            let first = first.get_or_insert_with(|| found.clone());
            assert!(found.len() > 1 && *first == found, "{path}.{extension} says something else than {path}.nt");
        }
        let json = server.get(&format!("{path}.json"), "*/*").await.body;
        assert_eq!(json, server.get(&format!("{path}.jsonld"), "*/*").await.body, "{path}");
    }
}

#[tokio::test]
async fn json_can_be_read_by_who_knows_no_rdf() {
    let server = TestServer::new();
    let entry: serde_json::Value =
        serde_json::from_str(&server.get("/doc/service-type/372", "application/json").await.body).unwrap();
    assert_eq!(entry["id"], format!("{BASE}id/service-type/372"));
    assert_eq!(entry["prefLabel"]["en"], "Abandoned vehicles");
    assert_eq!(entry["broader"][0]["id"], format!("{BASE}id/function/40"));
    assert_eq!(entry["broader"][0]["prefLabel"]["en"], "Street care and cleaning");
}

#[tokio::test]
async fn a_profile_is_asked_for_by_the_address_or_by_a_header() {
    let server = TestServer::new();
    let by_address = server.get("/doc/service-type/372.nt?profile=skos", "*/*").await;
    let by_iri =
        server.get("/doc/service-type/372.nt?profile=http%3A%2F%2Fwww.w3.org%2F2004%2F02%2Fskos%2Fcore", "*/*").await;
    let by_header = Request::get("/doc/service-type/372")
        .header("accept-profile", "<http://www.w3.org/2004/02/skos/core>")
        .header(header::ACCEPT, "application/n-triples, */*;q=0.1")
        .body(Body::empty());
    let by_header = server.send(by_header.unwrap()).await;
    for answer in [&by_address, &by_iri, &by_header] {
        assert_eq!(answer.header("etag"), by_address.header("etag"));
        assert_eq!(answer.header("content-location"), format!("{BASE}doc/service-type/372.nt?profile=skos"));
        assert!(answer.header("link").contains("<http://www.w3.org/2004/02/skos/core>; rel=\"profile\""));
    }
    assert!(by_address.body.contains("Abandoned vehicles") && !by_address.body.contains("eu-service-list/def#"));
    // Who takes anything and wants a profile gets data, since a page has none.
    let anything = server.get("/doc/service-type/372?profile=skos", "*/*").await;
    assert_eq!(anything.header("content-type"), "text/turtle; charset=utf-8");
    // Other forms of the same view stand beside it.
    assert!(
        by_address
            .header("link")
            .contains(&format!("<{BASE}doc/service-type/372.jsonld?profile=skos>; rel=\"alternate\""))
    );
    // An address that insists on a profile never leads to a page, and what is offered instead has it.
    for (path, accept) in
        [("/doc/service-type/372?profile=skos", "text/html"), ("/doc/service-type/372.html?profile=skos", "*/*")]
    {
        let page_only = server.get(path, accept).await;
        assert_eq!(page_only.status, StatusCode::NOT_ACCEPTABLE, "{path}");
        let details: serde_json::Value = serde_json::from_str(&page_only.body).unwrap_or_default();
        for offer in details["offered"].as_array().into_iter().flatten() {
            let (href, media_type) = (offer["href"].as_str().unwrap(), &offer["type"]);
            assert!(href.ends_with("?profile=skos") && media_type != "text/html", "{path}: {offer}");
        }
    }
    let unheard_of = Request::get("/doc/service-type/372.nt")
        .header("accept-profile", "<http://nobody.example/profile>")
        .body(Body::empty());
    let unheard_of = server.send(unheard_of.unwrap()).await;
    assert!(
        unheard_of.body.contains("eu-service-list/def#ServiceType"),
        "an unknown profile is answered with everything"
    );
}

#[tokio::test]
async fn through_schema_org_an_entry_is_a_defined_term_and_its_page_says_so() {
    let server = TestServer::new();
    let data = server.get("/doc/service-type/372.nt?profile=schema-org", "*/*").await.body;
    let iri = format!("<{BASE}id/service-type/372>");
    let is_term = format!("{iri} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/DefinedTerm> .");
    assert!(data.contains(&is_term), "{data}");
    assert!(data.contains(&format!("{iri} <http://schema.org/name> \"Abandoned vehicles\"@en .")), "{data}");
    let page = server.get("/doc/service-type/372.html", "*/*").await.body;
    let script = page.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let script: serde_json::Value = serde_json::from_str(script).unwrap();
    assert_eq!(script["@id"], iri.trim_matches(['<', '>']));
    assert_eq!(script["@type"], serde_json::json!(["DefinedTerm"]));
    let of_no_class = server.get("/doc/assessment/372-editors.html", "*/*").await.body;
    assert!(of_no_class.contains("<h1") && !of_no_class.contains("<script"), "schema.org has no class for it");
}

#[tokio::test]
async fn an_answer_is_compressed_when_asked_and_each_coding_has_its_own_tag() {
    let server = TestServer::new();
    let plain = server.get("/doc/service-type/372.ttl", "*/*").await;
    let mut tags = vec![plain.header("etag").to_owned()];
    for coding in ["gzip", "br", "zstd"] {
        let request = Request::get("/doc/service-type/372.ttl").header(header::ACCEPT_ENCODING, coding);
        let answer = server.send_for_bytes(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.0.get(header::CONTENT_ENCODING).unwrap(), coding);
        let mut text = String::new();
        match coding {
            "gzip" => drop(flate2::read::GzDecoder::new(&*answer.1).read_to_string(&mut text).unwrap()),
            "br" => drop(brotli::Decompressor::new(&*answer.1, 4096).read_to_string(&mut text).unwrap()),
            _ => text = String::from_utf8(zstd::decode_all(&*answer.1).unwrap()).unwrap(),
        }
        assert_eq!(text, plain.body, "{coding}");
        tags.push(answer.0.get(header::ETAG).unwrap().to_str().unwrap().to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 4, "{tags:?}");
}
