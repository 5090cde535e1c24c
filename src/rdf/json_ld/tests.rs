//! Documents are read again by another implementation, with the context from memory.

use super::*;
use crate::rdf::read_turtle;
use crate::rdf::tests::{isomorphic, triples};
use oxrdfio::{JsonLdProfileSet, LoadedDocument, RdfFormat, RdfParser};
use proptest::prelude::*;

const CONTEXT: &str = include_str!("../../../vocab/context/v1.jsonld");
const ADDRESS: &str = "http://example.org/context/v1.jsonld";

fn context() -> JsonLdContext {
    JsonLdContext::new(CONTEXT, ContextAddress::At(ADDRESS.to_owned())).unwrap()
}

fn written(about: &str, triples: &[Triple], context: &JsonLdContext) -> String {
    let mut text = Vec::new();
    write_json_ld(&NamedNode::new_unchecked(about), triples, context, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

/// What another reader makes of a document.
fn read(text: &str) -> Vec<Triple> {
    const JSON_LD: RdfFormat = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    RdfParser::from_format(JSON_LD)
        .for_slice(text)
        .with_document_loader(|address| {
            assert_eq!(address, ADDRESS);
            Ok(LoadedDocument { url: address.to_owned(), content: CONTEXT.as_bytes().to_vec(), format: JSON_LD })
        })
        .map(|quad| {
            let quad = quad.unwrap_or_else(|error| panic!("{error} in\n{text}"));
            assert!(quad.graph_name.is_default_graph(), "{quad} in\n{text}");
            Triple::from(quad)
        })
        .collect()
}

fn assert_survives(about: &str, triples: &[Triple]) {
    let text = written(about, triples, &context());
    assert!(isomorphic(triples, &read(&text)), "{triples:#?}\n{text}\n{:#?}", read(&text));
}

fn json(about: &str, turtle: &str) -> serde_json::Value {
    let prefixes: Vec<String> =
        crate::vocab::PREFIXES.iter().map(|(name, iri)| format!("@prefix {name}: <{iri}> .")).collect();
    let prefixes = prefixes.join("\n");
    let triples = read_turtle(format!("{prefixes}{turtle}").as_bytes(), "http://e/").unwrap();
    assert_survives(about, &triples);
    serde_json::from_str(&written(about, &triples, &context())).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_read_the_same(triples in triples()) {
        assert_survives("http://e/r", &triples);
    }

    #[test]
    fn the_order_of_triples_changes_nothing(triples in triples()) {
        let back: Vec<Triple> = triples.iter().rev().cloned().collect();
        prop_assert_eq!(written("http://e/r", &triples, &context()), written("http://e/r", &back, &context()));
    }
}

#[test]
fn a_record_is_the_root_and_holds_what_it_points_at() {
    let document = json(
        "http://e/1",
        r#"<http://e/1> a skos:Concept , eusl:ServiceType ; skos:prefLabel "Bins"@en , "Afval"@nl ;
                skos:altLabel "Rubbish"@en ; dct:identifier "1" ; skos:broader <http://e/9> ;
                skos:exactMatch <http://id.esd.org.uk/service/1> ; skosxl:altLabel <http://e/1#old> .
            <http://e/9> skos:prefLabel "Waste"@en .
            <http://e/1#old> a skosxl:Label ; skosxl:literalForm "Trash"@en ; eusl:heldUntil "4.00" ."#,
    );
    let expected = serde_json::json!({
        "@context": ADDRESS,
        "id": "http://e/1",
        "type": ["Concept", "ServiceType"],
        "prefLabel": {"en": "Bins", "nl": "Afval"},
        "altLabel": {"en": ["Rubbish"]},
        "identifier": "1",
        "broader": [{"id": "http://e/9", "prefLabel": {"en": "Waste"}}],
        "exactMatch": ["http://id.esd.org.uk/service/1"],
        "altLabelDetails": [{
            "id": "http://e/1#old", "type": ["Label"], "literalForm": {"en": "Trash"}, "heldUntil": "4.00",
        }],
    });
    assert_eq!(document, expected);
}

#[test]
fn keys_stand_in_the_order_of_the_context() {
    let source = r#"<http://e/1> <http://purl.org/dc/terms/identifier> "1" ; <http://e/own> "x" ;
        <http://www.w3.org/2004/02/skos/core#prefLabel> "n"@en ; a <http://e/T> .
        <http://e/2> <http://www.w3.org/2004/02/skos/core#broader> <http://e/1> ."#;
    let triples = read_turtle(source.as_bytes(), "http://e/").unwrap();
    let text = written("http://e/1", &triples, &context());
    let places: Vec<usize> = ["@context", "id", "type", "prefLabel", "identifier", "http://e/own", "broaderOf"]
        .map(|key| text.find(&format!("\"{key}\"")).unwrap())
        .to_vec();
    assert!(places.is_sorted(), "{text}");
}

#[test]
fn what_points_at_the_record_stands_under_a_name_of_its_own() {
    let document = json(
        "http://e/list",
        r#"<http://e/1> skos:inScheme <http://e/list> ; skos:prefLabel "One"@en . <http://e/2> skos:inScheme <http://e/list> .
            <http://e/3> <http://e/cites> <http://e/list> ."#,
    );
    let expected = serde_json::json!({
        "@context": ADDRESS,
        "id": "http://e/list",
        "entries": [{"id": "http://e/1", "prefLabel": {"en": "One"}}, "http://e/2"],
        "@reverse": {"http://e/cites": [{"id": "http://e/3"}]},
    });
    assert_eq!(document, expected);
}

#[test]
fn a_name_is_told_wherever_its_record_is_mentioned_but_a_part_once() {
    let document = json(
        "http://e/1",
        r#"<http://e/1> skos:broader <http://e/9> ; skos:related <http://e/9> , <http://e/1#p> ; skos:closeMatch <http://e/1#p> .
            <http://e/9> skos:prefLabel "Nine"@en . <http://e/1#p> skos:note "part"@en ; skos:related <http://e/1> ."#,
    );
    assert_eq!(
        document["broader"],
        document["related"].as_array().unwrap()[1..].iter().cloned().collect::<serde_json::Value>()
    );
    assert_eq!(document["closeMatch"][0]["related"], serde_json::json!(["http://e/1"]));
    assert_eq!(document["related"][0], "http://e/1#p");
}

#[test]
fn literals_keep_their_form_and_show_a_type_that_is_not_the_usual_one() {
    let document = json(
        "http://e/1",
        r#"<http://e/1> dct:created "2026-11-24"^^xsd:date ; dct:modified "2026"^^xsd:gYear ; skos:notation "007"^^xsd:integer ;
            skos:prefLabel "plain" , "1"^^xsd:integer , <http://e/name> ; dct:identifier true ."#,
    );
    assert_eq!(document["created"], "2026-11-24");
    assert_eq!(document["modified"]["@value"], "2026");
    assert_eq!(document["notation"]["@value"], "007");
    assert_eq!(document["identifier"]["@value"], "true");
    assert_eq!(document["prefLabel"], serde_json::json!({"@none": "plain"}));
    assert_eq!(document["http://www.w3.org/2004/02/skos/core#prefLabel"].as_array().unwrap().len(), 2);
}

#[test]
fn blank_nodes_nest_and_lists_are_arrays() {
    let document = json(
        "http://e/s",
        r#"@prefix sh: <http://www.w3.org/ns/shacl#> .
            <http://e/s> sh:property [ sh:path skos:broader ; sh:minCount 1 ; sh:in ( "a" "b"@en <http://e/c> ) ] ;
                sh:or ( [ sh:closed true ] <http://e/t> ) ; <http://e/p> ( "x" ( ) ) ."#,
    );
    let expected = serde_json::json!({
        "path": "http://www.w3.org/2004/02/skos/core#broader",
        "minCount": "1",
        "in": ["a", {"@value": "b", "@language": "en"}, {"id": "http://e/c"}],
    });
    assert_eq!(document["property"], serde_json::json!([expected]));
    assert_eq!(document["or"], serde_json::json!([{"closed": "true"}, "http://e/t"]));
    assert_eq!(document["http://e/p"][0]["@list"][0], "x");
}

#[test]
fn what_the_record_does_not_lead_to_makes_a_graph() {
    let document = json(
        "http://e/1",
        r#"<http://e/1> skos:notation "1" . <http://e/2> skos:notation "2" ; skos:related [ skos:note "n"@en ] ."#,
    );
    let nodes = document["@graph"].as_array().unwrap();
    assert_eq!(nodes[0]["id"], "http://e/1");
    assert_eq!(nodes[1]["related"][0]["note"]["en"][0], "n");
    assert_eq!(json("http://e/1", "")["id"], "http://e/1");
}

#[test]
fn a_chain_of_thousands_and_cycles_stay_shallow() {
    let link = |from: usize, to: usize| {
        let node = |number: usize| NamedNode::new_unchecked(format!("http://e/{number}"));
        Triple::new(node(from), NamedNode::new_unchecked("http://www.w3.org/2004/02/skos/core#related"), node(to))
    };
    let mut chain: Vec<Triple> = (0..5_000).map(|number| link(number, number + 1)).collect();
    chain.push(link(5_000, 0));
    let text = written("http://e/0", &chain, &context());
    // This parser stops at 128 levels.
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
    assert_eq!(read(&text).into_iter().collect::<oxrdf::Graph>(), chain.iter().collect());
    assert!(text.len() < chain.len() * 300, "{} bytes", text.len());
}

#[test]
fn a_dense_graph_grows_with_its_triples() {
    let node = |number: usize| NamedNode::new_unchecked(format!("http://e/{number}"));
    let property = NamedNode::new_unchecked("http://e/p");
    let triples: Vec<Triple> = (0..60)
        .flat_map(|from| (0..60).map(move |to| (from, to)))
        .map(|(from, to)| Triple::new(node(from), property.clone(), node(to)))
        .collect();
    let text = written("http://e/0", &triples, &context());
    assert_eq!(read(&text).into_iter().collect::<oxrdf::Graph>(), triples.iter().collect());
    assert!(text.len() < triples.len() * 200, "{} bytes", text.len());
}

#[test]
fn an_inlined_context_is_the_document_of_the_context() {
    let inlined = JsonLdContext::new(CONTEXT, ContextAddress::Inlined).unwrap();
    let text = written("http://e/1", &[], &inlined);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let source: serde_json::Value = serde_json::from_str(CONTEXT).unwrap();
    assert_eq!(document["@context"], source["@context"]);
}

#[test]
fn a_context_with_a_vocabulary_names_what_it_has_no_term_for() {
    let context = r#"{"@context": {"@vocab": "http://v/", "id": "@id", "type": "@type"}}"#;
    let context = JsonLdContext::new(context, ContextAddress::Inlined).unwrap();
    let source = r#"<http://e/1> a <http://v/Term> ; <http://v/name> "n"@en ; <http://v/id> "1" ; <http://v/a/b> "2" ;
        <http://other/name> "o" ."#;
    let triples = read_turtle(source.as_bytes(), "http://e/").unwrap();
    let text = written("http://e/1", &triples, &context);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["type"], serde_json::json!(["Term"]));
    assert_eq!(document["name"][0]["@value"], "n");
    for whole in ["http://v/id", "http://v/a/b", "http://other/name"] {
        assert!(document[whole].is_array(), "{whole} in {text}");
    }
    assert!(isomorphic(&triples, &read(&text)), "{text}");
}

#[test]
fn every_term_of_the_vocabularies_has_a_plain_name() {
    use crate::vocab::{adms, cpsv, cs, cv, dct, eusl, foaf, org, owl, pav, prov, rdfs, skos, skosxl, vann, void};
    let context = context();
    let vocabularies = [
        adms::ALL,
        cpsv::ALL,
        cs::ALL,
        cv::ALL,
        dct::ALL,
        eusl::ALL,
        foaf::ALL,
        org::ALL,
        owl::ALL,
        pav::ALL,
        prov::ALL,
        rdfs::ALL,
        skos::ALL,
        skosxl::ALL,
        vann::ALL,
        void::ALL,
    ];
    for term in vocabularies.into_iter().flatten() {
        assert!(context.properties.contains_key(term.as_str()), "{term} has no term");
    }
}

#[test]
fn every_property_and_class_that_the_ontology_uses_has_a_plain_name() {
    let context = context();
    for triple in read_turtle(crate::vocab::ONTOLOGY.as_bytes(), "http://e/").unwrap() {
        let class = (triple.predicate == crate::vocab::rdf::TYPE).then(|| triple.object.to_string());
        let name =
            class.map_or(triple.predicate.as_str().to_owned(), |class| class.trim_matches(['<', '>']).to_owned());
        assert!(context.properties.contains_key(&name), "{name} has no term");
    }
}

#[test]
fn a_context_that_cannot_drive_the_writer_is_refused_by_name() {
    let error = |members: &str| {
        JsonLdContext::new(&format!("{{\"@context\": {{{members}}}}}"), ContextAddress::Inlined).unwrap_err()
    };
    assert!(matches!(error(r#""skos": "http://e/ns#""#), JsonLdContextError::Prefix { term } if term == "skos"));
    assert!(
        matches!(error(r#""a": {"@id": "http://e/a", "@container": "@index"}"#), JsonLdContextError::Unknown { keyword, .. } if keyword == "@index")
    );
    assert!(matches!(error(r#""a": "http://e/a", "b": {"@id": "http://e/a"}"#), JsonLdContextError::Twice { .. }));
    assert!(matches!(error(r#""a": "relative""#), JsonLdContextError::NoIri { .. }));
    assert!(matches!(error(r#""@base": "http://e/""#), JsonLdContextError::Unknown { .. }));
    assert!(matches!(error(r#""a": {"@id": "http://e/a", "@nest": "b"}"#), JsonLdContextError::Json(_)));
}
