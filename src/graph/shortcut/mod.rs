//! Short cuts: parts of a query that are answered from counts and put back as VALUES before the engine has them.
//!
//! The engine makes a row of each solution to count it. Where a count is how long a range of sorted triples is, or where
//! rows of numbers will do, the answer is there a hundred times sooner. ORDER BY, HAVING, LIMIT, expressions and
//! projection stay the engine's, over the VALUES. What is matched is the algebra, not the text: the names of variables, the
//! order of patterns, nested groups and subqueries that say the same do not matter. [`tally`] says which parts there are and
//! when they are exact, [`page`] when only the first rows of an order are put back; [`plain`] over which patterns;
//! [`plan`](mod@plan) and [`search`] how solutions are found.
//!
//! A part is left to the engine where
//!
//! 1. the query chooses its data set (FROM), or the part is inside GRAPH or SERVICE: its triples are others;
//! 2. it is inside EXISTS, or to the right in LATERAL: it sees the values of the solutions around it;
//! 3. the first solutions are enough (LIMIT, ASK), and all of them cost more than passing over runs of triples;
//! 4. it would take too much memory: see [`groups`];
//! 5. a path stands beside it that may match several times between two ends: where VALUES give both, the engine asks whether
//!    there is a way, and not how many.
//!
//! The query must be evaluated over the same data, with the lexical forms that these have.

mod counted;
mod groups;
mod id_set;
mod page;
mod plain;
mod plan;
mod rows;
mod search;
mod tally;
#[cfg(test)]
mod tests;

use super::ordering::Sorting;
use super::question::Stop;
use super::rewrite::scope::has_several_ways;
use crate::sparql::algebra::{any, parts_mut};
pub(in crate::graph) use counted::{Counted, matches_of};
use page::answer_page;
use search::{Halt, Watch};
use spareval::QueryEvaluationError;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use tally::{Search, Tally};

/// Answers parts of a query from counts; its solutions stay the same, with the same multiplicities, or those of the page
/// that its order, which was taken out, makes of them.
///
/// # Errors
/// The query is stopped.
pub(super) fn with_short_cuts(
    query: &mut Query,
    sorting: Option<&Sorting>,
    data: &impl Counted,
    stop: &Stop,
) -> Result<(), QueryEvaluationError> {
    if query.dataset().is_some() {
        return Ok(());
    }
    let (pattern, may_end_early) = match query {
        Query::Select { pattern, .. } | Query::Construct { pattern, .. } | Query::Describe { pattern, .. } => {
            (pattern, false)
        }
        Query::Ask { pattern, .. } => (pattern, true),
    };
    let mut search = Search { data, watch: Watch::new(stop), may_end_early };
    if let Some(sorting) = sorting {
        match answer_page(pattern, sorting, &mut search) {
            Ok(true) => return Ok(()),
            Ok(false) | Err(Halt::TooMuch) => {}
            Err(Halt::Stopped(error)) => return Err(error),
        }
    }
    let is_counted_as_one =
        |part: &GraphPattern| matches!(part, GraphPattern::Path { path, .. } if has_several_ways(path));
    if any(pattern, is_counted_as_one, |_| false) {
        return Ok(());
    }
    answer_parts(pattern, &mut search)
}

/// Answers what can be answered of a pattern: itself, or parts of it.
fn answer_parts(
    pattern: &mut GraphPattern,
    search: &mut Search<'_, '_, impl Counted>,
) -> Result<(), QueryEvaluationError> {
    if let Some(tally) = Tally::of(pattern, search.data) {
        match tally.answer(search) {
            Ok(Some(values)) => {
                *pattern = values;
                return Ok(());
            }
            Ok(None) | Err(Halt::TooMuch) => {}
            Err(Halt::Stopped(error)) => return Err(error),
        }
    }
    let outside = search.may_end_early;
    search.may_end_early = match pattern {
        GraphPattern::Graph { .. } | GraphPattern::Service { .. } => return Ok(()),
        GraphPattern::Lateral { left, .. } => return answer_parts(left, search),
        GraphPattern::Slice { length, .. } => outside || length.is_some(),
        // These need all solutions before they give one.
        GraphPattern::OrderBy { .. } | GraphPattern::Group { .. } => false,
        _ => outside,
    };
    let result = parts_mut(pattern).0.into_iter().try_for_each(|part| answer_parts(part, search));
    search.may_end_early = outside;
    result
}
