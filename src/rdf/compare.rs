//! The order of literals by value.

use crate::vocab::xsd;
use oxrdf::LiteralRef;
use oxsdatatypes::{
    Boolean, Date, DateTime, DayTimeDuration, Decimal, Double, Duration, Float, Time, YearMonthDuration,
};
use std::cmp::Ordering;

/// How two literals compare by `<` and `=` of SPARQL; nothing if they have no order: of unlike kinds, ill-typed,
/// or times with and without a zone that lie too close. <https://www.w3.org/TR/sparql11-query/#OperatorMapping>
pub fn compare(one: LiteralRef<'_>, other: LiteralRef<'_>) -> Option<Ordering> {
    match (Value::of(one)?, Value::of(other)?) {
        (Value::Text(one), Value::Text(other)) => Some(one.cmp(other)),
        (Value::Boolean(one), Value::Boolean(other)) => Some(one.cmp(&other)),
        (Value::Number(one), Value::Number(other)) => one.compare(&other),
        (Value::Date(one), Value::Date(other)) => one.partial_cmp(&other),
        (Value::DateTime(one), Value::DateTime(other)) => one.partial_cmp(&other),
        (Value::Time(one), Value::Time(other)) => one.partial_cmp(&other),
        (Value::Duration(one), Value::Duration(other)) => one.partial_cmp(&other),
        _ => None,
    }
}

/// What a literal stands for, if its kind has an order.
enum Value<'a> {
    Text(&'a str),
    Boolean(bool),
    Number(Number<'a>),
    Date(Date),
    DateTime(DateTime),
    Time(Time),
    Duration(Duration),
}

impl<'a> Value<'a> {
    fn of(literal: LiteralRef<'a>) -> Option<Self> {
        let (text, datatype) = (literal.value(), literal.datatype());
        if super::is_ill_typed(literal) {
            return None;
        }
        if datatype == xsd::STRING {
            Some(Self::Text(text))
        } else if datatype == xsd::BOOLEAN {
            text.parse::<Boolean>().ok().map(|value| Self::Boolean(value.into()))
        } else if datatype == xsd::DATE {
            text.parse().ok().map(Self::Date)
        } else if datatype == xsd::DATE_TIME || datatype == xsd::DATE_TIME_STAMP {
            text.parse().ok().map(Self::DateTime)
        } else if datatype == xsd::TIME {
            text.parse().ok().map(Self::Time)
        } else if datatype == xsd::DURATION {
            text.parse().ok().map(Self::Duration)
        } else if datatype == xsd::DAY_TIME_DURATION {
            text.parse::<DayTimeDuration>().ok().map(|value| Self::Duration(value.into()))
        } else if datatype == xsd::YEAR_MONTH_DURATION {
            text.parse::<YearMonthDuration>().ok().map(|value| Self::Duration(value.into()))
        } else {
            Number::of(text, datatype).map(Self::Number)
        }
    }
}

/// A number; integers and decimals have as many digits as they were written with.
enum Number<'a> {
    Exact(&'a str),
    Double(f64),
}

impl<'a> Number<'a> {
    fn of(text: &'a str, datatype: oxrdf::NamedNodeRef<'_>) -> Option<Self> {
        if datatype == xsd::DOUBLE {
            text.parse::<Double>().ok().map(|value| Self::Double(value.into()))
        } else if datatype == xsd::FLOAT {
            text.parse::<Float>().ok().map(|value| Self::Double(f32::from(value).into()))
        } else if datatype == xsd::DECIMAL || super::datatype::is_integer(datatype) {
            Some(Self::Exact(text))
        } else {
            None
        }
    }

    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Exact(one), Self::Exact(other)) => Some(compare_digits(one, other)),
            (one, other) => one.double()?.partial_cmp(&other.double()?),
        }
    }

    fn double(&self) -> Option<f64> {
        match self {
            Self::Double(value) => Some(*value),
            // A decimal is promoted to the double beside it, as SPARQL has it.
            Self::Exact(text) => text.trim_start_matches('+').parse::<f64>().ok(),
        }
    }
}

/// Compares two written decimals digit by digit, however long they are.
fn compare_digits(one: &str, other: &str) -> Ordering {
    if let (Ok(one), Ok(other)) = (one.parse::<Decimal>(), other.parse::<Decimal>()) {
        return one.cmp(&other);
    }
    let (one, other) = (Digits::of(one), Digits::of(other));
    match (one.is_negative, other.is_negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => one.size(&other),
        (true, true) => other.size(&one),
    }
}

/// The parts of a written decimal without the zeros that say nothing.
struct Digits<'a> {
    is_negative: bool,
    whole: &'a str,
    fraction: &'a str,
}

impl<'a> Digits<'a> {
    fn of(text: &'a str) -> Self {
        let is_negative = text.starts_with('-');
        let text = text.trim_start_matches(['-', '+']);
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        Self { is_negative: is_negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction }
    }

    fn size(&self, other: &Self) -> Ordering {
        let whole = self.whole.len().cmp(&other.whole.len()).then(self.whole.cmp(other.whole));
        whole.then(self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNodeRef;
    use proptest::prelude::*;

    fn check(datatype: NamedNodeRef<'_>, one: &str, other: &str) -> Option<Ordering> {
        compare(LiteralRef::new_typed_literal(one, datatype), LiteralRef::new_typed_literal(other, datatype))
    }

    #[test]
    fn values_compare_by_what_they_stand_for() {
        assert_eq!(check(xsd::INTEGER, "9", "10"), Some(Ordering::Less));
        assert_eq!(check(xsd::STRING, "9", "10"), Some(Ordering::Greater));
        assert_eq!(check(xsd::DATE, "2026-01-31", "2026-02-01"), Some(Ordering::Less));
        assert_eq!(check(xsd::BOOLEAN, "0", "true"), Some(Ordering::Less));
        assert_eq!(check(xsd::DURATION, "P12M", "P1Y"), Some(Ordering::Equal));
        assert_eq!(check(xsd::DOUBLE, "1e1", "9.5"), Some(Ordering::Greater));
    }

    #[test]
    fn numbers_of_unlike_types_compare_and_other_kinds_do_not() {
        let integer = LiteralRef::new_typed_literal("4", xsd::INTEGER);
        assert_eq!(compare(integer, LiteralRef::new_typed_literal("4.0", xsd::DECIMAL)), Some(Ordering::Equal));
        assert_eq!(compare(integer, LiteralRef::new_typed_literal("4.5", xsd::DOUBLE)), Some(Ordering::Less));
        assert_eq!(compare(integer, LiteralRef::new_simple_literal("4")), None);
        assert_eq!(check(xsd::DOUBLE, "NaN", "1"), None);
        assert_eq!(check(xsd::INTEGER, "four", "4"), None);
    }

    #[test]
    fn a_time_with_a_zone_and_one_without_have_no_order_within_a_day() {
        // XML Schema 1.1 part 2, 3.3.7.4: zones reach from -14:00 to +14:00.
        assert_eq!(check(xsd::DATE_TIME, "2026-01-01T12:00:00", "2026-01-01T13:00:00Z"), None);
        assert_eq!(check(xsd::DATE_TIME, "2026-01-01T12:00:00", "2026-01-03T13:00:00Z"), Some(Ordering::Less));
    }

    proptest! {
        #[test]
        fn long_decimals_compare_as_short_ones_do(one in -999_999_i64..999_999, other in -999_999_i64..999_999) {
            // The same two numbers behind and before zeros that no machine type has room for.
            let long = |number: i64| format!("{number}{:0>60}.{:0>60}1", "", "");
            prop_assert_eq!(compare_digits(&long(one), &long(other)), one.cmp(&other));
        }
    }
}
