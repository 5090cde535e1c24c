//! Documents and what is left of them, and what holds for all.

mod list;
mod organisation;
mod properties;
mod public_service;

use super::*;
use crate::rdf::read_turtle;
use std::collections::BTreeSet;

const BASE: &str = "http://example.org/";

const PREFIXES: &str = r"
    @prefix adms: <http://www.w3.org/ns/adms#> .
    @prefix cpsv: <http://purl.org/vocab/cpsv#> .
    @prefix cv: <http://data.europa.eu/m8g/> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    @prefix eusl: <https://w3id.org/eu-service-list/def#> .
    @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix locn: <http://www.w3.org/ns/locn#> .
    @prefix org: <http://www.w3.org/ns/org#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix schema: <http://schema.org/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
    @prefix time: <http://www.w3.org/2006/time#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

fn triples(turtle: &str) -> Vec<Triple> {
    read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), BASE).unwrap()
}

/// Each statement on a line, to compare whole documents.
fn statements(triples: &[Triple]) -> BTreeSet<String> {
    triples.iter().map(ToString::to_string).collect()
}

/// Asserts that a document about the record at this path is seen as the expected one.
fn assert_seen(profile: Profile, path: &str, document: &str, expected: &str) {
    let about = NamedNode::new_unchecked(format!("{BASE}{path}"));
    let seen = statements(&profile.view(&about, triples(document)));
    let expected = statements(&triples(expected));
    let added: Vec<_> = seen.difference(&expected).collect();
    let missing: Vec<_> = expected.difference(&seen).collect();
    assert!(added.is_empty() && missing.is_empty(), "{profile:?}\nadded: {added:#?}\nmissing: {missing:#?}");
}

#[test]
fn tokens_and_iris_lead_back_to_their_profile() {
    for profile in Profile::ALL {
        assert_eq!(Profile::of_token(profile.token()), Some(profile));
        assert_eq!(Profile::of_iri(profile.iri()), Some(profile));
    }
    assert_eq!(Profile::of_token("SKOS"), Some(Profile::Skos));
    assert_eq!(Profile::of_token("skosxl"), None);
}
