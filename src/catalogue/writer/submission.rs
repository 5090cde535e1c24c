//! What is said to the writer, and what the writer answers.
//!
//! Both travel as JSON between a writing command and a running server.

use super::verdict::Refusals;
use crate::rdf::Content;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Everything that one command wants to write; it enters whole or not at all.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Submission {
    /// The base that its IRIs start with.
    pub base: String,
    /// Who writes.
    pub agent: String,
    /// What they do, such as `import esd`.
    pub activity: String,
    /// What sources say, in the order in which they are heard.
    pub batches: Vec<Batch>,
    /// The name of a release to freeze when all is said.
    pub release: Option<String>,
}

/// What one file of one source says of records.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Batch {
    /// The source's IRI.
    pub source: String,
    /// What the source is called.
    pub title: String,
    /// Which properties it speaks of, and how.
    pub ownership: Ownership,
    /// What it says, each record once.
    pub said: Vec<Said>,
    /// What of the file could not be understood.
    pub rejected: Vec<Rejection>,
    /// Whether nothing of the submission is written where anything is rejected.
    #[serde(default)]
    pub is_whole: bool,
}

/// The properties a source speaks of. Nothing else of a record is touched.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ownership {
    /// Properties whose values from this source are replaced at each import; what others said stays.
    pub owns: BTreeSet<String>,
    /// Properties of one value (a language) that the source gives where nobody else did.
    pub fills: BTreeSet<String>,
}

/// What a source says of one record.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// The record's IRI.
    pub record: String,
    /// The triples, all of the record.
    pub content: Content,
    /// Where it says so: the file, and the line where there is one.
    pub place: String,
}

/// Something that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The line of the file or the record.
    pub place: String,
    /// What is wrong and what to do.
    pub reason: String,
}

/// A value of the source that gave way to one that was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The record's IRI.
    pub record: String,
    /// The property's IRI.
    pub property: String,
    /// What is published and stays, as N-Triples terms.
    pub ours: Vec<String>,
    /// What the source says.
    pub theirs: Vec<String>,
}

/// What became of a submission.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The revision that shows it.
    pub revision: u64,
    /// Records that are new.
    pub added: u64,
    /// Records that have a new version.
    pub changed: u64,
    /// Records that were spoken of and stay as they were.
    pub unchanged: u64,
    /// Entries of the release that was frozen.
    pub frozen: u64,
    /// What was not taken.
    pub rejected: Vec<Rejection>,
    /// Records that were not taken because others of the same submission break the shapes: it enters whole or
    /// not at all.
    pub held_back: u64,
    /// Where the source says other than what is published.
    pub differences: Vec<Difference>,
    /// Records of which the source no longer speaks, newly marked so.
    pub missing: Vec<String>,
}

impl Outcome {
    /// The outcome when records of it break the shapes: nothing of it was taken.
    pub(super) fn refused(self, refusals: Refusals) -> Self {
        let held_back = (self.added + self.changed + self.unchanged).saturating_sub(refusals.own);
        // First what kept all the rest out: a list that is cut short must not lose it.
        let rejected = refusals.rejections.into_iter().chain(self.rejected).collect();
        Self { rejected, held_back, revision: self.revision, ..Self::default() }
    }

    /// How many records and rejected places the files held.
    pub fn read(&self) -> u64 {
        self.added + self.changed + self.unchanged + self.not_taken()
    }

    /// How many records and places were not taken.
    pub fn not_taken(&self) -> u64 {
        self.rejected.len() as u64 + self.held_back
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_all_the_rest_out_is_told_before_what_was_rejected_alone() {
        let rejection = |place: &str| Rejection { place: place.to_owned(), reason: String::new() };
        let outcome = Outcome { rejected: vec![rejection("line 2")], added: 5, ..Outcome::default() };
        let refused = outcome.refused(Refusals { rejections: vec![rejection("line 7")], own: 1 });
        assert_eq!(refused.rejected, [rejection("line 7"), rejection("line 2")]);
        assert_eq!(refused.held_back, 4);
    }
}
