//! N-Triples text, one triple a line, counted as it is written.
//!
//! Grammar: [RDF 1.1 N-Triples](https://www.w3.org/TR/n-triples/); the escapes are those of its
//! canonical form in [RDF 1.2](https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples).

use super::terms::property::RDF_TYPE;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Triples on their way to a writer.
///
/// IRIs and language tags are written as they are: the caller vouches for them.
pub struct Triples<W> {
    out: W,
    line: String,
    written: u64,
}

/// A subject about which triples are written.
pub struct About<'t, W> {
    triples: &'t mut Triples<W>,
    subject: &'t str,
}

impl<W: Write> Triples<W> {
    /// Triples that go to `out`, one `write_all` for each.
    pub fn to(out: W) -> Self {
        Self { out, line: String::with_capacity(512), written: 0 }
    }

    /// Starts statements about the resource with this IRI.
    pub fn about<'t>(&'t mut self, subject: &'t str) -> About<'t, W> {
        About { triples: self, subject }
    }

    /// Flushes the writer and returns the number of triples.
    pub fn finish(mut self) -> io::Result<u64> {
        self.out.flush()?;
        Ok(self.written)
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push_str(" .\n");
        self.written += 1;
        self.out.write_all(self.line.as_bytes())
    }
}

impl<W: Write> About<'_, W> {
    /// The resource is an instance of a class.
    pub fn is_a(&mut self, class: &str) -> io::Result<&mut Self> {
        self.iri(RDF_TYPE, class)
    }

    /// The value is a resource.
    pub fn iri(&mut self, predicate: &str, object: &str) -> io::Result<&mut Self> {
        self.begin(predicate);
        push_iri(&mut self.triples.line, object);
        self.end()
    }

    /// The value is a string without a language.
    pub fn plain(&mut self, predicate: &str, text: &str) -> io::Result<&mut Self> {
        self.begin(predicate);
        push_quoted(&mut self.triples.line, text);
        self.end()
    }

    /// The value is a string in the language of a BCP 47 tag.
    pub fn tagged(&mut self, predicate: &str, text: &str, tag: &str) -> io::Result<&mut Self> {
        self.begin(predicate);
        push_quoted(&mut self.triples.line, text);
        self.triples.line.push('@');
        self.triples.line.push_str(tag);
        self.end()
    }

    /// The value has the lexical form `lexical` of a datatype.
    pub fn typed(&mut self, predicate: &str, lexical: &str, datatype: &str) -> io::Result<&mut Self> {
        self.begin(predicate);
        push_quoted(&mut self.triples.line, lexical);
        self.triples.line.push_str("^^");
        push_iri(&mut self.triples.line, datatype);
        self.end()
    }

    fn begin(&mut self, predicate: &str) {
        let line = &mut self.triples.line;
        line.clear();
        push_iri(line, self.subject);
        line.push(' ');
        push_iri(line, predicate);
        line.push(' ');
    }

    fn end(&mut self) -> io::Result<&mut Self> {
        self.triples.end_line()?;
        Ok(self)
    }
}

fn push_iri(line: &mut String, iri: &str) {
    line.push('<');
    line.push_str(iri);
    line.push('>');
}

fn push_quoted(line: &mut String, text: &str) {
    line.push('"');
    let mut rest = text;
    // Most texts need no escape at all, so whole runs are copied up to the next one that does.
    while let Some((run, character, after)) = split_at_escape(rest) {
        line.push_str(run);
        push_escape(line, character);
        rest = after;
    }
    line.push_str(rest);
    line.push('"');
}

fn split_at_escape(text: &str) -> Option<(&str, char, &str)> {
    let position = text.bytes().position(|byte| byte < 0x20 || matches!(byte, b'"' | b'\\' | 0x7F))?;
    let (run, after) = text.split_at_checked(position)?;
    let mut characters = after.chars();
    let character = characters.next()?;
    Some((run, character, characters.as_str()))
}

fn push_escape(line: &mut String, character: char) {
    match character {
        '"' => line.push_str("\\\""),
        '\\' => line.push_str("\\\\"),
        '\n' => line.push_str("\\n"),
        '\r' => line.push_str("\\r"),
        '\t' => line.push_str("\\t"),
        '\u{8}' => line.push_str("\\b"),
        '\u{C}' => line.push_str("\\f"),
        // Writing to a string does not fail.
        other => write!(line, "\\u{:04X}", u32::from(other)).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::Triples;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        let mut triples = Triples::to(&mut out);
        triples.about("s:").plain("p:", text).unwrap();
        assert_eq!(triples.finish().unwrap(), 1);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_would_end_a_literal_or_a_line_is_escaped() {
        assert_eq!(written("a \"b\"\\\n\r\t\u{8}\u{C}"), "<s:> <p:> \"a \\\"b\\\"\\\\\\n\\r\\t\\b\\f\" .\n");
    }

    #[test]
    fn other_control_characters_are_numeric_escapes() {
        assert_eq!(written("\u{1}x\u{7F}"), "<s:> <p:> \"\\u0001x\\u007F\" .\n");
    }

    #[test]
    fn letters_beyond_ascii_stay_as_they_are() {
        assert_eq!(written("Straße, trær"), "<s:> <p:> \"Straße, trær\" .\n");
    }

    #[test]
    fn each_kind_of_object_has_its_syntax() {
        let mut out = Vec::new();
        let mut triples = Triples::to(&mut out);
        triples
            .about("s:")
            .iri("p:", "o:")
            .and_then(|about| about.tagged("p:", "t", "nl"))
            .and_then(|about| about.typed("p:", "1", "d:"))
            .unwrap();
        assert_eq!(triples.finish().unwrap(), 3);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "<s:> <p:> <o:> .\n<s:> <p:> \"t\"@nl .\n<s:> <p:> \"1\"^^<d:> .\n"
        );
    }
}
