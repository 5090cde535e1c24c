//! What the product needs of RDF beyond terms: content in canonical order, syntaxes,
//! fragment names for blank nodes, choice of a language, the lines where triples stand.
//!
//! Pure: no IO but readers and writers given by the caller. Knows nothing of registers,
//! graphs or HTTP. Start at [`Content`].

mod canonical;
mod compare;
mod content;
mod data_set;
mod datatype;
mod file;
mod fragment;
mod json_ld;
mod language;
mod lines;
mod locate;
mod media_type;
mod order;
mod rdf_xml;
mod read;
mod records;
mod turtle;
mod words;
mod write;
mod xml_name;

pub use canonical::{CanonicalError, canonical_digest};
pub use compare::compare;
pub use content::Content;
pub use data_set::{DataSetSyntax, write_data_set};
pub use datatype::is_ill_typed;
pub use file::{FILE_EXTENSIONS, file_iri, file_syntax};
pub use fragment::{FragmentError, name_blank_nodes};
pub use json_ld::{ContextAddress, JsonLdContext, JsonLdContextError, write_json_ld};
pub use language::{Preference, best_literal};
pub use lines::{WithLines, line_of_error};
pub use locate::{Input, Locator, Place, Statement};
pub use media_type::Syntax;
pub use order::is_part;
pub use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
pub use rdf_xml::{rdf_xml_element, write_rdf_xml};
pub use read::{ReadError, read_rdf, read_turtle};
pub use records::RecordWriter;
pub use turtle::{Prefixes, write_turtle};
pub use words::{folded, words};
pub use write::write_rdf;
pub use xml_name::{has_qualified_name, unwritable_in_xml, writable_in_xml};

#[cfg(test)]
mod tests;
