//! The catalogue as harvesters take it: values in, triples or XML out.
//!
//! Pure: no IO, and nothing of HTTP.
