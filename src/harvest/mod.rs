//! The catalogue as harvesters take it: values in, triples or XML out.
//!
//! Pure: no IO, and nothing of HTTP.

pub mod atom;
pub mod dcat;
mod description;
mod event_stream;
pub mod oai_pmh;
pub mod sitemap;
pub mod void;
mod xml;

use crate::catalogue::CatalogueError;
pub use event_stream::{Node, Span};
use std::io;

/// Why something cannot be told to harvesters.
#[derive(Debug, thiserror::Error)]
pub enum HarvestError {
    /// The register cannot be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}
