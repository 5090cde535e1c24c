//! What a source says, laid over what is published: a merge of three.
//!
//! `before` is what the source said last time, `now` what it says this time, `present` what is
//! published. What people or other sources wrote stays.

use super::submission::{Difference, Ownership};
use crate::rdf::{Content, NamedOrBlankNode, Term, Triple};
use std::collections::BTreeSet;

/// The three sides of a merge, and who else speaks.
pub(super) struct Sides<'a> {
    /// The record's IRI.
    pub record: &'a str,
    /// What is published.
    pub present: &'a Content,
    /// What the source said last time.
    pub before: &'a Content,
    /// What the source says now.
    pub now: &'a Content,
    /// What other sources say: what they share with this one stays when this one drops it.
    pub others: &'a [Content],
}

/// The content to publish, and where the source gave way.
pub(super) fn merge(sides: &Sides<'_>, ownership: &Ownership) -> (Content, Vec<Difference>) {
    let mut content = sides.present.clone();
    let is_filled = |triple: &&Triple| fills(sides.record, triple, ownership);
    for triple in sides.before.minus(sides.now).filter(|triple| !is_filled(triple)) {
        if !sides.others.iter().any(|other| other.contains(triple)) {
            content.remove(triple);
        }
    }
    content.extend(sides.now.minus(sides.before).filter(|triple| !is_filled(triple)).cloned());
    let mut differences = Vec::new();
    for (property, language) in filled_places(sides, ownership) {
        let at = |content| values(sides.record, content, property, language);
        let (present, before, now) = (at(sides.present), at(sides.before), at(sides.now));
        if present == now {
            continue;
        }
        let is_others = |triple| sides.others.iter().any(|other| other.contains(triple));
        let nobody_else_wrote = present.iter().all(|triple| before.contains(triple) && !is_others(triple));
        let somebody_removed = present.is_empty() && !before.is_empty();
        if nobody_else_wrote && !somebody_removed {
            for triple in present.iter() {
                content.remove(triple);
            }
            content.extend(now);
        } else {
            let objects = |content: &Content| content.iter().map(|triple| triple.object.to_string()).collect();
            differences.push(Difference {
                record: sides.record.to_owned(),
                property: property.to_owned(),
                ours: objects(&present),
                theirs: objects(&now),
            });
        }
    }
    (content, differences)
}

/// Whether a triple gives a value that the source only fills in. Triples of the record's parts
/// go with the link to the part.
fn fills(record: &str, triple: &Triple, ownership: &Ownership) -> bool {
    is_about(record, triple) && ownership.fills.contains(triple.predicate.as_str())
}

/// Every property and language of which either side of the source speaks.
fn filled_places<'a>(sides: &Sides<'a>, ownership: &Ownership) -> BTreeSet<(&'a str, &'a str)> {
    sides
        .before
        .iter()
        .chain(sides.now.iter())
        .filter(|triple| fills(sides.record, triple, ownership))
        .map(|triple| (triple.predicate.as_str(), language_of(triple)))
        .collect()
}

fn language_of(triple: &Triple) -> &str {
    match &triple.object {
        Term::Literal(literal) => literal.language().unwrap_or(""),
        _ => "",
    }
}

/// The triples that give values of one property in one language.
fn values(record: &str, content: &Content, property: &str, language: &str) -> Content {
    content
        .iter()
        .filter(|triple| {
            triple.predicate.as_str() == property && language_of(triple) == language && is_about(record, triple)
        })
        .cloned()
        .collect()
}

fn is_about(record: &str, triple: &Triple) -> bool {
    matches!(&triple.subject, NamedOrBlankNode::NamedNode(subject) if subject.as_str() == record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    const RECORD: &str = "http://example.eu/id/service-type/1";

    fn content(turtle: &str) -> Content {
        read_turtle(turtle.as_bytes(), RECORD).unwrap().into_iter().collect()
    }

    fn ownership() -> Ownership {
        let set = |property: &str| BTreeSet::from([property.to_owned()]);
        Ownership { owns: set("a:alt"), fills: set("a:name") }
    }

    /// Merges and says what is published then, and how many differences were reported.
    fn merged(present: &str, before: &str, now: &str, others: &[&str]) -> (Content, usize) {
        let others: Vec<Content> = others.iter().map(|other| content(other)).collect();
        let sides = Sides {
            record: RECORD,
            present: &content(present),
            before: &content(before),
            now: &content(now),
            others: &others,
        };
        let (content, differences) = merge(&sides, &ownership());
        (content, differences.len())
    }

    #[test]
    fn a_name_that_is_there_stays_and_the_difference_is_reported() {
        assert_eq!(
            merged("<> <a:name> 'ours'@en .", "", "<> <a:name> 'theirs'@en, 'hunne'@nl .", &[]),
            (content("<> <a:name> 'ours'@en, 'hunne'@nl ."), 1),
        );
    }

    #[test]
    fn a_name_that_came_from_the_source_follows_the_source() {
        assert_eq!(
            merged("<> <a:name> 'old'@en .", "<> <a:name> 'old'@en .", "<> <a:name> 'new'@en .", &[]),
            (content("<> <a:name> 'new'@en ."), 0),
        );
    }

    #[test]
    fn a_name_that_another_source_gave_too_stays_when_this_one_changes_its_mind() {
        let name = "<> <a:name> 'both'@en .";
        assert_eq!(merged(name, name, "<> <a:name> 'new'@en .", &[name]), (content(name), 1));
    }

    #[test]
    fn a_name_that_somebody_took_away_does_not_come_back() {
        assert_eq!(merged("", "<> <a:name> 'x'@en .", "<> <a:name> 'x'@en .", &[]), (content(""), 1));
    }

    #[test]
    fn owned_values_are_replaced_and_those_of_people_stay() {
        assert_eq!(
            merged("<> <a:alt> 'a', 'mine' .", "<> <a:alt> 'a' .", "<> <a:alt> 'b' .", &[]),
            (content("<> <a:alt> 'b', 'mine' ."), 0),
        );
    }

    #[test]
    fn what_another_source_says_too_stays_when_one_drops_it() {
        assert_eq!(
            merged("<> <a:alt> 'a' .", "<> <a:alt> 'a' .", "", &["<> <a:alt> 'a' ."]),
            (content("<> <a:alt> 'a' ."), 0),
        );
    }

    #[test]
    fn a_part_goes_with_the_link_to_it() {
        let part = "<> <a:alt> <#alt-1> . <#alt-1> <a:name> 'x'@en .";
        assert_eq!(merged(part, part, "", &[]), (Content::default(), 0));
    }
}
