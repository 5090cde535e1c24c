//! IRIs of the vocabularies the product speaks, as constants.
//!
//! A module is named after the usual prefix, a constant after the term's local name.
//! The terms of [`eusl`] are declared in `vocab/eusl.ttl`; a test holds the two together.
//! This layer knows nothing else of the product.

#[macro_use]
mod terms;
mod catalogue;
mod endpoint;
mod shacl;
mod streams;
mod versioning;

pub use catalogue::{dcat, dcatap, dcatno, hydra, vcard};
pub use endpoint::{SIMPLE_ENTAILMENT, formats, sd};
pub use shacl::sh;
pub use streams::{activity, ldes, tree};
pub use terms::{adms, cpsv, cv, dct, eusl, foaf, org, owl, prov, rdf, rdfs, schema, skos, skosxl, vann, void, xsd};
pub use versioning::{cs, pav, spdx};

/// Where the vocabulary, the shapes and the product itself have their IRIs.
pub const HOME: &str = "https://w3id.org/eu-service-list/";

/// The ontology of the product's own terms, in Turtle.
pub const ONTOLOGY: &str = include_str!("../../vocab/eusl.ttl");

/// The shapes that records keep, in Turtle.
pub const SHAPES: &str = include_str!("../../shapes/service-list.ttl");

/// What CPSV-AP 3.2.0 demands, as shapes with messages, in Turtle.
pub const CPSV_AP_SHAPES: &str = include_str!("../../shapes/cpsv-ap.ttl");

/// The code-list closure, in Turtle: codes of lists kept elsewhere, known by their class and notation, and which
/// classes of CPSV-AP are kinds of another.
pub const CLOSURE: [&str; 4] = [
    include_str!("../../vocab/closure/authority.ttl"),
    include_str!("../../vocab/closure/classes.ttl"),
    include_str!("../../vocab/closure/nuts.ttl"),
    include_str!("../../vocab/closure/semic.ttl"),
];

/// The JSON-LD context of documents.
pub const CONTEXT: &str = include_str!("../../vocab/context/v1.jsonld");

/// The JSON-LD context of documents seen through schema.org: its terms by their names, with the keywords
/// that search engines look for. It is given in place, since schema.org's own is a large file elsewhere.
pub const SCHEMA_ORG_CONTEXT: &str = r#"{"@context": {"@vocab": "http://schema.org/"}}"#;

/// The properties that name a thing, the one to be preferred first.
pub const NAMING: [oxrdf::NamedNodeRef<'static>; 4] = [skos::PREF_LABEL, dct::TITLE, foaf::NAME, rdfs::LABEL];

/// The status of an entry that is not to be used for new data.
/// <https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/concept-status>
pub const DEPRECATED: &str = "http://publications.europa.eu/resource/authority/concept-status/DEPRECATED";

/// The status of what is withdrawn, from the same list.
pub const RETIRED: &str = "http://publications.europa.eu/resource/authority/concept-status/RETIRED";

/// Prefixes that documents and the query page declare, each with its namespace.
pub const PREFIXES: &[(&str, &str)] = &[
    ("adms", adms::NAMESPACE),
    ("cpsv", cpsv::NAMESPACE),
    ("cs", cs::NAMESPACE),
    ("cv", cv::NAMESPACE),
    ("dcat", dcat::NAMESPACE),
    ("dcatap", dcatap::NAMESPACE),
    ("dcatno", dcatno::NAMESPACE),
    ("dct", dct::NAMESPACE),
    ("eusl", eusl::NAMESPACE),
    ("foaf", foaf::NAMESPACE),
    ("hydra", hydra::NAMESPACE),
    ("org", org::NAMESPACE),
    ("owl", owl::NAMESPACE),
    ("pav", pav::NAMESPACE),
    ("prov", prov::NAMESPACE),
    ("rdf", rdf::NAMESPACE),
    ("rdfs", rdfs::NAMESPACE),
    ("sd", sd::NAMESPACE),
    ("sh", sh::NAMESPACE),
    ("skos", skos::NAMESPACE),
    ("skosxl", skosxl::NAMESPACE),
    ("spdx", spdx::NAMESPACE),
    ("vann", vann::NAMESPACE),
    ("vcard", vcard::NAMESPACE),
    ("void", void::NAMESPACE),
    ("xsd", xsd::NAMESPACE),
];

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::{RdfFormat, RdfParser};
    use std::collections::BTreeSet;

    #[test]
    fn every_constant_of_ours_is_declared_in_the_ontology_and_every_term_has_a_constant() {
        let declared: BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(ONTOLOGY)
            .map(|quad| quad.unwrap())
            .filter(|quad| quad.predicate == rdfs::IS_DEFINED_BY)
            .map(|quad| quad.subject.to_string().trim_matches(['<', '>']).to_owned())
            .filter(|subject| subject.starts_with(eusl::NAMESPACE))
            .collect();
        let constants: BTreeSet<String> = eusl::ALL.iter().map(|term| term.as_str().to_owned()).collect();
        assert_eq!(constants, declared);
    }

    #[test]
    fn prefixes_are_sorted_and_unlike() {
        assert!(PREFIXES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn every_broken_variant_of_the_fixture_names_a_shape_that_there_is() {
        let shapes: BTreeSet<String> = RdfParser::from_format(RdfFormat::Turtle)
            .for_slice(SHAPES)
            .map(|quad| quad.unwrap().subject.to_string())
            .filter_map(|subject| {
                Some(subject.strip_prefix(&format!("<{HOME}shapes#"))?.trim_end_matches('>').to_owned())
            })
            .collect();
        let variants = include_str!("../../tests/fixtures/shapes/broken.txt");
        let named = variants.lines().filter_map(|line| line.strip_prefix("= ")?.split(' ').next());
        let unknown: BTreeSet<&str> = named.filter(|name| !shapes.contains(*name)).collect();
        assert_eq!(unknown, BTreeSet::new());
    }
}
