//! What of a document is still connected with its record once statements have gone.

use crate::rdf::{NamedNode, Term, Triple};
use oxrdf::{NamedNodeRef, NamedOrBlankNodeRef};
use std::collections::{HashMap, HashSet};

/// Whether a subject is the record itself or one of its parts, `{iri}#…`.
///
/// A document says of any other subject only what it is called and that it points here.
pub fn is_own(about: &NamedNode, subject: NamedOrBlankNodeRef<'_>) -> bool {
    match subject {
        NamedOrBlankNodeRef::NamedNode(subject) => {
            let rest = subject.as_str().strip_prefix(about.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
        }
        // Records have no blank nodes; one that comes all the same stands within its record.
        NamedOrBlankNodeRef::BlankNode(_) => true,
    }
}

/// Drops the statements about what nothing mentions: parts that no statement leads to any more,
/// and names of records that are pointed at no more.
///
/// What points at the record counts as mentioned. Every triple is looked at three times, however
/// long the ways from part to part are.
pub fn keep_mentioned(about: &NamedNode, mut triples: Vec<Triple>) -> Vec<Triple> {
    let kept: Vec<bool> = {
        let mentioned = mentioned(about.as_ref(), &triples);
        triples.iter().map(|triple| mentioned.contains(&triple.subject.as_ref())).collect()
    };
    let mut kept = kept.into_iter();
    triples.retain(|_| kept.next().unwrap_or(false));
    triples
}

/// The record, what points at it, and what can be reached from either.
fn mentioned<'a>(about: NamedNodeRef<'a>, triples: &'a [Triple]) -> HashSet<NamedOrBlankNodeRef<'a>> {
    let about = NamedOrBlankNodeRef::from(about);
    let mut mentioned = HashSet::with_capacity(triples.len() / 2);
    let mut leads_to: HashMap<_, Vec<_>> = HashMap::new();
    mentioned.insert(about);
    for triple in triples {
        let subject = triple.subject.as_ref();
        match node(&triple.object) {
            Some(object) if object == about => {
                mentioned.insert(subject);
            }
            Some(object) => leads_to.entry(subject).or_default().push(object),
            None => {}
        }
    }
    let mut to_follow: Vec<_> = leads_to.keys().copied().filter(|subject| mentioned.contains(subject)).collect();
    while let Some(subject) = to_follow.pop() {
        for object in leads_to.remove(&subject).unwrap_or_default() {
            if mentioned.insert(object) {
                to_follow.push(object);
            }
        }
    }
    mentioned
}

fn node(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        Term::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    fn kept(turtle: &str) -> Vec<String> {
        let about = NamedNode::new_unchecked("http://example.org/a");
        let triples = read_turtle(turtle.as_bytes(), "http://example.org/").unwrap();
        let kept = keep_mentioned(&about, triples);
        kept.iter().map(|triple| triple.object.to_string()).filter(|object| object.starts_with('"')).collect()
    }

    #[test]
    fn a_part_of_a_part_is_kept_and_a_part_that_nothing_leads_to_is_not() {
        let turtle =
            r#"<a#2> <p> "second" . <a#1> <p> <a#2>, "first" . <a> <p> <a#1> . <a#3> <p> <a#4> . <a#4> <p> "lost" ."#;
        assert_eq!(kept(turtle), ["\"second\"", "\"first\""]);
    }

    #[test]
    fn a_record_that_points_here_keeps_its_name_and_a_mere_name_goes() {
        assert_eq!(kept(r#"<b> <p> "b" . <c> <p> "c" . <b> <q> <a> ."#), ["\"b\""]);
    }

    #[test]
    fn an_iri_that_only_starts_like_the_record_is_another_record() {
        let about = NamedNode::new_unchecked("http://example.org/id/service-type/1");
        let own = |iri: &str| is_own(&about, NamedNodeRef::new_unchecked(iri).into());
        assert!(own("http://example.org/id/service-type/1"));
        assert!(own("http://example.org/id/service-type/1#area"));
        assert!(!own("http://example.org/id/service-type/10"));
    }
}
