//! JSON-LD that reads as plain JSON: one tree about one record, driven by a context of our own.
//!
//! [`context`] reads the context, [`graph`] sorts the triples, [`tree`] finds the place where
//! each node is described, [`mod@write`] and [`value`] write the tree in the terms of the context.
//! <https://www.w3.org/TR/json-ld11/>

mod context;
mod definition;
mod graph;
mod json;
mod tree;
mod value;
mod write;

pub use context::{ContextAddress, JsonLdContext, JsonLdContextError};

use super::{NamedNode, Triple};
use graph::Graph;
use std::io;
use tree::Tree;

/// Writes compact JSON-LD: the record `about` at the root, with what it points at inside it and
/// what points at it under terms read backwards; `@graph` only for what the record does not lead to.
///
/// The same triples give the same bytes, in whatever order they come.
///
/// # Errors
/// The writer's.
pub fn write_json_ld<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    context: &JsonLdContext,
    mut out: impl io::Write,
) -> io::Result<()> {
    let mut graph = Graph::new(triples);
    let about = graph.node(about.as_str());
    let tree = Tree::of(&graph, about, context);
    out.write_all(&write::document(&graph, &tree, context)?)?;
    out.flush()
}

pub(super) use write::{TAIL_OF_MANY, head_of_many};

/// What one record says, as items of the array that [`head_of_many`] opens.
pub(super) fn items_of_record<'a>(
    about: &NamedNode,
    triples: impl IntoIterator<Item = &'a Triple>,
    context: &JsonLdContext,
) -> io::Result<Vec<u8>> {
    let mut graph = Graph::new(triples);
    let about = graph.node(about.as_str());
    let tree = Tree::of(&graph, about, context);
    write::items(&graph, &tree, context)
}

#[cfg(test)]
mod tests;
