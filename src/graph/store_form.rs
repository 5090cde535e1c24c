//! The form in which Oxigraph keeps literals.
//!
//! Oxigraph's stores keep values, not spellings: `"007"^^xsd:integer` is `"7"` there, and so is `"7"^^xsd:int`.
//! Records keep what was written, so whoever compares the two must compare in one form.

use crate::rdf::{Term, Triple};
use spareval::ExpressionTerm;

/// A term as Oxigraph's store gives it back.
pub fn store_form(term: Term) -> Term {
    match term {
        Term::Literal(_) => ExpressionTerm::from(term).into(),
        other => other,
    }
}

/// Whether two terms are one and the same in Oxigraph's store, however they are written.
pub fn is_same_in_store(one: &Term, other: &Term) -> bool {
    one == other || store_form(one.clone()) == store_form(other.clone())
}

/// Whether two triples are one and the same in Oxigraph's store, however their literals are written.
pub fn is_same_triple_in_store(one: &Triple, other: &Triple) -> bool {
    one.subject == other.subject && one.predicate == other.predicate && is_same_in_store(&one.object, &other.object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{Literal, NamedNode};
    use oxigraph::model::{GraphName, Quad};
    use oxigraph::store::Store;

    /// Spellings of values of each datatype that Oxigraph knows, right and wrong, and of some that it does not.
    const LITERALS: [(&str, &[&str]); 22] = [
        ("boolean", &["true", "1", "0", "TRUE", "yes"]),
        ("integer", &["7", "007", "+7", "-0", "0", " 7", "7.0", "99999999999999999999"]),
        ("int", &["7", "007", "3000000000"]),
        ("unsignedByte", &["7", "-7", "300"]),
        ("nonNegativeInteger", &["7", "-7"]),
        ("decimal", &["1.0", "1", "01.50", "1e3", ".5", "0.00000000000000000001"]),
        ("float", &["1", "1.0", "1e0", "NaN", "INF", "-INF", "+INF", "-0", "0", "16777217"]),
        ("double", &["1", "1.0", "1e0", "1E+0", "NaN", "INF", "-0.0", "0.0", "1e400"]),
        ("string", &["a", ""]),
        ("dateTime", &["2024-02-29T24:00:00Z", "2024-03-01T00:00:00Z", "2024-03-01T00:00:00+00:00"]),
        ("dateTimeStamp", &["2024-03-01T01:00:00+01:00", "2024-03-01T00:00:00", "2024-03-01T00:00:00.000Z"]),
        ("date", &["2024-03-01", "2024-03-01Z", "2023-02-29", "-0044-03-15"]),
        ("time", &["24:00:00", "00:00:00", "09:30:00.500", "9:30"]),
        ("gYear", &["2024", "2024Z", "24"]),
        ("gYearMonth", &["2024-03", "2024-13"]),
        ("gMonth", &["--03", "--13"]),
        ("gMonthDay", &["--03-01", "--02-30"]),
        ("gDay", &["---01", "---32"]),
        ("duration", &["P12M", "P1Y", "PT60S", "PT1M", "P1Y0M0DT0H0M0S", "P"]),
        ("yearMonthDuration", &["P12M", "P1Y", "P0M"]),
        ("dayTimeDuration", &["PT24H", "P1D", "PT86400S"]),
        ("anyURI", &["http://a.example/", "7"]),
    ];

    fn literals() -> Vec<Term> {
        let mut terms = vec![
            Literal::new_language_tagged_literal("a", "en").unwrap().into(),
            Literal::new_language_tagged_literal("a", "EN-GB").unwrap().into(),
            Literal::new_typed_literal("7", NamedNode::new_unchecked("http://town.example.eu/size")).into(),
        ];
        for (datatype, values) in LITERALS {
            let datatype = NamedNode::new_unchecked(format!("http://www.w3.org/2001/XMLSchema#{datatype}"));
            terms.extend(values.iter().map(|value| Literal::new_typed_literal(*value, datatype.clone()).into()));
        }
        terms
    }

    fn quad(object: &Term) -> Quad {
        let node = NamedNode::new_unchecked("http://town.example.eu/a");
        Quad::new(node.clone(), node, object.clone(), GraphName::DefaultGraph)
    }

    #[test]
    fn the_form_is_what_the_store_gives_back() {
        for term in literals() {
            let store = Store::new().unwrap();
            store.insert(&quad(&term)).unwrap();
            let kept = store.iter().next().unwrap().unwrap();
            assert_eq!(store_form(term.clone()), kept.object, "{term}");
        }
    }

    #[test]
    fn two_literals_are_the_same_where_the_store_finds_one_by_the_other() {
        let literals = literals();
        for one in &literals {
            let store = Store::new().unwrap();
            store.insert(&quad(one)).unwrap();
            for other in &literals {
                let is_same = store.contains(&quad(other)).unwrap();
                assert_eq!(is_same_in_store(one, other), is_same, "{one} and {other}");
            }
        }
    }
}
