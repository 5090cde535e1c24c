//! What somebody wants to write of records, and what they are answered.

use super::super::address::RecordName;
use super::author::{Author, NotAllowed, Role};
use super::lifecycle::{IllegalStep, Status, UnknownStatus};
use super::ownership::OthersRecord;
use super::submission::Rejection;
use crate::graph::{GraphError, VerdictError};
use crate::rdf::{Content, Triple};
use crate::register::{CommitError, Digest, Unreadable};
use crate::shacl::Report;
use serde::{Deserialize, Serialize};

/// Everything that somebody writes at once; it enters whole or not at all.
pub struct Edit {
    /// Who writes.
    pub author: Author,
    /// What they do, such as `PUT`.
    pub activity: String,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The key that tells this request from others, where one was sent.
    pub key: Option<RequestKey>,
    /// What they write.
    pub changes: Changes,
}

/// What tells a request that is sent again from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey {
    /// The key that the client chose.
    pub key: String,
    /// A digest of all that was asked.
    pub request: Digest,
}

/// The changes of an edit.
pub enum Changes {
    /// Of these records, each named once.
    Of(Vec<RecordChange>),
    /// What follows from the present state, worked out when the writer's turn has come.
    Computed(Box<dyn FnOnce() -> Result<Vec<RecordChange>, EditError> + Send>),
}

/// A change of one record.
pub struct RecordChange {
    /// The record.
    pub target: Target,
    /// What must hold of it.
    pub precondition: Precondition,
    /// What becomes of it.
    pub operation: Operation,
}

/// Which record is changed.
#[derive(Clone, Debug)]
pub enum Target {
    /// This one.
    Record(RecordName),
    /// A new one of this kind, which is given the next number.
    Next(String),
}

/// What must hold of a record before it is changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Nothing.
    None,
    /// There is no such record.
    Absent,
    /// There is one.
    Present,
    /// It is one of these.
    AnyOf(Vec<Numbered>),
}

/// A state of a record, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// What is published, by the number of its version.
    Version(u64),
    /// What waits under its IRI, by the number of its edit.
    Draft(u64),
}

/// Makes of what a record says what it shall say.
pub type Revision = dyn FnOnce(&Content) -> Result<Content, EditError> + Send;

/// What becomes of a record.
pub enum Operation {
    /// It says this from now on.
    Replace(Content),
    /// A new record says this. `placeholder` stands for its IRI, which is not known yet.
    Create {
        /// What stands for the IRI.
        placeholder: String,
        /// What is said of it.
        triples: Vec<Triple>,
    },
    /// It says what this makes of what it says; nothing is what a record says that does not exist.
    Revise(Box<Revision>),
    /// It is withdrawn; what only waits under its IRI is dropped.
    Withdraw,
    /// What waits under its IRI is dropped; what is published stays.
    Drop,
    /// Its IRI is taken, and nothing is said yet.
    Reserve,
}

/// What became of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditedRecord {
    /// Its IRI.
    pub iri: String,
    /// What it is now; nothing where a draft or a reservation was dropped.
    pub status: Option<Status>,
    /// The number of its version, or of the edit of what waits.
    pub version: u64,
    /// Whether it was not there before.
    pub is_new: bool,
    /// Whether it says something else than before.
    pub is_changed: bool,
}

/// What became of an edit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The revision that shows it.
    pub revision: u64,
    /// The records, in the order in which they were named.
    pub records: Vec<EditedRecord>,
}

/// An edit that was not written; register and graph are as they were.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// It breaks the shapes.
    #[error("it breaks the shapes: {} violations", .0.violations().count())]
    Shapes(Box<Report>),
    /// It breaks the rules that every record keeps.
    #[error("{}: {}", .0.place, .0.reason)]
    Rules(Rejection),
    /// There is no such record to change.
    #[error("no record has the IRI {0}")]
    Unknown(String),
    /// The precondition does not hold.
    #[error("{}", precondition(.iri, *.present))]
    Precondition {
        /// The record's IRI.
        iri: String,
        /// The number of its version, or of the edit of what waits; nothing where there is neither.
        present: Option<u64>,
    },
    /// A status that is none.
    #[error(transparent)]
    Status(#[from] UnknownStatus),
    /// A step that the record cannot take.
    #[error(transparent)]
    Step(#[from] IllegalStep),
    /// A step that the author's role does not allow.
    #[error("{record} cannot become {to} with the role {}, it takes {}; ask one who has it", .has.name(), .takes.name())]
    Role {
        /// The record's IRI.
        record: String,
        /// What it was to become.
        to: Status,
        /// The role that the author has.
        has: Role,
        /// The role that it takes.
        takes: Role,
    },
    /// A record that the author may not write.
    #[error(transparent)]
    Allowed(#[from] NotAllowed),
    /// A record that is not the author's.
    #[error(transparent)]
    Others(#[from] OthersRecord),
    /// A number that was not given to the author.
    #[error(
        "{0} was not given out: POST to its kind for the next number, or reserve it, or write with a token whose numbers \
         include it"
    )]
    Number(String),
    /// The key was used for another request.
    #[error("the idempotency key {0:?} was used for another request; choose a new one for each")]
    Key(String),
    /// What was sent cannot be read as what it was sent for.
    #[error("{0}")]
    Malformed(String),
    /// The writer could not be waited for.
    #[error("the writer ended before it answered; ask what the record says before you send it again")]
    Lost,
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The register refused.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// It could not be checked.
    #[error("it could not be checked against the shapes: {0}")]
    Unchecked(#[from] VerdictError),
    /// The register has it, the graph could not follow.
    #[error("revision {revision} is written, but the graph could not follow: {reason}; restart the server")]
    GraphFailed {
        /// The revision that was written.
        revision: u64,
        /// What failed.
        reason: String,
    },
    /// The graph did not follow an earlier commit, so nothing more is written.
    #[error("the graph shows revision {shown}, the register has {written}; restart the server")]
    GraphBehind {
        /// What the graph shows.
        shown: u64,
        /// What the register has.
        written: u64,
    },
    /// The register could not write the group that the edit was in.
    #[error("{0}")]
    Group(String),
}

fn precondition(iri: &str, present: Option<u64>) -> String {
    match present {
        Some(version) => format!("{iri} is there, in version {version}; get it, and write your change against that"),
        None => format!("there is no {iri} to change"),
    }
}

impl EditError {
    /// The edit was written, and the graph could not follow.
    pub(super) fn graph_failed(revision: u64, source: &GraphError) -> Self {
        Self::GraphFailed { revision, reason: source.to_string() }
    }
}
