//! The W3C's tests of SHACL-SPARQL, as far as they are about queries: each is a file that holds
//! shapes, data and the expected report.

use super::evaluate::Scope;
use super::memory::Memory;
use super::query::{Form, Query};
use super::{Limits, ShapesGraph, Value};
use crate::shacl::data::Data;
use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SUITE: &str = "../shared/suites/shacl/tests/sparql";
const SH: &str = "http://www.w3.org/ns/shacl#";

fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SH}{name}"))
}

fn files() -> Vec<PathBuf> {
    let suite = [SUITE, "/work/shared/suites/shacl/tests/sparql"].map(Path::new).into_iter().find(|path| path.exists());
    let Some(suite) = suite else {
        println!("SKIPPED: {SUITE} is absent");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = ["node", "property", "component", "pre-binding"]
        .into_iter()
        .flat_map(|folder| suite.join(folder).read_dir().unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("manifest.ttl"))
        .collect();
    files.sort();
    files
}

fn graph(path: &Path) -> (Graph, NamedOrBlankNode) {
    let base = format!("http://example.eu/{}", path.file_name().unwrap().to_str().unwrap());
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(&base).unwrap();
    let quads = parser.for_reader(std::fs::File::open(path).unwrap());
    let graph = quads.map(|quad| oxrdf::Triple::from(quad.unwrap())).collect();
    (graph, NamedNode::new(base).unwrap().into())
}

fn object(graph: &Graph, subject: TermRef<'_>, predicate: &str) -> Option<Term> {
    let predicate = if predicate.contains(':') { NamedNode::new_unchecked(predicate) } else { sh(predicate) };
    let subject = match subject {
        TermRef::NamedNode(subject) => subject.into(),
        TermRef::BlankNode(subject) => oxrdf::NamedOrBlankNodeRef::from(subject),
        TermRef::Literal(_) => return None,
    };
    graph.object_for_subject_predicate(subject, &predicate).map(TermRef::into_owned)
}

fn text(term: &Term) -> &str {
    let Term::Literal(literal) = term else { panic!("{term} is no literal") };
    literal.value()
}

/// All prefixes that a file declares; no test declares one twice.
fn prefixes(graph: &Graph) -> Vec<(String, String)> {
    let prefix = sh("prefix");
    graph
        .triples_for_predicate(&prefix)
        .map(|triple| {
            let namespace = object(graph, triple.subject.into(), "namespace").unwrap();
            (text(&triple.object.into_owned()).to_owned(), text(&namespace).to_owned())
        })
        .collect()
}

/// The names of the parameters of a component.
fn parameters(graph: &Graph) -> Vec<(String, NamedNode)> {
    let parameter = sh("parameter");
    graph
        .triples_for_predicate(&parameter)
        .map(|triple| {
            let Some(Term::NamedNode(path)) = object(graph, triple.object, "path") else { panic!("no path") };
            (path.as_str().rsplit(['#', '/']).next().unwrap().to_owned(), path)
        })
        .collect()
}

/// A query of a file and what holds it.
struct Found {
    owner: Term,
    form: Form,
    text: String,
}

fn queries(graph: &Graph) -> Vec<Found> {
    let mut found = Vec::new();
    for (name, form) in [("select", Form::Select), ("ask", Form::Ask)] {
        let predicate = sh(name);
        for triple in graph.triples_for_predicate(&predicate) {
            let owner = NamedOrBlankNode::from(triple.subject.into_owned()).into();
            found.push(Found { owner, form, text: text(&triple.object.into_owned()).to_owned() });
        }
    }
    found
}

fn read(graph: &Graph, found: &Found, path: Option<&str>) -> Result<Query, super::query::Refusal> {
    let parameters = parameters(graph);
    let mut prebound = vec!["this", "shapesGraph", "currentShape"];
    if found.form == Form::Ask {
        prebound.push("value");
    }
    prebound.extend(parameters.iter().map(|(name, _)| name.as_str()));
    match path {
        Some(path) => Query::parse_along(&found.text, path, &prefixes(graph), &prebound, found.form),
        None => Query::parse(&found.text, &prefixes(graph), &prebound, found.form),
    }
}

#[test]
fn exactly_the_queries_of_tests_that_expect_a_failure_are_refused() {
    let failure: Term = NamedNode::new_unchecked("http://www.w3.org/ns/shacl-test#Failure").into();
    let files = files();
    let mut refused = 0;
    for path in &files {
        let (graph, _) = graph(path);
        let expected = graph.triples_for_object(&failure).next().is_some();
        for found in queries(&graph) {
            let query = read(&graph, &found, Some("<http://example.eu/p>"));
            assert_eq!(query.is_err(), expected, "{}: {query:?}", path.display());
            refused += usize::from(expected);
        }
    }
    assert!(files.is_empty() || refused == 7, "{refused} refused");
}

/// A result as the tests expect it: focus node, path and value.
type Outcome = (Term, Option<Term>, Term);

fn expected(graph: &Graph) -> BTreeSet<String> {
    let result = sh("result");
    graph
        .triples_for_predicate(&result)
        .map(|triple| {
            let of = |name| object(graph, triple.object, name);
            shown(&(of("focusNode").unwrap(), of("resultPath"), of("value").unwrap()))
        })
        .collect()
}

fn shown((focus, path, value): &Outcome) -> String {
    format!("{focus} {path:?} {value}")
}

fn focus_nodes(graph: &Graph, shape: &Term) -> Vec<Term> {
    let Ok(shape) = NamedOrBlankNode::try_from(shape.clone()) else { panic!("{shape} is no shape") };
    let mut nodes: Vec<Term> =
        graph.objects_for_subject_predicate(&shape, &sh("targetNode")).map(TermRef::into_owned).collect();
    for class in graph.objects_for_subject_predicate(&shape, &sh("targetClass")) {
        nodes.extend(graph.subjects_for_predicate_object(rdf::TYPE, class).map(|node| Term::from(node.into_owned())));
    }
    nodes
}

/// Shapes with constraints: those with `predicate`, and the shapes around them for their targets.
fn shapes_with(graph: &Graph, predicate: NamedNodeRef<'_>) -> Vec<(Term, Term)> {
    graph
        .triples_for_predicate(predicate)
        .map(|triple| {
            let shape = Term::from(NamedOrBlankNode::from(triple.subject.into_owned()));
            let property = sh("property");
            let parent = graph.subject_for_predicate_object(&property, shape.as_ref());
            let targets = parent.map_or(shape.clone(), |parent| NamedOrBlankNode::from(parent.into_owned()).into());
            (shape, targets)
        })
        .collect()
}

fn outcomes(path: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let (graph, name) = graph(path);
    let memory = Memory::from(&graph);
    let scope =
        Scope { data: &memory, shapes: Some(ShapesGraph { graph: &graph, name: &name }), limits: Limits::default() };
    let parameters = parameters(&graph);
    let mut found = BTreeSet::new();
    for query in queries(&graph) {
        let constrained: Vec<(Term, Term)> = match parameters.last() {
            None => shapes_with(&graph, sh("sparql").as_ref()),
            Some(_) => {
                let required = parameters.iter().find(|(name, _)| name != "optionalParam").unwrap();
                shapes_with(&graph, required.1.as_ref())
            }
        };
        for (shape, targets) in constrained {
            let path = object(&graph, shape.as_ref(), "path");
            let query_path = path.as_ref().map(ToString::to_string);
            let parsed = read(&graph, &query, query_path.as_deref()).unwrap();
            let mut shared: Vec<(&str, Value)> =
                vec![("shapesGraph", Term::from(name.clone()).into()), ("currentShape", shape.clone().into())];
            for (name, path) in &parameters {
                shared.extend(object(&graph, shape.as_ref(), path.as_str()).map(|value| (name.as_str(), value.into())));
            }
            let focus = focus_nodes(&graph, &targets);
            let values: Vec<Value> = focus.iter().cloned().map(Value::from).collect();
            if query.form == Form::Ask {
                let answers = scope.ask(&parsed, &shared, &values, &values).unwrap();
                for (node, conforms) in focus.iter().zip(answers) {
                    if !conforms {
                        found.insert(shown(&(node.clone(), path.clone(), node.clone())));
                    }
                }
                continue;
            }
            for solution in scope.select(&parsed, &shared, &values).unwrap() {
                let solution = solution.unwrap();
                let node = focus[solution.row].clone();
                let path = solution.get("path").cloned().or_else(|| path.clone());
                let value = solution.get("value").cloned().unwrap_or_else(|| node.clone());
                found.insert(shown(&(node, path, value)));
            }
        }
        let _ = &query.owner;
    }
    let _ = memory.node(rdf::TYPE.into());
    (found, expected(&graph))
}

#[test]
fn the_queries_of_all_other_tests_find_the_expected_results() {
    let failure: Term = NamedNode::new_unchecked("http://www.w3.org/ns/shacl-test#Failure").into();
    for path in files() {
        if graph(&path).0.triples_for_object(&failure).next().is_some() {
            continue;
        }
        let (found, expected) = outcomes(&path);
        assert!(!expected.is_empty(), "{}", path.display());
        assert_eq!(found, expected, "{}", path.display());
    }
}
