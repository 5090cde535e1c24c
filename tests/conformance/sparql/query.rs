//! Tests of the types `mf:QueryEvaluationTest` and `mf:CSVResultFormatTest`: data, a query, and the results that should
//! come of it, in the format that the suite has them in.
//!
//! <https://www.w3.org/2001/sw/DataAccess/tests/README.html#queryevaltests>

use super::data::{Files, QUERY};
use super::matching::{Cardinality, compare};
use super::results::{Expected, Results};
use super::server::{Server, told};
use crate::manifest::{ACTION, Entry, subject};
use axum::http::header;
use oxrdf::{NamedNode, NamedNodeRef, TermRef};
use spargebra::algebra::GraphPattern;
use spargebra::{Query, SparqlParser};

const TEXT: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/sw/DataAccess/tests/test-query#query");
const CARDINALITY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#resultCardinality");

/// Runs one test.
///
/// # Errors
/// What differs from the expectation.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let server = Server::empty()?;
    let action = subject(entry.value(ACTION)?).ok_or("mf:action is a literal")?;
    let Some(TermRef::NamedNode(file)) = entry.manifest.graph.object_for_subject_predicate(action, TEXT) else {
        return Err("the test has no qt:query".to_owned());
    };
    let text = entry.text(file)?;
    let query = SparqlParser::new().with_base_iri(file.as_str()).ok().and_then(|parser| parser.parse_query(&text).ok());
    let mut files = QUERY.files(entry, action)?;
    files.extend(query.as_ref().map(files_of_dataset).unwrap_or_default());
    server.load(entry, &files)?;
    let expected = Expected::read(entry)?;
    // The text does not say where it stands, and relative IRIs in it are resolved against that.
    let answer = server.query(&format!("BASE <{}>\n{text}", file.as_str()), expected.media_type())?;
    if answer.status() != 200 {
        return Err(told(&answer));
    }
    let given = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let actual = Results::read(answer.body(), given)?;
    compare(&expected.results, &actual, cardinality(entry, query.as_ref()))
}

/// The files that a query names as its data set: the suite means that they are fetched.
fn files_of_dataset(query: &Query) -> Files {
    let Some(dataset) = query.dataset() else { return Files::new() };
    let names = dataset.default.iter().chain(dataset.named.iter().flatten());
    names.map(|name: &NamedNode| (Some(name.as_str().to_owned()), vec![name.clone()])).collect()
}

/// How the solutions are to be counted.
fn cardinality(entry: &Entry, query: Option<&Query>) -> Cardinality {
    match query {
        _ if entry.value(CARDINALITY).is_ok() => Cardinality::Lax,
        Some(Query::Select { pattern, .. }) if is_sorted(pattern) => Cardinality::Sequence,
        _ => Cardinality::Bag,
    }
}

/// Whether the solutions of a pattern come in an order.
fn is_sorted(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::OrderBy { .. } => true,
        GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => is_sorted(inner),
        _ => false,
    }
}
