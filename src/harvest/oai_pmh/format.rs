//! The metadata formats that records come in
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#MetadataNamespaces>).

use crate::vocab::rdf;

/// A metadata format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// All that a record says, as RDF/XML.
    Rdf,
    /// What of it Dublin Core has elements for, <http://www.openarchives.org/OAI/openarchivesprotocol.html#dublincore>.
    DublinCore,
}

/// The schema of RDF/XML that answers name: it declares the root alone, since RDF/XML has none that holds for all of it.
pub const RDF_SCHEMA: &str = r###"<?xml version="1.0" encoding="UTF-8"?>
<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    elementFormDefault="qualified">
  <annotation>
    <documentation xml:lang="en">The root of RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), for records of
      OAI-PMH, whose metadata need a schema. What stands in it is RDF, which schemas of XML cannot describe.</documentation>
  </annotation>
  <element name="RDF">
    <complexType>
      <sequence>
        <any namespace="##any" processContents="skip" minOccurs="0" maxOccurs="unbounded"/>
      </sequence>
    </complexType>
  </element>
</schema>
"###;

impl Format {
    /// Every format, the one that says most in front.
    pub(super) const ALL: [Self; 2] = [Self::Rdf, Self::DublinCore];

    /// What requests call it.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Rdf => "rdf",
            Self::DublinCore => "oai_dc",
        }
    }

    /// The format that requests call so.
    pub(super) fn of_prefix(prefix: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.prefix() == prefix)
    }

    /// The namespace of its root.
    pub(super) const fn namespace(self) -> &'static str {
        match self {
            Self::Rdf => rdf::NAMESPACE,
            Self::DublinCore => "http://www.openarchives.org/OAI/2.0/oai_dc/",
        }
    }

    /// Where its schema is.
    pub(super) fn schema(self, site: &str) -> String {
        match self {
            Self::Rdf => format!("{site}oai/rdf.xsd"),
            Self::DublinCore => "http://www.openarchives.org/OAI/2.0/oai_dc.xsd".to_owned(),
        }
    }

    /// The value of `xsi:schemaLocation` at its root.
    pub(super) fn schema_location(self, site: &str) -> String {
        format!("{} {}", self.namespace(), self.schema(site))
    }
}
