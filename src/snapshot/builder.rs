//! From files and triples to a snapshot.

use super::blocks::{self, Failure, Rest};
use super::error::{Full, SnapshotError};
use super::lines::Lane;
use super::store::Snapshot;
use crate::rdf::Triple;
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};
use std::io::{self, Read};

/// Gathers the triples of a [`Snapshot`].
///
/// After an error it holds a part of the input that failed, so it should be let go.
#[derive(Debug)]
pub struct Builder {
    all: Lane,
    /// How many inputs were begun.
    inputs: usize,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// A builder without triples.
    pub fn new() -> Self {
        Self { all: Lane::new(""), inputs: 0 }
    }

    /// Adds a triple. Its blank nodes keep their labels, so equal labels of added triples are one
    /// node; they must not look like those of [`Builder::read`], `input1_label`.
    ///
    /// # Errors
    /// [`SnapshotError::TooLarge`] when no number is left.
    pub fn add(&mut self, triple: &Triple) -> Result<(), SnapshotError> {
        Ok(self.all.take(triple.as_ref().in_graph(oxrdf::GraphNameRef::DefaultGraph))?)
    }

    /// Adds all triples of a text. `name` is what errors call it.
    ///
    /// Relative IRIs are resolved against `base`, in syntaxes that have them. Triples in named
    /// graphs are added like those outside; which graph they were in is forgotten. The blank node
    /// `label` of the first input is `input1_label` in the snapshot, and so on, so those of
    /// different inputs are never one.
    ///
    /// N-Triples are read in blocks on several cores; the other syntaxes on one. None is held in
    /// memory as a whole, except JSON-LD whose context does not come first.
    ///
    /// # Errors
    /// See [`SnapshotError`]; no error of the syntax is forgiven.
    pub fn read(&mut self, name: &str, syntax: RdfFormat, base: &str, input: impl Read) -> Result<(), SnapshotError> {
        self.inputs += 1;
        let prefix = format!("input{}_", self.inputs);
        if syntax == RdfFormat::NTriples {
            return self.read_lines(name, input, &prefix);
        }
        let parser = RdfParser::from_format(syntax).with_base_iri(base).map_err(|error| SnapshotError::Base {
            name: name.to_owned(),
            base: base.to_owned(),
            reason: error.to_string(),
        })?;
        let mut lane = Lane::new(&prefix);
        parse(&mut lane, parser, input).map_err(|error| error.of(name))?;
        Ok(self.all.absorb(lane)?)
    }

    fn read_lines(&mut self, name: &str, input: impl Read, prefix: &str) -> Result<(), SnapshotError> {
        let read = blocks::read_lines(input, || Lane::new(prefix)).map_err(|failure| match failure {
            Failure::Input(error) => SnapshotError::Input { name: name.to_owned(), error },
            Failure::Full => SnapshotError::TooLarge,
        })?;
        for lane in read.lanes {
            self.all.absorb(lane)?;
        }
        let Some(Rest { lines, bytes, input }) = read.rest else { return Ok(()) };
        // The parser counts lines; these stand for the ones that are done.
        let rest = io::repeat(b'\n').take(lines).chain(bytes.as_slice()).chain(input);
        let mut lane = Lane::new(prefix);
        parse(&mut lane, RdfParser::from_format(RdfFormat::NTriples), rest).map_err(|error| error.of(name))?;
        Ok(self.all.absorb(lane)?)
    }

    /// Sorts the triples.
    ///
    /// # Errors
    /// [`SnapshotError::TooLarge`] if they are too many.
    pub fn finish(self) -> Result<Snapshot, SnapshotError> {
        Snapshot::sorted(self.all.dictionary, self.all.triples).ok_or(SnapshotError::TooLarge)
    }
}

/// Why a parser's triples could not be taken.
enum ParseFailure {
    Parse(RdfParseError),
    Full,
}

impl ParseFailure {
    fn of(self, name: &str) -> SnapshotError {
        match self {
            Self::Parse(error) => SnapshotError::parse(name, error),
            Self::Full => SnapshotError::TooLarge,
        }
    }
}

impl From<RdfParseError> for ParseFailure {
    fn from(error: RdfParseError) -> Self {
        Self::Parse(error)
    }
}

impl From<Full> for ParseFailure {
    fn from(_: Full) -> Self {
        Self::Full
    }
}

fn parse(lane: &mut Lane, parser: RdfParser, input: impl Read) -> Result<(), ParseFailure> {
    for quad in parser.for_reader(input) {
        lane.take(quad?.as_ref())?;
    }
    Ok(())
}
