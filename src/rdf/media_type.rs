//! The RDF syntaxes that documents are written in.

/// An RDF syntax the product writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// <https://www.w3.org/TR/turtle/>
    Turtle,
    /// <https://www.w3.org/TR/json-ld11/>
    JsonLd,
    /// <https://www.w3.org/TR/rdf-syntax-grammar/>
    RdfXml,
    /// <https://www.w3.org/TR/n-triples/>
    NTriples,
}

impl Syntax {
    /// Every syntax, the one offered first in front.
    pub const ALL: [Self; 4] = [Self::Turtle, Self::JsonLd, Self::RdfXml, Self::NTriples];

    /// The registered media type, without parameters.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
            Self::RdfXml => "application/rdf+xml",
            Self::NTriples => "application/n-triples",
        }
    }

    /// The extension of a document's address.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdf",
            Self::NTriples => "nt",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Turtle => "Turtle",
            Self::JsonLd => "JSON-LD",
            Self::RdfXml => "RDF/XML",
            Self::NTriples => "N-Triples",
        }
    }
}
