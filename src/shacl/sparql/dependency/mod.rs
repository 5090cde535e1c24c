//! Which triples can change the answer of a query for a focus node, so that after a write only the
//! focus nodes concerned are checked again.
//!
//! A triple that is added or removed can change the answer for a focus node only where it matches a
//! triple pattern of the query in a solution that exists before or after the write. What else that
//! solution certainly matches leads from the focus node to the triple: a chain of patterns with
//! constant predicates, each of which shares a node with the one before it. So each pattern becomes
//! a [`Dependency`]: the predicate of its triples, and the way of the chain. The triple then leads
//! back to the focus nodes, whether the way is looked up in the data before or after the write:
//! take the first triple of the chain that the write changes. Those before it are in the data both
//! times, and the pattern that it matches has a dependency of its own, with just these on its way.
//! For the same reason a chain may join patterns that are matched before the write with such that
//! are matched after it, as in FILTER NOT EXISTS, and a write may change many triples at once.
//!
//! What is certainly matched with a pattern:
//!
//! | the pattern stands in | the chain may use |
//! |---|---|
//! | a join | all operands, and what surrounds the join |
//! | a branch of UNION | the branch's own patterns, and what surrounds the UNION |
//! | OPTIONAL | its own patterns, and what leads to variables that the patterns before it bind |
//! | FILTER (NOT) EXISTS, also in BIND | its own patterns, and what leads to variables that the filter's group binds |
//! | a subquery | its own patterns, and what leads to variables that it returns, and with GROUP BY groups by |
//! | a subquery with LIMIT or OFFSET | its own patterns, as any other solution may take a place |
//!
//! OPTIONAL and EXISTS need more than a solution around them: a new match of an OPTIONAL takes away
//! the solution without one, whether or not it agrees with what stands further out.
//!
//! A property path is a chain by itself; its steps lead on from the end that is reached. A pattern
//! that is not reached, because it stands alone, hangs on a variable predicate, on a computed value
//! or on a repeated path of several predicates, makes the answer depend on anything. Patterns in
//! GRAPH are about the shapes graph, which no write to the data changes.

mod pattern;
#[cfg(test)]
mod tests;
mod way;

use super::query::Query;
use oxrdf::NamedNode;
use std::collections::HashSet;

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

/// What the answers of a query depend on; nothing, if that cannot be told, so that any change can change the
/// answer for any focus node.
///
/// `roots` are the variables that depend on the focus node, each with the ways from it to the variable's value,
/// of which one is taken: `this` has the way of no steps, `value` of a validator those of its shape's path.
pub fn dependencies(query: &Query, roots: &[(&str, Vec<Vec<Step>>)]) -> Option<Vec<Dependency>> {
    let mut found = pattern::dependencies(query.pattern(), roots)?;
    let mut seen = HashSet::new();
    found.retain(|dependency| seen.insert(dependency.clone()));
    Some(found)
}
