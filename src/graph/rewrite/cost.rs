//! How many solutions to expect: from the query's text alone, where a constant subject means few, a
//! constant object a part of the graph, and anything else all of it; or from what the data count.

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

    /// The class of so many solutions that are tested, beside the matches of a pattern: to test one costs about as much as
    /// to keep a match.
    pub(super) fn of_counted(tested: usize, matches: usize) -> Self {
        if tested <= FEW {
            Self::Few
        } else if tested <= matches {
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

/// Tells how many triples match a triple pattern, whatever its variables are.
pub(in crate::graph) type Counts<'c> = &'c dyn Fn(&TriplePattern) -> usize;

/// How many solutions `pattern` has, about: of patterns that are joined those of the rarest.
pub(super) fn counted(pattern: &GraphPattern, counts: Counts<'_>) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.iter().map(counts).min().unwrap_or(1),
        GraphPattern::Values { bindings, .. } => bindings.len(),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            counted(left, counts).min(counted(right, counts))
        }
        GraphPattern::Union { left, right } => counted(left, counts).saturating_add(counted(right, counts)),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => counted(left, counts),
        GraphPattern::Slice { inner, length, .. } => length.unwrap_or(usize::MAX).min(counted(inner, counts)),
        GraphPattern::Group { variables, .. } if variables.is_empty() => 1,
        GraphPattern::Path { .. } | GraphPattern::Service { .. } | GraphPattern::Graph { .. } => usize::MAX,
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Group { inner, .. } => counted(inner, counts),
    }
}

/// Whether `term` is given in the query.
pub(super) fn is_constant(term: &TermPattern) -> bool {
    !matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_))
}
