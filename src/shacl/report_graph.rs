//! The report as RDF: section 3.6 of the recommendation, <https://www.w3.org/TR/shacl/#validation-report>.

use super::path::Path;
use super::report::{Report, ResultPath, ValidationResult};
use crate::vocab::{eusl, rdf, sh, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};

impl Report {
    /// The report as RDF.
    pub fn to_graph(&self) -> Graph {
        let mut graph = Graph::new();
        let report = BlankNode::default();
        let mut say = |property: NamedNodeRef<'_>, value: Term| {
            graph.insert(&Triple::new(report.clone(), property, value));
        };
        let conforms = if self.conforms() { "true" } else { "false" };
        say(rdf::TYPE, sh::VALIDATION_REPORT.into_owned().into());
        say(sh::CONFORMS, Literal::new_typed_literal(conforms, xsd::BOOLEAN).into());
        for result in &self.results {
            let node = write_result(&mut graph, result);
            graph.insert(&Triple::new(report.clone(), sh::RESULT, node));
        }
        graph
    }
}

fn write_result(graph: &mut Graph, result: &ValidationResult) -> BlankNode {
    let node = BlankNode::default();
    let path = result.path().map(|path| write_path(graph, path));
    let details: Vec<Term> = result.details.iter().map(|detail| write_result(graph, detail).into()).collect();
    let mut say = |property: NamedNodeRef<'_>, value: Term| {
        graph.insert(&Triple::new(node.clone(), property, value));
    };
    say(rdf::TYPE, sh::VALIDATION_RESULT.into_owned().into());
    if result.is_dangling {
        say(rdf::TYPE, eusl::DANGLING_REFERENCE.into_owned().into());
    }
    say(sh::FOCUS_NODE, result.focus.clone());
    say(sh::SOURCE_SHAPE, result.source.shape.clone());
    say(sh::SOURCE_CONSTRAINT_COMPONENT, result.source.component.clone().into());
    say(sh::RESULT_SEVERITY, result.source.severity.clone().into());
    path.into_iter().for_each(|path| say(sh::RESULT_PATH, path));
    result.value.iter().for_each(|value| say(sh::VALUE, value.clone()));
    result.source.constraint.iter().for_each(|constraint| say(sh::SOURCE_CONSTRAINT, constraint.clone()));
    result.messages().iter().for_each(|message| say(sh::RESULT_MESSAGE, message.clone().into()));
    details.into_iter().for_each(|detail| say(sh::DETAIL, detail));
    node
}

/// Writes a path with blank nodes of its own, whatever nodes it had in the shapes graph.
fn write_path(graph: &mut Graph, path: &ResultPath) -> Term {
    let (property, value) = match path {
        Path::Predicate(predicate) => return predicate.clone().into(),
        Path::Sequence(steps) => return write_list(graph, steps),
        Path::Alternative(steps) => (sh::ALTERNATIVE_PATH, write_list(graph, steps)),
        Path::Inverse(step) => (sh::INVERSE_PATH, write_path(graph, step)),
        Path::ZeroOrMore(step) => (sh::ZERO_OR_MORE_PATH, write_path(graph, step)),
        Path::OneOrMore(step) => (sh::ONE_OR_MORE_PATH, write_path(graph, step)),
        Path::ZeroOrOne(step) => (sh::ZERO_OR_ONE_PATH, write_path(graph, step)),
    };
    let node = BlankNode::default();
    graph.insert(&Triple::new(node.clone(), property, value));
    node.into()
}

fn write_list(graph: &mut Graph, steps: &[Path<NamedNode>]) -> Term {
    let mut rest: Term = rdf::NIL.into_owned().into();
    for step in steps.iter().rev() {
        let first = write_path(graph, step);
        let node = BlankNode::default();
        graph.insert(&Triple::new(node.clone(), rdf::FIRST, first));
        graph.insert(&Triple::new(node.clone(), rdf::REST, rest));
        rest = node.into();
    }
    rest
}
