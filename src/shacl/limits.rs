//! What a validation may take, and how it fails.

use std::time::Instant;

/// How long a validation may run, and how much it may say.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The moment after which it fails.
    pub deadline: Option<Instant>,
    /// The number of results that are kept, each with a hundred details at most; more are only counted.
    pub results: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { deadline: None, results: usize::MAX }
    }
}

/// A validation that came to no verdict. <https://www.w3.org/TR/shacl/#failures>
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The deadline passed.
    #[error("the validation of {place} ran longer than it may; simplify the shape, or check fewer data at once")]
    TooLong {
        /// The shape, or the constraint of it, that was being checked.
        place: String,
    },
    /// A SPARQL constraint failed.
    #[error("the query of {place} failed{}: {reason}", .focus.as_deref().map(|node| format!(" at {node}")).unwrap_or_default())]
    Query {
        /// The constraint.
        place: String,
        /// The focus node, where it is known.
        focus: Option<String>,
        /// Why.
        reason: String,
    },
    /// A thread that checked ended before it was done.
    #[error("the validation ended before it was done")]
    Interrupted,
}
