//! ORDER BY, taken out of a SELECT: the engine gives the solutions with what they are ordered by, and they are put in
//! order here.
//!
//! The engine evaluates each key anew in each comparison, holds all solutions for a page of ten, does not stop while it
//! sorts, and compares in a way that is no order where kinds of literals are mixed, at which the standard library's sort
//! may panic. Here a key is evaluated once for each solution, no more than OFFSET + LIMIT solutions are held, [`runs`] looks
//! at the stop, and [`value`] compares.
//!
//! | part of the query | what becomes of it |
//! |---|---|
//! | a key that is a variable | selected, if it is not |
//! | another key | bound to a new variable, which is selected; an error leaves it unbound, as it leaves the key |
//! | DISTINCT, REDUCED | stay, over the keys too: these must follow from what is selected, or the order stays the engine's |
//! | OFFSET, LIMIT | done here |
//!
//! What is selected for the order alone is cut off again. Solutions that are equal in all keys come in the order in which
//! the engine finds them. Only the order of the query itself is taken out; that of a subquery stays the engine's.

mod runs;
#[cfg(test)]
mod tests;
mod value;

use super::question::Stop;
use super::rewrite::fresh::Fresh;
use super::rewrite::scope::{is_repeatable, mentioned_in};
use oxrdf::{Term, TermRef, Variable};
use runs::{Merged, least, sorted_runs};
use spareval::{QueryEvaluationError, QuerySolution, QuerySolutionIter};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};
use std::cmp::Ordering;
use std::rc::Rc;
pub(super) use value::Value;
use value::compare;

/// How many solutions are taken or given between two looks at the stop.
const MOVES: usize = 1 << 10;

/// The order of a query's solutions, and the page that is asked for.
pub(super) struct Sorting {
    keys: Rc<[Key]>,
    /// How many variables the query selects.
    width: usize,
    offset: usize,
    limit: Option<usize>,
}

/// What solutions are ordered by: a column of them, and whether the greatest comes first.
pub(super) struct Key {
    pub(super) column: usize,
    is_descending: bool,
}

impl Key {
    /// The order of two solutions by their terms in the column, or nothing where that is unbound, with what these are worth.
    pub(super) fn compare(&self, a: (Option<TermRef<'_>>, &Value), b: (Option<TermRef<'_>>, &Value)) -> Ordering {
        let order = compare(a, b);
        if self.is_descending { order.reverse() } else { order }
    }
}

impl Sorting {
    /// How many solutions the page needs, from the first on; nothing where it needs all.
    pub(super) fn held(&self) -> Option<usize> {
        self.limit.map(|limit| self.offset.saturating_add(limit))
    }

    /// The keys; their columns are those of what the query selects once its order is taken out.
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Takes the order out of a query, with OFFSET and LIMIT; `None`, and the query stays, if it has none that can be.
    pub(super) fn take_from(query: &mut Query) -> Option<Self> {
        let Query::Select { pattern, .. } = query else { return None };
        let mut fresh = Fresh::for_query(pattern);
        let (offset, limit) = match pattern {
            GraphPattern::Slice { start, length, .. } => (*start, *length),
            _ => (0, None),
        };
        let sliced = if let GraphPattern::Slice { inner, .. } = pattern { inner } else { &mut *pattern };
        let (is_distinct, projected) = match sliced {
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => (true, inner.as_mut()),
            other => (false, other),
        };
        let GraphPattern::Project { inner: ordered, variables } = projected else { return None };
        let GraphPattern::OrderBy { inner, expression } = ordered.as_mut() else { return None };
        if is_distinct && !expression.iter().all(|key| follows_from(key, variables)) {
            return None;
        }
        let width = variables.len();
        let mut extended = std::mem::take(inner.as_mut());
        let mut keys = Vec::new();
        for key in std::mem::take(expression) {
            let (expression, is_descending) = match key {
                OrderExpression::Asc(expression) => (expression, false),
                OrderExpression::Desc(expression) => (expression, true),
            };
            let variable = match expression {
                Expression::Variable(variable) => variable,
                expression => {
                    let variable = fresh.variable();
                    let (inner, named) = (Box::new(extended), variable.clone());
                    extended = GraphPattern::Extend { inner, variable: named, expression };
                    variable
                }
            };
            keys.push(Key { column: column(variables, variable), is_descending });
        }
        **ordered = extended;
        if let GraphPattern::Slice { inner, .. } = pattern {
            *pattern = std::mem::take(inner.as_mut());
        }
        Some(Self { keys: keys.into(), width, offset, limit })
    }

    /// The page of the solutions, in order.
    ///
    /// # Errors
    /// What the engine fails with, or a stop.
    pub(super) fn sorted(
        &self,
        solutions: QuerySolutionIter<'_>,
        stop: &Stop,
    ) -> Result<QuerySolutionIter<'static>, QueryEvaluationError> {
        let (width, stop) = (self.width, stop.clone());
        let variables: Vec<Variable> = solutions.variables().iter().take(width).cloned().collect();
        let ranked = solutions.enumerate().map(|(place, solution)| {
            if place.is_multiple_of(MOVES) {
                stop.check()?;
            }
            Ok(Ranked::new(solution?, place, Rc::clone(&self.keys)))
        });
        let runs = match self.held() {
            Some(held) => vec![least(held, ranked)?],
            None => sorted_runs(ranked)?,
        };
        let page = Merged::of(runs).skip(self.offset).enumerate().map(move |(place, ranked)| {
            if place.is_multiple_of(MOVES) {
                stop.check()?;
            }
            Ok(ranked.cut(width))
        });
        Ok(QuerySolutionIter::from_tuples(variables.into(), page))
    }
}

/// The place of a variable among those that are selected, which it joins if it is not there.
fn column(variables: &mut Vec<Variable>, variable: Variable) -> usize {
    variables.iter().position(|other| *other == variable).unwrap_or_else(|| {
        variables.push(variable);
        variables.len() - 1
    })
}

/// Whether solutions that are the same in some variables are the same in a key.
fn follows_from(key: &OrderExpression, variables: &[Variable]) -> bool {
    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = key;
    is_repeatable(expression) && mentioned_in(expression).iter().all(|variable| variables.contains(variable))
}

/// A solution with what it is ordered by.
struct Ranked {
    solution: QuerySolution,
    values: Box<[Value]>,
    /// When it was found.
    place: usize,
    keys: Rc<[Key]>,
}

impl Ranked {
    fn new(solution: QuerySolution, place: usize, keys: Rc<[Key]>) -> Self {
        let values = keys.iter().map(|key| Value::of(solution.get(key.column).map(Term::as_ref))).collect();
        Self { solution, values, place, keys }
    }

    /// The term of a key.
    fn term(&self, key: &Key) -> Option<TermRef<'_>> {
        self.solution.get(key.column).map(Term::as_ref)
    }

    /// The terms that the query selects.
    fn cut(&self, width: usize) -> Vec<Option<Term>> {
        self.solution.values().iter().take(width).cloned().collect()
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let values = self.values.iter().zip(&other.values);
        for (key, (mine, others)) in self.keys.iter().zip(values) {
            let order = key.compare((self.term(key), mine), (other.term(key), others));
            if order != Ordering::Equal {
                return order;
            }
        }
        self.place.cmp(&other.place)
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ranked {}
