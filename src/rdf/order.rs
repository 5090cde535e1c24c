//! The order in which documents state their triples, the same in every syntax that goes by lines.

use super::{NamedNode, NamedOrBlankNode, Triple};
use crate::vocab::{rdf, skos};
use std::cmp::Ordering;

/// Where a subject's block stands in the document of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The record itself.
    Record,
    /// A part of it, `{record}#…`.
    Part,
    /// Everything else.
    Elsewhere,
}

/// The place of a subject in the document about `about`.
pub fn place(about: &NamedNode, subject: &NamedOrBlankNode) -> Place {
    match subject {
        NamedOrBlankNode::NamedNode(subject) if subject == about => Place::Record,
        NamedOrBlankNode::NamedNode(subject) if is_part(about.as_str(), subject.as_str()) => Place::Part,
        _ => Place::Elsewhere,
    }
}

/// Whether an IRI names a part of the record, `{record}#…`.
pub fn is_part(record: &str, iri: &str) -> bool {
    iri.strip_prefix(record).is_some_and(|rest| rest.starts_with('#'))
}

/// Each triple once: the block of `about` first, then its parts, then everything else by IRI;
/// in a block the type first, then names, then the other properties by IRI.
///
/// The same triples give the same order, in whatever order they come.
pub fn in_reading_order<'a>(about: &NamedNode, triples: impl IntoIterator<Item = &'a Triple>) -> Vec<&'a Triple> {
    let mut triples: Vec<&Triple> = triples.into_iter().collect();
    triples.sort_by(|one, next| {
        let subjects = || place(about, &one.subject).cmp(&place(about, &next.subject)).then(by_name(one, next));
        let properties = || property_place(one).cmp(&property_place(next)).then(one.predicate.cmp(&next.predicate));
        let is_one_subject = one.subject == next.subject;
        let subjects = if is_one_subject { Ordering::Equal } else { subjects() };
        // Objects of one property are few: they alone are written out to be compared.
        subjects.then_with(properties).then_with(|| one.object.to_string().cmp(&next.object.to_string()))
    });
    triples.dedup();
    triples
}

/// Subjects by the text of their IRIs or names, blank nodes last.
fn by_name(one: &Triple, next: &Triple) -> Ordering {
    match (&one.subject, &next.subject) {
        (NamedOrBlankNode::NamedNode(one), NamedOrBlankNode::NamedNode(next)) => one.as_str().cmp(next.as_str()),
        (NamedOrBlankNode::BlankNode(one), NamedOrBlankNode::BlankNode(next)) => one.as_str().cmp(next.as_str()),
        (NamedOrBlankNode::NamedNode(_), NamedOrBlankNode::BlankNode(_)) => Ordering::Less,
        (NamedOrBlankNode::BlankNode(_), NamedOrBlankNode::NamedNode(_)) => Ordering::Greater,
    }
}

fn property_place(triple: &Triple) -> u8 {
    if triple.predicate == rdf::TYPE {
        0
    } else if triple.predicate == skos::PREF_LABEL {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    #[test]
    fn the_record_comes_first_then_its_parts_and_each_triple_once() {
        let source = "<http://e/0> <http://e/p> 1 . <http://e/r#part> <http://e/p> 1 . \
            <http://e/rest> <http://e/p> 1 . <http://e/r> <http://e/p> 1 . <http://e/r> a <http://e/T> .";
        let triples = read_turtle(source.as_bytes(), "http://e/").unwrap();
        let about = NamedNode::new_unchecked("http://e/r");
        let order = in_reading_order(&about, triples.iter().chain(&triples));
        let subjects: Vec<String> = order.iter().map(|triple| triple.subject.to_string()).collect();
        assert_eq!(subjects, ["<http://e/r>", "<http://e/r>", "<http://e/r#part>", "<http://e/0>", "<http://e/rest>"]);
        assert_eq!(order[0].predicate, rdf::TYPE);
    }
}
