//! What is read from the register: versions of records, records as lists name them, releases.

use super::names::Names;
use crate::rdf::Content;
use std::time::SystemTime;

/// A commit: its number and its moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number; 0 before the first commit.
    pub number: u64,
    /// When it was committed, to the second.
    pub at: SystemTime,
    /// The same as `xsd:dateTime`, as the register has it.
    pub timestamp: String,
}

/// A version of a record.
#[derive(Clone, Debug)]
pub struct RecordVersion {
    /// The record's IRI.
    pub iri: String,
    /// Its kind, such as `service-type`.
    pub kind: String,
    /// 1 for the first.
    pub number: u64,
    /// The commit that made it.
    pub revision: Revision,
    /// When its document last came to show something else, to the second.
    pub touched: SystemTime,
    /// What it says.
    pub content: Content,
}

/// A record, or a part of one, as lists name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The record's IRI.
    pub record: String,
    /// What follows it in the IRI of the part: empty for the record itself, or `#` and a name.
    pub part: String,
    /// The record's names in every language.
    pub names: Option<Names>,
}

impl Listed {
    /// The IRI of the record or the part.
    pub fn iri(&self) -> String {
        format!("{}{}", self.record, self.part)
    }
}

/// A frozen release of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its name, such as `4.00`.
    pub name: String,
    /// The IRI of its record.
    pub record: String,
    /// The revision that froze it.
    pub revision: u64,
}
