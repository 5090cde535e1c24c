//! Parts of a large graph.

use super::random::Random;
use eu_service_list::rdf::{NamedOrBlankNode, Term, Triple};
use eu_service_list::vocab::sh;
use std::collections::HashSet;

/// How many triples a part has, roughly.
const ENOUGH: usize = 150;

/// What a graph says of one subject with a target, and of what it leads to.
pub(crate) fn of_one_shape(random: &mut Random, graph: &[Triple]) -> Vec<Triple> {
    let targets = [sh::TARGET_CLASS, sh::TARGET_NODE, sh::TARGET_SUBJECTS_OF, sh::TARGET_OBJECTS_OF];
    let mut starts: Vec<&NamedOrBlankNode> = graph
        .iter()
        .filter(|triple| targets.contains(&triple.predicate.as_ref()))
        .map(|triple| &triple.subject)
        .collect();
    if starts.is_empty() {
        starts = graph.iter().map(|triple| &triple.subject).collect();
    }
    if starts.is_empty() {
        return Vec::new();
    }
    let start = (*random.pick(&starts)).clone();
    let mut seen: HashSet<NamedOrBlankNode> = [start.clone()].into();
    let mut next = vec![start];
    let mut part = Vec::new();
    while let Some(subject) = next.pop()
        && part.len() < ENOUGH
    {
        for triple in graph.iter().filter(|triple| triple.subject == subject) {
            next.extend(resource(&triple.object).filter(|object| seen.insert(object.clone())));
            part.push(triple.clone());
        }
    }
    part
}

/// A term that can have properties.
pub(crate) fn resource(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(iri) => Some(iri.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}
