//! Triples of a source, sorted into the records they belong to.

use super::super::address::Base;
use super::submission::{Rejection, Said};
use crate::rdf::{Content, NamedNode, NamedOrBlankNode, Term, Triple, name_blank_nodes};
use std::collections::{BTreeMap, BTreeSet};

/// Sorts triples into records and names their blank nodes.
///
/// A triple belongs to the record of its subject; a blank node belongs to every record that
/// leads to it. Whatever belongs to no record of ours is rejected, by subject. `place` says where the triples
/// stand: a file, and the line where there is one.
pub fn split(base: &Base, place: &str, triples: Vec<Triple>) -> (Vec<Said>, Vec<Rejection>) {
    let mut records: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    let mut of_blank_nodes: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    let mut foreign = BTreeSet::new();
    for triple in triples {
        match &triple.subject {
            NamedOrBlankNode::BlankNode(node) => {
                of_blank_nodes.entry(node.as_str().to_owned()).or_default().push(triple);
            }
            NamedOrBlankNode::NamedNode(subject) => match base.record_of(subject.as_str()) {
                Some(name) => records.entry(name.iri).or_default().push(triple),
                None => {
                    foreign.insert(subject.as_str().to_owned());
                }
            },
        }
    }
    let mut rejected: Vec<Rejection> = foreign
        .into_iter()
        .map(|subject| Rejection {
            reason: format!("it is not the IRI of a record: {base}id/<kind>/<ref> or {base}list/<name>"),
            place: format!("{place}, {subject}"),
        })
        .collect();
    let mut said = Vec::new();
    for (record, mut triples) in records {
        add_reached(&mut triples, &of_blank_nodes);
        match name_blank_nodes(&NamedNode::new_unchecked(&record), triples) {
            Ok(triples) => said.push(Said { record, content: Content::from_iter(triples), place: place.to_owned() }),
            Err(error) => rejected.push(Rejection { place: format!("{place}, {record}"), reason: error.to_string() }),
        }
    }
    (said, rejected)
}

/// Adds what is said of the blank nodes that can be reached from triples; gives those nodes.
pub(super) fn add_reached(
    triples: &mut Vec<Triple>,
    of_blank_nodes: &BTreeMap<String, Vec<Triple>>,
) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next = 0;
    while let Some(triple) = triples.get(next) {
        next += 1;
        if let Term::BlankNode(node) = &triple.object
            && reached.insert(node.as_str().to_owned())
        {
            triples.extend(of_blank_nodes.get(node.as_str()).into_iter().flatten().cloned());
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    #[test]
    fn each_record_gets_its_own_triples_and_the_foreign_is_rejected() {
        let base = Base::parse("http://example.eu/").unwrap();
        let triples = read_turtle(
            b"<id/function/1> <a:p> [ <a:q> 'x' ] . <id/function/1#part> <a:p> 'y' .
              <id/function/2> <a:p> 'z' . <http://other.example/1> <a:p> 'w' ."
                .as_slice(),
            "http://example.eu/",
        )
        .unwrap();
        let (said, rejected) = split(&base, "here", triples);
        let sizes: Vec<(&str, usize)> = said.iter().map(|said| (said.record.as_str(), said.content.len())).collect();
        assert_eq!(sizes, [("http://example.eu/id/function/1", 3), ("http://example.eu/id/function/2", 1)]);
        assert_eq!(rejected.len(), 1);
        assert_eq!(rejected[0].place, "here, http://other.example/1");
    }
}
