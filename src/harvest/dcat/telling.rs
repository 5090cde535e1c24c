//! A description of a catalogue, or of a part of it, as it comes together.

use super::Catalogue;
use super::reference::Reference;
use crate::harvest::description::Description;
use crate::rdf::{NamedNode, NamedNodeRef, Term, Triple};
use std::collections::BTreeMap;

/// The triples that tell of a catalogue, and what they refer to that others keep.
pub(super) struct Telling<'a> {
    pub catalogue: &'a Catalogue<'a>,
    said: Description,
    /// What is referred to, by its IRI: many datasets refer to the same, and it is told once.
    referred: BTreeMap<String, Reference>,
}

impl<'a> Telling<'a> {
    pub(super) fn of(catalogue: &'a Catalogue<'a>) -> Self {
        Self { catalogue, said: Description::default(), referred: BTreeMap::new() }
    }

    pub(super) fn say(&mut self, subject: &NamedNode, property: NamedNodeRef<'static>, object: impl Into<Term>) {
        self.said.say(subject, property, object);
    }

    pub(super) fn say_each<T: Into<Term>>(
        &mut self,
        subject: &NamedNode,
        property: NamedNodeRef<'static>,
        objects: impl IntoIterator<Item = T>,
    ) {
        self.said.say_each(subject, property, objects);
    }

    /// Points at something that others keep.
    pub(super) fn refer(&mut self, subject: &NamedNode, property: NamedNodeRef<'static>, to: Reference) {
        self.said.say(subject, property, to.iri().clone());
        if let Some(list) = to.of_list() {
            self.referred.entry(list.iri().as_str().to_owned()).or_insert(list);
        }
        self.referred.entry(to.iri().as_str().to_owned()).or_insert(to);
    }

    /// Everything that was said, with what must be known of what it refers to.
    pub(super) fn finish(mut self) -> Vec<Triple> {
        for reference in self.referred.into_values() {
            reference.tell(&mut self.said);
        }
        self.said.0
    }
}
