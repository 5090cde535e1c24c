//! RDF that is sent: in which syntaxes, and within which bounds.

mod context;
mod entities;
pub(super) mod syntax;

use super::problem::{Position, Problem, ProblemType};
use crate::graph::RdfFormat;
use crate::rdf::{ReadError, Triple, read_rdf};
use axum::body::Bytes;
pub(super) use entities::entities_are_bounded;
use oxrdfio::RdfParseError;

/// An RDF text that was sent.
#[derive(Clone, Debug)]
pub(super) struct RdfText {
    /// What problems call it.
    pub name: String,
    /// The text.
    pub text: Bytes,
    /// Its syntax.
    pub format: RdfFormat,
}

impl RdfText {
    /// The same text; where it is JSON-LD that names our own context by its address, with that in its place.
    ///
    /// # Errors
    /// It names a context elsewhere, which is not fetched.
    pub(super) fn with_own_context(self, site: &str) -> Result<Self, Problem> {
        context::with_own_context(self, site)
    }

    /// The triples that it holds; relative IRIs are resolved against `base`, and nothing is fetched.
    ///
    /// # Errors
    /// A problem with line and column.
    pub(super) fn triples(&self, base: &str) -> Result<Vec<Triple>, Problem> {
        entities_are_bounded(self)?;
        read_rdf(&*self.text, self.format, base).map_err(|error| {
            let position = match &error {
                ReadError::Parse(RdfParseError::Syntax(error)) => error.location().map(|location| location.start),
                _ => None,
            };
            let position = Position {
                line: position.map(|position| position.line + 1),
                column: position.map(|position| position.column + 1),
            };
            Problem { position, ..Problem::new(ProblemType::RdfSyntax, format!("{}: {error}", self.name)) }
        })
    }
}
