//! A set of triples in canonical order: what a version of a record says.

use super::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeMap;
use std::fmt;

/// Triples without blank nodes, each once, in the order of their N-Triples lines.
///
/// Its text, `to_string`, is canonical: two contents are equal exactly if their
/// texts are. Literals stand as they were written.
/// <https://www.w3.org/TR/rdf-canon/#canonical-quads>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content(BTreeMap<String, Triple>);

impl Content {
    /// Reads the text that `to_string` wrote, and no other: its lines are taken to be canonical.
    ///
    /// # Errors
    /// The text is no N-Triples, with line and column.
    pub fn parse(text: &str) -> Result<Self, oxrdfio::RdfSyntaxError> {
        // What is kept was checked when it came in; its IRIs need not be checked at each reading.
        let triples = RdfParser::from_format(RdfFormat::NTriples).lenient().for_slice(text);
        let lines = text.split_inclusive('\n').map(str::to_owned);
        lines.zip(triples).map(|(line, quad)| Ok((line, Triple::from(quad?)))).collect::<Result<_, _>>().map(Self)
    }

    /// Adds a triple; says whether it was new.
    pub fn insert(&mut self, triple: Triple) -> bool {
        self.0.insert(line(&triple), triple).is_none()
    }

    /// Takes a triple out; says whether it was there.
    pub fn remove(&mut self, triple: &Triple) -> bool {
        self.0.remove(&line(triple)).is_some()
    }

    /// Whether the triple is there.
    pub fn contains(&self, triple: &Triple) -> bool {
        self.0.contains_key(&line(triple))
    }

    /// The triples in canonical order.
    pub fn iter(&self) -> impl Iterator<Item = &Triple> {
        self.0.values()
    }

    /// The number of triples.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no triple.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The triples that are here and not in `other`.
    pub fn minus<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a Triple> {
        self.0.iter().filter(|(line, _)| !other.0.contains_key(*line)).map(|(_, triple)| triple)
    }

    /// The values of one property of one subject, in canonical order.
    pub fn values<'a>(
        &'a self,
        subject: NamedNodeRef<'a>,
        property: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = &'a Term> {
        let first = format!("{subject} {property} ");
        self.0
            .range(first.clone()..)
            .take_while(move |(line, _)| line.starts_with(&first))
            .map(|(_, triple)| &triple.object)
    }

    /// The IRIs that one subject points at by one property, in canonical order.
    pub fn iris<'a>(&'a self, subject: &'a str, property: NamedNodeRef<'a>) -> impl Iterator<Item = &'a str> {
        self.values(NamedNodeRef::new_unchecked(subject), property).filter_map(|value| match value {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    /// The literals of one property of one subject, in canonical order.
    pub fn literals<'a>(&'a self, subject: &'a str, property: NamedNodeRef<'a>) -> impl Iterator<Item = &'a Literal> {
        self.values(NamedNodeRef::new_unchecked(subject), property).filter_map(|value| match value {
            Term::Literal(literal) => Some(literal),
            _ => None,
        })
    }

    /// The IRIs that stand as subjects, each once.
    pub fn subjects(&self) -> Vec<&NamedNode> {
        let mut subjects: Vec<&NamedNode> = self
            .iter()
            .filter_map(|triple| match &triple.subject {
                NamedOrBlankNode::NamedNode(subject) => Some(subject),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect();
        subjects.dedup();
        subjects
    }
}

impl FromIterator<Triple> for Content {
    fn from_iter<I: IntoIterator<Item = Triple>>(triples: I) -> Self {
        Self(triples.into_iter().map(|triple| (line(&triple), triple)).collect())
    }
}

impl Extend<Triple> for Content {
    fn extend<I: IntoIterator<Item = Triple>>(&mut self, triples: I) {
        self.0.extend(triples.into_iter().map(|triple| (line(&triple), triple)));
    }
}

impl IntoIterator for Content {
    type Item = Triple;
    type IntoIter = std::collections::btree_map::IntoValues<String, Triple>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_values()
    }
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.keys().try_for_each(|line| f.write_str(line))
    }
}

impl serde::Serialize for Content {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Content {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The N-Triples line of a triple, its end of line included.
fn line(triple: &Triple) -> String {
    format!("{triple} .\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Literal;
    use proptest::prelude::*;

    fn triple(subject: &str, property: &str, object: impl Into<Term>) -> Triple {
        Triple::new(NamedNode::new_unchecked(subject), NamedNode::new_unchecked(property), object)
    }

    #[test]
    fn literals_keep_the_form_they_were_written_in() {
        let text = "<a:s> <a:p> \"007\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n";
        assert_eq!(Content::parse(text).unwrap().to_string(), text);
    }

    #[test]
    fn values_of_one_property_are_not_those_of_a_longer_name() {
        let content = Content::from_iter([
            triple("a:s", "a:p", NamedNode::new_unchecked("a:1")),
            triple("a:s", "a:pp", NamedNode::new_unchecked("a:2")),
        ]);
        let subject = NamedNodeRef::new_unchecked("a:s");
        let property = NamedNodeRef::new_unchecked("a:p");
        assert_eq!(content.values(subject, property).count(), 1);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(values in proptest::collection::vec(any::<String>(), 0..8)) {
            let content: Content = values
                .iter()
                .map(|value| triple("a:s", "a:p", Literal::new_simple_literal(value)))
                .collect();
            prop_assert_eq!(Content::parse(&content.to_string()).unwrap(), content);
        }
    }
}
