//! One question to another endpoint: a SERVICE written out as a SELECT, together with the values that it is joined with.

use super::beside::Beside;
use crate::federation::{CallError, Solutions};
use crate::graph::outside::Outside;
use crate::graph::rewrite::rewrite;
use crate::graph::shown::Shown;
use crate::sparql::Bounds;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Term, Variable};
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::GroundTerm;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The most combinations of values that are sent; with more the endpoint is asked for everything.
const VALUES: usize = 2_000;

/// The most combinations of values in one call.
const VALUES_A_CALL: usize = 200;

/// A question to another endpoint.
pub(super) struct ServiceQuestion {
    endpoint: String,
    pattern: GraphPattern,
    /// The variables that its solutions bind.
    pub variables: Arc<[Variable]>,
    values: Option<(Vec<Variable>, Query)>,
    /// What the values come from.
    bound: Mutex<Option<(Shown, SparqlEvaluator)>>,
    answer: Mutex<Option<Result<Arc<Solutions>, CallError>>>,
}

/// One row of values for the columns of a VALUES.
type Row = Vec<GroundTerm>;

/// Columns, and rows of values for them.
type Table = (Vec<Variable>, Vec<Row>);

impl ServiceQuestion {
    /// What an endpoint is asked by a pattern with this beside it, in a query over `dataset`.
    pub(super) fn new(endpoint: &str, pattern: &GraphPattern, beside: &Beside, dataset: Option<&QueryDataset>) -> Self {
        let mut variables = Vec::new();
        pattern.on_in_scope_variable(|variable| {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
        });
        let values = beside
            .values_for(pattern, VALUES + 1)
            .map(|(columns, pattern)| (columns, Query::Select { dataset: dataset.cloned(), pattern, base_iri: None }));
        // Groups that stand apart in the query may come together here, and be too large to plan.
        let values = values.filter(|(_, query)| Bounds::default().check_algebra(query).is_ok());
        let values = values.map(|(columns, query)| (columns, rewrite(query, None)));
        Self {
            endpoint: endpoint.to_owned(),
            pattern: pattern.clone(),
            variables: variables.into(),
            values,
            bound: Mutex::default(),
            answer: Mutex::default(),
        }
    }

    /// Fixes the data that the values come from.
    pub(super) fn bind(&self, shown: &Shown, evaluator: &SparqlEvaluator) {
        *self.bound.lock().unwrap_or_else(PoisonError::into_inner) = Some((shown.clone(), evaluator.clone()));
    }

    /// The solutions of the endpoint, as far as they can agree with the values.
    ///
    /// # Errors
    /// [`CallError`] inside [`QueryEvaluationError::Service`], or that of the evaluation of the values.
    pub(super) fn solutions(
        &self,
        outside: &dyn Outside,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, QueryEvaluationError> {
        let mut known = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = match &*known {
            Some(answer) => answer.clone(),
            None if is_stopped() => Err(CallError::Stopped),
            None => {
                let rows = self.rows()?;
                known.insert(self.ask(rows, outside, is_stopped)).clone()
            }
        };
        answer.map_err(|error| match error {
            CallError::Stopped => QueryEvaluationError::Cancelled,
            error => QueryEvaluationError::Service(Box::new(error)),
        })
    }

    /// Asks for everything, or for what has one of these rows of values.
    fn ask(
        &self,
        rows: Option<Table>,
        outside: &dyn Outside,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, CallError> {
        let ask = |query: String| outside.ask(&self.endpoint, &query, &self.variables, is_stopped);
        let Some((columns, rows)) = rows else { return ask(self.query(None)) };
        let mut all = Solutions::new();
        for rows in rows.chunks(VALUES_A_CALL) {
            all.extend(ask(self.query(Some((&columns, rows))))?.iter().cloned());
        }
        Ok(Arc::new(all))
    }

    /// The text that the endpoint gets.
    fn query(&self, values: Option<(&[Variable], &[Row])>) -> String {
        let mut pattern = self.pattern.clone();
        if let Some((columns, rows)) = values {
            let bindings = rows.iter().map(|row| row.iter().cloned().map(Some).collect()).collect();
            let values = GraphPattern::Values { variables: columns.to_vec(), bindings };
            pattern = GraphPattern::Join { left: Box::new(values), right: Box::new(pattern) };
        }
        // Without variables, whether there are solutions and how many is all that is asked: SELECT * says that.
        if !self.variables.is_empty() {
            pattern = GraphPattern::Project { inner: Box::new(pattern), variables: self.variables.to_vec() };
        }
        Query::Select { dataset: None, pattern, base_iri: None }.to_string()
    }

    /// The values to send, in columns and rows; nothing where there are too many, or none that can be sent.
    fn rows(&self) -> Result<Option<Table>, QueryEvaluationError> {
        let bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some((columns, query)), Some((shown, evaluator))) = (&self.values, bound) else { return Ok(None) };
        let rows = shown.evaluate(evaluator.for_query(query.clone()), |results, _| sendable_rows(results, columns))?;
        if rows.len() > VALUES {
            return Ok(None);
        }
        let sent: Vec<usize> = (0..columns.len())
            .filter(|column| rows.iter().all(|row| matches!(row.get(*column), Some(Some(_)))))
            .collect();
        if sent.is_empty() {
            return Ok(None);
        }
        let columns = sent.iter().filter_map(|column| columns.get(*column)).cloned().collect();
        let mut seen = HashSet::new();
        let row = |row: Vec<Option<GroundTerm>>| sent.iter().filter_map(|column| row.get(*column)?.clone()).collect();
        let rows = rows.into_iter().map(row).filter(|row: &Row| seen.insert(row.clone())).collect();
        Ok(Some((columns, rows)))
    }
}

/// The values of solutions in some columns, as far as they can be sent.
fn sendable_rows(
    results: QueryResults<'_>,
    columns: &[Variable],
) -> Result<Vec<Vec<Option<GroundTerm>>>, QueryEvaluationError> {
    let QueryResults::Solutions(solutions) = results else { return Ok(Vec::new()) };
    let row = |solution: QuerySolution| columns.iter().map(|column| solution.get(column).and_then(sendable)).collect();
    solutions.map(|solution| solution.map(row)).collect()
}

/// A term that means the same wherever it is sent and has one spelling: an IRI or a text. A blank node is local, and a
/// number or date may be written there in another way than here.
fn sendable(term: &Term) -> Option<GroundTerm> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::Literal(literal) if [xsd::STRING, rdf::LANG_STRING].contains(&literal.datatype()) => {
            Some(literal.clone().into())
        }
        Term::Literal(_) | Term::BlankNode(_) => None,
    }
}
