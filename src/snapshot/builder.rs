//! From files and triples to a snapshot.

use super::blocks::{self, Rest, Shares};
use super::error::SnapshotError;
use super::lines::Lane;
use super::store::Snapshot;
use crate::rdf::Triple;
use oxrdf::GraphNameRef;
use oxrdfio::{RdfFormat, RdfParser};
use std::io::{self, Read};

/// Gathers the triples of a [`Snapshot`].
///
/// After an error it holds a part of the input that failed, so it should be let go.
#[derive(Debug)]
pub struct Builder {
    all: Lane,
    /// How many inputs were begun.
    inputs: usize,
    shares: Shares,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// A builder without triples.
    pub fn new() -> Self {
        Self::sharing(Shares::for_this_machine())
    }

    /// A builder that shares out its inputs in a given way.
    pub(super) fn sharing(shares: Shares) -> Self {
        Self { all: Lane::new(""), inputs: 0, shares }
    }

    /// Adds a triple. Its blank nodes keep their labels, so equal labels of added triples are one
    /// node; they must not look like those of [`Builder::read`], `input1_label`.
    ///
    /// # Errors
    /// [`SnapshotError::TooLarge`] when no number is left.
    pub fn add(&mut self, triple: &Triple) -> Result<(), SnapshotError> {
        Ok(self.all.take(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?)
    }

    /// Adds all triples of a text. `name` is what errors call it.
    ///
    /// Relative IRIs are resolved against `base`, in syntaxes that have them. Triples in named
    /// graphs are added like those outside; which graph they were in is forgotten. The blank node
    /// `label` of the first input is `input1_label` in the snapshot, and so on, so those of
    /// different inputs are never one.
    ///
    /// N-Triples are read in blocks on several cores; the other syntaxes as streams, on one.
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
        parse(&mut lane, name, parser, input)?;
        Ok(self.all.absorb(lane)?)
    }

    fn read_lines(&mut self, name: &str, input: impl Read, prefix: &str) -> Result<(), SnapshotError> {
        let read = blocks::read_lines(name, input, self.shares, || Lane::new(prefix))?;
        for lane in read.lanes {
            self.all.absorb(lane)?;
        }
        let Some(Rest { lines, bytes, input }) = read.rest else { return Ok(()) };
        // The parser counts lines; these stand for the ones that are done.
        let rest = io::repeat(b'\n').take(lines).chain(bytes.as_slice()).chain(input);
        let mut lane = Lane::new(prefix);
        parse(&mut lane, name, RdfParser::from_format(RdfFormat::NTriples), rest)?;
        Ok(self.all.absorb(lane)?)
    }

    /// How many triples it was given, repeated ones each time.
    pub fn triple_count(&self) -> usize {
        self.all.triples.len()
    }

    /// Sorts the triples.
    ///
    /// # Errors
    /// [`SnapshotError::TooLarge`] if they are too many.
    pub fn finish(self) -> Result<Snapshot, SnapshotError> {
        Snapshot::sorted(self.all.dictionary, &self.all.triples).ok_or(SnapshotError::TooLarge)
    }
}

/// Reads what a parser makes of an input.
fn parse(lane: &mut Lane, name: &str, parser: RdfParser, input: impl Read) -> Result<(), SnapshotError> {
    for quad in parser.for_reader(input) {
        let quad = quad.map_err(|error| SnapshotError::parse(name, error))?;
        lane.take(quad.as_ref())?;
    }
    Ok(())
}
