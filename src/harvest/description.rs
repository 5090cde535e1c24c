//! Triples as they come together.

use crate::rdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use crate::vocab::xsd;

/// The triples of a description that grows.
#[derive(Debug, Default)]
pub(super) struct Description(pub Vec<Triple>);

impl Description {
    /// One triple more.
    pub(super) fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'static>, object: impl Into<Term>) {
        self.0.push(Triple::new(subject.clone(), property, object));
    }

    /// The same property with each of several objects.
    pub(super) fn say_each<T: Into<Term>>(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'static>,
        objects: impl IntoIterator<Item = T>,
    ) {
        for object in objects {
            self.say(subject, property, object);
        }
    }
}

/// A resource by an IRI that was checked where it was set or made.
pub(super) fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// Text without a language.
pub(super) fn plain(text: impl Into<String>) -> Literal {
    Literal::new_simple_literal(text)
}

/// Text in a language.
pub(super) fn text(text: impl Into<String>, tag: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, tag)
}

/// A moment as the register writes it.
pub(super) fn moment(timestamp: &str) -> Literal {
    Literal::new_typed_literal(timestamp, xsd::DATE_TIME)
}

/// A count, which is never below zero.
pub(super) fn count(number: u64) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::NON_NEGATIVE_INTEGER)
}
