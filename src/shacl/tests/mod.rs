//! What the unit tests of the engine share: shapes and data in one Turtle text, results as lines.

mod hostile;
mod path;

use super::{Limits, Report, Shapes, ShapesError, validate};
use crate::rdf::read_turtle;
use crate::snapshot::Snapshot;
use oxrdf::{Graph, Term, Triple};

/// The prefixes of every text. IRIs of `:` are short, so that their lengths can be told at a glance.
const PREFIXES: [(&str, &str); 5] = [
    ("", "a:"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The triples of a text, which may use [`PREFIXES`].
pub(in crate::shacl) fn triples(turtle: &str) -> Vec<Triple> {
    let prefixes = PREFIXES.map(|(prefix, iri)| format!("@prefix {prefix}: <{iri}> .\n")).concat();
    read_turtle(format!("{prefixes}{turtle}").as_bytes(), "a:").unwrap_or_else(|error| panic!("{error} in {turtle}"))
}

/// The shapes of a text.
pub(in crate::shacl) fn parse(turtle: &str) -> Result<Shapes, ShapesError> {
    Shapes::parse(&Graph::from_iter(triples(turtle)))
}

/// The report on a text that is shapes and data at once.
pub(in crate::shacl) fn report(turtle: &str) -> Report {
    let shapes = parse(turtle).unwrap_or_else(|error| panic!("{error} in {turtle}"));
    validate(&shapes, &Snapshot::of(triples(turtle)), Limits::default()).unwrap()
}

/// The results on a text that is shapes and data at once, sorted: focus node, path, the component by its
/// parameter, and the value, as far as there is any. Blank nodes are `_`, whole numbers stand as they are.
pub(in crate::shacl) fn results(turtle: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for result in report(turtle).results {
        let path = result.path().map(|path| shortened(&path.to_string()));
        let component = shortened(&result.source.component.to_string()).replace("ConstraintComponent", "");
        let parts = [Some(short(&result.focus)), path, Some(component), result.value.as_ref().map(short)];
        lines.push(parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    lines.sort();
    lines
}

/// Why the shapes of a text are refused.
pub(in crate::shacl) fn refusal(turtle: &str) -> String {
    match parse(turtle) {
        Ok(_) => panic!("the shapes are not refused: {turtle}"),
        Err(error) => shortened(&error.to_string()),
    }
}

/// Checks results of property shapes. A case is what the shape of `:p` says, data of `:s`, which is its focus
/// node, and the results: component and value.
#[track_caller]
pub(in crate::shacl) fn assert_results(cases: &[(&str, &str, &[&str])]) {
    for (shape, data, expected) in cases {
        let found = results(&format!("{} {data}", of_p(shape)));
        let found: Vec<&str> = found.iter().map(|line| line.strip_prefix(":s :p ").unwrap_or(line)).collect();
        assert_eq!(&found, expected, "{shape} on {data}");
    }
}

/// Checks that property shapes are refused. A case is what the shape of `:p` says, and a part of the reason.
#[track_caller]
pub(in crate::shacl) fn assert_refused(cases: &[(&str, &str)]) {
    for (shape, reason) in cases {
        let said = refusal(&of_p(shape));
        assert!(said.contains(reason), "{shape}: {said}");
    }
}

fn of_p(shape: &str) -> String {
    format!(":S sh:targetNode :s ; sh:property :P . :P sh:path :p ; {shape} .")
}

fn short(term: &Term) -> String {
    match term {
        Term::BlankNode(_) => "_".to_owned(),
        Term::Literal(literal) if literal.datatype() == crate::vocab::xsd::INTEGER => literal.value().to_owned(),
        other => shortened(&other.to_string()),
    }
}

/// A text with IRIs as prefixed names; those of SHACL lose their prefix.
fn shortened(text: &str) -> String {
    let mut text = text.to_owned();
    for (prefix, iri) in PREFIXES {
        let name = if prefix == "sh" { String::new() } else { format!("{prefix}:") };
        text = text.replace(&format!("<{iri}"), &name);
    }
    text.replace('>', "")
}
