//! What is made of what a query finds: the answer, in the syntax that its client takes.

use super::carriage_return::CarriageReturns;
use super::construct::Template;
use super::ordering::Sorting;
use super::question::{Question, QuestionError, Stop};
use crate::vocab;
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};
use oxrdfio::{RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spargebra::Query;
use std::io;

/// The syntax an answer is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Solutions or a truth value.
    Solutions(QueryResultsFormat),
    /// Triples.
    Triples(RdfFormat),
}

impl Answer {
    /// What a query asks for, in the syntax that its client takes for it.
    ///
    /// # Errors
    /// The client takes none.
    pub(super) fn to(query: &Query, question: &Question) -> Result<Self, QuestionError> {
        match query {
            Query::Select { .. } | Query::Ask { .. } => {
                question.solutions.map(Self::Solutions).ok_or(QuestionError::NotAcceptable { asks: "solutions" })
            }
            Query::Construct { .. } | Query::Describe { .. } => {
                question.triples.map(Self::Triples).ok_or(QuestionError::NotAcceptable { asks: "triples" })
            }
        }
    }

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

/// What is done here with the results of a query: they are put in order, fill a template, and are written.
pub(super) struct Writing {
    answer: Answer,
    is_settled: bool,
    sorting: Option<Sorting>,
    template: Option<Template>,
}

impl Writing {
    /// Takes out of a query what is not left to the engine.
    pub(super) fn take_from(mut query: Query, answer: Answer, is_settled: bool) -> (Query, Self) {
        let sorting = Sorting::take_from(&mut query);
        let (query, template) = Template::take_from(query);
        (query, Self { answer, is_settled, sorting, template })
    }

    /// The order that was taken out.
    pub(super) fn sorting(&self) -> Option<&Sorting> {
        self.sorting.as_ref()
    }

    /// Writes the results that are of a revision.
    ///
    /// # Errors
    /// The evaluation fails on the way, or nobody takes the answer any more.
    pub(super) fn write(
        self,
        results: QueryResults<'_>,
        revision: u64,
        stop: &Stop,
        receiver: &mut impl Receiver,
    ) -> Result<(), QuestionError> {
        let Self { answer, is_settled, sorting, template } = self;
        if !receiver.begin(Head { answer, revision, is_settled })? {
            return Ok(());
        }
        let results = match (sorting, results) {
            (Some(sorting), QueryResults::Solutions(solutions)) => sorting.sorted(solutions, stop)?.into(),
            (_, results) => results,
        };
        write(results, template, answer, receiver)
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
    let receiver = CarriageReturns::new(receiver, format == QueryResultsFormat::Xml);
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
    let mut writer = serializer(format)?.for_writer(CarriageReturns::new(receiver, format == RdfFormat::RdfXml));
    for solution in solutions {
        template.fill(&solution?, |triple| writer.serialize_triple(triple))?;
    }
    writer.finish()?;
    Ok(())
}

/// A writer of triples that knows the product's prefixes, in a syntax that has any.
fn serializer(format: RdfFormat) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(format);
    if format == RdfFormat::NTriples {
        return Ok(serializer);
    }
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
    let mut writer = serializer(format)?.for_writer(CarriageReturns::new(receiver, format == RdfFormat::RdfXml));
    for triple in triples {
        writer.serialize_triple(triple?.as_ref())?;
    }
    writer.finish()?;
    Ok(())
}
