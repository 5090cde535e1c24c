//! The W3C's suite for SPARQL 1.1 Update and its protocols, over HTTP: every request goes through the router of a server
//! of scratch data, which starts empty for each test.
//!
//! <https://w3c.github.io/rdf-tests/sparql/sparql11/>

mod requests;
mod server;
mod syntax;
mod update;

use crate::manifest::Entry;
use oxrdf::NamedNodeRef;

pub(crate) use requests::{GRAPH_STORE, PROTOCOL};
pub(crate) use syntax::{NEGATIVE, NEGATIVE_OLD, POSITIVE};
pub(crate) use update::EVALUATION;

/// What the suite counts as a test of updates: of the protocol's own tests, those that send one.
pub(crate) fn is_of_updates(entry: &Entry) -> bool {
    entry.kind.as_ref() != PROTOCOL || entry.name().contains("update")
}

/// Runs a test by its type; nothing where the type is none of the suite's.
pub(crate) fn run(entry: &Entry) -> Option<Result<(), String>> {
    Some(match entry.kind.as_ref() {
        EVALUATION => update::run(entry),
        POSITIVE => syntax::run(entry, true),
        NEGATIVE | NEGATIVE_OLD => syntax::run(entry, false),
        PROTOCOL | GRAPH_STORE => requests::run(entry),
        _ => return None,
    })
}

const fn mf(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}
