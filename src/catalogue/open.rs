//! Opening the catalogue: a register, and the graph that shows it.

use super::address::Base;
use super::published;
use super::text_index::TextFollower;
use super::writer::{Gate, GateError, TouchLog, Turn};
use crate::graph::{Engine, Graph, GraphError};
use crate::register::{Location, OpenError, Register, Touched, Unreadable};
use crate::text_index::TextIndexError;
use std::sync::{Arc, OnceLock};

/// A catalogue that cannot be opened or read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The register cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The register has a record that it should never have taken.
    #[error("the record {0} has no name of ours; let eusl verify look at the register")]
    Unnamed(String),
    /// The shapes cannot be used.
    #[error(transparent)]
    Gate(#[from] GateError),
    /// The graph cannot be built.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The text index cannot be kept.
    #[error(transparent)]
    TextIndex(#[from] TextIndexError),
}

/// The list, its records and the published graph.
pub struct Catalogue {
    pub(super) base: Base,
    pub(super) register: Arc<Register>,
    pub(super) graph: Graph,
    /// What waits to be written, and whose turn it is: held from the first look at the present state to the
    /// changed graph.
    pub(super) turn: Turn,
    pub(super) touches: TouchLog,
    pub(super) gate: Arc<Gate>,
    /// Who keeps the text index, where it is kept.
    pub(super) text_follower: OnceLock<TextFollower>,
}

impl Catalogue {
    /// Opens the register, making it where there is none, and builds the graph from it.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn open(location: &Location, base: &Base) -> Result<Self, CatalogueError> {
        Self::open_with(location, base, Arc::new(Gate::new()?), Engine::default())
    }

    /// The same, with shapes that are compiled already, and with the graph held in a way of choice.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn open_with(
        location: &Location,
        base: &Base,
        gate: Arc<Gate>,
        engine: Engine,
    ) -> Result<Self, CatalogueError> {
        let register = Arc::new(Register::open(location, base.as_str())?);
        let graph = published::open(&register, engine)?;
        let touches = TouchLog::after(register.snapshot()?.revision()?.number);
        Ok(Self {
            base: base.clone(),
            register,
            graph,
            turn: Turn::default(),
            touches,
            gate,
            text_follower: OnceLock::new(),
        })
    }

    /// The shapes that everything published conforms to.
    pub fn gate(&self) -> Arc<Gate> {
        Arc::clone(&self.gate)
    }

    /// The base of our IRIs.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The published graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The latest revision.
    pub fn revision(&self) -> u64 {
        self.touches.latest()
    }

    /// The documents that commits after a revision touched.
    pub fn touched_since(&self, revision: u64) -> Touched {
        self.touches.since(revision)
    }

    /// Whether a commit after a revision touched the document of the record with this IRI.
    pub fn is_touched_since(&self, revision: u64, iri: &str) -> bool {
        self.touches.has_since(revision, iri)
    }

    /// The data directory, where there is one.
    pub fn directory(&self) -> Option<&std::path::Path> {
        self.register.directory()
    }

    /// Whether nothing was ever written.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn is_new(&self) -> Result<bool, CatalogueError> {
        Ok(self.register.snapshot()?.revision()?.number == 0)
    }

    /// The number of triples of which register and graph disagree: 0 unless something is broken.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn disagreement(&self) -> Result<usize, CatalogueError> {
        let rebuilt = published::build(&self.register, Engine::default())?;
        let rebuilt: std::collections::BTreeSet<String> = rebuilt.lines()?.into_iter().collect();
        let shown: std::collections::BTreeSet<String> = self.graph.lines()?.into_iter().collect();
        Ok(rebuilt.symmetric_difference(&shown).count())
    }
}
