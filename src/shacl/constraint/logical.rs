//! [4.6 Logical](https://www.w3.org/TR/shacl/#core-components-logical): conforming to shapes in combination.

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::error::ShapesError;
use super::super::limits::Failure;
use super::super::reader::Reader;
use super::super::shapes::ShapeId;
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};
use std::ops::RangeInclusive;

/// `sh:not`. <https://www.w3.org/TR/shacl/#NotConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Not(ShapeId);

impl Component for Not {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.shapes(shape, sh::NOT)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::NOT_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| Ok(!checker.conforms(self.0, value, at)?))
    }

    fn describe(&self, _constants: &Constants) -> String {
        "The value conforms to a shape that it should not conform to".to_owned()
    }

    fn shapes(&self) -> Vec<ShapeId> {
        vec![self.0]
    }
}

/// `sh:and`, `sh:or`, `sh:xone`: how many shapes of a list each value conforms to. A list may name a shape twice;
/// it then counts twice.
#[derive(Debug)]
pub(in crate::shacl) struct Combined {
    shapes: Vec<ShapeId>,
    kind: &'static Kind,
}

/// A kind of combination.
#[derive(Debug)]
struct Kind {
    parameter: NamedNodeRef<'static>,
    component: NamedNodeRef<'static>,
    /// The fewest and the most shapes, of so many, that a value may conform to.
    admits: fn(usize) -> RangeInclusive<usize>,
    /// How many a value that breaks it does not conform to.
    words: &'static str,
}

static KINDS: [Kind; 3] = [
    Kind { parameter: sh::AND, component: sh::AND_CONSTRAINT_COMPONENT, admits: |all| all..=all, words: "all" },
    Kind { parameter: sh::OR, component: sh::OR_CONSTRAINT_COMPONENT, admits: |all| 1..=all, words: "any" },
    Kind { parameter: sh::XONE, component: sh::XONE_CONSTRAINT_COMPONENT, admits: |_| 1..=1, words: "exactly one" },
];

impl Component for Combined {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut constraints = Vec::new();
        for kind in &KINDS {
            let lists = reader.shape_lists(shape, kind.parameter)?;
            constraints.extend(lists.into_iter().map(|shapes| Self { shapes, kind }));
        }
        Ok(constraints)
    }

    fn component(&self) -> NamedNodeRef<'_> {
        self.kind.component
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| self.holds(checker, at, value))
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value does not conform to {} of {} shapes", self.kind.words, self.shapes.len())
    }

    fn shapes(&self) -> Vec<ShapeId> {
        self.shapes.clone()
    }
}

impl Combined {
    /// Whether a value conforms to as many shapes as it may; no more of them are asked than decide it.
    fn holds<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>, value: Node) -> Result<bool, Failure> {
        let admits = (self.kind.admits)(self.shapes.len());
        let mut conforming = 0;
        for (place, shape) in self.shapes.iter().enumerate() {
            let left = self.shapes.len() - place;
            let is_settled = conforming >= *admits.start() && conforming + left <= *admits.end();
            if is_settled || conforming + left < *admits.start() || conforming > *admits.end() {
                break;
            }
            conforming += usize::from(checker.conforms(*shape, value, at)?);
        }
        Ok(admits.contains(&conforming))
    }
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results};

    /// Values that are of no class, of one, and of both.
    const DATA: &str = ":s :p :x, :y, :z . :y a :C . :z a :C, :D .";

    #[test]
    fn a_negation_is_broken_by_what_conforms() {
        assert_results(&[
            ("sh:not [ sh:class :E ]", DATA, &[]),
            ("sh:not [ sh:class :C ]", DATA, &["Not :y", "Not :z"]),
            ("sh:not [ sh:class :C ], [ sh:class :D ]", DATA, &["Not :y", "Not :z", "Not :z"]),
            ("sh:not [ sh:class :C ; sh:deactivated true ]", ":s :p :y .", &["Not :y"]),
        ]);
        assert_refused(&[("sh:not 1", ":P, sh:not: \"1\"^^xsd:integer is not a shape")]);
    }

    #[test]
    fn a_conjunction_is_broken_by_what_fails_one() {
        assert_results(&[
            ("sh:and ( [ sh:class :C ] [ sh:class :D ] )", ":s :p :z . :z a :C, :D .", &[]),
            ("sh:and ( [ sh:class :C ] [ sh:class :D ] )", DATA, &["And :x", "And :y"]),
            ("sh:and ()", DATA, &[]),
        ]);
        assert_refused(&[("sh:and [ sh:class :C ]", ":P, sh:and: is no well-formed list")]);
    }

    #[test]
    fn a_disjunction_is_broken_by_what_fails_all() {
        assert_results(&[
            ("sh:or ( [ sh:class :C ] [ sh:class :D ] )", ":s :p :z . :z a :D .", &[]),
            ("sh:or ( [ sh:class :C ] [ sh:class :D ] )", DATA, &["Or :x"]),
            ("sh:or ()", ":s :p :x .", &["Or :x"]),
        ]);
        assert_refused(&[("sh:or ( 1 )", ":P, sh:or: \"1\"^^xsd:integer is not a shape")]);
    }

    #[test]
    fn a_choice_is_broken_by_what_conforms_to_none_or_to_several() {
        assert_results(&[
            ("sh:xone ( [ sh:class :C ] [ sh:class :D ] )", ":s :p :y . :y a :C .", &[]),
            ("sh:xone ( [ sh:class :C ] [ sh:class :D ] )", DATA, &["Xone :x", "Xone :z"]),
            ("sh:xone ( :IsC :IsC )", ":s :p :y . :y a :C . :IsC sh:class :C .", &["Xone :y"]),
        ]);
        assert_refused(&[("sh:xone :l", ":P, sh:xone: is no well-formed list")]);
    }
}
