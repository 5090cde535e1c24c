//! The published graph: what SPARQL is answered from.
//!
//! Messages go in ([`Delta`], [`Question`]), bytes and values come out; no store, transaction
//! or iterator of Oxigraph leaves this layer, so that its inside can become something else.
//! It knows nothing of records or HTTP. Start at [`Graph`].

mod overlay;
mod published;
mod question;
mod revalidate;
mod rewrite;
mod scratch;

pub use overlay::Rewritten;
pub use oxrdfio::RdfFormat;
pub use published::{Delta, Graph, GraphError};
pub use question::{Answer, Head, Question, QuestionError, Receiver, STACK_SIZE, Stop};
pub use revalidate::VerdictError;
pub use scratch::ScratchError;
pub use sparesults::QueryResultsFormat;

/// stub
pub fn record_after_update(_: &crate::rdf::Content, _: &str, _: &str) -> Result<crate::rdf::Content, GraphError> {
    Ok(crate::rdf::Content::default())
}
