//! The constraints that a shapes graph has, read from the graph itself and not through the engine.

use eu_service_list::vocab::sh;
use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use std::collections::BTreeSet;

/// A shape by its local name, and the parameter of a constraint that it has.
pub(crate) type Constraint = (String, String);

/// The parameters of the recommendation's components that give results of their own, all but `sh:property`.
const PARAMETERS: [NamedNodeRef<'static>; 29] = [
    sh::CLASS,
    sh::DATATYPE,
    sh::NODE_KIND,
    sh::MIN_COUNT,
    sh::MAX_COUNT,
    sh::MIN_EXCLUSIVE,
    sh::MIN_INCLUSIVE,
    sh::MAX_EXCLUSIVE,
    sh::MAX_INCLUSIVE,
    sh::MIN_LENGTH,
    sh::MAX_LENGTH,
    sh::PATTERN,
    sh::LANGUAGE_IN,
    sh::UNIQUE_LANG,
    sh::EQUALS,
    sh::DISJOINT,
    sh::LESS_THAN,
    sh::LESS_THAN_OR_EQUALS,
    sh::NOT,
    sh::AND,
    sh::OR,
    sh::XONE,
    sh::NODE,
    sh::QUALIFIED_MIN_COUNT,
    sh::QUALIFIED_MAX_COUNT,
    sh::CLOSED,
    sh::HAS_VALUE,
    sh::IN,
    sh::SPARQL,
];

const TARGETS: [NamedNodeRef<'static>; 4] =
    [sh::TARGET_CLASS, sh::TARGET_NODE, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF];

/// The constraints of every shape whose results come into a report: of those that have a target, and of their
/// property shapes. A shape under `sh:not`, `sh:or` or `sh:node` decides the results of others.
pub(crate) fn constraints(graph: &Graph) -> BTreeSet<Constraint> {
    let has_target =
        |subject| TARGETS.iter().any(|target| graph.object_for_subject_predicate(subject, *target).is_some());
    let mut open: Vec<NamedOrBlankNodeRef<'_>> =
        graph.iter().map(|triple| triple.subject).filter(|subject| has_target(*subject)).collect();
    let mut seen: BTreeSet<String> = open.iter().map(ToString::to_string).collect();
    let mut found = BTreeSet::new();
    while let Some(shape) = open.pop() {
        for parameter in PARAMETERS {
            if graph.object_for_subject_predicate(shape, parameter).is_some() {
                found.insert((local_name(&shape.to_string()), parameter.as_str()[sh::NAMESPACE.len()..].to_owned()));
            }
        }
        for property in graph.objects_for_subject_predicate(shape, sh::PROPERTY) {
            let property = match property {
                TermRef::NamedNode(iri) => NamedOrBlankNodeRef::from(iri),
                TermRef::BlankNode(node) => node.into(),
                TermRef::Literal(literal) => panic!("{literal} is no property shape"),
            };
            if seen.insert(property.to_string()) {
                open.push(property);
            }
        }
    }
    found
}

/// What stands behind the `#` of an IRI.
pub(crate) fn local_name(term: &str) -> String {
    term.trim_end_matches('>').rsplit('#').next().unwrap().to_owned()
}
