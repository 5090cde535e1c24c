//! The questions of a query to other endpoints, and their place in its plan.

use super::beside::{Beside, each_beside};
use super::question::ServiceQuestion;
use crate::federation::CallError;
use crate::graph::outside::Outside;
use crate::graph::question::Stop;
use crate::graph::shown::Shown;
use oxigraph::sparql::{DefaultServiceHandler, QueryEvaluationError, QuerySolutionIter, SparqlEvaluator};
use oxiri::Iri;
use oxrdf::NamedNode;
use sparesults::QuerySolution;
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::NamedNodePattern;
use std::iter;
use std::sync::Arc;

/// What the names of services begin with in a plan; no endpoint on a list can, since it is not http.
const PLANNED: &str = "urn:service:";

/// The questions of a query to other endpoints, asked when its plan is evaluated.
pub(in crate::graph) struct Services {
    questions: Vec<ServiceQuestion>,
    evaluator: SparqlEvaluator,
    outside: Arc<dyn Outside>,
    stop: Stop,
}

impl Services {
    /// Takes each SERVICE of a query that goes to an endpoint of the list, and leaves its place among the questions as its
    /// name in the query. `evaluator` finds the values that are sent.
    pub(in crate::graph) fn of(
        query: &mut Query,
        evaluator: &SparqlEvaluator,
        outside: Arc<dyn Outside>,
        stop: &Stop,
    ) -> Self {
        let (Query::Select { pattern, dataset, .. }
        | Query::Construct { pattern, dataset, .. }
        | Query::Describe { pattern, dataset, .. }
        | Query::Ask { pattern, dataset, .. }) = query;
        let mut questions = Vec::new();
        let is_elsewhere = |pattern: &GraphPattern| match pattern {
            GraphPattern::Service { name: NamedNodePattern::NamedNode(name), .. } => {
                outside.allowed().contains(name.as_str())
            }
            _ => false,
        };
        each_beside(pattern, &Beside::default(), &is_elsewhere, &mut |service, beside| {
            if let GraphPattern::Service { name: NamedNodePattern::NamedNode(name), inner, .. } = service {
                let planned = NamedNode::new_unchecked(format!("{PLANNED}{}", questions.len()));
                questions.push(ServiceQuestion::new(name.as_str(), inner, beside, dataset.as_ref()));
                *name = planned;
            }
        });
        Self { questions, evaluator: evaluator.clone(), outside, stop: stop.clone() }
    }

    /// Whether nobody is asked.
    pub(in crate::graph) fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Fixes the data that values come from.
    pub(in crate::graph) fn bind(&self, shown: &Shown) {
        for question in &self.questions {
            question.bind(shown, &self.evaluator);
        }
    }
}

/// Answers each SERVICE of a plan.
pub(in crate::graph) struct Asking(pub(in crate::graph) Arc<Services>);

impl DefaultServiceHandler for Asking {
    type Error = QueryEvaluationError;

    fn handle(
        &self,
        name: &NamedNode,
        _: &GraphPattern,
        _: Option<&Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, QueryEvaluationError> {
        let Self(services) = self;
        let place = name.as_str().strip_prefix(PLANNED).and_then(|place| place.parse::<usize>().ok());
        let Some(question) = place.and_then(|place| services.questions.get(place)) else {
            return Err(QueryEvaluationError::UnsupportedService(name.clone()));
        };
        let is_stopped = || services.stop.check().is_err();
        let variables = Arc::clone(&question.variables);
        match question.solutions(&*services.outside, &is_stopped) {
            Ok(solutions) => {
                let columns = Arc::clone(&variables);
                let mut place = 0;
                let next = move || {
                    let terms = solutions.get(place)?.clone();
                    place += 1;
                    Some(Ok(QuerySolution::from((Arc::clone(&columns), terms))))
                };
                Ok(QuerySolutionIter::new(variables, iter::from_fn(next)))
            }
            Err(error) if is_silenced(&error) => Err(error),
            // As the first solution it is an error even for SILENT.
            Err(error) => Ok(QuerySolutionIter::new(variables, iter::once(Err(error)))),
        }
    }
}

/// Whether SILENT overlooks an error.
fn is_silenced(error: &QueryEvaluationError) -> bool {
    let QueryEvaluationError::Service(cause) = error else { return false };
    cause.downcast_ref::<CallError>().is_some_and(CallError::is_of_the_endpoint)
}
