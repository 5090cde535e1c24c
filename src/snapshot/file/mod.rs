//! A snapshot as a file that processes map.
//!
//! The file is what [`Snapshot`](super::Snapshot) needs to answer, as it lies in memory: the terms with the table
//! that finds their numbers, and the triples in three orders, numbers in little-endian order. Whoever opens it maps
//! it and reads little; processes that map the same file share its memory. It never changes: a
//! [merge](super::Snapshot::write_with) with what was added and removed gives another file.
//!
//! ```text
//! mark        magic, version, zero
//! segments    of 4,096 terms: end and tag of each, then the texts
//! starts      of the segments
//! tags        the languages and datatypes
//! table       from the hash of a term to its number
//! rows, ends  three times: by subject, by predicate, by object
//! checksums   of each MiB of all before
//! source      which data this is
//! footer      how many, where, which revision
//! mark        magic, version, checksum of checksums, source and footer
//! ```
//!
//! The sections begin at multiples of 64 bytes. What is said of all the rest stands at the end, so that a file is
//! written from its first byte to its last, and one whose end is missing is told at once.

mod checked;
mod error;
mod footer;
mod merge;
mod read;
mod renumbering;
mod tags;
mod write;

pub use error::SnapshotFileError;
pub use write::Patch;

/// What a file says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Which data these are: a short text that whoever writes and whoever opens agree on.
    pub source: String,
    /// The revision of the data.
    pub revision: u64,
}

#[cfg(test)]
mod tests;
