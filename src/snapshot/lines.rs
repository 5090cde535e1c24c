//! The fast lane for N-Triples: whole lines, one after the other, into a dictionary of its own.
//!
//! The lane must never take what the parser refuses, nor understand it otherwise. So it takes
//! alone only plain lines, and in them only IRIs, languages and datatypes that are known or that
//! it checks as the parser does. Any other line is given to the parser alone, which is right if
//! the parser accepts it: no token of N-Triples spans a line end, so the parser is between two
//! triples there. At a line that it does not accept alone the lane stops; only the parser, with
//! all that follows, can tell what is wrong where.

use super::dictionary::{Dictionary, TermId};
use super::error::Full;
use super::plain::{self, Part, PlainLine};
use super::tag::Tag;
use oxrdf::{NamedNodeRef, QuadRef, TermRef};
use oxrdfio::{RdfFormat, RdfParser};

/// Bytes of the longest line that a lane takes. The parser refuses tokens of about twice the
/// length, where exactly is its own affair.
pub(super) const LONGEST_LINE: usize = 1 << 23;

/// Terms and triples of one input, or of one thread's share of it.
#[derive(Debug)]
pub(super) struct Lane {
    pub(super) dictionary: Dictionary,
    pub(super) triples: Vec<[TermId; 3]>,
    /// Set before the labels of blank nodes, to tell them from those of other inputs.
    prefix: String,
    /// A labelled blank node, put together here.
    label: String,
}

/// How far a lane came in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// The bytes that were read; the lane stopped if this is not all.
    pub(super) bytes: usize,
    /// The lines in them, as the parser counts.
    pub(super) lines: u64,
}

impl Lane {
    /// A lane without terms for an input whose blank nodes get a prefix.
    pub(super) fn new(prefix: &str) -> Self {
        let label = String::new();
        Self { dictionary: Dictionary::new(), triples: Vec::new(), prefix: prefix.to_owned(), label }
    }

    /// Reads lines of N-Triples. A last line without an end is read only if it is the input's
    /// last.
    pub(super) fn read(&mut self, block: &[u8], last: bool) -> Result<Progress, Full> {
        let text = whole_lines(block, last);
        let mut rest = text;
        let mut lines = 0;
        let mut subject = None;
        while !rest.is_empty() {
            if let Some((line, behind)) = plain::split(rest)
                && rest.len() - behind.len() <= LONGEST_LINE
                && self.take_plain(&line, &mut subject)?
            {
                rest = behind;
                lines += 1;
                continue;
            }
            let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
            let Some((line, behind)) = rest.split_at_checked(end) else { break };
            if line.len() > LONGEST_LINE || !self.take_odd(line)? {
                break;
            }
            rest = behind;
            lines += line_ends(line);
        }
        Ok(Progress { bytes: text.len() - rest.len(), lines })
    }

    /// Takes a line of plain shape, unless something in it has to be checked by the parser.
    /// `subject` is the last IRI that was a subject: most lines repeat it.
    #[inline]
    fn take_plain<'t>(&mut self, line: &PlainLine<'t>, subject: &mut Option<(&'t str, TermId)>) -> Result<bool, Full> {
        let s = match (line.subject, *subject) {
            (Part::Iri(iri), Some((last, s))) if iri == last => s,
            (part, _) => {
                let Some(s) = self.part(part)? else { return Ok(false) };
                *subject = if let Part::Iri(iri) = part { Some((iri, s)) } else { None };
                s
            }
        };
        let Some(p) = self.iri(line.predicate)? else { return Ok(false) };
        let Some(o) = self.part(line.object)? else { return Ok(false) };
        self.triples.push([s, p, o]);
        Ok(true)
    }

    #[inline]
    fn part(&mut self, part: Part<'_>) -> Result<Option<TermId>, Full> {
        let tags = self.dictionary.tags();
        let (tag, text) = match part {
            Part::Iri(iri) => return self.iri(iri),
            Part::Blank(label) => return self.blank(label).map(Some),
            Part::String(text) => (Some(Tag::STRING), text),
            Part::Tagged(text, language) if language.bytes().any(|byte| byte.is_ascii_uppercase()) => {
                (tags.language(&language.to_ascii_lowercase()), text)
            }
            Part::Tagged(text, language) => (tags.language(language), text),
            Part::Typed(text, datatype) => (tags.datatype(datatype), text),
        };
        tag.map(|tag| self.dictionary.intern(tag, text)).transpose()
    }

    #[inline]
    fn iri(&mut self, iri: &str) -> Result<Option<TermId>, Full> {
        self.dictionary.intern_if(Tag::IRI, iri, || NamedNodeRef::new(iri).is_ok())
    }

    fn blank(&mut self, label: &str) -> Result<TermId, Full> {
        self.label.clear();
        self.label.push_str(&self.prefix);
        self.label.push_str(label);
        self.dictionary.intern(Tag::BLANK, &self.label)
    }

    /// Gives a line to the parser alone; whether it is accepted.
    fn take_odd(&mut self, line: &str) -> Result<bool, Full> {
        let parser = RdfParser::from_format(RdfFormat::NTriples).for_slice(line);
        let Ok(quads) = parser.collect::<Result<Vec<_>, _>>() else { return Ok(false) };
        for quad in &quads {
            self.take(quad.as_ref())?;
        }
        Ok(true)
    }

    /// Takes a triple from a parser, of whatever graph.
    pub(super) fn take(&mut self, quad: QuadRef<'_>) -> Result<(), Full> {
        let s = self.term(quad.subject.into())?;
        let p = self.term(quad.predicate.into())?;
        let o = self.term(quad.object)?;
        self.triples.push([s, p, o]);
        Ok(())
    }

    fn term(&mut self, term: TermRef<'_>) -> Result<TermId, Full> {
        match term {
            TermRef::BlankNode(blank) => self.blank(blank.as_str()),
            TermRef::NamedNode(_) | TermRef::Literal(_) => self.dictionary.intern_term(term),
        }
    }

    /// Takes up what another lane has read.
    pub(super) fn absorb(&mut self, other: Self) -> Result<(), Full> {
        if self.triples.is_empty() && self.dictionary.len() == 0 {
            (self.dictionary, self.triples) = (other.dictionary, other.triples);
            return Ok(());
        }
        let renumbered = self.dictionary.absorb(other.dictionary)?;
        self.triples.reserve_exact(other.triples.len());
        for triple in other.triples {
            let [Some(s), Some(p), Some(o)] = triple.map(|id| renumbered.get(id.index()).copied()) else { continue };
            self.triples.push([s, p, o]);
        }
        Ok(())
    }
}

/// The head of a block that is text in UTF-8 and made of whole lines.
fn whole_lines(block: &[u8], last: bool) -> &str {
    let (text, broken) = match std::str::from_utf8(block) {
        Ok(text) => (text, false),
        Err(error) => {
            let valid = block.get(..error.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), true)
        }
    };
    if last && !broken {
        return text;
    }
    let end = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |end| end + 1);
    text.get(..end).unwrap_or_default()
}

/// How many lines end in a text; a carriage return ends one too, alone or before a line feed.
fn line_ends(text: &str) -> u64 {
    let mut last = 0;
    let mut ends = 0;
    for byte in text.bytes() {
        ends += u64::from(byte == b'\r' || byte == b'\n' && last != b'\r');
        last = byte;
    }
    ends
}
