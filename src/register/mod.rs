//! The register: journal and archive of the list, in one SQLite file.
//!
//! It keeps records with all their versions, provenance, the feed, releases and numbers, and
//! holds the product's promises as constraints (`migrations/`). It knows nothing of what the
//! content means, nothing of the graph and nothing of HTTP. Start at [`Register`]; read
//! through a [`Snapshot`], write with a [`Commit`] in a [`Transaction`].

mod answered;
mod chain;
mod checkpoint;
mod commit;
mod draft;
pub mod fail_point;
mod history;
mod links;
mod lock;
mod migrate;
mod names;
mod open;
mod record;
mod search;
mod snapshot;
#[cfg(test)]
mod tests;
mod token;
mod touched;
mod transaction;

pub use chain::{Digest, FeedEntry};
pub use commit::{Attribution, Change, Commit, CommitError, FrozenRelease, Told};
pub use draft::Draft;
pub use history::VersionEntry;
pub use links::LinkedResource;
pub use lock::{DataLock, LockError};
pub use names::Names;
pub use open::{Location, OpenError, Register, Unreadable};
pub use record::{Listed, RecordVersion, Release, Revision};
pub use search::{Hit, SoughtWord};
pub use snapshot::Snapshot;
pub use token::{KeptToken, Token};
pub use touched::Touched;
pub use transaction::Transaction;
