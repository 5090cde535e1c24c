//! The catalogue as harvesters take it: values in, triples or XML out.
//!
//! Pure: no IO, and nothing of HTTP.

pub mod dcat;
mod description;
mod event_stream;
pub mod void;

pub use event_stream::{Node, Span};
