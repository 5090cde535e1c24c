//! A validation result as it is compared: the text of each value, with paths in SPARQL's notation.

use crate::manifest::subject;
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Graph, NamedNode, NamedOrBlankNodeRef, TermRef, TripleRef};
use std::collections::{BTreeSet, HashSet};

/// Properties that every comparison looks at, in the order of the lines that show them.
const REQUIRED: [&str; 7] = [
    "focusNode",
    "resultPath",
    "value",
    "sourceConstraintComponent",
    "sourceShape",
    "sourceConstraint",
    "resultSeverity",
];

const SHACL: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// How deep paths in paths and details of details are read, as a wrong report may have no end.
const DEPTH: usize = 16;

/// A term of SHACL's vocabulary.
pub(crate) fn sh(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SHACL}{name}"))
}

/// A value of a result's property.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// A term or a path.
    Text(String),
    /// The name of a blank node, where the name means nothing.
    Free(String),
    /// A result that is a detail of another.
    Detail(Finding),
}

/// A result: properties and values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding(Vec<(&'static str, Value)>);

impl Finding {
    /// Properties and values.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(property, value)| (*property, value))
    }

    /// Whether a blank node is among the values that is none of those shared with the graphs.
    pub(crate) fn has_free_blank_nodes(&self) -> bool {
        self.values().any(|(_, value)| match value {
            Value::Text(_) => false,
            Value::Free(_) => true,
            Value::Detail(detail) => detail.has_free_blank_nodes(),
        })
    }

    /// The result on a line, every free blank node written as `[]`.
    pub(crate) fn line(&self) -> String {
        let parts = self.values().map(|(property, value)| match value {
            Value::Text(text) => format!("{property} {text}"),
            Value::Free(_) => format!("{property} []"),
            Value::Detail(detail) => format!("{property} {{{}}}", detail.line()),
        });
        parts.collect::<Vec<_>>().join(" | ")
    }
}

/// How the results of a report are read.
pub(crate) struct Reading<'a> {
    /// Where the report stands.
    pub(crate) graph: &'a Graph,
    /// Blank nodes that keep their names.
    pub(crate) shared: &'a HashSet<BlankNode>,
    /// What is read besides [`REQUIRED`].
    pub(crate) optional: &'a BTreeSet<&'static str>,
}

impl<'a> Reading<'a> {
    /// The results of a report, in the order of their values.
    pub(crate) fn findings(&self, report: NamedOrBlankNodeRef<'_>) -> Vec<Finding> {
        self.results(report, "result", DEPTH)
    }

    fn results(&self, node: NamedOrBlankNodeRef<'_>, property: &str, depth: usize) -> Vec<Finding> {
        let nodes = self.graph.objects_for_subject_predicate(node, &sh(property));
        let mut findings: Vec<Finding> = nodes.map(|result| self.result(result, depth)).collect();
        findings.sort();
        findings
    }

    fn result(&self, node: TermRef<'_>, depth: usize) -> Finding {
        let Some(node) = subject(node) else {
            return Finding(vec![("result", Value::Text(format!("{node}, a literal")))]);
        };
        let mut values = Vec::new();
        if !self.graph.contains(TripleRef::new(node, rdf::TYPE, &sh("ValidationResult"))) {
            values.push(("type", Value::Text("is not sh:ValidationResult".to_owned())));
        }
        for property in REQUIRED.into_iter().chain(self.optional.iter().copied()) {
            let mut of_property = match property {
                "detail" => self.details(node, depth),
                _ => self.terms(node, property),
            };
            of_property.sort();
            values.extend(of_property.into_iter().map(|value| (property, value)));
        }
        Finding(values)
    }

    fn details(&self, node: NamedOrBlankNodeRef<'_>, depth: usize) -> Vec<Value> {
        let Some(depth) = depth.checked_sub(1) else { return vec![Value::Text("…".to_owned())] };
        self.results(node, "detail", depth).into_iter().map(Value::Detail).collect()
    }

    fn terms(&self, node: NamedOrBlankNodeRef<'_>, property: &str) -> Vec<Value> {
        let terms = self.graph.objects_for_subject_predicate(node, &sh(property));
        terms
            .map(|term| match term {
                TermRef::BlankNode(_) if property == "resultPath" => Value::Text(self.path(term, DEPTH)),
                TermRef::BlankNode(node) if !self.shared.contains(&node.into_owned()) => {
                    Value::Free(node.as_str().to_owned())
                }
                _ => Value::Text(short(term)),
            })
            .collect()
    }

    /// A path as SPARQL writes it, every part in parentheses that is more than an IRI.
    fn path(&self, path: TermRef<'a>, depth: usize) -> String {
        let TermRef::BlankNode(node) = path else { return short(path) };
        let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
        let triples: Vec<_> = self.graph.triples_for_subject(node).collect();
        let [only] = triples.as_slice() else {
            return format!("({})", self.list(path, depth).join(" / "));
        };
        match only.predicate.as_str().strip_prefix(SHACL) {
            Some("inversePath") => format!("(^{})", self.path(only.object, depth)),
            Some("alternativePath") => format!("({})", self.list(only.object, depth).join(" | ")),
            Some("zeroOrMorePath") => format!("({}*)", self.path(only.object, depth)),
            Some("oneOrMorePath") => format!("({}+)", self.path(only.object, depth)),
            Some("zeroOrOnePath") => format!("({}?)", self.path(only.object, depth)),
            _ => format!("[{} is no kind of path]", only.predicate),
        }
    }

    /// The paths in a list; what is wrong with the list is one more.
    fn list(&self, head: TermRef<'a>, depth: usize) -> Vec<String> {
        let (mut parts, mut seen, mut rest) = (Vec::new(), HashSet::new(), head);
        while let TermRef::BlankNode(node) = rest
            && seen.insert(node)
        {
            let first = self.graph.object_for_subject_predicate(node, rdf::FIRST);
            let next = self.graph.object_for_subject_predicate(node, rdf::REST);
            let (Some(first), Some(next)) = (first, next) else { break };
            if self.graph.triples_for_subject(node).count() > 2 {
                parts.push("[a list node that says more]".to_owned());
            }
            parts.push(self.path(first, depth));
            rest = next;
        }
        if rest != TermRef::NamedNode(rdf::NIL) {
            parts.push("[a list without end]".to_owned());
        }
        parts
    }
}

/// A term, with the prefixes that everyone knows.
fn short(term: TermRef<'_>) -> String {
    let known = [("sh:", SHACL), ("rdf:", RDF), ("xsd:", XSD)];
    let TermRef::NamedNode(node) = term else { return term.to_string() };
    let name = known
        .iter()
        .find_map(|(prefix, namespace)| node.as_str().strip_prefix(namespace).map(|name| format!("{prefix}{name}")));
    name.unwrap_or_else(|| term.to_string())
}
