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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shacl::path::Step;
    use crate::shacl::reader::Reader;
    use crate::shacl::tests::report;

    fn values(graph: &Graph, subject: &Term, property: NamedNodeRef<'_>) -> Vec<Term> {
        Reader::new(graph).values(subject, property)
    }

    /// The only value of a property.
    fn value(graph: &Graph, subject: &Term, property: NamedNodeRef<'_>) -> Term {
        let mut values = values(graph, subject, property);
        assert_eq!(values.len(), 1, "{property} of {subject}");
        values.pop().unwrap()
    }

    /// The node of the report.
    fn root(graph: &Graph) -> Term {
        graph.subject_for_predicate_object(rdf::TYPE, sh::VALIDATION_REPORT).unwrap().into_owned().into()
    }

    #[test]
    fn a_report_without_results_says_that_the_data_conform() {
        let graph = report(":S sh:targetNode :s ; sh:nodeKind sh:IRI .").to_graph();
        assert_eq!(graph.len(), 2);
        assert_eq!(value(&graph, &root(&graph), sh::CONFORMS), Literal::from(true).into());
    }

    #[test]
    fn a_result_has_the_properties_of_the_recommendation() {
        let graph = report(
            r#":S sh:targetNode :s ; sh:property :P .
            :P sh:path :p ; sh:class :C ; sh:severity sh:Warning ; sh:message "Wrong"@en , "Fout"@nl . :s :p :x ."#,
        )
        .to_graph();
        assert_eq!(value(&graph, &root(&graph), sh::CONFORMS), Literal::from(false).into());
        let result = value(&graph, &root(&graph), sh::RESULT);
        let iri = |iri: &str| Term::from(NamedNode::new_unchecked(iri));
        for (property, expected) in [
            (sh::FOCUS_NODE, iri("a:s")),
            (sh::RESULT_PATH, iri("a:p")),
            (sh::VALUE, iri("a:x")),
            (sh::SOURCE_SHAPE, iri("a:P")),
            (sh::SOURCE_CONSTRAINT_COMPONENT, sh::CLASS_CONSTRAINT_COMPONENT.into_owned().into()),
            (sh::RESULT_SEVERITY, sh::WARNING.into_owned().into()),
        ] {
            assert_eq!(value(&graph, &result, property), expected);
        }
        assert_eq!(values(&graph, &result, sh::RESULT_MESSAGE).len(), 2);
        // `:x` is an IRI that the data say nothing of.
        let mut types = values(&graph, &result, rdf::TYPE);
        types.sort_by_key(ToString::to_string);
        assert_eq!(
            types,
            [sh::VALIDATION_RESULT.into_owned().into(), Term::from(eusl::DANGLING_REFERENCE.into_owned())]
        );
    }

    #[test]
    fn the_details_of_a_result_are_results_that_the_report_does_not_have_itself() {
        let graph = report(":S sh:targetNode :s ; sh:node [ sh:class :C ] .").to_graph();
        let detail = value(&graph, &value(&graph, &root(&graph), sh::RESULT), sh::DETAIL);
        let component = value(&graph, &detail, sh::SOURCE_CONSTRAINT_COMPONENT);
        assert_eq!(component, sh::CLASS_CONSTRAINT_COMPONENT.into_owned().into());
    }

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for path in [
            ":p",
            "[ sh:inversePath :p ]",
            "( :p :q )",
            "[ sh:alternativePath ( :p :q ) ]",
            "[ sh:zeroOrMorePath :p ]",
            "[ sh:oneOrMorePath :p ]",
            "[ sh:zeroOrOnePath :p ]",
            "( [ sh:inversePath [ sh:zeroOrMorePath ( :p :q ) ] ] [ sh:alternativePath ( :p [ sh:oneOrMorePath :q ] ) ] )",
        ] {
            let report = report(&format!(":S sh:targetNode :s ; sh:property [ sh:path {path} ; sh:hasValue :no ] ."));
            let graph = report.to_graph();
            let written = value(&graph, &value(&graph, &root(&graph), sh::RESULT), sh::RESULT_PATH);
            let mut reader = Reader::new(&graph);
            let read = Step::read(&mut reader, &root(&graph), &written).unwrap();
            let read = read.map(&|predicate| reader.draft.constants.iri(*predicate));
            assert_eq!(report.results.first().unwrap().path(), Some(&read));
        }
    }
}
