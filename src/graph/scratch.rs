//! A graph of any RDF files, for benchmarks and conformance suites.

use super::published::{Graph, GraphError, Origin};
use super::question::Stop;
use super::update::{UpdateError, UpdateRequest};
use crate::rdf::{FILE_EXTENSIONS, Triple, file_iri, file_syntax};
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::{LoaderError, Store};
use oxrdfio::{RdfFormat, RdfParser};
use std::path::{Path, PathBuf};
use std::sync::MutexGuard;

/// RDF files that cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// The extension names no RDF syntax.
    #[error("{}: no RDF syntax has the extension of this file (known: {})", path.display(), FILE_EXTENSIONS)]
    UnknownSyntax {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read, with the place where it breaks its syntax.
    #[error("{}: {source}", path.display())]
    Load {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: LoaderError,
    },
    /// The store failed.
    #[error("the store failed: {0}")]
    Storage(#[from] oxigraph::store::StorageError),
}

/// Scratch data that cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum ScratchWriteError {
    /// The data are published: the catalogue writes them.
    #[error("these data are no scratch data; they are written through the catalogue")]
    Published,
    /// The update is not done.
    #[error(transparent)]
    Update(#[from] UpdateError),
    /// The graph failed.
    #[error(transparent)]
    Graph(#[from] GraphError),
}

impl Graph {
    /// Loads RDF files as they are, named graphs included, and shows them as revision 0.
    ///
    /// `progress` hears the number of quads read so far, now and then.
    ///
    /// # Errors
    /// See [`ScratchError`].
    pub fn scratch(
        files: &[PathBuf],
        progress: impl Fn(u64) + Clone + Send + Sync + 'static,
    ) -> Result<Self, ScratchError> {
        let store = Store::new()?;
        let mut before = 0;
        for path in files {
            let load = |source| ScratchError::Load { path: path.clone(), source };
            let progress = progress.clone();
            let mut loader = store.bulk_loader().on_progress(move |read| progress(before + read));
            let format = syntax_of(path)?;
            let parser = RdfParser::from_format(format).with_base_iri(file_iri(path)).map_err(|error| {
                load(LoaderError::Parsing(oxrdfio::RdfParseError::Io(std::io::Error::other(error))))
            })?;
            if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
                loader.parallel_load_from_file(parser, path).map_err(load)?;
            } else {
                let file = std::fs::File::open(path).map_err(|error| load(LoaderError::Parsing(error.into())))?;
                loader.load_from_reader(parser, std::io::BufReader::new(file)).map_err(load)?;
            }
            loader.commit()?;
            before = u64::try_from(store.len()?).unwrap_or(u64::MAX);
        }
        let held = store.len()?;
        Ok(Self::of(store, 0, held, Origin::Outside))
    }

    /// Writes what an update does to scratch data, and shows it as the next revision; `may_write` is asked once the
    /// effect is known, and last. For conformance suites.
    ///
    /// Runs as [`Graph::effect`] does.
    ///
    /// # Errors
    /// See [`ScratchWriteError`]; nothing is written then.
    pub fn update_scratch(
        &self,
        request: &UpdateRequest,
        stop: &Stop,
        may_write: impl FnOnce() -> bool,
    ) -> Result<(), ScratchWriteError> {
        // Evaluated before the turn is taken, so that one that runs away keeps nobody else from writing; and again
        // where something was written in between, which takes as long as it just did.
        let mut effect = self.effect(request, stop)?;
        let _turn = self.turn_of_scratch()?;
        if effect.revision != self.revision() {
            effect = self.effect(request, stop)?;
        }
        if !may_write() {
            return Err(UpdateError::Stopped.into());
        }
        self.write_scratch(&effect.removed, &effect.added)
    }

    /// Has a graph of scratch data say these triples: beside what it says, or instead. Gives whether it said anything
    /// before.
    ///
    /// # Errors
    /// See [`ScratchWriteError`]; nothing is written then.
    pub fn put_scratch(&self, name: &GraphName, triples: Vec<Triple>, beside: bool) -> Result<bool, ScratchWriteError> {
        let _turn = self.turn_of_scratch()?;
        let present = self.quads_of(name)?;
        let added: Vec<Quad> = triples.into_iter().map(|triple| triple.in_graph(name.clone())).collect();
        self.write_scratch(if beside { &[] } else { &present }, &added)?;
        Ok(!present.is_empty())
    }

    /// What a graph of scratch data says; nothing where it says nothing.
    ///
    /// # Errors
    /// [`GraphError`].
    pub fn scratch_triples(&self, name: &GraphName) -> Result<Vec<Triple>, GraphError> {
        Ok(self.quads_of(name)?.into_iter().map(Triple::from).collect())
    }

    fn quads_of(&self, name: &GraphName) -> Result<Vec<Quad>, GraphError> {
        let quads = self.view().0.quads_for_pattern(None, None, None, Some(name.as_ref()));
        quads.collect::<Result<_, _>>().map_err(GraphError::from)
    }

    fn turn_of_scratch(&self) -> Result<MutexGuard<'_, ()>, ScratchWriteError> {
        match self.origin() {
            Origin::Outside => Ok(self.take_turn()),
            Origin::Register => Err(ScratchWriteError::Published),
        }
    }

    fn write_scratch(&self, removed: &[Quad], added: &[Quad]) -> Result<(), ScratchWriteError> {
        let (removed, added) = (removed.iter().map(Quad::as_ref), added.iter().map(Quad::as_ref));
        Ok(self.commit(self.revision() + 1, removed, added)?)
    }
}

fn syntax_of(path: &Path) -> Result<RdfFormat, ScratchError> {
    file_syntax(path).ok_or_else(|| ScratchError::UnknownSyntax { path: path.to_owned() })
}
