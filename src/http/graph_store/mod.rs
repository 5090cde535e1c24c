//! The SPARQL 1.1 Graph Store HTTP Protocol, at `/graph-store`.
//!
//! <https://www.w3.org/TR/sparql11-http-rdf-update/>. `address` tells which graph is meant. Of a catalogue, the graphs are
//! the documents of its records, which `records` reads and writes; `scratch` does any graphs of scratch data, and `content`
//! reads what is sent to them.

mod address;
mod content;
mod multipart;
pub(super) mod records;
pub(super) mod scratch;
