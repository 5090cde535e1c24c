//! Reading RDF, with errors that name the place.

use super::Triple;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use std::io::Read;

/// RDF that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The base is no IRI.
    #[error("the base {base:?} is not an absolute IRI: {reason}")]
    Base {
        /// What was given.
        base: String,
        /// Why it is none.
        reason: String,
    },
    /// The text breaks the syntax; the message names line and column.
    #[error("cannot read the RDF: {0}")]
    Parse(#[from] RdfParseError),
}

/// Reads Turtle; relative IRIs are resolved against `base`.
///
/// # Errors
/// See [`ReadError`].
pub fn read_turtle(input: impl Read, base: &str) -> Result<Vec<Triple>, ReadError> {
    read_rdf(input, RdfFormat::Turtle, base)
}

/// Reads any RDF syntax, without named graphs; relative IRIs are resolved against `base`. Nothing is fetched: a
/// JSON-LD context elsewhere is an error.
///
/// # Errors
/// See [`ReadError`].
pub fn read_rdf(input: impl Read, syntax: RdfFormat, base: &str) -> Result<Vec<Triple>, ReadError> {
    RdfParser::from_format(syntax)
        .with_base_iri(base)
        .map_err(|error| ReadError::Base { base: base.to_owned(), reason: error.to_string() })?
        .without_named_graphs()
        .rename_blank_nodes()
        .for_reader(input)
        .map(|quad| Ok(Triple::from(quad?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_line_and_column() {
        let error = read_turtle(b"<a:s> <a:p> <a:o> .\n<a:s> <a:p> .".as_slice(), "http://example.org/").unwrap_err();
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
