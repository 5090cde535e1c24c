//! The SKOS profile: concepts, their schemes and their collections, as a thesaurus tool reads them.
//!
//! Kept are the terms of the [SKOS core vocabulary](https://www.w3.org/TR/skos-reference/#vocab)
//! and the few terms of others that SKOS documents commonly carry about a concept or a scheme:
//! identifier, dates, licence, source, and what replaces what. Labels as things of their own
//! (SKOS-XL) go; `skos:altLabel` has their text. What has no class of SKOS, such as a public
//! service or an organisation, is not described; where a concept mentions it, its name stays.

use super::prefixed::expand_all;
use super::selection::{Selection, Standing};
use crate::rdf::{NamedNode, Triple};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The classes of SKOS.
const CLASSES: &[&str] = &["skos:Collection", "skos:Concept", "skos:ConceptScheme", "skos:OrderedCollection"];

/// The properties of SKOS.
const PROPERTIES: &[&str] = &[
    "skos:altLabel",
    "skos:broadMatch",
    "skos:broader",
    "skos:broaderTransitive",
    "skos:changeNote",
    "skos:closeMatch",
    "skos:definition",
    "skos:editorialNote",
    "skos:exactMatch",
    "skos:example",
    "skos:hasTopConcept",
    "skos:hiddenLabel",
    "skos:historyNote",
    "skos:inScheme",
    "skos:mappingRelation",
    "skos:member",
    "skos:memberList",
    "skos:narrowMatch",
    "skos:narrower",
    "skos:narrowerTransitive",
    "skos:notation",
    "skos:note",
    "skos:prefLabel",
    "skos:related",
    "skos:relatedMatch",
    "skos:scopeNote",
    "skos:semanticRelation",
    "skos:topConceptOf",
];

/// What SKOS documents commonly say besides. The lists here are under a licence that asks for
/// attribution wherever they are published, so licence, rights and source are among it.
const COMPANIONS: &[&str] = &[
    "dct:contributor",
    "dct:created",
    "dct:creator",
    "dct:description",
    "dct:hasPart",
    "dct:hasVersion",
    "dct:identifier",
    "dct:isPartOf",
    "dct:isReplacedBy",
    "dct:isVersionOf",
    "dct:issued",
    "dct:license",
    "dct:modified",
    "dct:publisher",
    "dct:replaces",
    "dct:rights",
    "dct:source",
    "dct:title",
    "owl:deprecated",
    "owl:versionInfo",
    "rdfs:label",
    "rdfs:seeAlso",
    // The members of an ordered collection are an RDF list.
    "rdf:first",
    "rdf:rest",
];

static KNOWN_CLASSES: LazyLock<HashSet<String>> = LazyLock::new(|| expand_all(&[CLASSES]));
static KNOWN_PROPERTIES: LazyLock<HashSet<String>> = LazyLock::new(|| expand_all(&[PROPERTIES, COMPANIONS]));

/// The document as SKOS says it.
pub fn view(about: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
    Selection { class, property: |_, property| is_property(property) }.of(about, triples)
}

/// Whether a class is one of SKOS's.
pub fn is_class(class: &str) -> bool {
    KNOWN_CLASSES.contains(class)
}

/// Whether a property is one that this profile keeps.
pub fn is_property(property: &str) -> bool {
    KNOWN_PROPERTIES.contains(property)
}

fn class(class: &str) -> Standing {
    if is_class(class) { Standing::Skos } else { Standing::Stranger }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_the_tables_has_an_iri() {
        assert_eq!(KNOWN_CLASSES.len(), CLASSES.len());
        assert_eq!(KNOWN_PROPERTIES.len(), PROPERTIES.len() + COMPANIONS.len());
    }

    #[test]
    fn the_tables_have_as_many_terms_as_the_recommendation() {
        // SKOS Reference, appendix B.1: 4 classes and 28 properties.
        assert_eq!((CLASSES.len(), PROPERTIES.len()), (4, 28));
    }
}
