//! Turtle that people read: prefixes, one block a subject, its type first.

use super::order::{Place, in_reading_order, place};
use super::{NamedNode, Triple};
use crate::vocab;
use oxrdf::{NamedOrBlankNodeRef, TermRef, TripleRef};
use oxrdfio::{RdfFormat, RdfSerializer};
use std::collections::BTreeSet;
use std::io;

/// Prefixes and their namespaces, for one configured base.
#[derive(Clone, Debug)]
pub struct Prefixes(Vec<(String, String)>);

impl Prefixes {
    /// The prefixes of [`vocab::PREFIXES`] and the given ones.
    pub fn new(own: impl IntoIterator<Item = (String, String)>) -> Self {
        let known = vocab::PREFIXES.iter().map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned()));
        Self(known.chain(own).collect())
    }

    /// These prefixes and more, but for names that are there already.
    #[must_use]
    pub fn with<'a>(&self, more: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut all = self.0.clone();
        for (name, namespace) in more {
            if !all.iter().any(|(known, _)| known == name) {
                all.push((name.to_owned(), namespace.to_owned()));
            }
        }
        Self(all)
    }

    /// Prefix and namespace, in the order given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, iri)| (name.as_str(), iri.as_str()))
    }

    /// The IRI that a prefixed name stands for; nothing if its prefix is none of these.
    pub fn expand(&self, name: &str) -> Option<String> {
        let (prefix, local) = name.split_once(':')?;
        self.iter().find(|(known, _)| *known == prefix).map(|(_, namespace)| format!("{namespace}{local}"))
    }

    /// The prefixed name of an IRI, if one of the prefixes makes it shorter and nothing in it needs an escape.
    pub fn shorten(&self, iri: &str) -> Option<String> {
        let plain = |local: &str| {
            let is_plain = |character: char| character.is_alphanumeric() || character == '_' || character == '-';
            !local.is_empty() && !local.starts_with('-') && local.chars().all(is_plain)
        };
        self.iter().find_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace).filter(|local| plain(local)).map(|local| format!("{prefix}:{local}"))
        })
    }

    /// Those of the prefixes that the triples use.
    pub(super) fn used<'a, 't>(&'a self, triples: impl IntoIterator<Item = TripleRef<'t>>) -> Vec<(&'a str, &'a str)> {
        let mut iris = BTreeSet::new();
        for triple in triples {
            iris.insert(triple.predicate.as_str());
            if let NamedOrBlankNodeRef::NamedNode(subject) = triple.subject {
                iris.insert(subject.as_str());
            }
            match triple.object {
                TermRef::NamedNode(object) => {
                    iris.insert(object.as_str());
                }
                TermRef::Literal(literal) => {
                    iris.insert(literal.datatype().as_str());
                }
                TermRef::BlankNode(_) => {}
            }
        }
        self.iter()
            .filter(|(_, namespace)| iris.range(*namespace..).next().is_some_and(|iri| iri.starts_with(namespace)))
            .collect()
    }
}

/// Writes Turtle: the block of `about` first, then its fragments, then everything else by IRI;
/// in a block the type first, then names, then the other properties by IRI.
///
/// The same triples give the same bytes, in whatever order they come.
///
/// # Errors
/// The writer's.
pub fn write_turtle<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    prefixes: &Prefixes,
    out: impl io::Write,
) -> io::Result<()> {
    let triples = in_reading_order(about, triples);
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    // `part:` names the parts of this record: a `#` inside a prefixed name would need an escape.
    let parts = format!("{}#", about.as_str());
    if triples.iter().any(|triple| place(about, &triple.subject) == Place::Part) {
        serializer = serializer.with_prefix("part", &parts).map_err(io::Error::other)?;
    }
    for (name, namespace) in prefixes.used(triples.iter().map(|triple| triple.as_ref())) {
        serializer = serializer.with_prefix(name, namespace).map_err(io::Error::other)?;
    }
    let mut writer = serializer.for_writer(out);
    for triple in triples {
        writer.serialize_triple(triple.as_ref())?;
    }
    writer.finish()?.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    #[test]
    fn a_document_reads_from_the_thing_to_its_surroundings() {
        let source = r#"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <http://example.org/id/function/9> skos:prefLabel "Waste"@en .
            <http://example.org/id/service-type/1#altLabel-00> <http://example.org/p> "x" .
            <http://example.org/id/service-type/1> skos:broader <http://example.org/id/function/9> ;
                skos:prefLabel "Bins"@en ; a skos:Concept ."#;
        let triples = read_turtle(source.as_bytes(), "http://example.org/").unwrap();
        let about = NamedNode::new_unchecked("http://example.org/id/service-type/1");
        let prefixes = Prefixes::new([("service-type".to_owned(), "http://example.org/id/service-type/".to_owned())]);
        let mut text = Vec::new();
        write_turtle(&about, &triples, &prefixes, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let place = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is missing in\n{text}"));
        assert!(place("service-type:1 a skos:Concept") < place("skos:prefLabel \"Bins\"@en"));
        assert!(place("\"Bins\"@en") < place("part:altLabel-00"));
        assert!(place("part:altLabel-00") < place("\"Waste\"@en"));
        assert!(!text.contains("@prefix dct:"), "only prefixes in use are declared");
        assert_eq!(read_turtle(text.as_bytes(), "http://example.org/").unwrap().len(), triples.len());
    }

    #[test]
    fn an_iri_is_shortened_where_its_local_name_is_plain() {
        let prefixes = Prefixes::new([("e".to_owned(), "http://e/".to_owned())]);
        assert_eq!(prefixes.shorten("http://e/a-b").as_deref(), Some("e:a-b"));
        assert_eq!(prefixes.shorten("http://purl.org/dc/terms/title").as_deref(), Some("dct:title"));
        assert_eq!(
            [prefixes.shorten("http://e/"), prefixes.shorten("http://e/a/b"), prefixes.shorten("http://f/a")],
            [None, None, None]
        );
    }
}
