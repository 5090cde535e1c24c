//! Literals whose text is not of their datatype.

use crate::vocab::xsd;
use oxrdf::{LiteralRef, NamedNodeRef};
use oxsdatatypes::{
    Boolean, Date, DateTime, DayTimeDuration, Decimal, Double, Duration, Float, GDay, GMonth, GMonthDay, GYear,
    GYearMonth, Integer, Time, YearMonthDuration,
};
use std::str::FromStr;

/// Whether a literal of an XML Schema datatype has a text that is none of its lexical forms.
/// Of other datatypes nothing is known, so their literals are never ill-typed.
/// <https://www.w3.org/TR/rdf11-concepts/#dfn-ill-typed>
pub fn is_ill_typed(literal: LiteralRef<'_>) -> bool {
    let (text, datatype) = (literal.value(), literal.datatype());
    // Nearly all literals are texts, so the table is not walked for them.
    if datatype == xsd::STRING || literal.language().is_some() {
        return false;
    }
    LEXICAL_FORMS.iter().any(|(known, is_form)| *known == datatype && !is_form(text))
}

/// Whether a datatype is `xsd:integer` or derived from it.
pub(super) fn is_integer(datatype: NamedNodeRef<'_>) -> bool {
    datatype == xsd::INTEGER || INTEGERS.iter().any(|(known, ..)| *known == datatype)
}

/// A datatype, and whether a text is one of its lexical forms.
type LexicalForm = (NamedNodeRef<'static>, fn(&str) -> bool);

/// <https://www.w3.org/TR/xmlschema11-2/#built-in-datatypes>
const LEXICAL_FORMS: [LexicalForm; 33] = [
    (xsd::DATE, is::<Date>),
    (xsd::DATE_TIME, is::<DateTime>),
    (xsd::DATE_TIME_STAMP, |text| is::<DateTime>(text) && has_zone(text)),
    (xsd::TIME, is::<Time>),
    (xsd::DURATION, is::<Duration>),
    (xsd::DAY_TIME_DURATION, is::<DayTimeDuration>),
    (xsd::YEAR_MONTH_DURATION, is::<YearMonthDuration>),
    (xsd::G_YEAR, is::<GYear>),
    (xsd::G_YEAR_MONTH, is::<GYearMonth>),
    (xsd::G_MONTH, is::<GMonth>),
    (xsd::G_MONTH_DAY, is::<GMonthDay>),
    (xsd::G_DAY, is::<GDay>),
    (xsd::BOOLEAN, is::<Boolean>),
    (xsd::DOUBLE, is::<Double>),
    (xsd::FLOAT, is::<Float>),
    // The types that stand for numbers here have bounds, XML Schema's have none.
    (xsd::INTEGER, |text| is::<Integer>(text) || is_number(text, 0)),
    (xsd::DECIMAL, |text| is::<Decimal>(text) || is_number(text, 1)),
    (xsd::BYTE, |text| is_within(text, xsd::BYTE)),
    (xsd::SHORT, |text| is_within(text, xsd::SHORT)),
    (xsd::INT, |text| is_within(text, xsd::INT)),
    (xsd::LONG, |text| is_within(text, xsd::LONG)),
    (xsd::UNSIGNED_BYTE, |text| is_within(text, xsd::UNSIGNED_BYTE)),
    (xsd::UNSIGNED_SHORT, |text| is_within(text, xsd::UNSIGNED_SHORT)),
    (xsd::UNSIGNED_INT, |text| is_within(text, xsd::UNSIGNED_INT)),
    (xsd::UNSIGNED_LONG, |text| is_within(text, xsd::UNSIGNED_LONG)),
    (xsd::NON_NEGATIVE_INTEGER, |text| is_number(text, 0) && (!text.starts_with('-') || is_zero(text))),
    (xsd::POSITIVE_INTEGER, |text| is_number(text, 0) && !text.starts_with('-') && !is_zero(text)),
    (xsd::NON_POSITIVE_INTEGER, |text| is_number(text, 0) && (text.starts_with('-') || is_zero(text))),
    (xsd::NEGATIVE_INTEGER, |text| is_number(text, 0) && text.starts_with('-') && !is_zero(text)),
    (xsd::LANGUAGE, is_language),
    (xsd::HEX_BINARY, |text| text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())),
    (xsd::BASE64_BINARY, is_base64),
    // Any text is an xsd:anyURI since XML Schema 1.1; spaces within are what nobody means.
    (xsd::ANY_URI, |text| !text.trim().contains([' ', '\t', '\n', '\r'])),
];

/// The integers that have bounds, or a side of zero to be on.
const INTEGERS: [(NamedNodeRef<'static>, i128, i128); 12] = [
    (xsd::BYTE, i8::MIN as i128, i8::MAX as i128),
    (xsd::SHORT, i16::MIN as i128, i16::MAX as i128),
    (xsd::INT, i32::MIN as i128, i32::MAX as i128),
    (xsd::LONG, i64::MIN as i128, i64::MAX as i128),
    (xsd::UNSIGNED_BYTE, 0, u8::MAX as i128),
    (xsd::UNSIGNED_SHORT, 0, u16::MAX as i128),
    (xsd::UNSIGNED_INT, 0, u32::MAX as i128),
    (xsd::UNSIGNED_LONG, 0, u64::MAX as i128),
    (xsd::NON_NEGATIVE_INTEGER, 0, i128::MAX),
    (xsd::POSITIVE_INTEGER, 1, i128::MAX),
    (xsd::NON_POSITIVE_INTEGER, i128::MIN, 0),
    (xsd::NEGATIVE_INTEGER, i128::MIN, -1),
];

fn is<T: FromStr>(text: &str) -> bool {
    text.parse::<T>().is_ok()
}

/// Whether a text is digits with at most so many dots, behind a sign or none.
fn is_number(text: &str, dots: usize) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= dots
}

fn is_zero(number: &str) -> bool {
    number.trim_start_matches(['-', '+']).bytes().all(|byte| byte == b'0')
}

/// Whether a text is an integer between the bounds of a datatype.
fn is_within(text: &str, datatype: NamedNodeRef<'_>) -> bool {
    let bounds = INTEGERS.iter().find(|(known, ..)| *known == datatype);
    is_number(text, 0)
        && bounds
            .is_some_and(|(_, least, most)| text.parse::<i128>().is_ok_and(|value| (*least..=*most).contains(&value)))
}

fn has_zone(text: &str) -> bool {
    let time = text.split_once('T').map_or("", |(_, time)| time);
    time.ends_with('Z') || time.contains(['+', '-'])
}

/// `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`, <https://www.w3.org/TR/xmlschema11-2/#language>
fn is_language(text: &str) -> bool {
    text.split('-').enumerate().all(|(place, part)| {
        (1..=8).contains(&part.len())
            && part
                .bytes()
                .all(|byte| if place == 0 { byte.is_ascii_alphabetic() } else { byte.is_ascii_alphanumeric() })
    })
}

/// Groups of four characters, the last filled up by `=`; spaces between them do not count.
fn is_base64(text: &str) -> bool {
    let symbols: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let padding = symbols.iter().rev().take_while(|byte| **byte == b'=').count();
    let is_symbol = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    symbols.len().is_multiple_of(4) && padding <= 2 && symbols.iter().rev().skip(padding).all(is_symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_none_of_its_type_is_found_and_others_pass() {
        let check =
            |text: &str, datatype: NamedNodeRef<'static>| is_ill_typed(LiteralRef::new_typed_literal(text, datatype));
        for (text, datatype) in [
            ("not a date", xsd::DATE),
            ("2013-02-30", xsd::DATE),
            ("2013-04-03", xsd::DATE_TIME),
            ("2013-04-03T00:00:00", xsd::DATE_TIME_STAMP),
            ("five days", xsd::DURATION),
            ("P1M", xsd::DAY_TIME_DURATION),
            ("1.5", xsd::INTEGER),
            ("", xsd::INTEGER),
            ("300", xsd::BYTE),
            ("-1", xsd::UNSIGNED_INT),
            ("-1", xsd::NON_NEGATIVE_INTEGER),
            ("0", xsd::POSITIVE_INTEGER),
            ("-0", xsd::NEGATIVE_INTEGER),
            ("yes", xsd::BOOLEAN),
            ("NaN", xsd::DECIMAL),
            ("1e5", xsd::DECIMAL),
            ("one", xsd::DOUBLE),
            ("25:00:00", xsd::TIME),
            ("26", xsd::G_YEAR),
            ("abc", xsd::HEX_BINARY),
            ("a===", xsd::BASE64_BINARY),
            ("en_GB", xsd::LANGUAGE),
            ("http://example.org/a b", xsd::ANY_URI),
        ] {
            assert!(check(text, datatype), "{text} as {datatype}");
        }
        for (text, datatype) in [
            ("2013-04-03", xsd::DATE),
            ("2013-04-03T00:00:00Z", xsd::DATE_TIME),
            ("2013-04-03T00:00:00+02:00", xsd::DATE_TIME_STAMP),
            ("P5D", xsd::DURATION),
            ("007", xsd::INTEGER),
            ("123456789012345678901234567890", xsd::INTEGER),
            ("12.50", xsd::DECIMAL),
            ("123456789012345678901234567890.5", xsd::DECIMAL),
            ("-128", xsd::BYTE),
            ("18446744073709551615", xsd::UNSIGNED_LONG),
            ("-0", xsd::NON_NEGATIVE_INTEGER),
            ("+7", xsd::POSITIVE_INTEGER),
            ("1", xsd::BOOLEAN),
            ("-INF", xsd::DOUBLE),
            ("2026", xsd::G_YEAR),
            ("0FB7", xsd::HEX_BINARY),
            ("aGVq", xsd::BASE64_BINARY),
            ("nl-BE", xsd::LANGUAGE),
            ("anything", xsd::STRING),
        ] {
            assert!(!check(text, datatype), "{text} as {datatype}");
        }
    }
}
