//! Why a data set could not be read.

use oxrdfio::{RdfParseError, RdfSyntaxError};
use std::io;

/// A data set that cannot be made a [`Snapshot`](super::Snapshot).
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The base is no IRI.
    #[error("{name}: the base {base:?} is not an absolute IRI: {reason}")]
    Base {
        /// The input, as its reader called it.
        name: String,
        /// What was given.
        base: String,
        /// Why it is none.
        reason: String,
    },
    /// The text breaks the rules of its syntax; `error` says how, and names the place once more.
    #[error("{name}: {error}")]
    Syntax {
        /// The input, as its reader called it.
        name: String,
        /// The line of the error, from 1, where the syntax tells it (RDF/XML does not).
        line: Option<u64>,
        /// The column of the error, from 1, in characters, where the syntax tells it.
        column: Option<u64>,
        /// What the parser says.
        error: Box<RdfSyntaxError>,
    },
    /// The input could not be read to its end.
    #[error("{name}: cannot be read: {error}")]
    Input {
        /// The input, as its reader called it.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// The numbers of terms and triples have 32 bits.
    #[error("the data has more terms or triples than a snapshot can number ({}): split it", u32::MAX)]
    TooLarge,
}

impl SnapshotError {
    /// What a parser said of an input.
    pub(super) fn parse(name: &str, error: RdfParseError) -> Self {
        let name = name.to_owned();
        match error {
            RdfParseError::Io(error) => Self::Input { name, error },
            RdfParseError::Syntax(error) => {
                let start = error.location().map(|location| location.start);
                let (line, column) = (start.map(|start| start.line + 1), start.map(|start| start.column + 1));
                Self::Syntax { name, line, column, error: error.into() }
            }
        }
    }
}

/// No number is left for one more term.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Full;

impl From<Full> for SnapshotError {
    fn from(_: Full) -> Self {
        Self::TooLarge
    }
}
