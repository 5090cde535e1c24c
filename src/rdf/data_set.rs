//! Writing data sets: triples that stand in graphs.

use super::turtle::Prefixes;
use oxrdf::Quad;
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use std::io;

/// A syntax of data sets that the product writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DataSetSyntax {
    /// <https://www.w3.org/TR/trig/>
    TriG,
    /// <https://www.w3.org/TR/n-quads/>
    NQuads,
    /// <https://www.w3.org/TR/json-ld11/>
    JsonLd,
}

impl DataSetSyntax {
    /// The registered media type, without parameters.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::TriG => "application/trig",
            Self::NQuads => "application/n-quads",
            Self::JsonLd => "application/ld+json",
        }
    }

    /// The extension of a document's address.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::TriG => "trig",
            Self::NQuads => "nq",
            Self::JsonLd => "jsonld",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TriG => "TriG",
            Self::NQuads => "N-Quads",
            Self::JsonLd => "JSON-LD",
        }
    }
}

/// Writes quads in their order, with those of the prefixes that they use where the syntax has prefixes.
///
/// # Errors
/// None that writing to memory gives, but for a prefix that is no IRI.
pub fn write_data_set(quads: &[Quad], syntax: DataSetSyntax, prefixes: &Prefixes) -> io::Result<Vec<u8>> {
    let mut serializer = RdfSerializer::from_format(match syntax {
        DataSetSyntax::TriG => RdfFormat::TriG,
        DataSetSyntax::NQuads => RdfFormat::NQuads,
        DataSetSyntax::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    });
    if syntax != DataSetSyntax::NQuads {
        for (prefix, namespace) in prefixes.used(quads.iter().map(|quad| quad.as_ref().into())) {
            serializer = serializer.with_prefix(prefix, namespace).map_err(io::Error::other)?;
        }
    }
    let mut writer = serializer.for_writer(Vec::new());
    for quad in quads {
        writer.serialize_quad(quad)?;
    }
    writer.finish()
}
