//! What a change to records would break, before it is made.

use super::overlay::{Overlay, Rewritten, subjects};
use super::published::{Delta, Graph, GraphError};
use crate::rdf::Term;
use crate::shacl::{
    Change, Failure, Limits, Report, ResultPath, Shapes, Source, ValidationResult, affected, validate_nodes,
};
use crate::snapshot::Snapshot;
use std::collections::HashSet;
use std::sync::Arc;

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
    /// Checks records that are to be rewritten, and whatever else their difference, `delta`, touches, against
    /// shapes. Nothing is put into the graph. Beside it, `closure` counts as data.
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
        delta: &Delta,
        limits: Limits,
    ) -> Result<Report, VerdictError> {
        let (store, _) = self.view();
        let overlay = Overlay::new(&store, closure, records);
        let own = subjects(records);
        let touched = affected(shapes, &overlay, Change { removed: &delta.removed, added: &delta.added }, limits)?;
        let (own, others): (Vec<Term>, Vec<Term>) = touched.into_iter().partition(|node| own.contains(node));
        let mut report = validate_nodes(shapes, &overlay, &own, limits)?;
        // All of them: what was there before may stand in front of what is new.
        let all = Limits { results: usize::MAX, ..limits };
        let mut broken = validate_nodes(shapes, &overlay, &others, all)?;
        overlay.into_failure().map_or(Ok(()), Err)?;
        if !broken.conforms() {
            let as_they_were: Vec<Rewritten<'_>> =
                records.iter().map(|record| Rewritten { after: record.before, ..*record }).collect();
            let present = Overlay::new(&store, closure, &as_they_were);
            let before = validate_nodes(shapes, &present, &others, all)?;
            present.into_failure().map_or(Ok(()), Err)?;
            let were_there: HashSet<Key<'_>> = before.results.iter().map(key).collect();
            broken.results.retain(|result| !were_there.contains(&key(result)));
            report.results.append(&mut broken.results);
        }
        Ok(report)
    }
}

/// What makes two results of the same shapes the same.
type Key<'r> = (*const Source, &'r Term, Option<&'r Term>, Option<&'r ResultPath>);

fn key(result: &ValidationResult) -> Key<'_> {
    (Arc::as_ptr(&result.source), &result.focus, result.value.as_ref(), result.path())
}
