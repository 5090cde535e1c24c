//! What a record can say here, as lines of N-Triples: made, and read again, without the product's own reader.

use crate::hostile::Random;
use eu_service_list::catalogue::Status;
use std::collections::BTreeSet;

pub(super) const BASE: &str = "http://lists.example.eu/";

const CODES: &str = "http://publications.europa.eu/resource/authority/concept-status/";
const STATUS: &str = "http://www.w3.org/ns/adms#status";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const NAME: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
const TITLE: &str = "http://purl.org/dc/terms/title";
const IN_SCHEME: &str = "http://www.w3.org/2004/02/skos/core#inScheme";
const REPLACED: &str = "http://purl.org/dc/terms/isReplacedBy";
const DESIGNED_IN: &str = "https://w3id.org/eu-service-list/def#coDesignedIn";
const ACTIVITY: &str = "https://w3id.org/eu-service-list/def#CoDesignActivity";
const NOTATION: &str = "http://www.w3.org/2004/02/skos/core#notation";
const IDENTIFIER: &str = "http://purl.org/dc/terms/identifier";
const TOMBSTONE: &str = "https://w3id.org/eu-service-list/def#WithdrawnRecord";
pub(super) const SINCE: &str = "http://www.w3.org/ns/prov#invalidatedAtTime";

/// The triples of a record, a line for each.
pub(super) type Lines = BTreeSet<String>;

/// What a status can be given as: none at all, a code, or a code that there is not.
const GIVEN: [Option<&str>; 8] = [
    None,
    None,
    Some("CURRENT"),
    Some("CANDIDATE"),
    Some("CANDIDATE"),
    Some("DEPRECATED"),
    Some("RETIRED"),
    Some("WAITING"),
];

pub(super) fn iri(path: &str) -> String {
    format!("{BASE}id/{path}")
}

fn line(path: &str, property: &str, object: &str) -> String {
    format!("<{}> <{property}> {object} .\n", iri(path))
}

/// What somebody wants a record to say: mostly something that it may.
pub(super) fn random(random: &mut Random, path: &str, activities: &[&str]) -> Lines {
    let mut lines = Lines::new();
    let mut say = |property: &str, object: &str| {
        lines.insert(line(path, property, object));
    };
    if path.starts_with("co-design") && !random.one_in(6) {
        say(TYPE, &format!("<{ACTIVITY}>"));
        // One without a title breaks the shapes.
        if !random.one_in(5) {
            say(TITLE, &format!("\"Workshop {}\"@en", random.below(3)));
        }
    } else {
        // One without a type breaks the rules of records.
        if !random.one_in(10) {
            say(TYPE, "<http://a.example/Thing>");
        }
        say(NAME, &format!("\"Thing {}\"@en", random.below(3)));
        if random.one_in(3) {
            say(IN_SCHEME, "<http://a.example/list>");
        }
        if random.one_in(3) {
            say(DESIGNED_IN, &format!("<{}>", iri(activities[random.below(activities.len())])));
        }
    }
    if let Some(code) = random.pick(&GIVEN) {
        say(STATUS, &format!("<{CODES}{code}>"));
    }
    if random.one_in(4) {
        say(REPLACED, "<http://a.example/successor>");
    }
    lines
}

/// A remark, as a patch adds it.
pub(super) fn note(path: &str, number: usize) -> String {
    line(path, "http://www.w3.org/2004/02/skos/core#note", &format!("\"Note {number}\""))
}

fn objects<'l>(lines: &'l Lines, property: &str) -> impl Iterator<Item = &'l str> {
    let property = format!(" <{property}> ");
    lines.iter().filter_map(move |line| line.split_once(&property)?.1.strip_suffix(" .\n"))
}

/// The status that a record says it has; nothing if it says a code that there is not.
pub(super) fn status(lines: &Lines) -> Option<Status> {
    let codes: Vec<&str> = objects(lines, STATUS).collect();
    match codes.as_slice() {
        [] => Some(Status::Stable),
        [code] => match code.strip_prefix('<')?.strip_prefix(CODES)?.strip_suffix('>')? {
            "CURRENT" => Some(Status::Stable),
            "CANDIDATE" => Some(Status::Submitted),
            "DEPRECATED" if objects(lines, REPLACED).next().is_some() => Some(Status::Superseded),
            "DEPRECATED" => Some(Status::Deprecated),
            "RETIRED" => Some(Status::Withdrawn),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn without_status(lines: &Lines) -> Lines {
    lines.iter().filter(|line| !line.contains(&format!(" <{STATUS}> "))).cloned().collect()
}

pub(super) fn is_entry(lines: &Lines) -> bool {
    objects(lines, IN_SCHEME).next().is_some()
}

pub(super) fn has_type(lines: &Lines) -> bool {
    objects(lines, TYPE).next().is_some()
}

pub(super) fn is_activity(lines: &Lines) -> bool {
    objects(lines, TYPE).any(|class| class == format!("<{ACTIVITY}>"))
}

/// Whether an activity has the title that the shapes ask for: one, since all are in one language.
pub(super) fn has_title(lines: &Lines) -> bool {
    objects(lines, TITLE).count() == 1
}

/// Whether a record has one name at most, as the shapes ask for, since all names are in one language.
pub(super) fn has_one_name(lines: &Lines) -> bool {
    objects(lines, NAME).count() < 2
}

/// The IRIs of the activities that it was designed in.
pub(super) fn designed_in(lines: &Lines) -> impl Iterator<Item = &str> {
    objects(lines, DESIGNED_IN).map(|object| object.trim_matches(['<', '>']))
}

/// What is left when a record is withdrawn, but for the moment.
pub(super) fn tombstone(path: &str, present: &Lines) -> Lines {
    let is_kept = |line: &&String| {
        [NAME, TITLE, REPLACED, NOTATION, IDENTIFIER].iter().any(|kept| line.contains(&format!(" <{kept}> ")))
    };
    let mut left: Lines = present.iter().filter(is_kept).cloned().collect();
    left.insert(line(path, TYPE, &format!("<{TOMBSTONE}>")));
    left.insert(line(path, STATUS, &format!("<{CODES}RETIRED>")));
    left
}

/// Whether a line says what takes the place of a record.
pub(super) fn is_successor(line: &str) -> bool {
    line.contains(&format!(" <{REPLACED}> "))
}

/// Has a new service type bear the number that it is given, where it says none.
pub(super) fn bear_number(path: &str, lines: &mut Lines) {
    let Some(number) = path.strip_prefix("service-type/") else { return };
    for property in [NOTATION, IDENTIFIER] {
        if objects(lines, property).next().is_none() {
            lines.insert(line(path, property, &format!("\"{number}\"")));
        }
    }
}
