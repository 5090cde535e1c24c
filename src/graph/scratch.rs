//! A graph of any RDF files, for benchmarks and conformance suites.

use super::published::{Graph, Origin};
use crate::rdf::{FILE_EXTENSIONS, file_iri, file_syntax};
use oxigraph::store::{LoaderError, Store};
use oxrdfio::{RdfFormat, RdfParser};
use std::path::{Path, PathBuf};

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
}

fn syntax_of(path: &Path) -> Result<RdfFormat, ScratchError> {
    file_syntax(path).ok_or_else(|| ScratchError::UnknownSyntax { path: path.to_owned() })
}
