//! Literals whose text is not of their datatype.

use super::Literal;
use crate::vocab::xsd;
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Duration, Integer};

/// Whether a literal of a common XML Schema datatype has a text that is none of its lexical forms.
/// Of other datatypes nothing is known, so their literals are never ill-typed.
/// <https://www.w3.org/TR/rdf11-concepts/#dfn-ill-typed>
pub fn ill_typed(literal: &Literal) -> bool {
    let (text, datatype) = (literal.value(), literal.datatype());
    if datatype == xsd::DATE {
        text.parse::<Date>().is_err()
    } else if datatype == xsd::DATE_TIME {
        text.parse::<DateTime>().is_err()
    } else if datatype == xsd::DURATION {
        text.parse::<Duration>().is_err()
    } else if datatype == xsd::INTEGER {
        // The types that stand for numbers here have bounds, XML Schema's have none.
        text.parse::<Integer>().is_err() && !is_number(text, 0)
    } else if datatype == xsd::DECIMAL {
        text.parse::<Decimal>().is_err() && !is_number(text, 1)
    } else if datatype == xsd::BOOLEAN {
        text.parse::<Boolean>().is_err()
    } else {
        false
    }
}

/// Whether a text is digits with at most so many dots, behind a sign or none.
fn is_number(text: &str, dots: usize) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().filter(|byte| *byte == b'.').count() <= dots
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNodeRef;

    #[test]
    fn a_text_that_is_none_of_its_type_is_found_and_others_pass() {
        let check =
            |text: &str, datatype: NamedNodeRef<'static>| ill_typed(&Literal::new_typed_literal(text, datatype));
        for (text, datatype) in [
            ("not a date", xsd::DATE),
            ("2013-02-30", xsd::DATE),
            ("2013-04-03", xsd::DATE_TIME),
            ("five days", xsd::DURATION),
            ("1.5", xsd::INTEGER),
            ("", xsd::INTEGER),
            ("yes", xsd::BOOLEAN),
            ("NaN", xsd::DECIMAL),
            ("1e5", xsd::DECIMAL),
        ] {
            assert!(check(text, datatype), "{text} as {datatype}");
        }
        for (text, datatype) in [
            ("2013-04-03", xsd::DATE),
            ("2013-04-03T00:00:00Z", xsd::DATE_TIME),
            ("P5D", xsd::DURATION),
            ("007", xsd::INTEGER),
            ("123456789012345678901234567890", xsd::INTEGER),
            ("12.50", xsd::DECIMAL),
            ("123456789012345678901234567890.5", xsd::DECIMAL),
            ("1", xsd::BOOLEAN),
            ("anything", xsd::STRING),
        ] {
            assert!(!check(text, datatype), "{text} as {datatype}");
        }
    }
}
