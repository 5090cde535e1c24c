//! The RDF syntaxes that are read.

use super::super::body;
use crate::graph::RdfFormat;
use oxrdfio::JsonLdProfileSet;

/// An RDF syntax that is read.
#[derive(Debug)]
pub(in super::super) struct RdfSyntax {
    /// The value that the form sends.
    pub value: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Its media types, the registered one first.
    pub media_types: &'static [&'static str],
    /// How the parser knows it.
    pub format: RdfFormat,
}

/// Every syntax that is read, the one that the form offers first in front. The graphs of a data set are read
/// as one.
pub(in super::super) const ALL: [RdfSyntax; 6] = [
    RdfSyntax { value: "ttl", label: "Turtle", media_types: &["text/turtle"], format: RdfFormat::Turtle },
    RdfSyntax {
        value: "jsonld",
        label: "JSON-LD",
        media_types: &["application/ld+json", "application/json"],
        format: RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
    },
    RdfSyntax {
        value: "rdf",
        label: "RDF/XML",
        media_types: &["application/rdf+xml", "application/xml", "text/xml"],
        format: RdfFormat::RdfXml,
    },
    RdfSyntax { value: "nt", label: "N-Triples", media_types: &["application/n-triples"], format: RdfFormat::NTriples },
    RdfSyntax { value: "nq", label: "N-Quads", media_types: &["application/n-quads"], format: RdfFormat::NQuads },
    RdfSyntax { value: "trig", label: "TriG", media_types: &["application/trig"], format: RdfFormat::TriG },
];

/// The syntax of a media type, whatever its parameters.
pub(in super::super) fn of_media_type(media_type: &str) -> Option<RdfFormat> {
    let wanted = body::essence(media_type);
    ALL.iter().find(|syntax| syntax.media_types.contains(&wanted.as_str())).map(|syntax| syntax.format)
}

/// The syntax that a value of the form names.
pub(in super::super) fn of_value(value: &str) -> Option<RdfFormat> {
    ALL.iter().find(|syntax| syntax.value == value).map(|syntax| syntax.format)
}

/// The value that the form sends for a syntax.
pub(in super::super) fn value_of(format: RdfFormat) -> &'static str {
    ALL.iter().find(|syntax| syntax.format == format).map_or("", |syntax| syntax.value)
}

/// The registered media types of all syntaxes, as a list for people.
pub(in super::super) fn media_types() -> String {
    let registered: Vec<&str> = ALL.iter().filter_map(|syntax| syntax.media_types.first().copied()).collect();
    registered.join(", ")
}

/// The syntax that a text is likely in, by how it begins.
pub(in super::super) fn guess(text: &str) -> RdfFormat {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    if begin.starts_with('{') || (begin.starts_with('[') && begin.trim_start_matches('[').trim_start().starts_with('{'))
    {
        RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }
    } else if begin.starts_with("<?xml") || begin.starts_with("<rdf:RDF") || begin.starts_with("<!--") {
        RdfFormat::RdfXml
    } else {
        RdfFormat::Turtle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syntax_is_found_by_its_media_type_in_any_case_and_with_parameters() {
        assert_eq!(of_media_type("Text/Turtle; charset=utf-8"), Some(RdfFormat::Turtle));
        assert_eq!(of_media_type("text/xml"), Some(RdfFormat::RdfXml));
        assert_eq!(of_media_type("text/plain"), None);
        assert_eq!(of_media_type(""), None);
    }

    #[test]
    fn a_syntax_is_guessed_by_how_the_text_begins() {
        assert_eq!(guess("\u{feff} <?xml version=\"1.0\"?><rdf:RDF/>"), RdfFormat::RdfXml);
        assert_eq!(guess("<http://a.example/> a <b> ."), RdfFormat::Turtle);
        assert_eq!(guess("[] a <b> ."), RdfFormat::Turtle);
        for json in ["{\"@id\": \"a\"}", "[ {} ]"] {
            assert!(matches!(guess(json), RdfFormat::JsonLd { .. }), "{json}");
        }
    }
}
