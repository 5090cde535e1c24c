//! The register: journal and archive of the list, in one SQLite file.
//!
//! It keeps records with all their versions, provenance, the feed, releases and numbers, and
//! holds the product's promises as constraints (`migrations/`). It knows nothing of what the
//! content means, nothing of the graph and nothing of HTTP. Start at [`Register`]; read
//! through a [`Snapshot`], write with a [`Commit`] in a [`Transaction`].

mod answered;
mod backup;
mod chain;
mod changed;
mod checkpoint;
mod commit;
mod contents;
mod derived;
mod draft;
pub mod fail_point;
mod feed;
mod hex;
mod history;
mod history_dump;
mod links;
mod location;
mod lock;
mod member;
mod migrate;
mod names;
mod offers;
mod open;
mod read_only;
mod record;
mod search;
mod sitemap;
mod snapshot;
#[cfg(test)]
mod tests;
mod token;
mod touched;
mod transaction;
mod verify;

pub use backup::{BackupError, Manifest, ManifestError, RaisedCounter, RestoreError, Restored, Restoring};
pub use chain::{Digest, FeedEntry};
pub use commit::{Attribution, Change, Commit, CommitError, FrozenRelease, Told};
pub use contents::ToldText;
pub use draft::Draft;
pub use feed::Followed;
pub use hex::hex;
pub use history::VersionEntry;
pub use history_dump::{DumpError, HistoryEnd, LoadError};
pub use links::LinkedResource;
pub use location::Location;
pub use lock::{DataLock, LockError};
pub use names::Names;
pub use open::{OpenError, Register, Unreadable};
pub use record::{Listed, RecordVersion, Release, Revision};
pub use search::{Hit, SoughtWord};
pub use snapshot::Snapshot;
pub use token::{KeptToken, Token};
pub use touched::Touched;
pub use transaction::Transaction;
pub use verify::{Finding, Findings, Remedy, Walked};
