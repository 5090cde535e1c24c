//! What a SPARQL update would do: text in, the difference out, and nothing is changed.
//!
//! <https://www.w3.org/TR/sparql11-update/>. `read` bounds and parses the text, `evaluate` goes through the operations,
//! `after` is the data set that each of them sees: the store with the change so far laid over it. `change` keeps that
//! change net, so that what is removed and added again is in neither part.
//!
//! Named graphs are there while they say something; CREATE makes none, and DROP is CLEAR.

mod after;
mod change;
mod evaluate;
mod read;
#[cfg(test)]
mod tests;

use super::chosen::{ChosenGraphs, GraphNameError};
use super::published::{Graph, GraphError};
use super::question::Stop;
use crate::rdf::NamedNode;
use crate::sparql::BoundsError;
use evaluate::Evaluation;
use oxigraph::model::Quad;
use oxigraph::sparql::QueryEvaluationError;
use oxigraph::store::StorageError;
use spargebra::SparqlSyntaxError;

/// A SPARQL update, as the protocol gives it
/// (<https://www.w3.org/TR/sparql11-protocol/#update-operation>).
#[derive(Clone, Debug, Default)]
pub struct UpdateRequest {
    /// The update.
    pub text: String,
    /// What relative IRIs in it are resolved against.
    pub base: String,
    /// The graphs that WHERE finds, as USING and USING NAMED name them.
    pub using: ChosenGraphs,
}

/// What an update does, over all its operations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// The revision that it is an effect on.
    pub revision: u64,
    /// Quads that are there and shall not be, with literals as the graph keeps them
    /// ([`Shown::kept_triple`](super::Shown::kept_triple)).
    pub removed: Vec<Quad>,
    /// Quads that are not there and shall be, with literals as the update writes them.
    pub added: Vec<Quad>,
}

impl Effect {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty()
    }
}

/// How much one update, and one operation of it, may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectLimits {
    /// Quads removed and added, together.
    pub quads: usize,
    /// Bytes of the text of their terms.
    pub bytes: usize,
}

impl Default for EffectLimits {
    /// What people and programs change by an update; a whole list comes by import.
    fn default() -> Self {
        Self { quads: 100_000, bytes: 64 << 20 }
    }
}

/// An update that is not done.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// It is no SPARQL Update; the message names line and column.
    #[error("the update cannot be read: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It is larger than what is evaluated.
    #[error(transparent)]
    Bounds(#[from] BoundsError),
    /// A graph is named by what is no IRI.
    #[error(transparent)]
    GraphName(#[from] GraphNameError),
    /// The request and the text both choose graphs
    /// (<https://www.w3.org/TR/sparql11-protocol/#update-dataset>).
    #[error(
        "the update has WITH or USING, and the request using-graph-uri or using-named-graph-uri: \
         leave one of them out"
    )]
    GraphsChosenTwice,
    /// It chooses graphs, and there are none.
    #[error("the data set has one default graph and no named graphs; leave WITH, USING and using-graph-uri out")]
    NoNamedGraphs,
    /// It asks other endpoints.
    #[error("SERVICE is not done in an update: query the other endpoint and send its values with VALUES")]
    NoFederation,
    /// It loads a document.
    #[error(
        "LOAD of {document} is not done here: nothing is fetched; get the document yourself and send what it says with INSERT DATA"
    )]
    NoLoad {
        /// The document.
        document: NamedNode,
    },
    /// CLEAR or DROP of a graph that is not there.
    #[error("there is no graph {graph} to clear or drop; add SILENT if it need not be there")]
    NoSuchGraph {
        /// The graph.
        graph: NamedNode,
    },
    /// CREATE of a graph that is there.
    #[error("the graph {graph} is there already; add SILENT if it may be")]
    GraphExists {
        /// The graph.
        graph: NamedNode,
    },
    /// It changes more than [`EffectLimits`].
    #[error(
        "the update changes more than {quads} triples, or more than {bytes} bytes of them: \
         send it in parts, or bring large data in by an import"
    )]
    TooLarge {
        /// The limit, in quads.
        quads: usize,
        /// The limit, in bytes.
        bytes: usize,
    },
    /// It was stopped.
    #[error("the update was stopped")]
    Stopped,
    /// It cannot be evaluated.
    #[error("the update cannot be evaluated: {0}")]
    Evaluation(QueryEvaluationError),
    /// The graph failed.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

impl From<QueryEvaluationError> for UpdateError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Stopped,
            error => Self::Evaluation(error),
        }
    }
}

impl From<StorageError> for UpdateError {
    fn from(error: StorageError) -> Self {
        Self::Graph(error.into())
    }
}

impl Graph {
    /// What an update would do to the graph as it is now. Nothing enters the graph.
    ///
    /// Whoever writes the effect looks first whether the graph still shows its revision. Runs to its end on the calling
    /// thread, which must have a stack of [`STACK_SIZE`](super::STACK_SIZE); `stop` ends it at its next look into the
    /// graph.
    ///
    /// # Errors
    /// See [`UpdateError`].
    pub fn effect(&self, request: &UpdateRequest, stop: &Stop) -> Result<Effect, UpdateError> {
        self.effect_within(request, stop, EffectLimits::default())
    }

    fn effect_within(&self, request: &UpdateRequest, stop: &Stop, limits: EffectLimits) -> Result<Effect, UpdateError> {
        let update = self.read_update(request)?;
        let shown = self.shown();
        Ok(Evaluation::new(&shown, stop, limits).run(update)?.into_effect(shown.revision))
    }
}
