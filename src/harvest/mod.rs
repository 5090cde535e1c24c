//! The catalogue as harvesters take it: values in, triples or XML out.
//!
//! Pure: no IO, and nothing of HTTP.

mod event_stream;

pub use event_stream::{Node, Span};
