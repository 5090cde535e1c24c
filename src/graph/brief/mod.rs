//! Brief queries: answered where they are asked, in the time that handing them to another process would take.
//!
//! A query is brief where its text is short, its algebra does little between two looks at the data ([`form`] has the conditions),
//! and it takes no more than [`STEPS`] of them. One that turns out to be none, at once or on the way, is asked again as any other is:
//! nobody was told anything of it.

mod form;
mod group;
#[cfg(test)]
mod tests;

use super::answer::{Answer, Receiver, Writing};
use super::mapped::Reading;
use super::published::Graph;
use super::question::{Question, QuestionError, Stop};
use super::shortcut::matches_of;
use super::shown::Inside;
use crate::sparql::Bounds;
use crate::sparql::algebra::any;
use form::brief;
use oxigraph::sparql::SparqlEvaluator;
use spargebra::Query;
use spargebra::algebra::GraphPattern;

/// How much a brief query reads, in the steps of [`Reading::within`]: some tenths of a millisecond.
const STEPS: usize = 1 << 10;

/// What a brief query is read and planned within: a tenth of a millisecond, and little of a usual stack.
const BOUNDS: Bounds = Bounds {
    length: 2 << 10,
    depth: 8,
    reparsing: 4_000,
    operators: 64,
    terms: 256,
    variables: 128,
    patterns: 12,
    planning: 2_000,
    growth: 4,
};

impl Graph {
    /// Answers a query into `receiver` if it is brief; nothing where it is not, and what `receiver` heard then is void.
    ///
    /// # Errors
    /// See [`QuestionError`].
    pub fn answer_briefly(
        &self,
        question: &Question,
        receiver: &mut impl Receiver,
    ) -> Option<Result<(), QuestionError>> {
        let shown = self.shown();
        let Inside::Mapped(view) = &shown.inside else { return None };
        if question.graphs.are_chosen() || BOUNDS.check_text(&question.text).is_err() {
            return None;
        }
        let query = match self.parser(&question.base).parse_query(&question.text) {
            Ok(query) => query,
            Err(error) => return Some(Err(error.into())),
        };
        BOUNDS.check_algebra(&query).ok()?;
        let query = brief(query, &|triple| matches_of(triple, view.as_ref()))?;
        let answer = match Answer::to(&query, question) {
            Ok(answer) => answer,
            Err(error) => return Some(Err(error)),
        };
        // Nothing that a brief query may call has another value the next time.
        let (query, writing) = Writing::take_from(query, answer, true);
        if is_sorted_by_the_engine(&query) {
            return None;
        }
        let reading = Reading::within(view, STEPS);
        let results =
            SparqlEvaluator::new().without_optimizations().for_query(query).on_queryable_dataset(&reading).execute();
        let written = results
            .map_err(QuestionError::from)
            .and_then(|results| writing.write(results, shown.revision, &Stop::new(), receiver));
        (!reading.is_spent()).then_some(written)
    }
}

/// Whether the order is left to the engine, whose sort may panic where kinds of literals are mixed (see `ordering`): that is for a
/// process of its own.
fn is_sorted_by_the_engine(query: &Query) -> bool {
    let (Query::Select { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }
    | Query::Ask { pattern, .. }) = query;
    any(pattern, |pattern| matches!(pattern, GraphPattern::OrderBy { .. }), |_| false)
}
