//! The graph itself: Oxigraph's in-memory store, the revision it shows, and its upkeep.

use crate::rdf::{NamedNodeRef, Triple};
use crate::text_index::TextIndex;
use oxigraph::model::{GraphName, GraphNameRef, Quad, QuadRef};
use oxigraph::store::{StorageError, Store};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

/// What a commit took from the graph and put into it.
#[derive(Clone, Debug, Default)]
pub struct Delta {
    /// The revision that the graph shows afterwards.
    pub revision: u64,
    /// Triples that are no longer there.
    pub removed: Vec<Triple>,
    /// Triples that were not there before.
    pub added: Vec<Triple>,
}

/// A graph that cannot be built or changed.
#[derive(Debug, thiserror::Error)]
pub enum GraphError {
    /// Oxigraph's storage failed.
    #[error("the published graph failed: {0}")]
    Storage(#[from] StorageError),
}

/// The published graph, in the default graph of one data set without named graphs.
pub struct Graph {
    published: RwLock<Published>,
    origin: Origin,
    /// Whoever changes scratch data holds it from the first look to the last write. Published data have their writer.
    turn: Mutex<()>,
    /// What text searches look into, where there is one.
    pub(super) text_index: OnceLock<Arc<TextIndex>>,
}

/// Where the triples come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The register: one default graph, and queries know the product's prefixes.
    Register,
    /// Any files: as they are, named graphs included, and queries bring their own prefixes.
    Outside,
}

struct Published {
    store: Store,
    revision: u64,
    /// Triples that were put in since the store was made, still there or not.
    held: usize,
    /// Those of them that were taken out: Oxigraph keeps their memory.
    dead: usize,
}

impl Graph {
    /// A graph that shows these triples as a revision.
    ///
    /// # Errors
    /// The first that `triples` gives, or [`GraphError`].
    pub fn build<E: From<GraphError>>(
        revision: u64,
        triples: impl IntoIterator<Item = Result<Triple, E>>,
    ) -> Result<Self, E> {
        let store = Store::new().map_err(GraphError::from)?;
        let mut held = 0;
        let mut failure = None;
        let quads = triples.into_iter().map_while(|triple| match triple {
            Ok(triple) => {
                held += 1;
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
            None => Ok(Self::of(store, revision, held, Origin::Register)),
        }
    }

    pub(super) fn of(store: Store, revision: u64, held: usize, origin: Origin) -> Self {
        Self {
            published: RwLock::new(Published { store, revision, held, dead: 0 }),
            origin,
            turn: Mutex::default(),
            text_index: OnceLock::new(),
        }
    }

    /// The revision that the graph shows.
    pub fn revision(&self) -> u64 {
        self.view().1
    }

    /// The number of triples.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn triple_count(&self) -> Result<usize, GraphError> {
        Ok(self.view().0.len()?)
    }

    /// Whether anything is said of an IRI.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn has_subject(&self, iri: &str) -> Result<bool, GraphError> {
        let subject = NamedNodeRef::new_unchecked(iri);
        let mut quads = self.view().0.quads_for_pattern(Some(subject.into()), None, None, None);
        Ok(quads.next().transpose()?.is_some())
    }

    /// Shows the next revision. Queries that began before go on with the one they began with.
    ///
    /// # Errors
    /// [`GraphError`]; the graph is then as it was.
    pub fn apply(&self, delta: &Delta) -> Result<(), GraphError> {
        fn quads(triples: &[Triple]) -> impl ExactSizeIterator<Item = QuadRef<'_>> {
            triples.iter().map(|triple| triple.as_ref().in_graph(GraphNameRef::DefaultGraph))
        }
        self.commit(delta.revision, quads(&delta.removed), quads(&delta.added))
    }

    /// Takes quads out, puts quads in and shows the result as a revision. A named graph that says nothing any more
    /// is no longer there.
    pub(super) fn commit<'q>(
        &self,
        revision: u64,
        removed: impl ExactSizeIterator<Item = QuadRef<'q>>,
        added: impl ExactSizeIterator<Item = QuadRef<'q>>,
    ) -> Result<(), GraphError> {
        let store = self.view().0;
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
            let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
            transaction.commit()?;
            published.revision = revision;
            published.held += new;
            published.dead += dead;
        }
        Ok(())
    }

    /// Copies the graph into a new store and swaps it in before the dead triples, whose memory
    /// Oxigraph never frees, reach a quarter of the store.
    ///
    /// # Errors
    /// [`GraphError`]; the graph then shows what it showed, and keeps their memory.
    pub fn renew_if_wasteful(&self) -> Result<(), GraphError> {
        let (store, held, dead) = {
            let published = self.published.read().unwrap_or_else(PoisonError::into_inner);
            (published.store.clone(), published.held, published.dead)
        };
        if dead < 10_000 || dead * 5 < held {
            return Ok(());
        }
        let renewed = Store::new()?;
        let mut loader = renewed.bulk_loader();
        loader.load_ok_quads::<StorageError, StorageError>(store.iter())?;
        loader.commit()?;
        let live = renewed.len()?;
        let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
        published.store = renewed;
        published.held = live;
        published.dead = 0;
        Ok(())
    }

    /// The store and the revision it shows, from one moment.
    pub(super) fn view(&self) -> (Store, u64) {
        let published = self.published.read().unwrap_or_else(PoisonError::into_inner);
        (published.store.clone(), published.revision)
    }

    /// Calls `begin` with the store and its revision while neither can change.
    pub(super) fn at_one_revision<T>(&self, begin: impl FnOnce(&Store) -> T) -> (T, u64) {
        let published = self.published.read().unwrap_or_else(PoisonError::into_inner);
        (begin(&published.store), published.revision)
    }

    pub(super) fn origin(&self) -> Origin {
        self.origin
    }

    /// Waits for the turn to change scratch data.
    pub(super) fn take_turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every triple as an N-Triples line, in no order: for tests that compare it to a register.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn lines(&self) -> Result<Vec<String>, GraphError> {
        self.view()
            .0
            .iter()
            .map(|quad| quad.map(|quad: Quad| format!("{} .\n", Triple::from(quad))))
            .collect::<Result<_, _>>()
            .map_err(GraphError::from)
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
    fn a_delta_changes_triples_and_revision_together() {
        let graph = Graph::build::<GraphError>(7, [Ok(triple(1)), Ok(triple(2))]).unwrap();
        assert_eq!((graph.revision(), graph.triple_count().unwrap()), (7, 2));
        graph.apply(&Delta { revision: 8, removed: vec![triple(1)], added: vec![triple(3)] }).unwrap();
        let mut lines = graph.lines().unwrap();
        lines.sort();
        assert_eq!(graph.revision(), 8);
        assert_eq!(lines, [format!("{} .\n", triple(2)), format!("{} .\n", triple(3))]);
    }

    #[test]
    fn a_store_full_of_dead_triples_is_renewed_and_shows_the_same() {
        let graph = Graph::build::<GraphError>(1, (0..20_000).map(|number| Ok(triple(number)))).unwrap();
        let removed: Vec<Triple> = (0..10_000).map(triple).collect();
        graph.apply(&Delta { revision: 2, removed, added: Vec::new() }).unwrap();
        graph.renew_if_wasteful().unwrap();
        let published = graph.published.read().unwrap();
        assert_eq!((published.dead, published.held, published.store.len().unwrap()), (0, 10_000, 10_000));
    }

    #[test]
    fn a_source_that_fails_leaves_no_graph() {
        #[derive(Debug)]
        struct Broken;
        impl From<GraphError> for Broken {
            fn from(_: GraphError) -> Self {
                Self
            }
        }
        assert!(Graph::build(1, [Ok(triple(1)), Err(Broken)]).is_err());
    }
}
