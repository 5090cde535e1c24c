//! [4.3 Value range](https://www.w3.org/TR/shacl/#core-components-range): bounds of values that have an order.

use super::super::checker::{At, Checker, Failure};
use super::super::data::Data;
use super::super::error::ShapesError;
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
