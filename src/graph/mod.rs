//! The published graph: what SPARQL is answered from.
//!
//! Messages go in ([`Delta`], [`Question`]), bytes and values come out; no store, transaction
//! or iterator of Oxigraph leaves this layer, so that its inside can become something else.
//! It knows nothing of records or HTTP. Start at [`Graph`]. Updates give their [`Effect`]; the catalogue writes it.

mod answer;
mod brief;
mod carriage_return;
mod chosen;
mod construct;
#[cfg(test)]
mod differential;
mod expression_term;
mod interned;
mod mapped;
mod ordering;
mod outside;
mod overlay;
mod published;
mod question;
mod refusal;
mod revalidate;
mod rewrite;
mod scratch;
mod service;
mod shortcut;
mod shown;
mod statistics;
mod store;
mod store_form;
mod text_search;
mod update;

pub use answer::{Answer, Head, Receiver};
pub use chosen::{ChosenGraphs, GraphNameError};
pub use mapped::{Place, Shared, StampOf, StepError};
pub use outside::{Here, Outside};
pub use overlay::Rewritten;
pub use oxrdfio::RdfFormat;
pub use published::{Delta, Engine, Graph, GraphError};
pub use question::{Question, QuestionError, STACK_SIZE, Stop};
pub use refusal::{Refusal, RefusalKind};
pub use revalidate::VerdictError;
pub use scratch::{ScratchError, ScratchWriteError};
pub use service::ServiceError;
pub use shown::Shown;
pub use sparesults::QueryResultsFormat;
pub use statistics::{ClassPartition, PropertyPartition, Statistics};
pub use store_form::{is_same_in_store, is_same_triple_in_store, store_form};
pub use text_search::TextSearchError;
pub use update::{Effect, EffectLimits, UpdateError, UpdateRequest};
