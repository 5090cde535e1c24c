//! [4.3 Value range](https://www.w3.org/TR/shacl/#core-components-range): bounds of values that have an order.

use super::super::checker::{At, Checker};
use super::super::data::Data;
use super::super::error::ShapesError;
use super::super::limits::Failure;
use super::super::reader::{Reader, wrong};
use super::super::terms::Constants;
use super::Component;
use crate::rdf::{Literal, compare};
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term, TermRef};
use std::cmp::Ordering;

/// `sh:minExclusive`, `sh:minInclusive`, `sh:maxExclusive`, `sh:maxInclusive`: one rule, four bounds.
/// A value that cannot be compared with the bound breaks it.
#[derive(Debug)]
pub(in crate::shacl) struct Range {
    bound: Literal,
    kind: &'static Kind,
}

/// A kind of bound.
#[derive(Debug)]
struct Kind {
    parameter: NamedNodeRef<'static>,
    component: NamedNodeRef<'static>,
    /// How a value may compare with the bound.
    admits: [Option<Ordering>; 2],
    /// What holds for a value that breaks it.
    words: &'static str,
}

static KINDS: [Kind; 4] = [
    Kind {
        parameter: sh::MIN_EXCLUSIVE,
        component: sh::MIN_EXCLUSIVE_CONSTRAINT_COMPONENT,
        admits: [Some(Ordering::Greater), Some(Ordering::Greater)],
        words: "is not greater than",
    },
    Kind {
        parameter: sh::MIN_INCLUSIVE,
        component: sh::MIN_INCLUSIVE_CONSTRAINT_COMPONENT,
        admits: [Some(Ordering::Greater), Some(Ordering::Equal)],
        words: "is less than",
    },
    Kind {
        parameter: sh::MAX_EXCLUSIVE,
        component: sh::MAX_EXCLUSIVE_CONSTRAINT_COMPONENT,
        admits: [Some(Ordering::Less), Some(Ordering::Less)],
        words: "is not less than",
    },
    Kind {
        parameter: sh::MAX_INCLUSIVE,
        component: sh::MAX_INCLUSIVE_CONSTRAINT_COMPONENT,
        admits: [Some(Ordering::Less), Some(Ordering::Equal)],
        words: "is greater than",
    },
];

impl Component for Range {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut ranges = Vec::new();
        for kind in &KINDS {
            match reader.value(shape, kind.parameter)? {
                None => {}
                Some(Term::Literal(bound)) => ranges.push(Self { bound, kind }),
                Some(other) => return Err(wrong(shape, kind.parameter, &other, "a literal")),
            }
        }
        Ok(ranges)
    }

    fn component(&self) -> NamedNodeRef<'_> {
        self.kind.component
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| match value {
            TermRef::Literal(literal) => {
                let order = compare(literal, self.bound.as_ref());
                order.is_some() && self.kind.admits.contains(&order)
            }
            _ => false,
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value {} {}, or cannot be compared with it", self.kind.words, self.bound)
    }
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results};

    #[test]
    fn each_bound_admits_what_its_name_says() {
        let data = ":s :p 1, 2, 3 .";
        assert_results(&[
            ("sh:minExclusive 2", data, &["MinExclusive 1", "MinExclusive 2"]),
            ("sh:minInclusive 2", data, &["MinInclusive 1"]),
            ("sh:maxExclusive 2", data, &["MaxExclusive 2", "MaxExclusive 3"]),
            ("sh:maxInclusive 2", data, &["MaxInclusive 3"]),
            ("sh:minInclusive 1 ; sh:maxInclusive 3", data, &[]),
            ("sh:minInclusive 1.5", ":s :p 2e0 .", &[]),
        ]);
    }

    #[test]
    fn what_cannot_be_compared_with_a_bound_breaks_it() {
        assert_results(&[
            (
                "sh:minInclusive 1",
                ":s :p \"2\", :x, [] .",
                &["MinInclusive \"2\"", "MinInclusive :x", "MinInclusive _"],
            ),
            // Without a time zone a moment may be up to 14 hours off (XML Schema, 3.2.7.4).
            (
                "sh:minInclusive \"2026-01-01T00:00:00Z\"^^xsd:dateTime",
                ":s :p \"2026-01-01T08:00:00\"^^xsd:dateTime, \"2026-01-03T00:00:00\"^^xsd:dateTime .",
                &["MinInclusive \"2026-01-01T08:00:00\"^^xsd:dateTime"],
            ),
        ]);
    }

    #[test]
    fn a_bound_is_one_literal() {
        assert_refused(&[
            ("sh:minInclusive :x", ":P, sh:minInclusive: :x is not a literal"),
            ("sh:maxExclusive 1, 2", ":P, sh:maxExclusive: has 2 values"),
        ]);
    }
}
