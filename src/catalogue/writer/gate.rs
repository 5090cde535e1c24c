//! What everything that is published must conform to: the product's shapes and those of CPSV-AP, and the
//! code-list closure that they are checked with.

use crate::graph::{Delta, Graph, Rewritten, VerdictError};
use crate::rdf::{ReadError, Triple, read_turtle};
use crate::shacl::{Limits, Report, Shapes, ShapesError};
use crate::snapshot::Snapshot;
use crate::vocab;
use oxrdf::Graph as Triples;

/// The most results that one submission is told.
const MOST_TOLD: usize = 10_000;

/// The shapes that ship with the product, compiled, and the code-list closure.
#[derive(Debug)]
pub struct Gate {
    shapes: Shapes,
    closure: Vec<Triple>,
    /// The closure once more, for look-ups.
    known: Snapshot,
}

/// A gate that cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// A file of shapes, or of the closure, cannot be read.
    #[error("the shapes that ship with the product: {0}")]
    Read(#[from] ReadError),
    /// Shapes are ill-formed.
    #[error("the shapes that ship with the product: {0}")]
    Shapes(#[from] ShapesError),
}

impl Gate {
    /// The gate that ships with the product.
    ///
    /// # Errors
    /// [`GateError`], where one of its files was broken before it was built.
    pub fn new() -> Result<Self, GateError> {
        let mut graph = Triples::new();
        for text in [vocab::SHAPES, vocab::CPSV_AP_SHAPES] {
            graph.extend(read_turtle(text.as_bytes(), vocab::HOME)?);
        }
        let mut closure = Vec::new();
        for text in vocab::CLOSURE {
            closure.extend(read_turtle(text.as_bytes(), vocab::HOME)?);
        }
        let known = Snapshot::of(closure.iter().cloned());
        Ok(Self { shapes: Shapes::parse(&graph)?, closure, known })
    }

    /// The product's shapes and CPSV-AP's, as one shapes graph.
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// The triples that take part in every check without being published: typed stubs of codes of lists kept
    /// elsewhere, and which classes of CPSV-AP are kinds of another.
    pub fn closure(&self) -> &[Triple] {
        &self.closure
    }

    /// Checks records that are to be rewritten, with whatever else of the published graph the change touches, where
    /// `settled` were rewritten before and the graph does not show it yet.
    ///
    /// # Errors
    /// [`VerdictError`], where there is no verdict.
    pub(super) fn check(
        &self,
        graph: &Graph,
        settled: &[Rewritten<'_>],
        records: &[Rewritten<'_>],
        delta: &Delta,
    ) -> Result<Report, VerdictError> {
        let limits = Limits { results: MOST_TOLD, ..Limits::default() };
        graph.revalidate(&self.shapes, &self.known, settled, records, delta, limits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_that_ships_can_be_built() {
        let gate = Gate::new().unwrap();
        assert!(gate.shapes().targeted() > 60 && gate.closure().len() > 300);
    }
}
