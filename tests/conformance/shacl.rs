//! Tests of the type `sht:Validate`: a data graph, a shapes graph, and the report or the failure they give.
//!
//! <https://w3c.github.io/data-shapes/data-shapes-test-suite/#types>

use crate::manifest::{ACTION, Document, Entry, RESULT, subject};
use crate::report::{Expected, compare};
use eu_service_list::shacl::{Limits, Shapes, validate};
use eu_service_list::snapshot::Snapshot;
use oxrdf::{BlankNode, Graph, NamedNode, NamedNodeRef, TermRef, TripleRef};
use std::collections::HashSet;
use std::sync::Arc;

/// The type of these tests.
pub(crate) const VALIDATE: NamedNodeRef<'static> = sht("http://www.w3.org/ns/shacl-test#Validate");
const DATA_GRAPH: NamedNodeRef<'static> = sht("http://www.w3.org/ns/shacl-test#dataGraph");
const SHAPES_GRAPH: NamedNodeRef<'static> = sht("http://www.w3.org/ns/shacl-test#shapesGraph");
const FAILURE: NamedNodeRef<'static> = sht("http://www.w3.org/ns/shacl-test#Failure");

const fn sht(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// Runs one test.
///
/// # Errors
/// What differs from the expectation, a line for each difference.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let data = graph_of(entry, DATA_GRAPH)?;
    // One file in both roles is read once: its blank nodes are then the same in both.
    let shapes = match graph_of(entry, SHAPES_GRAPH)? {
        shapes if shapes.iri == data.iri => Arc::clone(&data),
        shapes => shapes,
    };
    let outcome = report_of(&shapes.graph, &data.graph);
    match (entry.value(RESULT)?, outcome) {
        (TermRef::NamedNode(FAILURE), Err(_)) => Ok(()),
        (TermRef::NamedNode(FAILURE), Ok(_)) => Err("a report came where a failure was expected".to_owned()),
        (_, Err(failure)) => Err(format!("a failure came where a report was expected: {failure}")),
        (report, Ok((conforms, actual))) => {
            let expected = Expected {
                graph: &entry.manifest.graph,
                report: subject(report).ok_or("mf:result is a literal")?,
                shared: shared_blank_nodes(entry, &data, &shapes),
            };
            compare(&expected, &actual, conforms)
        }
    }
}

/// What the engine makes of two graphs: whether they conform, and the report. An error, of the
/// shapes or of the validation, is what the suite calls a failure.
fn report_of(shapes: &Graph, data: &Graph) -> Result<(bool, Graph), String> {
    let shapes = Shapes::parse(shapes).map_err(|error| error.to_string())?;
    let report = validate(&shapes, &Snapshot::of(data.iter().map(TripleRef::into_owned)), Limits::default())
        .map_err(|error| error.to_string())?;
    Ok((report.conforms(), report.to_graph()))
}

fn graph_of(entry: &Entry, role: NamedNodeRef<'_>) -> Result<Arc<Document>, String> {
    let action = entry.value(ACTION)?;
    let action = subject(action).ok_or("mf:action is a literal")?;
    match entry.manifest.graph.object_for_subject_predicate(action, role) {
        Some(TermRef::NamedNode(iri)) => entry.document(iri),
        _ => Err(format!("{} names no {role}", entry.iri)),
    }
}

/// The blank nodes that the expected report has in common with the graphs: none where it stands in
/// a file of its own.
fn shared_blank_nodes(entry: &Entry, data: &Document, shapes: &Document) -> HashSet<BlankNode> {
    if ![&data.iri, &shapes.iri].contains(&&entry.manifest.iri) {
        return HashSet::new();
    }
    let triples = data.graph.iter().chain(&shapes.graph);
    let terms = triples.flat_map(|triple| [TermRef::from(triple.subject), triple.object]);
    terms
        .filter_map(|term| match term {
            TermRef::BlankNode(node) => Some(node.into_owned()),
            _ => None,
        })
        .collect()
}

/// The IRIs of the files that a test reads.
pub(crate) fn files(entry: &Entry) -> Vec<String> {
    let graphs = [DATA_GRAPH, SHAPES_GRAPH].map(|role| graph_of(entry, role).map(|document| document.iri.clone()));
    let mut files = vec![entry.manifest.iri.as_str().to_owned()];
    files.extend(graphs.into_iter().filter_map(Result::ok).map(NamedNode::into_string));
    files
}
