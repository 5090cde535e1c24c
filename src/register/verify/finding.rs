//! What does not fit, and what to do about it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something in a register, or in what is made from it, that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The IRI of the record; nothing where it is of no single one.
    pub record: Option<String>,
    /// The number of the version; nothing where it is of no single one.
    pub version: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: Remedy,
}

/// What to do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Remedy {
    /// The history is not what was written.
    Restore,
    /// What is derived from the history, or keeps it from being changed, is not as it must be.
    MakeAnew,
    /// The index of searches is not as it must be.
    Reopen,
    /// The text index is not as it must be.
    DropTextIndex,
    /// The graph of a running server is not as it must be.
    Restart,
    /// A record, draft or source says what none may say.
    WriteAnew,
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Restore => {
                "this is not what was written: keep the register aside and restore the latest backup that verifies"
            }
            Self::MakeAnew => {
                "no history is lost: `eusl dump --history FILE`, then `eusl load FILE` into a new data directory"
            }
            Self::Reopen => "no history is lost: the index is made anew when the register is next opened to be written",
            Self::DropTextIndex => {
                "no history is lost: stop the server and delete the folder text-index in the data directory; the server makes it anew"
            }
            Self::Restart => "no history is lost: restart the server, which makes its graph from the register",
            Self::WriteAnew => "write it anew, by an editor or by an import of its source",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.record, self.version) {
            (Some(record), Some(version)) => write!(f, "{record}, version {version}: ")?,
            (Some(record), None) => write!(f, "{record}: ")?,
            _ => {}
        }
        write!(f, "{} ({})", self.what, self.remedy)
    }
}

/// What was found: all is counted, and the first findings are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    kept: Vec<Finding>,
    count: u64,
}

/// How many findings are kept: nobody reads more, and a register may be broken at each of its records.
const KEPT: usize = 1_000;

impl Findings {
    /// Adds one about the register as a whole.
    pub fn add(&mut self, what: String, remedy: Remedy) {
        self.push(Finding { record: None, version: None, what, remedy });
    }

    /// Adds one about a record.
    pub fn add_of(&mut self, record: &str, version: Option<u64>, what: String, remedy: Remedy) {
        self.push(Finding { record: Some(record.to_owned()), version, what, remedy });
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.count += 1;
        if self.kept.len() < KEPT {
            self.kept.push(finding);
        }
    }

    /// Adds those that were found elsewhere.
    pub fn extend(&mut self, others: Self) {
        self.count += others.count;
        let room = KEPT.saturating_sub(self.kept.len());
        self.kept.extend(others.kept.into_iter().take(room));
    }

    /// The findings that were kept, in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.kept.iter()
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
