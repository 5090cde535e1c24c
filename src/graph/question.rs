//! Answering a SPARQL query: text in, bytes out, within bounds.
//!
//! <https://www.w3.org/TR/sparql11-query/>

use super::answer::{Answer, Receiver, Writing};
use super::chosen::{ChosenGraphs, GraphNameError};
use super::outside::Outside;
use super::published::{Graph, Origin};
use super::refusal::Refusal;
use super::service::{Asking, ServiceError, Services, check_services};
use super::text_search::TextSearchError;
use crate::federation::{AllowList, CallError, Calls};
use crate::sparql::{Bounds, BoundsError, is_settled_by_data};
use crate::vocab;
use oxigraph::sparql::{CancellationToken, QueryEvaluationError, SparqlEvaluator};
use oxrdfio::RdfFormat;
use sparesults::QueryResultsFormat;
use spargebra::algebra::QueryDataset;
use spargebra::{Query, SparqlParser, SparqlSyntaxError};
use std::io;
use std::sync::{Arc, LazyLock};

/// The stack, in bytes, of a thread that calls [`Graph::answer`]: parser, planner and evaluator
/// recurse, and [`Bounds`] is set for this much. Memory is only used as deep as they go.
pub const STACK_SIZE: usize = 256 << 20;

/// A query and the forms its answer may take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Question {
    /// The query.
    pub text: String,
    /// What relative IRIs in it are resolved against.
    pub base: String,
    /// The graphs that it is asked of, where the request chooses them: they win over those that the text names.
    pub graphs: ChosenGraphs,
    /// The syntax for solutions and truth values, if the client takes one.
    pub solutions: Option<QueryResultsFormat>,
    /// The syntax for triples, if the client takes one.
    pub triples: Option<RdfFormat>,
}

/// Stops an answer or an update from another thread.
#[derive(Clone, Default)]
pub struct Stop(CancellationToken);

impl Stop {
    /// A new one, not yet used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops the answer at its next look into the graph.
    pub fn now(&self) {
        self.0.cancel();
    }

    /// Whether it was used.
    pub fn is_used(&self) -> bool {
        self.0.is_cancelled()
    }

    /// What an evaluator looks at.
    pub(super) fn token(&self) -> CancellationToken {
        self.0.clone()
    }

    /// Fails once it is used.
    pub(super) fn check(&self) -> Result<(), QueryEvaluationError> {
        if self.is_used() { Err(QueryEvaluationError::Cancelled) } else { Ok(()) }
    }
}

/// A query without an answer.
#[derive(Debug, thiserror::Error)]
pub enum QuestionError {
    /// It is no SPARQL; the message names line and column.
    #[error("the query cannot be read: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It is larger than what is answered.
    #[error(transparent)]
    Bounds(#[from] BoundsError),
    /// A graph is named by what is no IRI.
    #[error(transparent)]
    GraphName(#[from] GraphNameError),
    /// It names graphs, and there are none.
    #[error(
        "the data set has one default graph and no named graphs; leave FROM, FROM NAMED, default-graph-uri and named-graph-uri out"
    )]
    NoNamedGraphs,
    /// It asks other endpoints, and not as it may.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// Another endpoint gave no solutions.
    #[error(transparent)]
    Call(CallError),
    /// It searches text, and that is not done.
    #[error(transparent)]
    TextSearch(#[from] TextSearchError),
    /// The client takes none of the syntaxes for what the query asks for.
    #[error("the query asks for {asks}, and none of the media types accepted can hold them")]
    NotAcceptable {
        /// `solutions` or `triples`.
        asks: &'static str,
    },
    /// Another process, which evaluated it, told why.
    #[error(transparent)]
    Told(Refusal),
    /// It was stopped.
    #[error("the query was stopped")]
    Stopped,
    /// It cannot be evaluated.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(QueryEvaluationError),
    /// Nobody takes the answer any more.
    #[error("the answer cannot be written: {0}")]
    Write(#[from] io::Error),
}

impl From<QueryEvaluationError> for QuestionError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Stopped,
            QueryEvaluationError::Service(error) => match error.downcast::<CallError>() {
                Ok(error) => Self::Call(*error),
                Err(error) => Self::Evaluation(QueryEvaluationError::Service(error)),
            },
            error => Self::Evaluation(error),
        }
    }
}

impl Graph {
    /// Answers a query into `receiver`, which hears nothing if the query is refused.
    ///
    /// Runs to its end on the calling thread, which must have a stack of [`STACK_SIZE`].
    ///
    /// # Errors
    /// See [`QuestionError`]; after the first byte, an error means that the answer is cut.
    pub fn answer(&self, question: &Question, stop: &Stop, receiver: &mut impl Receiver) -> Result<(), QuestionError> {
        self.answer_with(question, Arc::new(self.outside(Calls::default())), stop, receiver)
    }

    /// The same for a query that may ask others too.
    ///
    /// # Errors
    /// The same.
    pub fn answer_with(
        &self,
        question: &Question,
        outside: Arc<dyn Outside>,
        stop: &Stop,
        receiver: &mut impl Receiver,
    ) -> Result<(), QuestionError> {
        let query = self.prepare(question, outside.allowed())?;
        let answer = Answer::to(&query, question)?;
        // Scores may differ from one time to the next, so this is asked before the text searches are done.
        let is_settled = is_settled_by_data(&query);
        let mut query = self.with_searches_done(query, &*outside, stop)?;
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(stop.token());
        let services = Arc::new(Services::of(&mut query, &evaluator, outside, stop));
        if !services.is_empty() {
            evaluator = evaluator.with_default_service_handler(Asking(Arc::clone(&services)));
        }
        let (query, writing) = Writing::take_from(query, answer, is_settled);
        let shown = self.shown();
        services.bind(&shown);
        let prepared = evaluator.for_query(shown.rewritten(query, writing.sorting(), stop)?);
        shown.evaluate(prepared, |results, revision| writing.write(results, revision, stop, receiver))
    }

    /// Reads a query within bounds, and holds it to what the data set has.
    fn prepare(&self, question: &Question, allowed: &AllowList) -> Result<Query, QuestionError> {
        let bounds = Bounds::default();
        bounds.check_text(&question.text)?;
        let mut query = self.parser(&question.base).parse_query(&question.text)?;
        bounds.check_algebra(&query)?;
        let (Query::Select { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. }
        | Query::Ask { pattern, .. }) = &query;
        check_services(pattern, allowed)?;
        if let Some(chosen) = question.graphs.dataset()? {
            choose_graphs(&mut query, chosen);
        }
        if query.dataset().is_some() && self.origin() == Origin::Register {
            return Err(QuestionError::NoNamedGraphs);
        }
        Ok(query)
    }

    /// A parser that resolves relative IRIs against `base`, and knows the product's prefixes where the data are its own.
    pub(super) fn parser(&self, base: &str) -> SparqlParser {
        let parser = match self.origin() {
            Origin::Register => WITH_PREFIXES.clone(),
            Origin::Outside => SparqlParser::new(),
        };
        let is_base = SparqlParser::new().with_base_iri(base).is_ok();
        if is_base { parser.with_base_iri(base).unwrap_or_default() } else { parser }
    }
}

/// Knows the product's prefixes. It is made once, since each prefix costs more than a small query does.
static WITH_PREFIXES: LazyLock<SparqlParser> = LazyLock::new(|| {
    vocab::PREFIXES.iter().fold(SparqlParser::new(), |parser, (prefix, namespace)| {
        parser.clone().with_prefix(*prefix, *namespace).unwrap_or(parser)
    })
});

/// Has a query asked of these graphs instead of those that it names itself.
fn choose_graphs(query: &mut Query, chosen: QueryDataset) {
    let (Query::Select { dataset, .. }
    | Query::Construct { dataset, .. }
    | Query::Describe { dataset, .. }
    | Query::Ask { dataset, .. }) = query;
    *dataset = Some(chosen);
}
