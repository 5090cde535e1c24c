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

/// How many shapes of a list a value conforms to. A list may name a shape twice; it then counts twice.
fn conforming<D: Data>(
    checker: &mut Checker<'_, D>,
    at: &At<'_>,
    shapes: &[ShapeId],
    value: Node,
) -> Result<usize, Failure> {
    let mut count = 0;
    for shape in shapes {
        count += usize::from(checker.conforms(*shape, value, at)?);
    }
    Ok(count)
}

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

/// `sh:and`. <https://www.w3.org/TR/shacl/#AndConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct And(Vec<ShapeId>);

impl Component for And {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.shape_lists(shape, sh::AND)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::AND_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| {
            for shape in &self.0 {
                if !checker.conforms(*shape, value, at)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value does not conform to all of {} shapes", self.0.len())
    }

    fn shapes(&self) -> Vec<ShapeId> {
        self.0.clone()
    }
}

/// `sh:or`. <https://www.w3.org/TR/shacl/#OrConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Or(Vec<ShapeId>);

impl Component for Or {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.shape_lists(shape, sh::OR)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::OR_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| {
            for shape in &self.0 {
                if checker.conforms(*shape, value, at)? {
                    return Ok(true);
                }
            }
            Ok(false)
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value conforms to none of {} shapes", self.0.len())
    }

    fn shapes(&self) -> Vec<ShapeId> {
        self.0.clone()
    }
}

/// `sh:xone`. <https://www.w3.org/TR/shacl/#XoneConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Xone(Vec<ShapeId>);

impl Component for Xone {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.shape_lists(shape, sh::XONE)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::XONE_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| Ok(conforming(checker, at, &self.0, value)? == 1))
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value does not conform to exactly one of {} shapes", self.0.len())
    }

    fn shapes(&self) -> Vec<ShapeId> {
        self.0.clone()
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
