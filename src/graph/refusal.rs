//! Why a query has no answer, in a form that one process can tell another.

use super::question::QuestionError;
use super::text_search::TextSearchError;
use serde::{Deserialize, Serialize};

/// The kinds of reasons why a query has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RefusalKind {
    /// It is no SPARQL.
    Syntax,
    /// It is larger, or asks others for more, than is done.
    TooLarge,
    /// It asks for what is not done here.
    NotDone,
    /// The request breaks its protocol.
    BadRequest,
    /// The client takes none of the syntaxes.
    NotAcceptable,
    /// Another endpoint gave no solutions.
    ServiceFailed,
    /// There is no place for it now; the same may have an answer soon.
    Busy,
    /// It was stopped, or ran out of time.
    Stopped,
    /// The process that evaluated it ended: by its memory, or by a fault.
    Ended,
    /// It is no fault of the query.
    Internal,
}

/// Why a query has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{detail}")]
pub struct Refusal {
    /// The kind of reason.
    pub kind: RefusalKind,
    /// The reason, and what to do.
    pub detail: String,
    /// The line and the column of what cannot be read, both from 1, where they are known.
    pub position: Option<(u64, u64)>,
}

impl From<&QuestionError> for Refusal {
    fn from(error: &QuestionError) -> Self {
        Self { kind: error.kind(), detail: error.to_string(), position: error.position() }
    }
}

impl From<Refusal> for QuestionError {
    fn from(refusal: Refusal) -> Self {
        if refusal.kind == RefusalKind::Stopped { Self::Stopped } else { Self::Told(refusal) }
    }
}

impl From<&TextSearchError> for Refusal {
    fn from(error: &TextSearchError) -> Self {
        Self { kind: error.kind(), detail: error.to_string(), position: None }
    }
}

impl QuestionError {
    /// The kind of reason.
    pub fn kind(&self) -> RefusalKind {
        match self {
            Self::Syntax(_) => RefusalKind::Syntax,
            Self::Bounds(_) => RefusalKind::TooLarge,
            Self::NoNamedGraphs | Self::Service(_) | Self::Evaluation(_) => RefusalKind::NotDone,
            Self::GraphName(_) => RefusalKind::BadRequest,
            Self::Call(error) if error.is_of_the_query() => RefusalKind::TooLarge,
            Self::Call(_) => RefusalKind::ServiceFailed,
            Self::TextSearch(error) => error.kind(),
            Self::NotAcceptable { .. } => RefusalKind::NotAcceptable,
            Self::Stopped => RefusalKind::Stopped,
            Self::Told(refusal) => refusal.kind,
            Self::Write(_) => RefusalKind::Internal,
        }
    }

    /// The line and the column, both from 1, of what cannot be read, where the parser names them.
    pub fn position(&self) -> Option<(u64, u64)> {
        let error = match self {
            Self::Syntax(error) => error,
            Self::Told(refusal) => return refusal.position,
            _ => return None,
        };
        // The parser tells the place in its message alone: `error at 2:7: expected …`.
        let message = error.to_string();
        let (place, _) = message.strip_prefix("error at ")?.split_once(": ")?;
        let (line, column) = place.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    }
}
