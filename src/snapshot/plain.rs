//! N-Triples lines of the plain shape, which are taken apart without a parser.
//!
//! The shape is that of [canonical N-Triples](https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples)
//! without escapes: single spaces, no comment. It says nothing yet of whether the IRIs are IRIs.

use memchr::{memchr, memchr2};

/// The parts of a plain line, as they stand in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlainLine<'t> {
    pub(super) subject: Part<'t>,
    /// The predicate's IRI.
    pub(super) predicate: &'t str,
    pub(super) object: Part<'t>,
}

/// A subject or an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// What stands between `<` and `>`.
    Iri(&'t str),
    /// A label of ASCII letters, digits and underscores.
    Blank(&'t str),
    /// The text of a literal, without escapes and line ends.
    String(&'t str),
    /// The same, and what stands behind `@`.
    Tagged(&'t str, &'t str),
    /// The same, and what stands between `^^<` and `>`.
    Typed(&'t str, &'t str),
}

/// Takes apart the line at the head of a text; the line and what is behind its end.
#[inline]
pub(super) fn split(text: &str) -> Option<(PlainLine<'_>, &str)> {
    let (subject, rest) = resource(text)?;
    let (predicate, rest) = iri(rest.strip_prefix(' ')?)?;
    let (object, rest) = object(rest.strip_prefix(' ')?)?;
    let rest = rest.strip_prefix(" .")?;
    let rest = rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n"))?;
    Some((PlainLine { subject, predicate, object }, rest))
}

#[inline]
fn object(text: &str) -> Option<(Part<'_>, &str)> {
    match text.strip_prefix('"') {
        Some(text) => literal(text),
        None => resource(text),
    }
}

#[inline]
fn resource(text: &str) -> Option<(Part<'_>, &str)> {
    match text.strip_prefix("_:") {
        Some(text) => {
            let (label, rest) = leading(text, |byte| byte.is_ascii_alphanumeric() || byte == b'_')?;
            Some((Part::Blank(label), rest))
        }
        None => iri(text).map(|(iri, rest)| (Part::Iri(iri), rest)),
    }
}

#[inline]
fn iri(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('<')?;
    cut(text, memchr(b'>', text.as_bytes())?)
}

/// A literal behind its opening quotation mark.
#[inline]
fn literal(text: &str) -> Option<(Part<'_>, &str)> {
    let end = memchr2(b'"', b'\\', text.as_bytes())?;
    let (value, rest) = text.split_at_checked(end)?;
    let rest = rest.strip_prefix('"')?;
    if memchr2(b'\n', b'\r', value.as_bytes()).is_some() {
        return None;
    }
    if let Some(rest) = rest.strip_prefix('@') {
        let (language, rest) = leading(rest, |byte| byte.is_ascii_alphanumeric() || byte == b'-')?;
        Some((Part::Tagged(value, language), rest))
    } else if let Some(rest) = rest.strip_prefix("^^") {
        let (datatype, rest) = iri(rest)?;
        Some((Part::Typed(value, datatype), rest))
    } else {
        Some((Part::String(value), rest))
    }
}

/// The bytes of a kind, at least one, at the head of a text, and the rest.
#[inline]
fn leading(text: &str, kind: impl Fn(u8) -> bool) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !kind(byte)).filter(|end| *end > 0)?;
    text.split_at_checked(end)
}

/// What stands before an ASCII character, and what behind it.
#[inline]
fn cut(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_is_taken_apart() {
        let line = |subject, object| PlainLine { subject, predicate: "a:p", object };
        for (text, expected) in [
            ("<a:s> <a:p> <a:o> .\nrest", line(Part::Iri("a:s"), Part::Iri("a:o"))),
            ("_:b <a:p> _:c_1 .\r\nrest", line(Part::Blank("b"), Part::Blank("c_1"))),
            ("<a:s> <a:p> \"é .\" .\nrest", line(Part::Iri("a:s"), Part::String("é ."))),
            ("<a:s> <a:p> \"\"@de-AT .\nrest", line(Part::Iri("a:s"), Part::Tagged("", "de-AT"))),
            ("<a:s> <a:p> \"1\"^^<a:t> .\nrest", line(Part::Iri("a:s"), Part::Typed("1", "a:t"))),
        ] {
            assert_eq!(split(text), Some((expected, "rest")), "{text}");
        }
    }

    #[test]
    fn a_line_of_another_shape_is_left_alone() {
        for text in [
            "",
            "\n",
            "# comment\n",
            "<a:s> <a:p> <a:o> .",
            "<a:s> <a:p> <a:o>.\n",
            "<a:s>  <a:p> <a:o> .\n",
            "\t<a:s> <a:p> <a:o> .\n",
            "<a:s> <a:p> <a:o> . # comment\n",
            "<a:s> <a:p> <a:o> .\r<a:s> <a:p> <a:o> .\n",
            "<a:s> <a:p> \"a\\\"b\" .\n",
            "<a:s> <a:p> \"a\nb\" .\n",
            "<a:s> <a:p> \"a\rb\" .\n",
            "<a:s> <a:p> \"a\"@ .\n",
            "<a:s> _:p <a:o> .\n",
            "\"a\" <a:p> <a:o> .\n",
            "_: <a:p> <a:o> .\n",
            "_:a-b <a:p> <a:o> .\n",
        ] {
            assert_eq!(split(text), None, "{text:?}");
        }
    }
}
