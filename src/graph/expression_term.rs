//! Terms as expressions work with them.

use oxrdf::vocab::xsd;
use oxrdf::{LiteralRef, TermRef};
use oxsdatatypes::{Boolean, Date, DateTime, Decimal, Double, Integer};
use spareval::ExpressionTerm;

/// A term as expressions work with it, of the most frequent kinds without a copy of the datatype.
pub(super) fn expression_term(term: TermRef<'_>) -> ExpressionTerm {
    match term {
        TermRef::Literal(literal) => typed(literal).unwrap_or_else(|| term.into_owned().into()),
        _ => term.into_owned().into(),
    }
}

fn typed(literal: LiteralRef<'_>) -> Option<ExpressionTerm> {
    let (value, datatype) = (literal.value(), literal.datatype());
    Some(match datatype {
        xsd::INTEGER => ExpressionTerm::IntegerLiteral(value.parse::<Integer>().ok()?),
        xsd::DECIMAL => ExpressionTerm::DecimalLiteral(value.parse::<Decimal>().ok()?),
        xsd::DOUBLE => ExpressionTerm::DoubleLiteral(value.parse::<Double>().ok()?),
        xsd::BOOLEAN => ExpressionTerm::BooleanLiteral(value.parse::<Boolean>().ok()?),
        xsd::DATE_TIME => ExpressionTerm::DateTimeLiteral(value.parse::<DateTime>().ok()?),
        xsd::DATE => ExpressionTerm::DateLiteral(value.parse::<Date>().ok()?),
        _ => return None,
    })
}
