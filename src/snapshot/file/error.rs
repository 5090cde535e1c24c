//! Why a file cannot be opened as a snapshot.

use std::io;

/// A file that is no snapshot, or no whole one. Whatever it is, the remedy is to make it anew from its source.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotFileError {
    /// The system does not let it be read or mapped.
    #[error("the file cannot be mapped: {0}")]
    Unreadable(#[from] io::Error),
    /// It begins otherwise.
    #[error("the file is no snapshot: it does not begin like one")]
    NotASnapshot,
    /// An earlier or a later program wrote it.
    #[error("the snapshot has the format {found}, and this program reads {expected}: make it anew")]
    Version {
        /// The version that the file tells.
        found: u32,
        /// The version that is read.
        expected: u32,
    },
    /// Its end is missing.
    #[error("the snapshot breaks off after {length} bytes: make it anew")]
    Cut {
        /// How long the file is.
        length: usize,
    },
    /// Its bytes are not those that were written.
    #[error("the snapshot is damaged at byte {at}, or up to a MiB behind ({what}): make it anew")]
    Damaged {
        /// Where the part begins that is damaged.
        at: u64,
        /// What does not hold there.
        what: &'static str,
    },
}
