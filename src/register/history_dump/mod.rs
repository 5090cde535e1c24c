//! The whole history as lines of JSON (<https://jsonlines.org>), to be kept by others and read by other programs, and a
//! new register made of them.
//!
//! The first line is the head, the last the end. Between them stand revisions in their order; each is followed by the
//! versions that it made, in the order of the feed, and by the releases that it froze. Then what sources last said, and
//! the counters of numbers. Each line holds one object with one key that says what it is ([`Line`]). Everything that the
//! chain answers for is in it; drafts and tokens are not.

mod load;
#[cfg(test)]
mod tests;
mod write;

pub use load::LoadError;
pub use write::DumpError;

use serde::{Deserialize, Serialize};

/// What the head says the file is.
const FORMAT: &str = "eusl-history";

/// The edition of the form that this program writes and reads.
const EDITION: u32 = 1;

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Head(Head),
    Revision(RevisionLine),
    Version(VersionLine),
    Release(ReleaseLine),
    Told(ToldLine),
    Counter(CounterLine),
    End(HistoryEnd),
}

/// What the file is, and what the register's IRIs start with.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    edition: u32,
    base: String,
}

/// A commit: who wrote, for whom, with whose leave, what they did and why.
#[derive(Debug, Serialize, Deserialize)]
struct RevisionLine {
    number: u64,
    at: String,
    agent: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// The public prefix of the token, which the chain answers for.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    activity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A version of a record, of the revision before it.
#[derive(Debug, Serialize, Deserialize)]
struct VersionLine {
    position: u64,
    record: String,
    kind: String,
    /// The number that the record bears, if it bears one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u64>,
    version: u64,
    /// Canonical N-Triples.
    content: String,
    /// In hexadecimal digits.
    link: String,
}

/// A release that the revision before it froze.
#[derive(Debug, Serialize, Deserialize)]
struct ReleaseLine {
    name: String,
    record: String,
    /// IRI and number of the version of each member.
    members: Vec<(String, u64)>,
}

/// What a source last said of a record.
#[derive(Debug, Serialize, Deserialize)]
struct ToldLine {
    source: String,
    record: String,
    content: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing_since: Option<u64>,
}

/// The largest number that was given out of a kind.
#[derive(Debug, Serialize, Deserialize)]
struct CounterLine {
    kind: String,
    last: u64,
}

/// Where a history ends: what it must come to when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEnd {
    /// The last revision.
    pub revision: u64,
    /// How many versions the feed names.
    pub versions: u64,
    /// The last link of the chain, in hexadecimal digits; nothing in a feed without entries.
    pub link: Option<String>,
}
