//! Which triples can change the answer of a query for a focus node.

use super::query::Query;
use oxrdf::NamedNode;

/// Triples that can change the answer for the focus nodes from which `way` leads to them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dependency {
    /// The predicate of the triples; any, if it is not given.
    pub predicate: Option<NamedNode>,
    /// The way from the focus node to the end of the triple.
    pub way: Vec<Step>,
    /// At which end of the triple the way arrives.
    pub end: End,
}

/// An end of a triple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Its subject.
    Subject,
    /// Its object.
    Object,
}

/// A step of a way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The predicate of the triple that is followed.
    pub predicate: NamedNode,
    /// In which direction it is followed.
    pub direction: Direction,
    /// Whether the step is made any number of times, or not at all, rather than once.
    pub repeated: bool,
}

/// A direction in which a triple is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From its subject to its object.
    Forward,
    /// From its object to its subject.
    Backward,
}

/// What the answers of a query depend on; nothing, if that cannot be told, so that any change can
/// change the answer for any focus node.
pub fn dependencies(query: &Query) -> Option<Vec<Dependency>> {
    let _ = query;
    None
}
