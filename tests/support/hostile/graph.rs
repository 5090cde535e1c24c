//! Choosing from a graph, and writing structures into it.

use super::part::resource;
use super::random::Random;
use super::words;
use eu_service_list::rdf::{BlankNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use eu_service_list::vocab::rdf;

/// A place in a graph; zero where it is empty.
pub(crate) fn place(random: &mut Random, graph: &[Triple]) -> usize {
    random.below(graph.len())
}

/// A subject of a graph, or now and then one that it does not have.
pub(crate) fn subject(random: &mut Random, graph: &[Triple]) -> NamedOrBlankNode {
    match graph.get(place(random, graph)) {
        Some(triple) if !random.one_in(20) => triple.subject.clone(),
        _ => words::blank(random).into(),
    }
}

/// A term of a graph, or one that it does not have.
pub(crate) fn term(random: &mut Random, graph: &[Triple]) -> Term {
    match graph.get(place(random, graph)) {
        Some(triple) => match random.below(8) {
            0 => words::term(random),
            1 | 2 => triple.subject.clone().into(),
            3 => triple.predicate.clone().into(),
            _ => triple.object.clone(),
        },
        None => words::term(random),
    }
}

/// The places of the triples with a predicate.
pub(crate) fn places(graph: &[Triple], fits: impl Fn(&Triple) -> bool) -> Vec<usize> {
    (0..graph.len()).filter(|place| fits(&graph[*place])).collect()
}

/// A node that no seed has and that is different each time.
pub(crate) fn fresh(graph: &[Triple]) -> BlankNode {
    BlankNode::new_unchecked(format!("new{}", graph.len()))
}

/// Writes a statement.
pub(crate) fn say(graph: &mut Vec<Triple>, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>, object: Term) {
    graph.push(Triple::new(subject.clone(), predicate.into_owned(), object));
}

/// Writes a list; its head. Now and then it is no list: without an end, or with an end that leads back.
pub(crate) fn list(random: &mut Random, graph: &mut Vec<Triple>, members: &[Term]) -> Term {
    let end = match random.below(20) {
        0 => words::term(random),
        1 => graph.last().map_or_else(|| rdf::NIL.into(), |last| last.subject.clone().into()),
        _ => rdf::NIL.into(),
    };
    let mut rest: Term = end;
    for member in members.iter().rev() {
        let node: NamedOrBlankNode = fresh(graph).into();
        say(graph, &node, rdf::FIRST, member.clone());
        say(graph, &node, rdf::REST, rest);
        rest = node.into();
    }
    rest
}

/// Whether a term leads on.
pub(crate) fn leads_on(term: &Term) -> bool {
    resource(term).is_some()
}
