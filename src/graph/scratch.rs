//! A graph of any RDF files, for benchmarks and conformance suites.

use super::mapped::Generations;
use super::published::{Engine, Graph, GraphError, Origin, Upkeep};
use super::question::Stop;
use super::store::StoreUpkeep;
use super::update::{UpdateError, UpdateRequest};
use crate::rdf::{FILE_EXTENSIONS, Triple, file_iri, file_syntax};
use crate::snapshot::Builder;
use oxigraph::model::{GraphName, Quad};
use oxigraph::store::{LoaderError, Store};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Arc, MutexGuard};

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
    /// The snapshot cannot be made.
    #[error(transparent)]
    Graph(#[from] GraphError),
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
        engine: Engine,
        files: &[PathBuf],
        progress: impl Fn(u64) + Clone + Send + Sync + 'static,
    ) -> Result<Self, ScratchError> {
        let inside = match engine {
            Engine::Mapped => Upkeep::Mapped(Arc::new(snapshot_of(files, progress)?)),
            Engine::Oxigraph => Upkeep::Oxigraph(Arc::new(store_of(files, progress)?)),
        };
        Ok(Self::of(inside, Origin::Outside))
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
        let shown = self.shown();
        let quads = shown.quads(None, None, None, Some(name.as_ref()));
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

/// The files in Oxigraph's store.
fn store_of(
    files: &[PathBuf],
    progress: impl Fn(u64) + Clone + Send + Sync + 'static,
) -> Result<StoreUpkeep, ScratchError> {
    let store = Store::new()?;
    let mut before = 0;
    for path in files {
        let load = |source| ScratchError::Load { path: path.clone(), source };
        let progress = progress.clone();
        let mut loader = store.bulk_loader().on_progress(move |read| progress(before + read));
        let (format, parser) = parser_of(path)?;
        if matches!(format, RdfFormat::NTriples | RdfFormat::NQuads) {
            loader.parallel_load_from_file(parser, path).map_err(load)?;
        } else {
            loader.load_from_reader(parser, open(path)?).map_err(load)?;
        }
        loader.commit()?;
        before = u64::try_from(store.len()?).unwrap_or(u64::MAX);
    }
    let held = store.len()?;
    Ok(StoreUpkeep::of(store, 0, held))
}

/// The files in a snapshot; named graphs beside it.
fn snapshot_of(files: &[PathBuf], progress: impl Fn(u64)) -> Result<Generations, ScratchError> {
    let mut builder = Builder::new();
    let mut named = Vec::new();
    for path in files {
        let (format, parser) = parser_of(path)?;
        if format.supports_datasets() {
            for quad in parser.rename_blank_nodes().for_reader(open(path)?) {
                let quad = quad.map_err(|error| parsing(path, error))?;
                match quad.graph_name {
                    GraphName::DefaultGraph => builder.add(&quad.into()).map_err(GraphError::from)?,
                    _ => named.push(quad),
                }
            }
        } else {
            let name = path.display().to_string();
            builder.read(&name, format, &file_iri(path), open(path)?).map_err(GraphError::from)?;
        }
        progress(u64::try_from(builder.triple_count() + named.len()).unwrap_or(u64::MAX));
    }
    let generations = Generations::of(builder.finish().map_err(GraphError::from)?, 0);
    if !named.is_empty() {
        generations.commit(0, [].into_iter(), named.iter().map(Quad::as_ref))?;
    }
    Ok(generations)
}

fn open(path: &Path) -> Result<BufReader<File>, ScratchError> {
    Ok(BufReader::new(File::open(path).map_err(|error| parsing(path, error.into()))?))
}

fn parsing(path: &Path, error: RdfParseError) -> ScratchError {
    ScratchError::Load { path: path.to_owned(), source: LoaderError::Parsing(error) }
}

/// The syntax of a file, by its extension, and its parser.
fn parser_of(path: &Path) -> Result<(RdfFormat, RdfParser), ScratchError> {
    let format = file_syntax(path).ok_or_else(|| ScratchError::UnknownSyntax { path: path.to_owned() })?;
    let parser = RdfParser::from_format(format).with_base_iri(file_iri(path));
    Ok((format, parser.map_err(|error| parsing(path, io::Error::other(error).into()))?))
}
