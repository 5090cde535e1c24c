//! What a query asks of others than the graph: a text index, and endpoints that the operator allows.

use super::published::Graph;
use super::text_search::TextSearchError;
use crate::federation::{AllowList, CallError, Calls, Solutions};
use crate::text_index::{Hit, Search, TextIndex};
use oxrdf::Variable;
use std::sync::Arc;

/// Whom a query asks beside the graph. In the process of the graph that is [`Here`]; a process that only evaluates
/// queries passes each question on.
pub trait Outside: Send + Sync {
    /// Searches for literals in an index that shows at least a revision.
    ///
    /// # Errors
    /// See [`TextSearchError`].
    fn search(
        &self,
        search: &Search<'_>,
        at_least: u64,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Vec<Hit>, TextSearchError>;

    /// The endpoints that the query may ask.
    fn allowed(&self) -> &AllowList;

    /// Sends a SELECT query that projects `variables` to an endpoint, and waits for its solutions.
    ///
    /// # Errors
    /// See [`CallError`].
    fn ask(
        &self,
        endpoint: &str,
        query: &str,
        variables: &[Variable],
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, CallError>;
}

/// The text index and the network of this process.
pub struct Here {
    text_index: Option<Arc<TextIndex>>,
    calls: Calls,
}

impl Graph {
    /// Lets queries search an index from now on; the first that is given stays.
    pub fn search_in(&self, index: Arc<TextIndex>) {
        self.text_index.get_or_init(|| index);
    }

    /// What one query of this graph may ask beside it.
    pub fn outside(&self, calls: Calls) -> Here {
        Here { text_index: self.text_index.get().cloned(), calls }
    }
}

impl Outside for Here {
    fn search(
        &self,
        search: &Search<'_>,
        at_least: u64,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Vec<Hit>, TextSearchError> {
        let index = self.text_index.as_ref().ok_or(TextSearchError::NotHere)?;
        Ok(index.search(search, at_least, is_stopped)?)
    }

    fn allowed(&self) -> &AllowList {
        self.calls.allowed()
    }

    fn ask(
        &self,
        endpoint: &str,
        query: &str,
        variables: &[Variable],
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, CallError> {
        self.calls.ask(endpoint, query, variables, is_stopped)
    }
}
