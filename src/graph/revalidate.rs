//! What a change to records would break, before it is made.

use super::overlay::{Overlay, Rewritten, subjects};
use super::published::{Graph, GraphError};
use crate::rdf::{Term, Triple};
use crate::shacl::{Change, Failure, Limits, Report, Shapes, ValidationResult, affected, validate_nodes};
use crate::snapshot::Snapshot;

/// A change that there is no verdict on.
#[derive(Debug, thiserror::Error)]
pub enum VerdictError {
    /// The graph could not be read.
    #[error(transparent)]
    Graph(#[from] GraphError),
    /// The validation failed.
    #[error(transparent)]
    Shacl(#[from] Failure),
}

impl Graph {
    /// Checks records that are to be rewritten, and whatever else the change touches, against shapes. Nothing
    /// is put into the graph. Beside it, `closure` counts as data.
    ///
    /// The report has the results of the records themselves, and of other nodes those that they have not had
    /// before: a change answers for what it breaks, not for what it finds broken.
    ///
    /// # Errors
    /// [`VerdictError`], where there is no verdict.
    pub fn revalidate(
        &self,
        shapes: &Shapes,
        closure: &Snapshot,
        records: &[Rewritten<'_>],
        limits: Limits,
    ) -> Result<Report, VerdictError> {
        let (store, _) = self.view();
        let mut removed: Vec<Triple> = Vec::new();
        let mut added: Vec<Triple> = Vec::new();
        for record in records {
            removed.extend(record.before.minus(record.after).cloned());
            added.extend(record.after.minus(record.before).cloned());
        }
        let overlay = Overlay::new(&store, closure, records);
        let own = subjects(records);
        let touched = affected(shapes, &overlay, Change { removed: &removed, added: &added }, limits)?;
        let (own, others): (Vec<Term>, Vec<Term>) = touched.into_iter().partition(|node| own.contains(node));
        let mut report = validate_nodes(shapes, &overlay, &own, limits)?;
        let mut broken = validate_nodes(shapes, &overlay, &others, limits)?;
        overlay.into_failure().map_or(Ok(()), Err)?;
        if !broken.conforms() {
            let as_they_were: Vec<Rewritten<'_>> =
                records.iter().map(|record| Rewritten { after: record.before, ..*record }).collect();
            let present = Overlay::new(&store, closure, &as_they_were);
            let unlimited = Limits { results: usize::MAX, ..limits };
            let before = validate_nodes(shapes, &present, &others, unlimited)?;
            present.into_failure().map_or(Ok(()), Err)?;
            broken.results.retain(|result| !was_there(&before, result));
            report.results.append(&mut broken.results);
            report.omitted += broken.omitted;
        }
        Ok(report)
    }
}

/// Whether a result was there before, but for the texts of literals, which the graph does not keep as written.
fn was_there(before: &Report, result: &ValidationResult) -> bool {
    before.results.iter().any(|earlier| {
        earlier.source == result.source
            && earlier.focus == result.focus
            && earlier.value == result.value
            && earlier.path() == result.path()
    })
}
