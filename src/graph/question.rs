//! Answering a SPARQL query: text in, bytes out, within bounds.
//!
//! <https://www.w3.org/TR/sparql11-query/>

use super::chosen::{ChosenGraphs, GraphNameError};
use super::construct::Template;
use super::ordering::Sorting;
use super::outside::Outside;
use super::published::{Graph, Origin};
use super::refusal::Refusal;
use super::service::{Asking, ServiceError, Services, check_services};
use super::text_search::TextSearchError;
use crate::federation::{AllowList, CallError, Calls};
use crate::sparql::{Bounds, BoundsError, is_settled_by_data};
use crate::vocab;
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter, SparqlEvaluator,
};
use oxrdfio::{RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spargebra::algebra::QueryDataset;
use spargebra::{Query, SparqlParser, SparqlSyntaxError};
use std::io;
use std::sync::Arc;

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

/// The syntax an answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Solutions or a truth value.
    Solutions(QueryResultsFormat),
    /// Triples.
    Triples(RdfFormat),
}

impl Answer {
    /// What files in its syntax end in.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Solutions(format) => format.file_extension(),
            Self::Triples(format) => format.file_extension(),
        }
    }

    /// The media type of the answer, with its parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Solutions(QueryResultsFormat::Csv) => "text/csv; charset=utf-8",
            Self::Solutions(QueryResultsFormat::Tsv) => "text/tab-separated-values; charset=utf-8",
            Self::Solutions(format) => format.media_type(),
            Self::Triples(RdfFormat::Turtle) => "text/turtle; charset=utf-8",
            Self::Triples(format) => format.media_type(),
        }
    }
}

/// What is known of an answer before its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its syntax.
    pub answer: Answer,
    /// The revision it shows.
    pub revision: u64,
    /// Whether it is the same whenever it is asked of that revision.
    pub is_settled: bool,
}

/// Takes an answer: its head, then its bytes.
pub trait Receiver: io::Write {
    /// Comes once, before the first byte; says whether any byte is wanted.
    ///
    /// # Errors
    /// Nobody listens any more.
    fn begin(&mut self, head: Head) -> io::Result<bool>;
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
        let answer = answer_form(&query, question)?;
        // Scores may differ from one time to the next, so this is asked before the text searches are done.
        let is_settled = is_settled_by_data(&query);
        let mut query = self.with_searches_done(query, &*outside, stop)?;
        let mut evaluator = SparqlEvaluator::new().with_cancellation_token(stop.token());
        let services = Arc::new(Services::of(&mut query, &evaluator, outside, stop));
        if !services.is_empty() {
            evaluator = evaluator.with_default_service_handler(Asking(Arc::clone(&services)));
        }
        let sorting = Sorting::take_from(&mut query);
        let (query, template) = Template::take_from(query);
        let shown = self.shown();
        services.bind(&shown);
        let prepared = evaluator.for_query(shown.rewritten(query, stop)?);
        shown.evaluate(prepared, |results, revision| {
            if !receiver.begin(Head { answer, revision, is_settled })? {
                return Ok(());
            }
            let results = match (sorting, results) {
                (Some(sorting), QueryResults::Solutions(solutions)) => sorting.sorted(solutions, stop)?.into(),
                (_, results) => results,
            };
            write(results, template, answer, receiver)
        })
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
        let mut parser = SparqlParser::new();
        if let Ok(with_base) = SparqlParser::new().with_base_iri(base) {
            parser = with_base;
        }
        if self.origin() == Origin::Register {
            for (prefix, namespace) in vocab::PREFIXES {
                if let Ok(with_prefix) = parser.clone().with_prefix(*prefix, *namespace) {
                    parser = with_prefix;
                }
            }
        }
        parser
    }
}

/// Has a query asked of these graphs instead of those that it names itself.
fn choose_graphs(query: &mut Query, chosen: QueryDataset) {
    let (Query::Select { dataset, .. }
    | Query::Construct { dataset, .. }
    | Query::Describe { dataset, .. }
    | Query::Ask { dataset, .. }) = query;
    *dataset = Some(chosen);
}

fn answer_form(query: &Query, question: &Question) -> Result<Answer, QuestionError> {
    match query {
        Query::Select { .. } | Query::Ask { .. } => {
            question.solutions.map(Answer::Solutions).ok_or(QuestionError::NotAcceptable { asks: "solutions" })
        }
        Query::Construct { .. } | Query::Describe { .. } => {
            question.triples.map(Answer::Triples).ok_or(QuestionError::NotAcceptable { asks: "triples" })
        }
    }
}

/// Writes what a query found in the syntax of its answer.
fn write(
    results: QueryResults<'_>,
    template: Option<Template>,
    answer: Answer,
    receiver: &mut impl Receiver,
) -> Result<(), QuestionError> {
    match (results, template, answer) {
        (QueryResults::Solutions(solutions), None, Answer::Solutions(format)) => {
            write_solutions(solutions, format, receiver)
        }
        (QueryResults::Boolean(truth), _, Answer::Solutions(format)) => {
            QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(receiver, truth)?;
            Ok(())
        }
        (QueryResults::Solutions(solutions), Some(template), Answer::Triples(format)) => {
            write_template(solutions, template, format, receiver)
        }
        (QueryResults::Graph(triples), _, Answer::Triples(format)) => write_triples(triples, format, receiver),
        (_, _, Answer::Solutions(_)) => Err(QuestionError::NotAcceptable { asks: "triples" }),
        (_, _, Answer::Triples(_)) => Err(QuestionError::NotAcceptable { asks: "solutions" }),
    }
}

fn write_solutions(
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    receiver: &mut impl Receiver,
) -> Result<(), QuestionError> {
    let mut writer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(receiver, solutions.variables().to_vec())?;
    for solution in solutions {
        writer.serialize(&solution?)?;
    }
    writer.finish()?;
    Ok(())
}

/// Writes what each solution makes of a template, as it is found.
fn write_template(
    solutions: QuerySolutionIter<'_>,
    mut template: Template,
    format: RdfFormat,
    receiver: &mut impl Receiver,
) -> Result<(), QuestionError> {
    let mut writer = serializer(format)?.for_writer(receiver);
    for solution in solutions {
        for triple in template.fill(&solution?) {
            writer.serialize_triple(triple.as_ref())?;
        }
    }
    writer.finish()?;
    Ok(())
}

/// A writer of triples that knows the product's prefixes.
fn serializer(format: RdfFormat) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in vocab::PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    Ok(serializer)
}

fn write_triples(
    triples: QueryTripleIter<'_>,
    format: RdfFormat,
    receiver: &mut impl Receiver,
) -> Result<(), QuestionError> {
    let mut writer = serializer(format)?.for_writer(receiver);
    for triple in triples {
        writer.serialize_triple(triple?.as_ref())?;
    }
    writer.finish()?;
    Ok(())
}
