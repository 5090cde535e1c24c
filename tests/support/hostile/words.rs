//! The words that hostile cases are made of.

use super::random::Random;
use eu_service_list::rdf::{BlankNode, Literal, NamedNode, NamedNodeRef, Term};
use eu_service_list::vocab::{owl, rdf, rdfs, sh, xsd};

/// Properties beside those of SHACL that the engine reads.
const OTHERS: [NamedNodeRef<'static>; 5] = [rdf::FIRST, rdf::REST, rdf::TYPE, rdfs::SUB_CLASS_OF, owl::IMPORTS];

/// A property that the engine reads.
pub(crate) fn property(random: &mut Random) -> NamedNodeRef<'static> {
    let property = *random.pick(sh::ALL);
    // Names of classes, components and severities begin with a capital.
    let is_property =
        property.as_str().strip_prefix(sh::NAMESPACE).is_some_and(|name| !name.starts_with(char::is_uppercase));
    if is_property { property } else { *random.pick(&OTHERS) }
}

/// Texts that are odd as a number, a date, a pattern or a language.
const TEXTS: [&str; 30] = [
    "",
    " ",
    "0",
    "-0",
    "+1",
    "1",
    "01",
    "99999999999999999999",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "INF",
    "true",
    "1 ",
    "2024-02-30",
    "2024-02-29Z",
    "-0001-01-01",
    "24:00:00",
    "P1Y2M",
    "2024-01-01T24:00:00+14:00",
    "(a+)+$",
    "a{1000}{1000}",
    "(?<=a)b",
    "[",
    "\u{0}\u{1}",
    "e\u{301}\u{10FFFF}",
    "{?value} {$this} {?",
    "_:b",
    "http://example.org/é?#",
];

const LANGUAGES: [&str; 6] = ["en", "de-at", "x-y", "zh-hant-cn-x-a", "*", "i-klingon"];

const DATATYPES: [NamedNodeRef<'static>; 8] =
    [xsd::STRING, xsd::INTEGER, xsd::BOOLEAN, xsd::DATE, xsd::DATE_TIME, xsd::DECIMAL, xsd::DURATION, rdf::PROPERTY];

/// An odd literal.
pub(crate) fn literal(random: &mut Random) -> Literal {
    let text = match random.below(40) {
        0 => "long ".repeat(random.below(20_000)),
        1 => "9".repeat(random.below(400)),
        _ => (*random.pick(&TEXTS)).to_owned(),
    };
    match random.below(3) {
        0 => Literal::new_simple_literal(text),
        1 => Literal::new_language_tagged_literal_unchecked(text, *random.pick(&LANGUAGES)),
        _ => Literal::new_typed_literal(text, *random.pick(&DATATYPES)),
    }
}

/// A number or a truth value, as counts and flags have them.
pub(crate) fn count(random: &mut Random) -> Literal {
    match random.below(4) {
        0 => Literal::from(random.one_in(2)),
        1 => Literal::new_typed_literal("99999999999999999999", xsd::INTEGER),
        _ => Literal::new_typed_literal(random.few(5).to_string(), xsd::INTEGER),
    }
}

/// A blank node of a few, so that some are met again.
pub(crate) fn blank(random: &mut Random) -> BlankNode {
    BlankNode::new_unchecked(format!("odd{}", random.below(12)))
}

/// An IRI that stands in no seed, or has a meaning.
pub(crate) fn iri(random: &mut Random) -> NamedNode {
    match random.below(6) {
        0 => rdf::NIL.into_owned(),
        1 => property(random).into_owned(),
        2 => random.pick(&DATATYPES).into_owned(),
        3 => random.pick(&[sh::IRI, sh::LITERAL, sh::BLANK_NODE, sh::WARNING, rdfs::CLASS]).into_owned(),
        _ => NamedNode::new_unchecked(format!("http://odd.example/{}", random.below(5))),
    }
}

/// Any term.
pub(crate) fn term(random: &mut Random) -> Term {
    match random.below(4) {
        0 => literal(random).into(),
        1 => count(random).into(),
        2 => blank(random).into(),
        _ => iri(random).into(),
    }
}
