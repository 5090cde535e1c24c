//! The words of the commands that carry the register away and bring it back.

use clap::Args;
use std::path::PathBuf;

/// `eusl backup`
///
/// The copy shows one revision whole; reading and writing go on meanwhile. It is a register.sqlite that needs no other
/// file, and a manifest.json with its date, revision, last link of the chain and checksum. It is there when the command
/// ends, or not at all. It holds drafts and the digests of tokens: keep it as carefully as the register.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Where to put it: a directory that is empty or not there
    #[arg(value_name = "DIRECTORY")]
    pub directory: PathBuf,
    /// Take the place of a backup that is there
    #[arg(long)]
    pub replace: bool,
}

/// `eusl restore`
///
/// The backup is copied and checked before anything changes. Numbers that may have been given after it was taken are
/// never given again: counters go on 1,000 above what it knows, and above what a register gave that it replaces.
/// Stop the server first.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup
    #[arg(value_name = "DIRECTORY")]
    pub directory: PathBuf,
    /// Move a register that is in the data directory aside, into a folder there
    #[arg(long)]
    pub replace: bool,
}
