//! Reading RDF with the line on which each triple ends.
//!
//! The parsers do not tell where a triple stood. But they ask for more text only when they have told
//! everything that is in what they have, so a reader that gives one line at a time knows the line.

use super::ReadError;
use oxrdf::Quad;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser, ReaderQuadParser};
use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

/// How many lines without a triple are given one by one. A parser reads a text of many lines from its start
/// at each line that it gets, so beyond this it gets more and more at once.
const PATIENCE: u64 = 256;

/// How much is read at once; a line that is longer comes in pieces.
const BUFFER: usize = 1 << 16;

/// Where reader and parser are.
#[derive(Debug, Default)]
struct Progress {
    /// The line of the last byte that was given, from 1.
    line: Cell<u64>,
    /// Lines and bytes that were given since the last triple.
    lines: Cell<u64>,
    bytes: Cell<usize>,
    /// Whether what was given last lies on more than one line.
    is_vague: Cell<bool>,
}

/// Gives a text line by line.
struct LineByLine<R> {
    input: BufReader<R>,
    progress: Rc<Progress>,
    /// Whether the next byte begins a line.
    is_at_start: bool,
}

impl<R: Read> Read for LineByLine<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let progress = Rc::clone(&self.progress);
        let held = self.input.fill_buf()?;
        let room = held.get(..held.len().min(out.len())).unwrap_or(held);
        let least = if progress.lines.get() < PATIENCE { 0 } else { progress.bytes.get() / 4 };
        let end = room.iter().skip(least).position(|byte| *byte == b'\n').map_or(room.len(), |end| least + end + 1);
        let given = room.get(..end).unwrap_or(room);
        let begun = begun_lines(given, self.is_at_start);
        progress.line.set(progress.line.get() + begun);
        progress.lines.set(progress.lines.get() + begun);
        progress.bytes.set(progress.bytes.get() + given.len());
        progress.is_vague.set(begun > 1);
        if let Some(last) = given.last() {
            self.is_at_start = *last == b'\n';
        }
        let mut rest = given;
        let count = rest.read(out)?;
        self.input.consume(count);
        Ok(count)
    }
}

/// How many lines begin in a piece of text.
fn begun_lines(text: &[u8], is_at_start: bool) -> u64 {
    let before_the_last = text.split_last().map_or(text, |(_, before)| before);
    let inner = before_the_last.split(|byte| *byte == b'\n').count().saturating_sub(1);
    u64::from(is_at_start && !text.is_empty()) + u64::try_from(inner).unwrap_or(u64::MAX)
}

/// The triples of a text, each with the line on which it ends, if it is known: not in JSON-LD.
pub struct WithLines<R: Read> {
    parser: ReaderQuadParser<LineByLine<R>>,
    progress: Rc<Progress>,
    /// A node of JSON-LD is read to its end before any of its triples is told.
    is_told_late: bool,
}

impl<R: Read> WithLines<R> {
    /// Begins to read; relative IRIs are resolved against `base`.
    ///
    /// # Errors
    /// [`ReadError::Base`]
    pub fn new(syntax: RdfFormat, base: &str, input: R) -> Result<Self, ReadError> {
        let progress = Rc::new(Progress::default());
        let input = LineByLine {
            input: BufReader::with_capacity(BUFFER, input),
            progress: Rc::clone(&progress),
            is_at_start: true,
        };
        let parser = RdfParser::from_format(syntax)
            .with_base_iri(base)
            .map_err(|error| ReadError::Base { base: base.to_owned(), reason: error.to_string() })?
            .for_reader(input);
        Ok(Self { parser, progress, is_told_late: matches!(syntax, RdfFormat::JsonLd { .. }) })
    }

    /// The prefixes that were declared up to here.
    pub fn prefixes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parser.prefixes()
    }

    /// The line that was reached, from 1; nothing where many were read at once.
    pub fn line(&self) -> Option<u64> {
        (!self.progress.is_vague.get()).then(|| self.progress.line.get())
    }
}

impl<R: Read> Iterator for WithLines<R> {
    type Item = Result<(Quad, Option<u64>), RdfParseError>;

    fn next(&mut self) -> Option<Self::Item> {
        let quad = self.parser.next()?;
        self.progress.lines.set(0);
        self.progress.bytes.set(0);
        Some(quad.map(|quad| (quad, self.line().filter(|_| !self.is_told_late))))
    }
}

/// The line on which a text breaks its syntax, for the syntaxes whose parser does not tell it; in JSON-LD the line
/// on which the node ends that breaks it.
pub fn line_of_error(syntax: RdfFormat, base: &str, input: impl Read) -> Option<u64> {
    let mut triples = WithLines::new(syntax, base, input).ok()?;
    while let Some(triple) = triples.next() {
        if triple.is_err() {
            return triples.line();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdfio::JsonLdProfileSet;

    fn lines(syntax: RdfFormat, text: &str) -> Vec<(String, Option<u64>)> {
        let triples = WithLines::new(syntax, "http://e/", text.as_bytes()).unwrap();
        triples
            .map(|triple| triple.unwrap())
            .map(|(quad, line)| (quad.predicate.as_str().rsplit('/').next().unwrap().to_owned(), line))
            .collect()
    }

    #[test]
    fn each_triple_has_the_line_on_which_it_ends() {
        let text = "@prefix e: <http://e/> .\n\n# a comment\ne:s e:a \"x\" ;\r\n  e:b \"\"\"two\nlines\"\"\" ,\n    e:o ; e:c 1 .\n\
            e:s e:d [\n  e:e true\n] .";
        let found = lines(RdfFormat::Turtle, text);
        let of = |predicate: &str| {
            found.iter().filter(|(it, _)| it == predicate).map(|(_, line)| line.unwrap()).collect::<Vec<_>>()
        };
        assert_eq!((of("a"), of("b"), of("c"), of("e")), (vec![4], vec![6, 7], vec![7], vec![9]));
    }

    #[test]
    fn a_long_text_of_many_lines_is_read_in_linear_time_and_what_follows_has_lines_again() {
        let long = "line\n".repeat(200_000);
        let text =
            format!("<a:s> <a:/p> \"\"\"{long}\"\"\" .\n{}<a:s> <a:/q> 1 .\n", "<a:s> <a:/r> 1 .\n".repeat(60_000));
        let found = lines(RdfFormat::Turtle, &text);
        assert_eq!(found.len(), 60_002);
        assert_eq!(found.last(), Some(&("q".to_owned(), Some(260_002))));
    }

    #[test]
    fn lines_of_xml_are_those_of_the_statement() {
        let xml = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:e=\"http://e/\">\n\
            <rdf:Description rdf:about=\"http://e/s\">\n<e:a>x</e:a>\n<e:b rdf:resource=\"http://e/o\"/>\n</rdf:Description>\n</rdf:RDF>";
        assert_eq!(lines(RdfFormat::RdfXml, xml), [("a".to_owned(), Some(3)), ("b".to_owned(), Some(4))]);
    }

    #[test]
    fn triples_of_json_ld_have_no_line_and_an_error_the_line_where_its_node_ends() {
        let syntax = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
        let json = "{\n\"@id\": \"http://e/s\",\n\"http://e/a\": \"x\",\n\"@type\": 5\n}";
        assert_eq!(line_of_error(syntax, "http://e/", json.as_bytes()), Some(5));
        let json = json.replace('5', "\"http://e/T\"");
        assert!(lines(syntax, &json).iter().all(|(_, line)| line.is_none()));
    }

    #[test]
    fn an_error_in_xml_has_a_line() {
        let xml =
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description>\n</rdf:RDF>\n";
        assert_eq!(line_of_error(RdfFormat::RdfXml, "http://e/", xml.as_bytes()), Some(3));
    }
}
