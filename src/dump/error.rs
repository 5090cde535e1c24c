//! What keeps a dump from being made.

use crate::catalogue::CatalogueError;
use crate::register::Unreadable;
use std::io;
use std::path::{Path, PathBuf};

/// A dump that is not made.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The catalogue cannot be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// A file or folder cannot be written or read.
    #[error("cannot write the dump {}: {source}; see that its disk has room and may be written", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no such dataset.
    #[error("there is no dataset {name:?}; there is {}, and organisation-… of each organisation", there.join(", "))]
    NoDataset {
        /// What was asked for.
        name: String,
        /// What there is, without organisations.
        there: Vec<String>,
    },
    /// A dataset that has no table.
    #[error("there is no table of {0:?}; there is one of services, of suitability and of public-services")]
    NoTable(String),
    /// The work was told to end.
    #[error("the work was ended before the dump was whole")]
    Stopped,
}

impl From<Unreadable> for DumpError {
    fn from(error: Unreadable) -> Self {
        CatalogueError::from(error).into()
    }
}

/// Says where a failure was.
pub(super) trait At<T> {
    /// The same with the path that was worked on.
    fn at(self, path: &Path) -> Result<T, DumpError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, DumpError> {
        self.map_err(|source| DumpError::Io { path: path.to_owned(), source })
    }
}
