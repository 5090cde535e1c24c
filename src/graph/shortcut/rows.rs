//! Rows that are put back into a query.

use super::counted::Counted;
use crate::snapshot::TermId;
use oxrdf::{Literal, TermRef, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

/// The most rows: they are written into the query.
pub(super) const MOST_ROWS: usize = 1 << 16;

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// A term of the data.
    Term(TermId),
    /// How many there are of something.
    Count(u64),
}

/// Rows as VALUES; `None` if one would have a blank node, or a number that is too large.
pub(super) fn values(
    variables: Vec<Variable>,
    rows: impl Iterator<Item = Vec<Cell>>,
    data: &impl Counted,
) -> Option<GraphPattern> {
    let ground = |cell: Cell| ground(cell, data).map(Some);
    let bindings = rows.map(|row| row.into_iter().map(ground).collect()).collect::<Option<_>>()?;
    Some(GraphPattern::Values { variables, bindings })
}

fn ground(cell: Cell, data: &impl Counted) -> Option<GroundTerm> {
    Some(match cell {
        Cell::Count(count) => GroundTerm::Literal(Literal::from(i64::try_from(count).ok()?)),
        Cell::Term(id) => match data.term(id)? {
            TermRef::NamedNode(iri) => GroundTerm::NamedNode(iri.into_owned()),
            TermRef::Literal(literal) => GroundTerm::Literal(literal.into_owned()),
            TermRef::BlankNode(_) => return None,
        },
    })
}
