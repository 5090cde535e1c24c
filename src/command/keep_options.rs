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

/// `eusl dump`
///
/// What is published goes out in what the extension of the file tells: `.nt`, `.ttl`, `.rdf` or `.jsonld`, compressed where `.gz`
/// or `.zst` follows; `.nq` holds every version of every record, each in a graph of its own, and `.csv` is the table of a
/// dataset. Any other name, and standard output, get N-Triples. With --history it is everything that is needed to
/// make the register again, as lines of JSON: revisions with who wrote them and why, versions, releases, what sources
/// said, numbers, and the links of the chain. Drafts and tokens are in a backup only.
#[derive(Debug, Args)]
pub(super) struct Dump {
    /// Where to write it, in the place of what is there; `-` for standard output
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Write one dataset: services, suitability, public-services, public-services-nld (that of a country) or
    /// organisation-gent (that of an organisation); for tables one of the first three [default: everything, or services]
    #[arg(long, value_name = "NAME", conflicts_with = "history")]
    pub dataset: Option<String>,
    /// Write the whole history
    #[arg(long)]
    pub history: bool,
}

/// `eusl load`
///
/// RDF is sorted into records by its subjects and goes through the same gate as all that is written; a file enters whole
/// or not at all. Loaded again, a file replaces what it said before, and leaves what others said. It is written by the
/// running server, if there is one. A history, as `eusl dump --history` writes it, is loaded alone and into a new
/// register, whose chain must come out the same.
#[derive(Debug, Args)]
pub(super) struct Load {
    /// RDF whose syntax the extension tells (ttl, nt, rdf, jsonld, …), or one history
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The IRI of who says it [default: the name of the file]
    #[arg(long, value_name = "IRI")]
    pub source: Option<String>,
}
