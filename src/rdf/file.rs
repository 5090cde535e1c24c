//! What a file's name tells of the RDF in it.

use oxrdfio::RdfFormat;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::Path;

/// The extensions that [`file_syntax`] knows, as messages list them.
pub const FILE_EXTENSIONS: &str = "ttl, nt, nq, trig, rdf, xml, jsonld, json, n3";

/// The syntax of a file by its extension.
pub fn file_syntax(path: &Path) -> Option<RdfFormat> {
    RdfFormat::from_extension(path.extension()?.to_str()?)
}

/// What a path escapes in an IRI: all but the unreserved characters and `/`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

/// A `file:` IRI for relative IRIs to be resolved against.
pub fn file_iri(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    format!("file://{}", utf8_percent_encode(&absolute.to_string_lossy(), ESCAPED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_tells_the_syntax_in_any_case() {
        assert_eq!(file_syntax(Path::new("a/b.TTL")), Some(RdfFormat::Turtle));
        assert_eq!(file_syntax(Path::new("a/b.csv")), None);
        assert!(FILE_EXTENSIONS.split(", ").all(|known| file_syntax(Path::new(&format!("x.{known}"))).is_some()));
    }

    #[test]
    fn a_path_with_spaces_is_an_iri() {
        assert_eq!(file_iri(Path::new("/a b/ü.ttl")), "file:///a%20b/%C3%BC.ttl");
    }
}
