//! Triples of a document, found by subject and property in the order they were written in.

use crate::rdf::{Literal, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use crate::vocab::rdf;
use std::collections::HashMap;

/// How many members of an RDF list are read, so that one that leads back to itself ends.
const LONGEST_LIST: usize = 1000;

/// Triples by their subjects.
pub(super) struct Statements<'a> {
    order: Vec<&'a NamedOrBlankNode>,
    by_subject: HashMap<&'a NamedOrBlankNode, Vec<&'a Triple>>,
}

impl<'a> Statements<'a> {
    /// Of a slice of triples.
    pub(super) fn new(triples: &'a [Triple]) -> Self {
        let mut statements = Self { order: Vec::new(), by_subject: HashMap::new() };
        for triple in triples {
            let of_subject = statements.by_subject.entry(&triple.subject).or_default();
            if of_subject.is_empty() {
                statements.order.push(&triple.subject);
            }
            of_subject.push(triple);
        }
        statements
    }

    /// The subjects, each where it came first.
    pub(super) fn subjects(&self) -> impl Iterator<Item = &'a NamedOrBlankNode> {
        self.order.iter().copied()
    }

    /// What is said of a subject.
    pub(super) fn of(&self, subject: &NamedOrBlankNode) -> &[&'a Triple] {
        self.by_subject.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The values of one property of a subject.
    pub(super) fn values(
        &self,
        subject: &NamedOrBlankNode,
        property: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = &'a Term> {
        self.of(subject).iter().filter(move |triple| triple.predicate == property).map(|triple| &triple.object)
    }

    /// The values that are literals.
    pub(super) fn literals(
        &self,
        subject: &NamedOrBlankNode,
        property: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = &'a Literal> {
        self.values(subject, property).filter_map(|value| match value {
            Term::Literal(literal) => Some(literal),
            _ => None,
        })
    }

    /// Whether a subject has a class.
    pub(super) fn is_a(&self, subject: &NamedOrBlankNode, class: NamedNodeRef<'static>) -> bool {
        self.values(subject, rdf::TYPE).any(|value| matches!(value, Term::NamedNode(found) if *found == class))
    }

    /// The members of an RDF list ([RDF Schema, 5.2](https://www.w3.org/TR/rdf-schema/#ch_collectionvocab));
    /// nothing if the value is none.
    pub(super) fn list(&self, value: &Term) -> Option<Vec<&'a Term>> {
        let mut rest = node(value)?;
        let mut members = Vec::new();
        while !is_nil(&rest) && members.len() < LONGEST_LIST {
            members.push(self.values(&rest, rdf::FIRST).next()?);
            let next = node(self.values(&rest, rdf::REST).next()?)?;
            rest = next;
        }
        Some(members)
    }
}

/// A value that can be a subject.
pub(super) fn node(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

fn is_nil(node: &NamedOrBlankNode) -> bool {
    matches!(node, NamedOrBlankNode::NamedNode(name) if *name == rdf::NIL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    #[test]
    fn the_members_of_a_list_are_read_in_order_and_a_circle_ends() {
        let text = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            <a> <p> (1 2 3) ; <q> () ; <r> <circle> ; <s> <a> . <circle> rdf:first 1 ; rdf:rest <circle> .";
        let triples = read_turtle(text.as_bytes(), "http://example.org/").unwrap();
        let statements = Statements::new(&triples);
        let length = |property: &str| {
            let found = triples.iter().find(|triple| triple.predicate.as_str().ends_with(property)).unwrap();
            statements.list(&found.object).map(|members| members.len())
        };
        assert_eq!(["/p", "/q", "/r", "/s"].map(length), [Some(3), Some(0), Some(LONGEST_LIST), None]);
    }
}
