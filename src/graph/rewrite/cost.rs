//! How many solutions to expect, from the query's text alone: a constant subject means few, a
//! constant object means a part of the graph, anything else means all of it.

use oxrdf::vocab::rdf;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// Rows of VALUES, or a LIMIT, up to which solutions count as few.
const FEW: usize = 100;
/// Rows of VALUES, or a LIMIT, up to which solutions count as a part.
const PART: usize = 1_000;

/// How many solutions an operator has to expect; greater means fewer, so that a join has the
/// maximum of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rows {
    /// As many as the graph has subjects of a kind.
    All,
    /// Those of one object, or as many as a short page needs.
    Part,
    /// Those of one subject or of a short list.
    Few,
}

impl Rows {
    /// The class of a list or page of `length` rows.
    pub(super) fn of_length(length: usize) -> Self {
        if length <= FEW {
            Self::Few
        } else if length <= PART {
            Self::Part
        } else {
            Self::All
        }
    }

    /// The class of the solutions of `pattern`.
    pub(super) fn of(pattern: &GraphPattern) -> Self {
        match pattern {
            // The empty pattern has one solution.
            GraphPattern::Bgp { patterns } => patterns.iter().map(Self::of_triple).max().unwrap_or(Self::Few),
            GraphPattern::Path { subject, object, .. } => {
                if is_constant(subject) || is_constant(object) {
                    Self::Part
                } else {
                    Self::All
                }
            }
            GraphPattern::Values { bindings, .. } => Self::of_length(bindings.len()),
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                Self::of(left).max(Self::of(right))
            }
            GraphPattern::Union { left, right } => Self::of(left).min(Self::of(right)),
            GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => Self::of(left),
            GraphPattern::Slice { inner, length, .. } => length.map_or(Self::All, Self::of_length).max(Self::of(inner)),
            GraphPattern::Group { variables, .. } if variables.is_empty() => Self::Few,
            GraphPattern::Service { .. } => Self::All,
            GraphPattern::Filter { inner, .. }
            | GraphPattern::Graph { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Group { inner, .. } => Self::of(inner),
        }
    }

    fn of_triple(triple: &TriplePattern) -> Self {
        let is_class = matches!(&triple.predicate, NamedNodePattern::NamedNode(name) if *name == rdf::TYPE);
        if is_constant(&triple.subject) {
            Self::Few
        } else if is_constant(&triple.object) && !is_class {
            Self::Part
        } else {
            Self::All
        }
    }
}

/// Whether `term` is given in the query.
pub(super) fn is_constant(term: &TermPattern) -> bool {
    !matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_))
}
