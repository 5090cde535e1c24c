//! The order of terms.
//!
//! Unbound, blank nodes, IRIs, literals ([SPARQL 1.1, 15.1](https://www.w3.org/TR/sparql11-query/#modOrderBy)). Blank nodes
//! and IRIs are compared by their characters; literals of one kind by their values, and where these have no text in common
//! as spareval 0.2.9 does it, by lexical form, datatype and language. Literals of different kinds, which SPARQL leaves open, stand
//! kind by kind: so this is an order whatever is mixed, which spareval's comparison is not.
//!
//! A time without a zone is taken to be in UTC; a month in a duration to have as many days as months have on average. Both
//! extend the partial orders of XML Schema, which spareval extends by the characters.

use crate::graph::expression_term::expression_term;
use oxrdf::vocab::xsd;
use oxrdf::{LiteralRef, TermRef};
use oxsdatatypes::{
    Date, DateTime, Decimal, Double, Duration, GDay, GMonth, GMonthDay, GYear, GYearMonth, Time, TimezoneOffset,
};
use spareval::ExpressionTerm;
use std::cmp::Ordering;

/// The seconds of an average month of the Gregorian calendar.
const MONTH: f64 = 30.436_875 * 24. * 3600.;

/// What a literal is compared by, if that is not its text. The variants stand in the order of the kinds.
#[derive(Debug)]
pub(in crate::graph) enum Value {
    Number {
        near: f64,
        /// Tells apart what is the same as a double; none where no decimal is close.
        exact: Option<Decimal>,
    },
    Boolean(bool),
    DateTime(DateTime),
    Date(Date),
    Time(Time),
    GYear(GYear),
    GYearMonth(GYearMonth),
    GMonth(GMonth),
    GMonthDay(GMonthDay),
    GDay(GDay),
    /// In seconds.
    Duration(f64),
    /// The term is compared itself.
    Text,
}

/// A time in its own zone, or in UTC if it has none.
macro_rules! zoned {
    ($time:ident) => {
        if $time.timezone_offset().is_some() { $time } else { $time.adjust(Some(TimezoneOffset::UTC))? }
    };
}

impl Value {
    /// Reads the value of a term.
    pub(in crate::graph) fn of(term: Option<TermRef<'_>>) -> Self {
        match term {
            Some(TermRef::Literal(literal)) if !is_text(literal) => {
                Self::of_typed(&expression_term(literal.into())).unwrap_or(Self::Text)
            }
            _ => Self::Text,
        }
    }

    /// The value of an integer.
    #[expect(clippy::cast_precision_loss, reason = "what is lost is told apart by the decimal")]
    pub(in crate::graph) fn of_integer(value: i64) -> Self {
        Self::Number { near: value as f64, exact: Some(value.into()) }
    }

    /// The value of a literal with a datatype; `None` if its text is all that is compared.
    fn of_typed(literal: &ExpressionTerm) -> Option<Self> {
        Some(match *literal {
            ExpressionTerm::IntegerLiteral(value) => Self::of_integer(value.into()),
            ExpressionTerm::DecimalLiteral(value) => Self::exact(value),
            ExpressionTerm::FloatLiteral(value) => Self::near(value.into()),
            ExpressionTerm::DoubleLiteral(value) => Self::near(value),
            ExpressionTerm::BooleanLiteral(value) => Self::Boolean(value.into()),
            ExpressionTerm::DateTimeLiteral(time) => Self::DateTime(zoned!(time)),
            ExpressionTerm::DateLiteral(date) => Self::Date(zoned!(date)),
            ExpressionTerm::TimeLiteral(time) => Self::Time(zoned!(time)),
            ExpressionTerm::GYearLiteral(year) => Self::GYear(zoned!(year)),
            ExpressionTerm::GYearMonthLiteral(month) => Self::GYearMonth(zoned!(month)),
            ExpressionTerm::GMonthLiteral(month) => Self::GMonth(zoned!(month)),
            ExpressionTerm::GMonthDayLiteral(day) => Self::GMonthDay(zoned!(day)),
            ExpressionTerm::GDayLiteral(day) => Self::GDay(zoned!(day)),
            ExpressionTerm::DurationLiteral(duration) => Self::duration(duration),
            ExpressionTerm::YearMonthDurationLiteral(duration) => Self::duration(duration.into()),
            ExpressionTerm::DayTimeDurationLiteral(duration) => Self::duration(duration.into()),
            _ => return None,
        })
    }

    fn exact(value: Decimal) -> Self {
        Self::Number { near: Double::from(value).into(), exact: Some(value) }
    }

    fn near(value: Double) -> Self {
        Self::Number { near: value.into(), exact: Decimal::try_from(value).ok() }
    }

    #[expect(clippy::cast_precision_loss, reason = "so long a duration is compared to the second no more")]
    fn duration(duration: Duration) -> Self {
        let months = duration.years() * 12 + duration.months();
        let minutes = (duration.days() * 24 + duration.hours()) * 60 + duration.minutes();
        let seconds: f64 = Double::from(duration.seconds()).into();
        Self::Duration(months as f64 * MONTH + minutes as f64 * 60. + seconds)
    }

    /// The place of its kind among the others.
    fn kind(&self) -> u8 {
        match self {
            Self::Number { .. } => 0,
            Self::Boolean(_) => 1,
            Self::DateTime(_) => 2,
            Self::Date(_) => 3,
            Self::Time(_) => 4,
            Self::GYear(_) => 5,
            Self::GYearMonth(_) => 6,
            Self::GMonth(_) => 7,
            Self::GMonthDay(_) => 8,
            Self::GDay(_) => 9,
            Self::Duration(_) => 10,
            Self::Text => 11,
        }
    }
}

/// Whether nothing but the text of a literal can be compared.
fn is_text(literal: LiteralRef<'_>) -> bool {
    literal.language().is_some() || literal.datatype() == xsd::STRING
}

/// Compares two terms with their values; nothing is an unbound variable.
pub(super) fn compare(
    (a, a_value): (Option<TermRef<'_>>, &Value),
    (b, b_value): (Option<TermRef<'_>>, &Value),
) -> Ordering {
    match (a, b) {
        (Some(TermRef::BlankNode(a)), Some(TermRef::BlankNode(b))) => a.as_str().cmp(b.as_str()),
        (Some(TermRef::NamedNode(a)), Some(TermRef::NamedNode(b))) => a.as_str().cmp(b.as_str()),
        (Some(TermRef::Literal(a)), Some(TermRef::Literal(b))) => compare_literals((a, a_value), (b, b_value)),
        _ => rank(a).cmp(&rank(b)),
    }
}

fn rank(term: Option<TermRef<'_>>) -> u8 {
    match term {
        None => 0,
        Some(TermRef::BlankNode(_)) => 1,
        Some(TermRef::NamedNode(_)) => 2,
        Some(TermRef::Literal(_)) => 3,
    }
}

fn compare_literals((a, a_value): (LiteralRef<'_>, &Value), (b, b_value): (LiteralRef<'_>, &Value)) -> Ordering {
    let in_utc = match (a_value, b_value) {
        (Value::Number { near: a, exact: a_exact }, Value::Number { near: b, exact: b_exact }) => {
            return doubles(*a, *b).then_with(|| a_exact.cmp(b_exact));
        }
        (Value::Duration(a), Value::Duration(b)) => return doubles(*a, *b),
        (Value::Boolean(a), Value::Boolean(b)) => return a.cmp(b),
        (Value::Text, Value::Text) => {
            return (a.value(), a.datatype(), a.language()).cmp(&(b.value(), b.datatype(), b.language()));
        }
        (Value::DateTime(a), Value::DateTime(b)) => a.partial_cmp(b),
        (Value::Date(a), Value::Date(b)) => a.partial_cmp(b),
        (Value::Time(a), Value::Time(b)) => a.partial_cmp(b),
        (Value::GYear(a), Value::GYear(b)) => a.partial_cmp(b),
        (Value::GYearMonth(a), Value::GYearMonth(b)) => a.partial_cmp(b),
        (Value::GMonth(a), Value::GMonth(b)) => a.partial_cmp(b),
        (Value::GMonthDay(a), Value::GMonthDay(b)) => a.partial_cmp(b),
        (Value::GDay(a), Value::GDay(b)) => a.partial_cmp(b),
        _ => return a_value.kind().cmp(&b_value.kind()),
    };
    in_utc.unwrap_or(Ordering::Equal)
}

/// Not a number comes last.
fn doubles(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}
