//! What a set of dumps is: its revision, and its files with their sizes and checksums.

use serde::{Deserialize, Serialize};

/// The dataset of the files that hold everything.
pub const ALL: &str = "all";

/// The dataset of the files that hold every version of everything.
pub const HISTORY: &str = "history";

/// A set of dumps, as the `manifest.json` beside its files tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The revision of the register that all files show.
    pub revision: u64,
    /// When that revision was committed, as `xsd:dateTime` in UTC.
    pub moment: String,
    /// The day on which the set was made, in UTC, as `YYYY-MM-DD`.
    pub date: String,
    /// Its files, in the order in which they are listed.
    pub files: Vec<DumpFile>,
}

/// A file of a set of dumps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DumpFile {
    /// The name of the dataset that it holds, or [`ALL`], or [`HISTORY`].
    pub dataset: String,
    /// Its name, which is the last part of its address.
    pub name: String,
    /// What it is written in.
    pub form: DumpForm,
    /// How it is compressed, if it is.
    pub coding: Option<DumpCoding>,
    /// Which part of the dataset it is, from 1.
    pub part: u32,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What a dump is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DumpForm {
    /// <https://www.w3.org/TR/n-triples/>
    NTriples,
    /// <https://www.w3.org/TR/turtle/>
    Turtle,
    /// <https://www.w3.org/TR/rdf-syntax-grammar/>
    RdfXml,
    /// <https://www.w3.org/TR/json-ld11/>
    JsonLd,
    /// <https://www.w3.org/TR/n-quads/>
    NQuads,
    /// <https://www.rfc-editor.org/rfc/rfc4180>
    Csv,
}

impl DumpForm {
    /// Every form, in the order in which they are listed.
    pub const ALL: [Self; 6] = [Self::NTriples, Self::Turtle, Self::RdfXml, Self::JsonLd, Self::NQuads, Self::Csv];

    /// What the name of a file ends in.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::NTriples => "nt",
            Self::Turtle => "ttl",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
            Self::NQuads => "nq",
            Self::Csv => "csv",
        }
    }

    /// The registered media type, without parameters.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::NTriples => "application/n-triples",
            Self::Turtle => "text/turtle",
            Self::RdfXml => "application/rdf+xml",
            Self::JsonLd => "application/ld+json",
            Self::NQuads => "application/n-quads",
            Self::Csv => "text/csv",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NTriples => "N-Triples",
            Self::Turtle => "Turtle",
            Self::RdfXml => "RDF/XML",
            Self::JsonLd => "JSON-LD",
            Self::NQuads => "N-Quads",
            Self::Csv => "CSV",
        }
    }
}

/// How a dump is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DumpCoding {
    /// <https://www.rfc-editor.org/rfc/rfc1952>
    Gzip,
    /// <https://www.rfc-editor.org/rfc/rfc8878>
    Zstandard,
}

impl DumpCoding {
    /// Every coding.
    pub const ALL: [Self; 2] = [Self::Gzip, Self::Zstandard];

    /// What the name of a file ends in, behind the extension of its form.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Zstandard => "zst",
        }
    }

    /// The registered media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Gzip => "application/gzip",
            Self::Zstandard => "application/zstd",
        }
    }
}

impl Manifest {
    /// The file of this name.
    pub fn file(&self, name: &str) -> Option<&DumpFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// The parts of what a file is a part of, itself included, in their order.
    pub fn parts_of<'m>(&'m self, file: &'m DumpFile) -> impl Iterator<Item = &'m DumpFile> {
        let is_beside =
            |other: &&DumpFile| (&other.dataset, other.form, other.coding) == (&file.dataset, file.form, file.coding);
        self.files.iter().filter(is_beside)
    }
}
