//! The evaluation of queries for many focus nodes at once.

#[cfg(test)]
mod tests;

use super::dataset::{Dataset, ShapesGraph, Table, Value, internal_value};
use super::limits::{Clock, Interrupted, Limits};
use super::prebind::{ROW_VARIABLE, prebind};
use super::query::Query;
use crate::shacl::data::Data;
use oxrdf::Term;
use oxrdf::vocab::xsd;
use spareval::{QueryEvaluationError, QueryEvaluator, QueryResults, QuerySolution, QuerySolutionIter};
use std::rc::Rc;

/// What queries are evaluated over.
#[derive(Debug)]
pub struct Scope<'a, D> {
    /// The data.
    pub data: &'a D,
    /// The shapes graph, if queries may read it.
    pub shapes: Option<ShapesGraph<'a>>,
    /// What an evaluation may take.
    pub limits: Limits,
}

/// Why an evaluation failed.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// It took too much.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// The query reported a failure by binding `?failure` to true.
    /// <https://www.w3.org/TR/shacl/#sparql-constraints-variables>
    #[error("the query reports a failure (it binds ?failure to true)")]
    Failure {
        /// The row of the focus node, from 0.
        row: usize,
    },
    /// The engine refused the query, for a function that it does not know.
    #[error("the query cannot be evaluated: {0}")]
    Engine(QueryEvaluationError),
}

impl From<QueryEvaluationError> for EvaluationError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Dataset(error) => match error.downcast::<Interrupted>() {
                Ok(interrupted) => Self::Interrupted(*interrupted),
                Err(error) => Self::Engine(QueryEvaluationError::Dataset(error)),
            },
            error => Self::Engine(error),
        }
    }
}

/// A solution of a SELECT.
#[derive(Debug)]
pub struct Solution {
    /// Which focus node it is about: its place in the list, from 0.
    pub row: usize,
    bindings: QuerySolution,
}

impl Solution {
    /// The value of a variable, given without its sign.
    pub fn get(&self, variable: &str) -> Option<&Term> {
        self.bindings.get(variable)
    }

    /// The variables that have a value, with it.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (&oxrdf::Variable, &Term)> {
        self.bindings.iter().filter(|(variable, _)| variable.as_str() != ROW_VARIABLE)
    }
}

/// The solutions of a SELECT, those of a focus node together, in the order of the focus nodes.
/// After an error there are no more.
pub struct Solutions<'a> {
    engine: QuerySolutionIter<'a>,
    clock: Rc<Clock>,
    limit: usize,
    row: usize,
    of_row: usize,
    ended: bool,
}

impl<'a, D: Data> Scope<'a, D> {
    /// The solutions of a SELECT for each focus node as `$this`, the other variables being given
    /// the same value for all. A variable that is not given stays unbound.
    pub fn select(
        &self,
        query: &Query,
        shared: &[(&str, Value)],
        focus: &[Value],
    ) -> Result<Solutions<'a>, EvaluationError> {
        self.run(query, shared, &[("this", focus)])
    }

    /// Whether an ASK holds, for each pair of a focus node and a value node.
    pub fn ask(
        &self,
        query: &Query,
        shared: &[(&str, Value)],
        focus: &[Value],
        values: &[Value],
    ) -> Result<Vec<bool>, EvaluationError> {
        let mut answers = vec![false; focus.len().min(values.len())];
        for solution in self.run(query, shared, &[("this", focus), ("value", values)])? {
            if let Some(answer) = answers.get_mut(solution?.row) {
                *answer = true;
            }
        }
        Ok(answers)
    }

    fn run(
        &self,
        query: &Query,
        shared: &[(&str, Value)],
        columns: &[(&str, &[Value])],
    ) -> Result<Solutions<'a>, EvaluationError> {
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let shared_names: Vec<&str> = shared.iter().map(|(name, _)| *name).collect();
        let prebound = prebind(query, &names, &shared_names);
        let clock = Rc::new(Clock::new(self.limits));
        let dataset = Dataset {
            data: self.data,
            shapes: self.shapes,
            table: Rc::new(self.table(shared, columns)),
            clock: Rc::clone(&clock),
        };
        match QueryEvaluator::new().prepare(&prebound).execute(dataset)? {
            QueryResults::Solutions(solutions) => {
                let limit = self.limits.solutions;
                Ok(Solutions { engine: solutions, clock, limit, row: 0, of_row: 0, ended: false })
            }
            QueryResults::Boolean(_) | QueryResults::Graph(_) => {
                Err(EvaluationError::Engine(QueryEvaluationError::Unexpected("no solutions of a SELECT".into())))
            }
        }
    }

    fn table(&self, shared: &[(&str, Value)], columns: &[(&str, &[Value])]) -> Table {
        Table {
            rows: columns.iter().map(|(_, values)| values.len()).min().unwrap_or(0),
            columns: columns
                .iter()
                .map(|(name, values)| {
                    ((*name).to_owned(), values.iter().map(|value| internal_value(self.data, value)).collect())
                })
                .collect(),
            shared: shared.iter().map(|(name, value)| ((*name).to_owned(), internal_value(self.data, value))).collect(),
        }
    }
}

impl Iterator for Solutions<'_> {
    type Item = Result<Solution, EvaluationError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let next = self.engine.next();
        // What is still to come was computed from errors that the engine took for values.
        let next = match (self.clock.stopped(), next) {
            (Some(interrupted), _) => Some(Err(interrupted.into())),
            (None, Some(Ok(bindings))) => Some(self.solution(bindings)),
            (None, Some(Err(error))) => Some(Err(error.into())),
            (None, None) => None,
        };
        self.ended = !matches!(next, Some(Ok(_)));
        next
    }
}

impl Solutions<'_> {
    fn solution(&mut self, bindings: QuerySolution) -> Result<Solution, EvaluationError> {
        self.clock.look()?;
        let row = bindings.get(ROW_VARIABLE).map_or(self.row, row_of);
        self.of_row = if row == self.row { self.of_row + 1 } else { 1 };
        self.row = row;
        if self.of_row > self.limit {
            return Err(Interrupted::Answers { row, limit: self.limit }.into());
        }
        if bindings.get("failure").is_some_and(is_true) {
            return Err(EvaluationError::Failure { row });
        }
        Ok(Solution { row, bindings })
    }
}

fn row_of(term: &Term) -> usize {
    match term {
        Term::Literal(row) => row.value().parse().unwrap_or(0),
        _ => 0,
    }
}

fn is_true(term: &Term) -> bool {
    matches!(term, Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN && matches!(literal.value(), "true" | "1"))
}
