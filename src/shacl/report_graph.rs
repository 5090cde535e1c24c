//! The report as RDF: section 3.6 of the recommendation, <https://www.w3.org/TR/shacl/#validation-report>.

use super::path::Path;
use super::report::{Report, ResultPath, ValidationResult};
use crate::vocab::{eusl, rdf, sh, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};

impl Report {
    /// The report as RDF. Its blank nodes are numbered in the order of the results, so that the same report is
    /// the same text however it is written out.
    pub fn to_graph(&self) -> Graph {
        let mut writer = Writer { graph: Graph::new(), results: 0, steps: 0 };
        let report = BlankNode::new_unchecked("report");
        let conforms = if self.conforms() { "true" } else { "false" };
        writer.say(&report, rdf::TYPE, sh::VALIDATION_REPORT);
        writer.say(&report, sh::CONFORMS, Literal::new_typed_literal(conforms, xsd::BOOLEAN));
        for result in &self.results {
            let node = writer.result(result);
            writer.say(&report, sh::RESULT, node);
        }
        writer.graph
    }
}

/// Writes a report into a graph.
struct Writer {
    graph: Graph,
    /// How many results were written.
    results: usize,
    /// How many nodes of paths were written.
    steps: usize,
}

impl Writer {
    fn say(&mut self, node: &BlankNode, property: NamedNodeRef<'_>, value: impl Into<Term>) {
        self.graph.insert(&Triple::new(node.clone(), property, value));
    }

    fn result(&mut self, result: &ValidationResult) -> BlankNode {
        self.results += 1;
        let node = BlankNode::new_unchecked(format!("result{:06}", self.results));
        self.say(&node, rdf::TYPE, sh::VALIDATION_RESULT);
        if result.is_dangling {
            self.say(&node, rdf::TYPE, eusl::DANGLING_REFERENCE);
        }
        self.say(&node, sh::FOCUS_NODE, result.focus.clone());
        self.say(&node, sh::SOURCE_SHAPE, result.source.shape.clone());
        self.say(&node, sh::SOURCE_CONSTRAINT_COMPONENT, result.source.component.clone());
        self.say(&node, sh::RESULT_SEVERITY, result.source.severity.clone());
        if let Some(path) = result.path() {
            let path = self.path(path);
            self.say(&node, sh::RESULT_PATH, path);
        }
        if let Some(value) = &result.value {
            self.say(&node, sh::VALUE, value.clone());
        }
        if let Some(constraint) = &result.source.constraint {
            self.say(&node, sh::SOURCE_CONSTRAINT, constraint.clone());
        }
        for message in result.messages() {
            self.say(&node, sh::RESULT_MESSAGE, message.clone());
        }
        for detail in &result.details {
            let detail = self.result(detail);
            self.say(&node, sh::DETAIL, detail);
        }
        node
    }

    /// Writes a path with blank nodes of its own, whatever nodes it had in the shapes graph.
    fn path(&mut self, path: &ResultPath) -> Term {
        let (property, value) = match path {
            Path::Predicate(predicate) => return predicate.clone().into(),
            Path::Sequence(steps) => return self.list(steps),
            Path::Alternative(steps) => (sh::ALTERNATIVE_PATH, self.list(steps)),
            Path::Inverse(step) => (sh::INVERSE_PATH, self.path(step)),
            Path::ZeroOrMore(step) => (sh::ZERO_OR_MORE_PATH, self.path(step)),
            Path::OneOrMore(step) => (sh::ONE_OR_MORE_PATH, self.path(step)),
            Path::ZeroOrOne(step) => (sh::ZERO_OR_ONE_PATH, self.path(step)),
        };
        let node = self.step();
        self.say(&node, property, value);
        node.into()
    }

    fn list(&mut self, steps: &[Path<NamedNode>]) -> Term {
        let mut rest: Term = rdf::NIL.into_owned().into();
        for step in steps.iter().rev() {
            let first = self.path(step);
            let node = self.step();
            self.say(&node, rdf::FIRST, first);
            self.say(&node, rdf::REST, rest);
            rest = node.into();
        }
        rest
    }

    fn step(&mut self) -> BlankNode {
        self.steps += 1;
        BlankNode::new_unchecked(format!("step{:06}", self.steps))
    }
}
