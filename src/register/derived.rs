//! What is derived from what a record says, so that it can be asked for without reading contents.

use super::names::Names;
use super::search;
use crate::rdf::{Content, NamedOrBlankNode, Term};
use std::collections::BTreeSet;

/// A row of the table `link`, but for the record: part, property, object.
pub(super) type Link = (String, String, String);

/// A row of the table `label`, but for the record: property, language, value.
pub(super) type Label = (String, String, String);

/// What a record and its parts point at.
pub(super) fn links(iri: &str, content: &Content) -> BTreeSet<Link> {
    let links = content.iter().filter_map(|triple| match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) => {
            let part = subject.as_str().strip_prefix(iri).unwrap_or_default();
            Some((part.to_owned(), triple.predicate.as_str().to_owned(), object.as_str().to_owned()))
        }
        _ => None,
    });
    links.collect()
}

/// What a record is called.
pub(super) fn labels(iri: &str, content: &Content) -> BTreeSet<Label> {
    let Some(Names { property, values }) = Names::of(iri, content) else { return BTreeSet::new() };
    let label = |name: &crate::rdf::Literal| {
        (property.as_str().to_owned(), name.language().unwrap_or("").to_owned(), name.value().to_owned())
    };
    values.iter().map(label).collect()
}

/// What a record is searched by.
pub(super) fn texts(iri: &str, kind: &str, content: &Content) -> Vec<search::Text> {
    if search::KINDS.contains(&kind) { search::texts(iri, content) } else { Vec::new() }
}
