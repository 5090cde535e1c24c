//! The graphs that a request of the SPARQL protocol chooses, instead of those that its text names.

use crate::rdf::NamedNode;
use spargebra::algebra::QueryDataset;

/// Graphs by their IRIs, as a request names them
/// (<https://www.w3.org/TR/sparql11-protocol/#dataset>); none where it leaves that to the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ChosenGraphs {
    /// What is found as the default graph: `default-graph-uri` of a query, `using-graph-uri` of an update.
    pub default: Vec<String>,
    /// What is found as named graphs: `named-graph-uri`, `using-named-graph-uri`.
    pub named: Vec<String>,
}

/// A graph is named by what is no IRI.
#[derive(Debug, thiserror::Error)]
#[error("{given:?} cannot name a graph: {reason}; write an absolute IRI")]
pub struct GraphNameError {
    given: String,
    reason: String,
}

impl ChosenGraphs {
    /// Whether the request chooses any.
    pub(super) fn are_chosen(&self) -> bool {
        !self.default.is_empty() || !self.named.is_empty()
    }

    /// The data set of these graphs; none where none is chosen.
    ///
    /// # Errors
    /// [`GraphNameError`] for the first that is no IRI.
    pub(super) fn dataset(&self) -> Result<Option<QueryDataset>, GraphNameError> {
        if !self.are_chosen() {
            return Ok(None);
        }
        Ok(Some(QueryDataset { default: names(&self.default)?, named: Some(names(&self.named)?) }))
    }
}

fn names(given: &[String]) -> Result<Vec<NamedNode>, GraphNameError> {
    let name = |given: &String| {
        NamedNode::new(given).map_err(|error| GraphNameError { given: given.clone(), reason: error.to_string() })
    };
    given.iter().map(name).collect()
}
