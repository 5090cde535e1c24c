//! What a set of dump files says of itself: which files there are, how large, with which checksums.

use serde::{Deserialize, Serialize};

/// A set of dump files that was made at one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The revision of the register that every file shows.
    pub revision: u64,
    /// When that revision was committed, as `xsd:dateTime`.
    pub moment: String,
    /// The day on which the set was made, in UTC: `2026-11-28`.
    pub date: String,
    /// The files.
    pub files: Vec<DumpFile>,
}

/// A file of a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DumpFile {
    /// The name of the dataset that it holds, or `all`, or `history`.
    pub dataset: String,
    /// The last step of its address: `services.2.nt.gz`.
    pub name: String,
    /// What it is written in.
    pub form: DumpForm,
    /// What it is compressed with.
    pub coding: Option<DumpCoding>,
    /// Which part of the dataset it is, from 1.
    pub part: u32,
    /// Its length.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// What a dump is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DumpForm {
    /// N-Triples.
    NTriples,
    /// Turtle.
    Turtle,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
    /// N-Quads, of all versions.
    NQuads,
    /// A table.
    Csv,
}

/// What a dump is compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DumpCoding {
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstandard,
}
