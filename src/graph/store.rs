//! The graph in Oxigraph's store in memory: the revision it shows, and its upkeep.

use super::published::GraphError;
use crate::rdf::Triple;
use oxigraph::model::{GraphName, GraphNameRef, QuadRef};
use oxigraph::sparql::{BoundPreparedSparqlQuery, PreparedSparqlQuery};
use oxigraph::store::{StorageError, Store};
use std::collections::BTreeSet;
use std::sync::{PoisonError, RwLock};

/// A store, and what it holds.
pub(super) struct StoreUpkeep(RwLock<Held>);

struct Held {
    store: Store,
    revision: u64,
    /// Triples that were put in since the store was made, still there or not.
    put_in: usize,
    /// Those of them that were taken out: Oxigraph keeps their memory.
    dead: usize,
}

impl StoreUpkeep {
    /// A store of these triples, shown as a revision.
    ///
    /// # Errors
    /// The first that `triples` gives, or [`GraphError`].
    pub(super) fn build<E: From<GraphError>>(
        revision: u64,
        triples: impl IntoIterator<Item = Result<Triple, E>>,
    ) -> Result<Self, E> {
        let store = Store::new().map_err(GraphError::from)?;
        let mut put_in = 0;
        let mut failure = None;
        let quads = triples.into_iter().map_while(|triple| match triple {
            Ok(triple) => {
                put_in += 1;
                Some(triple.in_graph(GraphName::DefaultGraph))
            }
            Err(error) => {
                failure = Some(error);
                None
            }
        });
        let mut loader = store.bulk_loader();
        loader.load_quads(quads).map_err(GraphError::from)?;
        loader.commit().map_err(GraphError::from)?;
        match failure {
            Some(error) => Err(error),
            None => Ok(Self::of(store, revision, put_in)),
        }
    }

    /// A store that holds a number of quads, shown as a revision.
    pub(super) fn of(store: Store, revision: u64, put_in: usize) -> Self {
        Self(RwLock::new(Held { store, revision, put_in, dead: 0 }))
    }

    /// The revision that is shown now.
    pub(super) fn revision(&self) -> u64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).revision
    }

    /// Fixes the data of a query to those that are shown now, and tells their revision.
    pub(super) fn bind(&self, query: PreparedSparqlQuery) -> (BoundPreparedSparqlQuery<'static>, u64) {
        let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
        (query.on_store(&held.store), held.revision)
    }

    /// The store as it is now.
    pub(super) fn store(&self) -> Store {
        self.0.read().unwrap_or_else(PoisonError::into_inner).store.clone()
    }

    /// Takes quads out, puts quads in and shows the result as a revision.
    ///
    /// # Errors
    /// [`GraphError`].
    pub(super) fn commit<'q>(
        &self,
        revision: u64,
        removed: impl ExactSizeIterator<Item = QuadRef<'q>>,
        added: impl ExactSizeIterator<Item = QuadRef<'q>>,
    ) -> Result<(), GraphError> {
        let store = self.store();
        let (dead, new) = (removed.len(), added.len());
        let mut transaction = store.start_transaction()?;
        let mut perhaps_empty = BTreeSet::new();
        for quad in removed {
            transaction.remove(quad);
            if let GraphNameRef::NamedNode(graph) = quad.graph_name {
                perhaps_empty.insert(graph);
            }
        }
        for quad in added {
            transaction.insert(quad);
        }
        for graph in perhaps_empty {
            if transaction.quads_for_pattern(None, None, None, Some(graph.into())).next().is_none() {
                transaction.remove_named_graph(graph)?;
            }
        }
        {
            // The commit and the revision change together, so that no reader pairs new triples
            // with the old number.
            let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
            transaction.commit()?;
            held.revision = revision;
            held.put_in += new;
            held.dead += dead;
        }
        Ok(())
    }

    /// Copies the store into a new one and swaps it in before the dead triples, whose memory
    /// Oxigraph never frees, reach a quarter of it.
    ///
    /// # Errors
    /// [`GraphError`].
    pub(super) fn renew_if_wasteful(&self) -> Result<(), GraphError> {
        let (store, put_in, dead) = {
            let held = self.0.read().unwrap_or_else(PoisonError::into_inner);
            (held.store.clone(), held.put_in, held.dead)
        };
        if dead < 10_000 || dead * 5 < put_in {
            return Ok(());
        }
        let renewed = Store::new()?;
        let mut loader = renewed.bulk_loader();
        loader.load_ok_quads::<StorageError, StorageError>(store.iter())?;
        loader.commit()?;
        let live = renewed.len()?;
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        held.store = renewed;
        held.put_in = live;
        held.dead = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::NamedNode;

    fn triple(number: usize) -> Triple {
        let node = |name: String| NamedNode::new_unchecked(name);
        Triple::new(node(format!("a:{number}")), node("a:p".to_owned()), node("a:o".to_owned()))
    }

    #[test]
    fn a_store_full_of_dead_triples_is_renewed_and_shows_the_same() {
        let upkeep = StoreUpkeep::build::<GraphError>(1, (0..20_000).map(|number| Ok(triple(number)))).unwrap();
        let removed: Vec<Triple> = (0..10_000).map(triple).collect();
        let removed = removed.iter().map(|triple| triple.as_ref().in_graph(GraphNameRef::DefaultGraph));
        upkeep.commit(2, removed, [].into_iter()).unwrap();
        upkeep.renew_if_wasteful().unwrap();
        let held = upkeep.0.read().unwrap();
        assert_eq!((held.dead, held.put_in, held.store.len().unwrap()), (0, 10_000, 10_000));
    }
}
