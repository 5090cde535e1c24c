//! `SERVICE`: what of a query goes to other endpoints, and their solutions.
//!
//! Each SERVICE of a query is written out as a SELECT before the query is planned, so that the other endpoint gets what
//! the client wrote and not what the planner made of it, and goes into the plan under a name of its own.
//!
//! <https://www.w3.org/TR/sparql11-federated-query/#defn_service>

use super::question::Stop;
use super::text_search::is_search;
use crate::federation::{AllowList, CallError, Calls, Solutions};
use crate::sparql::algebra::{operands, parts, parts_mut};
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter};
use oxiri::Iri;
use oxrdf::{NamedNode, Term, Variable};
use sparesults::QuerySolution;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;
use std::sync::Arc;

/// What names of SERVICE in a plan begin with; no endpoint on a list can, since it is not http.
const PLANNED: &str = "urn:service:";

/// Why a SERVICE is not done.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// No endpoint may be asked at all.
    #[error(
        "SERVICE is not done here: this endpoint asks no other; query the other endpoint yourself and send its values with VALUES"
    )]
    NoFederation,
    /// This one may not be asked; others may.
    #[error(
        "SERVICE <{endpoint}> is not done here, also not with SILENT, which would hide that nothing was asked; the endpoints that are asked, spelt like this: {allowed}"
    )]
    NotAllowed {
        /// The endpoint.
        endpoint: String,
        /// Those that may be asked.
        allowed: String,
    },
    /// The endpoint is a variable.
    #[error("SERVICE {variable} is not done here; name one of the endpoints that are asked: {allowed}")]
    Variable {
        /// The variable, with its mark.
        variable: String,
        /// Those that may be asked.
        allowed: String,
    },
    /// It would be asked anew for each solution.
    #[error("SERVICE is not done inside {inside}, where it would be asked anew for each solution; join it outside")]
    ForEachSolution {
        /// `EXISTS` or `LATERAL`.
        inside: &'static str,
    },
}

/// Whether a pattern has a SERVICE anywhere, a text search too, in the pattern of an EXISTS too.
pub(super) fn asks_elsewhere(pattern: &GraphPattern) -> bool {
    each_service(pattern, &mut |_, _| Err(ServiceError::NoFederation)).is_err()
}

/// Holds each SERVICE of a pattern to the endpoints that may be asked, those inside another SERVICE too: who is asked
/// for something would ask them. A text search is no other endpoint.
///
/// # Errors
/// See [`ServiceError`].
pub(super) fn check_services(pattern: &GraphPattern, allowed: &AllowList) -> Result<(), ServiceError> {
    each_service(pattern, &mut |name, place| {
        if is_search(name) && !matches!(place, Place::Elsewhere) {
            return Ok(());
        }
        if allowed.is_empty() {
            return Err(ServiceError::NoFederation);
        }
        match name {
            NamedNodePattern::NamedNode(endpoint) if !allowed.contains(endpoint.as_str()) => {
                Err(ServiceError::NotAllowed { endpoint: endpoint.as_str().to_owned(), allowed: allowed.told() })
            }
            NamedNodePattern::Variable(variable) => {
                Err(ServiceError::Variable { variable: variable.to_string(), allowed: allowed.told() })
            }
            NamedNodePattern::NamedNode(_) => match place {
                Place::Elsewhere | Place::Once => Ok(()),
                Place::PerSolution(inside) => Err(ServiceError::ForEachSolution { inside }),
            },
        }
    })
}

/// Where a SERVICE stands.
#[derive(Clone, Copy)]
enum Place {
    /// Where it is evaluated once, on its own.
    Once,
    /// Inside what is evaluated for each solution.
    PerSolution(&'static str),
    /// Inside another SERVICE.
    Elsewhere,
}

/// Calls `visit` for each SERVICE of a pattern, until it refuses one.
fn each_service(
    pattern: &GraphPattern,
    visit: &mut impl FnMut(&NamedNodePattern, Place) -> Result<(), ServiceError>,
) -> Result<(), ServiceError> {
    let mut rest = vec![(pattern, Place::Once)];
    while let Some((pattern, place)) = rest.pop() {
        let (below, mut expressions) = parts(pattern);
        let inside = match pattern {
            GraphPattern::Service { name, .. } => {
                visit(name, place)?;
                Place::Elsewhere
            }
            _ => place,
        };
        let nested = |name| if matches!(inside, Place::Elsewhere) { inside } else { Place::PerSolution(name) };
        match (pattern, &below[..]) {
            (GraphPattern::Lateral { .. }, [left, right]) => {
                rest.extend([(*left, inside), (*right, nested("LATERAL"))]);
            }
            _ => rest.extend(below.iter().map(|below| (*below, inside))),
        }
        while let Some(expression) = expressions.pop() {
            if let Expression::Exists(pattern) = expression {
                rest.push((pattern, nested("EXISTS")));
            }
            expressions.extend(operands(expression));
        }
    }
    Ok(())
}

/// The questions of a query to other endpoints, by their place in the plan; answers them when the plan is evaluated.
pub(super) struct Services {
    questions: Vec<ToEndpoint>,
    calls: Arc<Calls>,
    stop: Stop,
}

/// A question to another endpoint.
struct ToEndpoint {
    endpoint: String,
    query: String,
    variables: Arc<[Variable]>,
}

impl Services {
    /// Writes out each SERVICE of a query, and puts its place among the questions into the query. Nothing where the query
    /// has none.
    pub(super) fn of(query: &mut Query, calls: &Arc<Calls>, stop: &Stop) -> Option<Self> {
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = query;
        let mut questions = Vec::new();
        let mut rest = vec![pattern];
        while let Some(pattern) = rest.pop() {
            match pattern {
                GraphPattern::Service { name: NamedNodePattern::NamedNode(name), inner, .. }
                    if calls.allowed().contains(name.as_str()) =>
                {
                    let planned = NamedNode::new_unchecked(format!("{PLANNED}{}", questions.len()));
                    questions.push(ToEndpoint::new(name.as_str(), inner));
                    *name = planned;
                }
                other => rest.extend(parts_mut(other).0),
            }
        }
        (!questions.is_empty()).then(|| Self { questions, calls: Arc::clone(calls), stop: stop.clone() })
    }
}

impl ToEndpoint {
    fn new(endpoint: &str, pattern: &GraphPattern) -> Self {
        let mut variables = Vec::new();
        pattern.on_in_scope_variable(|variable| {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
        });
        let pattern = if variables.is_empty() {
            // Whether there are solutions, and how many, is all that is asked.
            pattern.clone()
        } else {
            GraphPattern::Project { inner: Box::new(pattern.clone()), variables: variables.clone() }
        };
        let query = Query::Select { dataset: None, pattern, base_iri: None };
        Self { endpoint: endpoint.to_owned(), query: query.to_string(), variables: variables.into() }
    }
}

impl DefaultServiceHandler for Services {
    type Error = QueryEvaluationError;

    fn handle(
        &self,
        name: &NamedNode,
        _: &GraphPattern,
        _: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, QueryEvaluationError> {
        let place = name.as_str().strip_prefix(PLANNED).and_then(|place| place.parse::<usize>().ok());
        let Some(question) = place.and_then(|place| self.questions.get(place)) else {
            return Err(QueryEvaluationError::UnsupportedService(name.clone()));
        };
        let variables = Arc::clone(&question.variables);
        let is_stopped = || self.stop.check().is_err();
        match self.calls.ask(&question.endpoint, &question.query, &variables, &is_stopped) {
            Ok(solutions) => Ok(iterate(variables, solutions)),
            Err(error) if error.is_of_the_endpoint() => Err(QueryEvaluationError::Service(Box::new(error))),
            // As the first solution it is an error even for SILENT.
            Err(error) => Ok(QuerySolutionIter::new(variables, std::iter::once(Err(unsilenced(error))))),
        }
    }
}

fn unsilenced(error: CallError) -> QueryEvaluationError {
    match error {
        CallError::Stopped => QueryEvaluationError::Cancelled,
        error => QueryEvaluationError::Service(Box::new(error)),
    }
}

fn iterate(variables: Arc<[Variable]>, solutions: Arc<Solutions>) -> QuerySolutionIter<'static> {
    let columns = Arc::clone(&variables);
    let mut place = 0;
    let next = move || {
        let terms: Vec<Option<Term>> = solutions.get(place)?.clone();
        place += 1;
        Some(Ok(QuerySolution::from((Arc::clone(&columns), terms))))
    };
    QuerySolutionIter::new(variables, std::iter::from_fn(next))
}
