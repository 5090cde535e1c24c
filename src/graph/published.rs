//! The graph itself: what holds its triples, the revision it shows, and its upkeep.

use super::mapped::{Generations, Place, Shared, StepError};
use super::shown::{Inside, Shown};
use super::store::StoreUpkeep;
use super::store_form::is_same_triple_in_store;
use crate::rdf::{NamedNodeRef, Triple};
use crate::snapshot::{Builder, SnapshotError, SnapshotFileError, Stamp};
use crate::text_index::TextIndex;
use oxigraph::model::{GraphNameRef, QuadRef};
use oxigraph::store::StorageError;
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

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
    /// There are more triples or terms than can be numbered.
    #[error(transparent)]
    TooLarge(#[from] SnapshotError),
    /// There are more terms than can be numbered.
    #[error("the published graph has more terms than can be numbered; restart the server, which numbers them anew")]
    Full,
    /// The file of the snapshot cannot be used.
    #[error("the snapshot of the published graph cannot be used: {0}")]
    File(#[from] SnapshotFileError),
    /// The file of the snapshot cannot be read or written.
    #[error("the snapshot of the published graph cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// Nobody knows what a revision is of.
    #[error("the register does not know the revision {revision} that the graph shows")]
    Unknown {
        /// The revision.
        revision: u64,
    },
    /// A step cannot be told to another process.
    #[error(transparent)]
    Step(#[from] StepError),
}

/// What holds the triples of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A snapshot, mapped from a file where there is one, with the changes since.
    Mapped,
    /// Oxigraph's store in memory.
    Oxigraph,
}

impl Default for Engine {
    /// [`Engine::Mapped`], unless the environment variable `EUSL_GRAPH` says `oxigraph`: so tests run over both.
    fn default() -> Self {
        if std::env::var_os("EUSL_GRAPH").is_some_and(|name| name == "oxigraph") {
            Self::Oxigraph
        } else {
            Self::Mapped
        }
    }
}

/// The published graph, in the default graph of one data set without named graphs.
pub struct Graph {
    inside: Upkeep,
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

/// What holds the triples, and how it is kept up.
pub(super) enum Upkeep {
    /// See [`Generations`].
    Mapped(Arc<Generations>),
    /// See [`StoreUpkeep`].
    Oxigraph(Arc<StoreUpkeep>),
}

impl Graph {
    /// A graph that shows these triples as a revision.
    ///
    /// # Errors
    /// The first that `triples` gives, or [`GraphError`].
    pub fn build<E: From<GraphError>>(
        engine: Engine,
        revision: u64,
        triples: impl IntoIterator<Item = Result<Triple, E>>,
    ) -> Result<Self, E> {
        let inside = match engine {
            Engine::Oxigraph => Upkeep::Oxigraph(Arc::new(StoreUpkeep::build(revision, triples)?)),
            Engine::Mapped => {
                let mut builder = Builder::new();
                for triple in triples {
                    builder.add(&triple?).map_err(GraphError::from)?;
                }
                let snapshot = builder.finish().map_err(GraphError::from)?;
                Upkeep::Mapped(Arc::new(Generations::of(snapshot, revision)))
            }
        };
        Ok(Self::of(inside, Origin::Register))
    }

    /// The graph whose snapshot is kept in a folder, as it was when that was written, and what the file says of itself;
    /// nothing where none is kept. Register data.
    ///
    /// # Errors
    /// See [`GraphError`]: the file is damaged, of another version of the program, or cannot be read.
    pub fn kept(folder: &Path) -> Result<Option<(Self, Stamp)>, GraphError> {
        let kept = Generations::kept(folder)?;
        Ok(kept.map(|(generations, stamp)| (Self::of(Upkeep::Mapped(Arc::new(generations)), Origin::Register), stamp)))
    }

    /// A graph over the file of a snapshot that another process has checked, for [`Graph::follow`].
    ///
    /// # Errors
    /// See [`GraphError`].
    pub fn of_shared(file: &File, is_of_register: bool) -> Result<Self, GraphError> {
        let origin = if is_of_register { Origin::Register } else { Origin::Outside };
        Ok(Self::of(Upkeep::Mapped(Arc::new(Generations::of_shared(file)?)), origin))
    }

    pub(super) fn of(inside: Upkeep, origin: Origin) -> Self {
        Self { inside, origin, turn: Mutex::default(), text_index: OnceLock::new() }
    }

    /// Keeps the snapshot in a file from now on, which is written at once where there is none; processes that queries run in
    /// need it. Does nothing to Oxigraph's store.
    ///
    /// # Errors
    /// See [`GraphError`]; the snapshot then stays in memory.
    pub fn keep(&self, place: Place) -> Result<(), GraphError> {
        match &self.inside {
            Upkeep::Mapped(generations) => generations.keep(place),
            Upkeep::Oxigraph(_) => Ok(()),
        }
    }

    /// What another process needs to show this graph, that has shown a revision of a generation or nothing; nothing where
    /// the graph is in memory alone.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub fn shared(&self, held: Option<(u64, u64)>) -> Result<Option<Shared>, GraphError> {
        match &self.inside {
            Upkeep::Mapped(generations) => generations.shared(held, self.origin == Origin::Register),
            Upkeep::Oxigraph(_) => Ok(None),
        }
    }

    /// Shows what a step that another process shared says.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub fn follow(&self, step: &[u8]) -> Result<(), GraphError> {
        match &self.inside {
            Upkeep::Mapped(generations) => generations.follow(step),
            Upkeep::Oxigraph(_) => Ok(()),
        }
    }

    /// The graph as it is now.
    pub fn shown(&self) -> Shown {
        match &self.inside {
            Upkeep::Mapped(generations) => {
                let view = generations.view();
                Shown { revision: view.revision(), inside: Inside::Mapped(view) }
            }
            Upkeep::Oxigraph(upkeep) => {
                Shown { revision: upkeep.revision(), inside: Inside::Oxigraph(Arc::clone(upkeep)) }
            }
        }
    }

    /// The revision that the graph shows.
    pub fn revision(&self) -> u64 {
        self.shown().revision
    }

    /// The number of triples.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn triple_count(&self) -> Result<usize, GraphError> {
        Ok(self.shown().len()?)
    }

    /// Whether anything is said of an IRI.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn has_subject(&self, iri: &str) -> Result<bool, GraphError> {
        let subject = NamedNodeRef::new_unchecked(iri);
        let shown = self.shown();
        let mut quads = shown.quads(Some(subject.into()), None, None, None);
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
        match &self.inside {
            Upkeep::Mapped(generations) => generations.commit(revision, removed, added),
            Upkeep::Oxigraph(upkeep) => upkeep.commit(revision, removed, added),
        }
    }

    /// What tells whether two triples are one and the same in this graph: Oxigraph's store keeps values, a snapshot what was
    /// written.
    pub fn sameness(&self) -> fn(&Triple, &Triple) -> bool {
        match &self.inside {
            Upkeep::Mapped(_) => PartialEq::eq,
            Upkeep::Oxigraph(_) => is_same_triple_in_store,
        }
    }

    /// Gives back what changes have made of the graph's memory, where that is much; a snapshot is made anew in the
    /// background.
    ///
    /// # Errors
    /// [`GraphError`]; the graph then shows what it showed, and keeps their memory.
    pub fn renew_if_wasteful(&self) -> Result<(), GraphError> {
        match &self.inside {
            Upkeep::Mapped(generations) => {
                generations.merge_if_many();
                Ok(())
            }
            Upkeep::Oxigraph(upkeep) => upkeep.renew_if_wasteful(),
        }
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
        self.shown().triples().map(|triple| triple.map(|triple| format!("{triple} .\n"))).collect()
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
        for engine in [Engine::Mapped, Engine::Oxigraph] {
            let graph = Graph::build::<GraphError>(engine, 7, [Ok(triple(1)), Ok(triple(2))]).unwrap();
            assert_eq!((graph.revision(), graph.triple_count().unwrap()), (7, 2));
            graph.apply(&Delta { revision: 8, removed: vec![triple(1)], added: vec![triple(3)] }).unwrap();
            let mut lines = graph.lines().unwrap();
            lines.sort();
            assert_eq!(graph.revision(), 8);
            assert_eq!(lines, [format!("{} .\n", triple(2)), format!("{} .\n", triple(3))]);
        }
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
        for engine in [Engine::Mapped, Engine::Oxigraph] {
            assert!(Graph::build(engine, 1, [Ok(triple(1)), Err(Broken)]).is_err());
        }
    }
}
