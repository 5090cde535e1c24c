//! The outcome of a validation: what does not conform, where, and what to do.

use super::path::Path;
use super::summary::Severity;
use crate::rdf::Statement;
use oxrdf::{Literal, NamedNode, Term};
use std::sync::Arc;

/// What all results of one constraint of one shape have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// `sh:sourceShape`.
    pub shape: Term,
    /// `sh:resultPath`, where the shape is a property shape.
    pub path: Option<ResultPath>,
    /// `sh:sourceConstraintComponent`.
    pub component: NamedNode,
    /// `sh:sourceConstraint`, where the constraint is a node of its own (`sh:sparql`).
    pub constraint: Option<Term>,
    /// `sh:resultSeverity`.
    pub severity: NamedNode,
    /// `sh:name` of the shape: what people call the property.
    pub names: Vec<Literal>,
    /// How many bytes shape and path take when they are written.
    pub(super) length: usize,
    /// `sh:resultMessage`: the shape's `sh:message`, or what the constraint asks, in English.
    pub messages: Vec<Literal>,
}

impl Source {
    /// Whether the results are of severity `sh:Violation`.
    pub(super) fn is_violation(&self) -> bool {
        self.gravity() == Severity::Violation
    }

    /// How many bytes the shape and its path take in a result.
    pub(super) fn length(&self) -> usize {
        self.length
    }
}

/// A path as it stands in a result.
pub type ResultPath = Path<NamedNode>;

/// A [validation result](https://www.w3.org/TR/shacl/#results-validation-result).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationResult {
    /// `sh:focusNode`.
    pub focus: Term,
    /// `sh:value`, where the constraint is about one value.
    pub value: Option<Term>,
    /// What it shares with the other results of its constraint.
    pub source: Arc<Source>,
    /// A path that the constraint found itself; it stands before the shape's.
    pub own_path: Option<ResultPath>,
    /// Messages that the constraint made itself; they stand instead of the shape's.
    pub own_messages: Vec<Literal>,
    /// `sh:detail`: results of the shape that the value should have conformed to.
    pub details: Vec<ValidationResult>,
    /// Whether the value is an IRI that the data say nothing of: a reference that dangles, which may be right
    /// where the data are only a part.
    pub is_dangling: bool,
}

impl ValidationResult {
    /// `sh:resultPath`.
    pub fn path(&self) -> Option<&ResultPath> {
        self.own_path.as_ref().or(self.source.path.as_ref())
    }

    /// What it is about, to find where it stands in a file.
    pub fn statement(&self) -> Statement<'_> {
        let property = match self.path() {
            Some(Path::Predicate(property)) => Some(property),
            _ => None,
        };
        Statement { subject: &self.focus, property, value: self.value.as_ref() }
    }

    /// `sh:resultMessage`.
    pub fn messages(&self) -> &[Literal] {
        if self.own_messages.is_empty() { &self.source.messages } else { &self.own_messages }
    }

    /// Whether it is of severity `sh:Violation`, which keeps data out; others are advice.
    pub fn is_violation(&self) -> bool {
        self.source.is_violation()
    }
}

/// A [validation report](https://www.w3.org/TR/shacl/#validation-report).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The results, in the order of shapes and then of focus nodes.
    pub results: Vec<ValidationResult>,
    /// How many more there are than were kept.
    pub omitted: usize,
}

impl Report {
    /// Whether there is no result at all, of whatever severity (`sh:conforms`).
    pub fn conforms(&self) -> bool {
        self.results.is_empty() && self.omitted == 0
    }

    /// The results that keep data out.
    pub fn violations(&self) -> impl Iterator<Item = &ValidationResult> {
        self.results.iter().filter(|result| result.is_violation())
    }
}
