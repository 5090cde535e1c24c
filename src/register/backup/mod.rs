//! Backups: a register as one file, with a manifest that says what it is, and the way back.
//!
//! A backup is a directory of two files, written beside its place, synced, and renamed into it: it is there whole or
//! not at all. Nothing of it belongs to anybody but the owner: it holds drafts and the digests of tokens.

mod counters;
mod durable;
mod manifest;
mod restore;
mod take;
#[cfg(test)]
mod tests;

pub use counters::RaisedCounter;
pub use manifest::{Manifest, ManifestError};
pub use restore::{RestoreError, Restored, Restoring};
pub use take::BackupError;
