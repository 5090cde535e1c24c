//! Tests of the type `mf:UpdateEvaluationTest`: data, an update, and the data that should come of it.
//!
//! <https://www.w3.org/2009/sparql/docs/tests/#updateevaltests>

use super::mf;
use super::server::{Server, compare, parse, told};
use crate::manifest::{ACTION, Entry, RESULT, subject};
use oxrdf::vocab::rdfs;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use oxrdfio::RdfFormat;
use std::collections::{BTreeMap, BTreeSet};

/// The type of these tests.
pub(crate) const EVALUATION: NamedNodeRef<'static> =
    mf("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#UpdateEvaluationTest");
const REQUEST: NamedNodeRef<'static> = ut("http://www.w3.org/2009/sparql/tests/test-update#request");
const DATA: NamedNodeRef<'static> = ut("http://www.w3.org/2009/sparql/tests/test-update#data");
const GRAPH_DATA: NamedNodeRef<'static> = ut("http://www.w3.org/2009/sparql/tests/test-update#graphData");
const GRAPH: NamedNodeRef<'static> = ut("http://www.w3.org/2009/sparql/tests/test-update#graph");

const fn ut(iri: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(iri)
}

/// Files by the name of the graph that they are in; none is the default graph.
type Data<'a> = BTreeMap<Option<String>, Vec<NamedNodeRef<'a>>>;

/// Runs one test.
///
/// # Errors
/// What differs from the expectation.
pub(crate) fn run(entry: &Entry) -> Result<(), String> {
    let server = Server::empty()?;
    let action = node(entry, ACTION)?;
    for (name, files) in data(entry, action)? {
        // Each file is read by its own IRI, which relative IRIs in it are resolved against.
        for file in files {
            server.add(name.as_deref(), &graph(entry, &[file])?)?;
        }
    }
    let Some(TermRef::NamedNode(request)) = entry.manifest.graph.object_for_subject_predicate(action, REQUEST) else {
        return Err("the test has no ut:request".to_owned());
    };
    let answer = server.update(&entry.text(request)?)?;
    if !answer.status().is_success() {
        return Err(told(&answer));
    }
    let expected = data(entry, node(entry, RESULT)?)?;
    let mut names: BTreeSet<Option<String>> = expected.keys().cloned().collect();
    names.insert(None);
    names.extend(server.graph_names()?.into_iter().map(Some));
    for name in names {
        let expected = graph(entry, expected.get(&name).map(Vec::as_slice).unwrap_or_default())?;
        compare(name.as_deref().unwrap_or("the default graph"), &expected, &server.graph(name.as_deref())?)?;
    }
    Ok(())
}

fn node<'a>(entry: &'a Entry, role: NamedNodeRef<'_>) -> Result<NamedOrBlankNodeRef<'a>, String> {
    subject(entry.value(role)?).ok_or_else(|| format!("{role} is a literal"))
}

/// The files that an action or a result names.
fn data<'a>(entry: &'a Entry, node: NamedOrBlankNodeRef<'_>) -> Result<Data<'a>, String> {
    let manifest = &entry.manifest.graph;
    let mut data = Data::new();
    for file in manifest.objects_for_subject_predicate(node, DATA) {
        let TermRef::NamedNode(file) = file else { return Err(format!("{file} is no file")) };
        data.entry(None).or_default().push(file);
    }
    for part in manifest.objects_for_subject_predicate(node, GRAPH_DATA) {
        let part = subject(part).ok_or("ut:graphData is a literal")?;
        let file = manifest.object_for_subject_predicate(part, GRAPH);
        let label = manifest.object_for_subject_predicate(part, rdfs::LABEL);
        let (Some(TermRef::NamedNode(file)), Some(TermRef::Literal(label))) = (file, label) else {
            return Err("ut:graphData has no ut:graph or no label".to_owned());
        };
        data.entry(Some(label.value().to_owned())).or_default().push(file);
    }
    Ok(data)
}

/// What files say together.
fn graph(entry: &Entry, files: &[NamedNodeRef<'_>]) -> Result<Graph, String> {
    let mut graph = Graph::new();
    for file in files {
        let read = parse(entry.text(*file)?.as_bytes(), RdfFormat::Turtle, file.as_str())?;
        graph.extend(read.iter().map(oxrdf::TripleRef::into_owned));
    }
    Ok(graph)
}
