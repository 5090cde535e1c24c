//! [4.7 Shape-based](https://www.w3.org/TR/shacl/#core-components-shape): conforming to another shape.

use super::super::checker::{At, Checker, Failure};
use super::super::data::Data;
use super::super::error::{Problem, ShapesError};
use super::super::reader::Reader;
use super::super::shapes::ShapeId;
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};
use std::collections::BTreeSet;

/// `sh:node`. <https://www.w3.org/TR/shacl/#NodeConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Node(ShapeId);

impl Component for Node {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.shapes(shape, sh::NODE)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::NODE_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        for value in at.values {
            if !checker.conforms(self.0, *value, at)? {
                let details = checker.details(self.0, *value, at)?;
                checker.report(at, Some(*value), |result| result.details = details);
            }
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        "The value does not conform to the shape that it is held to".to_owned()
    }

    fn shapes(&self) -> Vec<ShapeId> {
        vec![self.0]
    }
}

/// `sh:property`: its results are those of the property shape. <https://www.w3.org/TR/shacl/#PropertyConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Property(ShapeId);

impl Component for Property {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        for property in reader.values(shape, sh::PROPERTY) {
            if reader.values(&property, sh::PATH).is_empty() {
                let missing = Problem::Missing("name the property, or the path");
                return Err(ShapesError::new(&property, sh::PATH, missing));
            }
        }
        Ok(reader.shapes(shape, sh::PROPERTY)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::PROPERTY_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        at.values.iter().try_for_each(|value| checker.check_value(self.0, *value, at))
    }

    fn describe(&self, _constants: &Constants) -> String {
        String::new()
    }

    fn shapes(&self) -> Vec<ShapeId> {
        vec![self.0]
    }
}

/// `sh:qualifiedValueShape` with `sh:qualifiedMinCount` and `sh:qualifiedMaxCount`: how many values conform
/// to a shape, and to none of its siblings if they are disjoint.
/// <https://www.w3.org/TR/shacl/#QualifiedValueShapeConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Qualified {
    shape: ShapeId,
    siblings: Vec<ShapeId>,
    bound: Bound,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    AtLeast(usize),
    AtMost(usize),
}

impl Component for Qualified {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let least = reader.count(shape, sh::QUALIFIED_MIN_COUNT)?.map(Bound::AtLeast);
        let most = reader.count(shape, sh::QUALIFIED_MAX_COUNT)?.map(Bound::AtMost);
        let shapes = reader.shapes(shape, sh::QUALIFIED_VALUE_SHAPE)?;
        let are_disjoint = reader.flag(shape, sh::QUALIFIED_VALUE_SHAPES_DISJOINT)?;
        let siblings = if are_disjoint { siblings(reader, shape, &shapes)? } else { Vec::new() };
        let constraint = |bound, shape| Self { shape, siblings: siblings.clone(), bound };
        let bounds = [least, most].into_iter().flatten();
        Ok(bounds
            .flat_map(|bound| shapes.iter().map(move |shape| (bound, *shape)))
            .map(|(bound, shape)| constraint(bound, shape))
            .collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        match self.bound {
            Bound::AtLeast(_) => sh::QUALIFIED_MIN_COUNT_CONSTRAINT_COMPONENT,
            Bound::AtMost(_) => sh::QUALIFIED_MAX_COUNT_CONSTRAINT_COMPONENT,
        }
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let mut count = 0;
        for value in at.values {
            let mut counts = checker.conforms(self.shape, *value, at)?;
            for sibling in &self.siblings {
                counts = counts && !checker.conforms(*sibling, *value, at)?;
            }
            count += usize::from(counts);
        }
        let is_kept = match self.bound {
            Bound::AtLeast(least) => count >= least,
            Bound::AtMost(most) => count <= most,
        };
        if !is_kept {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        match self.bound {
            Bound::AtLeast(least) => format!("Fewer than {least} values conform to the shape that is asked for"),
            Bound::AtMost(most) => format!("More than {most} values conform to the shape that is asked for"),
        }
    }

    fn shapes(&self) -> Vec<ShapeId> {
        std::iter::once(self.shape).chain(self.siblings.iter().copied()).collect()
    }
}

/// The qualified value shapes of the properties of the shapes that this property shape belongs to, without
/// its own. <https://www.w3.org/TR/shacl/#dfn-sibling-shapes>
fn siblings(reader: &mut Reader<'_>, shape: &Term, own: &[ShapeId]) -> Result<Vec<ShapeId>, ShapesError> {
    let parents = reader.graph.subjects_for_predicate_object(sh::PROPERTY, shape.as_ref());
    let parents: Vec<Term> = parents.map(|parent| Term::from(parent.into_owned())).collect();
    let mut found = BTreeSet::new();
    for property in parents.iter().flat_map(|parent| reader.values(parent, sh::PROPERTY)).collect::<Vec<_>>() {
        found.extend(reader.shapes(&property, sh::QUALIFIED_VALUE_SHAPE)?);
    }
    Ok(found.into_iter().filter(|sibling| !own.contains(sibling)).collect())
}
