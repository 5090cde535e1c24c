//! Shapes and data that are made to take all time or all memory: refused with the place, or ended.

mod ended;
mod refused;

use crate::rdf::read_turtle;
use crate::shacl::{Failure, Limits, Report, Shapes, ShapesError, validate};
use crate::snapshot::Snapshot;
use std::fmt::Write;
use std::time::{Duration, Instant};

const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";

/// Reads shapes written in Turtle.
fn shapes(text: &str) -> Result<Shapes, ShapesError> {
    let triples = read_turtle(format!("{PREFIXES}{text}").as_bytes(), "http://e/").unwrap();
    Shapes::parse(&triples.into_iter().collect())
}

/// Data written in Turtle.
fn data(text: &str) -> Snapshot {
    Snapshot::of(read_turtle(format!("{PREFIXES}{text}").as_bytes(), "http://e/").unwrap())
}

/// The outcome of a validation and the time that it took.
fn validated(text: &str, data: &Snapshot, results: usize, allowed: Duration) -> (Result<Report, Failure>, Duration) {
    let shapes = shapes(text).unwrap();
    let started = Instant::now();
    let deadline = Some(started + allowed);
    (validate(&shapes, data, Limits { deadline, results }), started.elapsed())
}

/// Something for each number.
fn each(count: usize, write: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        writeln!(text, "{}", write(number)).unwrap();
        text
    })
}
