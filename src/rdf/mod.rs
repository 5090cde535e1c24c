//! What the product needs of RDF beyond terms: content in canonical order, syntaxes,
//! fragment names for blank nodes, choice of a language.
//!
//! Pure: no IO but readers and writers given by the caller. Knows nothing of registers,
//! graphs or HTTP. Start at [`Content`].

mod content;
mod datatype;
mod fragment;
mod language;
mod media_type;
mod read;
mod turtle;

pub use content::Content;
pub use datatype::ill_typed;
pub use fragment::{FragmentError, name_blank_nodes};
pub use language::{Preference, best_literal};
pub use media_type::Syntax;
pub use oxrdf::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
pub use read::{ReadError, read_turtle};
pub use turtle::{Prefixes, write_turtle};
