//! The SPARQL 1.1 Graph Store HTTP Protocol, at `/graph-store`.
//!
//! <https://www.w3.org/TR/sparql11-http-rdf-update/>. `address` tells which graph is meant, `content` reads what is sent,
//! `scratch` does it to scratch data.

mod address;
mod content;
mod multipart;
mod scratch;

pub(super) use scratch::{delete, get, post, put};
