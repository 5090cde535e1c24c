//! Facts about a record, as a definition list; parts of a record nest within their values.

use super::href;
use super::site::{Link, Site, Text};
use super::wording::Wording;
use crate::rdf::Literal;
use crate::vocab::xsd;
use askama::Template;

/// How deep parts are shown within parts. Deeper ones are left to the data formats, so that no
/// record, however it is made, can exhaust the stack or the reader.
const DEEPEST_PART: u8 = 6;

/// One fact of a record: a property and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What the property is called.
    pub property: Text,
    /// Where its name leads: the property's IRI, or where that answers.
    pub property_href: String,
    /// Its values, in the order they are shown.
    pub values: Vec<Value>,
    /// Whether the values were proposed and nobody has reviewed them.
    pub is_proposed: bool,
}

/// One value of a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text, with its language where it has one.
    Text(Text),
    /// Something that has an IRI.
    Link(Link),
    /// A literal of another datatype.
    Typed {
        /// The literal as it was written.
        value: String,
        /// IRI of its datatype.
        datatype: String,
    },
    /// A part of the record (`#part`), by its own facts.
    Node {
        /// What a link to the part finds it by on the page, where it is told at one place alone.
        id: Option<String>,
        /// What is told of it.
        facts: Vec<Fact>,
    },
}

impl Value {
    /// A literal as a text, or as a value of its datatype.
    pub(super) fn of_literal(literal: &Literal) -> Self {
        let value = literal.value().to_owned();
        if literal.language().is_some() || literal.datatype() == xsd::STRING {
            return Self::Text(Text { value, language: literal.language().map(str::to_owned) });
        }
        Self::Typed { value, datatype: literal.datatype().as_str().to_owned() }
    }
}

/// A list of facts at some depth of parts within parts.
#[derive(Template)]
#[template(path = "facts.html")]
pub(super) struct Facts<'a> {
    site: &'a Site,
    words: &'static Wording,
    listed: &'a [Fact],
    depth: u8,
}

impl<'a> Facts<'a> {
    /// The facts of a record itself, as a site shows them.
    pub(super) fn of(facts: &'a [Fact], site: &'a Site) -> Self {
        Self { site, words: site.words(), listed: facts, depth: 0 }
    }

    /// The facts of a part of what these are about, unless that lies too deep to show.
    fn part(&self, facts: &'a [Fact]) -> Option<Self> {
        (self.depth < DEEPEST_PART).then_some(Self { listed: facts, depth: self.depth + 1, ..*self })
    }
}

impl Fact {
    /// Where the property's name leads, where it may be followed.
    pub(super) fn property_address(&self) -> Option<&str> {
        href::followable(&self.property_href)
    }
}

/// How a typed literal is shown.
enum Shown<'a> {
    /// An address that can be followed.
    Address(&'a str),
    /// A day or a moment, with the text it was written in.
    Day { day: &'a str, text: &'a str },
    /// A number.
    Number(&'a str),
    /// Anything else, with the name of its datatype where it says more than the value does.
    Other(&'a str, Option<&'a str>),
}

impl<'a> Shown<'a> {
    /// Chooses by the datatype, and falls back to the text where it does not have that
    /// datatype's form.
    fn of(value: &'a str, datatype: &'a str) -> Self {
        match local_name(datatype) {
            "anyURI" => href::followable(value).map_or(Self::Other(value, None), Self::Address),
            "date" | "dateTime" | "dateTimeStamp" => {
                day(value).map_or(Self::Other(value, None), |day| Self::Day { day, text: value })
            }
            "integer" | "decimal" | "double" | "float" | "int" | "long" | "nonNegativeInteger" | "positiveInteger" => {
                Self::Number(value)
            }
            "string" | "boolean" | "" => Self::Other(value, None),
            name => Self::Other(value, Some(name)),
        }
    }
}

/// The day of a date or moment written as `YYYY-MM-DD…`, if it is written so.
pub(super) fn day(moment: &str) -> Option<&str> {
    let day = moment.get(..10)?;
    let mut parts = day.split('-');
    let (year, month, date) = (number(parts.next()?, 4)?, number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    let longest = match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (year > 0 && (1..=longest).contains(&date)).then_some(day)
}

/// A whole number written with so many digits and nothing else.
fn number(digits: &str, length: usize) -> Option<u32> {
    let fits = digits.len() == length && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}

/// What an IRI ends with, after its last `#` or `/`.
fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::super::tests::filled::{CALM, site};
    use super::*;

    #[test]
    fn a_day_is_read_from_dates_and_moments() {
        assert_eq!(day("2013-04-03"), Some("2013-04-03"));
        assert_eq!(day("2026-11-24T08:30:00Z"), Some("2026-11-24"));
        assert_eq!(day("2024-02-29"), Some("2024-02-29"));
    }

    #[test]
    fn what_is_no_day_of_the_calendar_is_not_read_as_one() {
        for text in ["", "2013", "2023-02-29", "2013-13-01", "2013-04-31", "0000-01-01", "2013-4-3 x", "20é3-04-03"] {
            assert_eq!(day(text), None, "{text:?}");
        }
    }

    #[test]
    fn parts_within_parts_end_before_they_exhaust_the_stack() {
        let mut facts = Vec::new();
        for _ in 0..500 {
            facts = vec![Fact {
                property: Text::plain("part"),
                property_href: "http://purl.org/dc/terms/hasPart".to_owned(),
                values: vec![Value::Node { id: None, facts }],
                is_proposed: false,
            }];
        }
        let html = Facts::of(&facts, &site(CALM)).render().unwrap_or_default();
        assert_eq!(html.matches("<dl").count(), usize::from(DEEPEST_PART) + 1);
    }
}
