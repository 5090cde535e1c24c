//! Tests of the layer as a whole.

mod damage;
mod file;
mod merge;
mod questions;
mod reading;
mod same_as_parser;

use super::{Patch, Snapshot, SnapshotFileError, Stamp, TermId};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Seek, Write};

/// A triple in N-Triples, without the dot.
fn written(snapshot: &Snapshot, triple: [TermId; 3]) -> String {
    triple.map(|id| snapshot.term(id).unwrap().to_string()).join(" ")
}

/// All triples in N-Triples.
fn all(snapshot: &Snapshot) -> BTreeSet<String> {
    snapshot.matching(None, None, None).map(|triple| written(snapshot, triple)).collect()
}

fn stamp() -> Stamp {
    Stamp { source: "a register".to_owned(), revision: 7 }
}

/// The bytes of a snapshot's file.
fn bytes_of(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = Vec::new();
    snapshot.write(&stamp(), &mut bytes).unwrap();
    bytes
}

/// The bytes of the file of a snapshot that was patched.
fn bytes_with(snapshot: &Snapshot, patch: &Patch<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    snapshot.write_with(patch, &stamp(), &mut bytes, &mut |_| Ok(())).unwrap();
    bytes
}

/// A file with these bytes, without a name.
fn file_of(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

fn open(bytes: &[u8]) -> Result<(Snapshot, Stamp), SnapshotFileError> {
    Snapshot::open(&file_of(bytes))
}

/// The snapshot of a file that is whole.
fn opened(bytes: &[u8]) -> Snapshot {
    let (snapshot, stamp) = open(bytes).unwrap();
    assert_eq!(stamp, self::stamp());
    snapshot
}
