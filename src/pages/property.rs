//! What properties are called on a page.

use super::site::Text;
use crate::vocab::{self, rdfs};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of properties of other vocabularies: prefix and local name, the name, and the name seen
/// from what they point at.
const NAMES: [(&str, &str, &str, &str); 34] = [
    ("adms", "status", "Status", "Has this status"),
    ("cv", "hasCompetentAuthority", "Competent authority", "Services it is responsible for"),
    ("cv", "hasChannel", "Channel", "Services through this channel"),
    ("cv", "isClassifiedBy", "Classified by", "Classified here"),
    ("dct", "created", "Created", "Created"),
    ("dct", "description", "Description", "Description of"),
    ("dct", "identifier", "Identifier", "Identifier of"),
    ("dct", "isPartOf", "Part of", "Parts"),
    ("dct", "isReplacedBy", "Replaced by", "Replaces"),
    ("dct", "isVersionOf", "Release of", "Releases"),
    ("dct", "issued", "Issued", "Issued"),
    ("dct", "license", "Licence", "Under this licence"),
    ("dct", "modified", "Changed at its source", "Changed"),
    ("dct", "rights", "Attribution", "Attribution of"),
    ("dct", "source", "Source", "Source of"),
    ("dct", "title", "Title", "Title of"),
    ("foaf", "name", "Name", "Name of"),
    ("rdf", "type", "Type", "Of this type"),
    ("rdfs", "label", "Label", "Label of"),
    ("rdfs", "seeAlso", "See also", "Referred to by"),
    ("skos", "altLabel", "Also known as", "Other name of"),
    ("skos", "broadMatch", "Broader match", "Narrower match"),
    ("skos", "broader", "Belongs under", "Entries under it"),
    ("skos", "closeMatch", "Close match", "Close match"),
    ("skos", "definition", "Definition", "Definition of"),
    ("skos", "exactMatch", "Exact match", "Exact match"),
    ("skos", "hasTopConcept", "Top entries", "Top entry of"),
    ("skos", "inScheme", "On the lists", "Entries"),
    ("skos", "narrowMatch", "Narrower match", "Broader match"),
    ("skos", "notation", "Notation", "Notation of"),
    ("skos", "prefLabel", "Name", "Name of"),
    ("skos", "relatedMatch", "Related match", "Related match"),
    ("skos", "scopeNote", "Scope note", "Scope note of"),
    ("skos", "topConceptOf", "Top entry of", "Top entries"),
];

/// The names of our own terms, from the ontology.
static OWN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    RdfParser::from_format(RdfFormat::Turtle)
        .for_slice(vocab::ONTOLOGY)
        .filter_map(Result::ok)
        .filter(|quad| quad.predicate == rdfs::LABEL)
        .filter_map(|quad| match (quad.subject, quad.object) {
            (oxrdf::NamedOrBlankNode::NamedNode(term), oxrdf::Term::Literal(label))
                if label.language() == Some("en") =>
            {
                Some((term.into_string(), capitalised(label.value())))
            }
            _ => None,
        })
        .collect()
});

/// What a property is called on the page of its subject.
pub(super) fn name(iri: &str) -> Text {
    known(iri).map_or_else(|| own_or_local(iri), |(name, _)| Text::tagged(name, "en"))
}

/// What it is called on the page of what it points at.
pub(super) fn name_of_inverse(iri: &str) -> Text {
    known(iri).map_or_else(
        || {
            let name = own_or_local(iri);
            Text { value: format!("{} of", name.value), ..name }
        },
        |(_, inverse)| Text::tagged(inverse, "en"),
    )
}

/// A term of a known vocabulary as `prefix:name`; nothing for other IRIs.
pub(super) fn short(iri: &str) -> Option<String> {
    let (prefix, local) =
        vocab::PREFIXES.iter().find_map(|(prefix, namespace)| Some((*prefix, iri.strip_prefix(namespace)?)))?;
    (!local.is_empty()).then(|| format!("{prefix}:{local}"))
}

/// A kind of record in words: `service-type` is `Service type`.
pub(super) fn kind(kind: &str) -> String {
    capitalised(&kind.replace('-', " "))
}

fn known(iri: &str) -> Option<(&'static str, &'static str)> {
    let (prefix, local) =
        vocab::PREFIXES.iter().find_map(|(prefix, namespace)| Some((*prefix, iri.strip_prefix(namespace)?)))?;
    let found = NAMES.iter().find(|(of, name, _, _)| *of == prefix && *name == local);
    found.map(|(_, _, name, inverse)| (*name, *inverse))
}

fn own_or_local(iri: &str) -> Text {
    match OWN.get(iri) {
        Some(name) => Text::tagged(name, "en"),
        None => Text::plain(iri.rsplit(['#', '/']).next().filter(|local| !local.is_empty()).unwrap_or(iri)),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_have_names_from_both_ends() {
        assert_eq!(name("http://www.w3.org/2004/02/skos/core#broader").value, "Belongs under");
        assert_eq!(name_of_inverse("http://www.w3.org/2004/02/skos/core#broader").value, "Entries under it");
        assert_eq!(name("https://w3id.org/eu-service-list/def#typicalChannel").value, "Typical channel");
        assert_eq!(name("http://other.example/terms/weight").value, "weight");
    }
}
