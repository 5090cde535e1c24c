//! Results of queries as the suites and servers write them: solutions, a truth value, or a graph.

use super::data::{extension, syntax};
use super::server::parse;
use crate::manifest::{Entry, RESULT};
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use oxrdfio::RdfFormat;
use sparesults::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::collections::{BTreeMap, BTreeSet};

/// What a query gives.
pub(crate) enum Results {
    Truth(bool),
    Solutions(Solutions),
    Graph(Graph),
}

/// Solutions, and the variables that they may have.
pub(crate) struct Solutions {
    pub(crate) variables: BTreeSet<String>,
    pub(crate) rows: Vec<Row>,
}

/// A solution: terms by the names of variables.
pub(crate) type Row = BTreeMap<String, Term>;

/// The results that a test expects.
pub(crate) struct Expected {
    pub(crate) results: Results,
    format: Format,
}

#[derive(Clone, Copy)]
enum Format {
    OfResults(QueryResultsFormat),
    OfTriples(RdfFormat),
}

impl Expected {
    /// Reads the file that `mf:result` names.
    pub(crate) fn read(entry: &Entry) -> Result<Self, String> {
        let TermRef::NamedNode(file) = entry.value(RESULT)? else { return Err("mf:result is no file".to_owned()) };
        let (file, text) = (file.into_owned(), entry.text(file)?);
        if let Some(format) = format_of_results(&file) {
            return Ok(Self { results: of_results(text.as_bytes(), format)?, format: Format::OfResults(format) });
        }
        let format = syntax(&file)?;
        let graph = parse(text.as_bytes(), format, file.as_str())?;
        // Older tests write results down as a graph, which no server has to answer with.
        Ok(match result_set(&graph)? {
            Some(results) => Self { results, format: Format::OfResults(QueryResultsFormat::Xml) },
            None => Self { results: Results::Graph(graph), format: Format::OfTriples(format) },
        })
    }

    /// The media type to ask for.
    pub(crate) fn media_type(&self) -> &'static str {
        match self.format {
            Format::OfResults(QueryResultsFormat::Csv) => "text/csv",
            Format::OfResults(QueryResultsFormat::Tsv) => "text/tab-separated-values",
            Format::OfResults(format) => format.media_type(),
            Format::OfTriples(format) => format.media_type(),
        }
    }
}

impl Results {
    /// Reads an answer.
    pub(crate) fn read(body: &[u8], media_type: &str) -> Result<Self, String> {
        if let Some(format) = QueryResultsFormat::from_media_type(media_type) {
            return of_results(body, format);
        }
        let format = RdfFormat::from_media_type(media_type).ok_or_else(|| format!("{media_type:?} is no result"))?;
        parse(body, format, "http://lists.example.eu/").map(Self::Graph)
    }
}

fn format_of_results(file: &NamedNode) -> Option<QueryResultsFormat> {
    match extension(file) {
        "srx" => Some(QueryResultsFormat::Xml),
        "srj" => Some(QueryResultsFormat::Json),
        "csv" => Some(QueryResultsFormat::Csv),
        "tsv" => Some(QueryResultsFormat::Tsv),
        _ => None,
    }
}

fn of_results(text: &[u8], format: QueryResultsFormat) -> Result<Results, String> {
    if format == QueryResultsFormat::Csv {
        return of_csv(text);
    }
    match QueryResultsParser::from_format(format).for_slice(text).map_err(|error| error.to_string())? {
        SliceQueryResultsParserOutput::Boolean(truth) => Ok(Results::Truth(truth)),
        SliceQueryResultsParserOutput::Solutions(solutions) => {
            let variables = solutions.variables().iter().map(|name| name.as_str().to_owned()).collect();
            let rows = solutions.map(|solution| {
                let solution = solution.map_err(|error| error.to_string())?;
                Ok(solution.iter().map(|(name, term)| (name.as_str().to_owned(), term.clone())).collect())
            });
            Ok(Results::Solutions(Solutions { variables, rows: rows.collect::<Result<_, String>>()? }))
        }
    }
}

/// CSV says of a term neither kind nor datatype, but that of a blank node; and nothing of the empty string.
fn of_csv(text: &[u8]) -> Result<Results, String> {
    let mut reader = csv::Reader::from_reader(text);
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let rows = reader.records().map(|record| {
        let record = record.map_err(|error| error.to_string())?;
        let cells = names.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        Ok(cells.map(|(name, cell)| (name.to_owned(), of_cell(cell))).collect())
    });
    let rows = rows.collect::<Result<_, String>>()?;
    Ok(Results::Solutions(Solutions { variables: names.iter().map(str::to_owned).collect(), rows }))
}

fn of_cell(cell: &str) -> Term {
    match cell.strip_prefix("_:") {
        Some(name) => BlankNode::new_unchecked(name).into(),
        None => Literal::from(cell).into(),
    }
}

const fn rs(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

const RESULT_SET: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#ResultSet");
const BOOLEAN: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#boolean");
const RESULT_VARIABLE: NamedNodeRef<'static> =
    rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#resultVariable");
const SOLUTION: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#solution");
const INDEX: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#index");
const BINDING: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#binding");
const VARIABLE: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#variable");
const VALUE: NamedNodeRef<'static> = rs("http://www.w3.org/2001/sw/DataAccess/tests/result-set#value");

/// The results that a graph describes; nothing where it describes none.
fn result_set(graph: &Graph) -> Result<Option<Results>, String> {
    let Some(set) = graph.subject_for_predicate_object(rdf::TYPE, RESULT_SET) else { return Ok(None) };
    if let Some(TermRef::Literal(truth)) = graph.object_for_subject_predicate(set, BOOLEAN) {
        return Ok(Some(Results::Truth(matches!(truth.value(), "true" | "1"))));
    }
    let names = graph.objects_for_subject_predicate(set, RESULT_VARIABLE);
    let variables = names.map(text).collect::<Result<_, _>>()?;
    let mut rows = Vec::new();
    for solution in graph.objects_for_subject_predicate(set, SOLUTION) {
        let solution = node(solution)?;
        let index = graph.object_for_subject_predicate(solution, INDEX).map(text).transpose()?;
        let index: u32 = index.and_then(|index| index.parse().ok()).unwrap_or_default();
        rows.push((index, row(graph, solution)?));
    }
    rows.sort_by_key(|(index, _)| *index);
    Ok(Some(Results::Solutions(Solutions { variables, rows: rows.into_iter().map(|(_, row)| row).collect() })))
}

fn row(graph: &Graph, solution: NamedOrBlankNodeRef<'_>) -> Result<Row, String> {
    let bindings = graph.objects_for_subject_predicate(solution, BINDING);
    bindings
        .map(|binding| {
            let binding = node(binding)?;
            let name = graph.object_for_subject_predicate(binding, VARIABLE).ok_or("a binding has no variable")?;
            let value = graph.object_for_subject_predicate(binding, VALUE).ok_or("a binding has no value")?;
            Ok((text(name)?, value.into_owned()))
        })
        .collect()
}

fn node(term: TermRef<'_>) -> Result<NamedOrBlankNodeRef<'_>, String> {
    crate::manifest::subject(term).ok_or_else(|| format!("{term} is no node"))
}

fn text(term: TermRef<'_>) -> Result<String, String> {
    match term {
        TermRef::Literal(literal) => Ok(literal.value().to_owned()),
        other => Err(format!("{other} is no literal")),
    }
}
