//! [4.7 Shape-based](https://www.w3.org/TR/shacl/#core-components-shape): conforming to another shape.

use super::super::checker::{At, Checker};
use super::super::data::Data;
use super::super::error::{Problem, Remark, ShapesError};
use super::super::limits::Failure;
use super::super::reader::Reader;
use super::super::shapes::ShapeId;
use super::super::terms::Constants;
use super::Component;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};
use std::collections::BTreeSet;
use std::sync::Arc;

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
        let mut properties = Vec::new();
        for property in reader.values(shape, sh::PROPERTY) {
            if !reader.values(&property, sh::PATH).is_empty() {
                properties.push(Self(reader.shape(&property)));
            } else if reader.says_nothing_of(&property) {
                // Published shapes name property shapes that were left out, DCAT-AP 3.0.1 among them.
                reader.remark(Remark::Unknown { shape: shape.clone(), property });
            } else {
                let missing = Problem::Missing("name the property, or the path");
                return Err(ShapesError::new(&property, sh::PATH, missing));
            }
        }
        Ok(properties)
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
    /// The sibling shapes, which have the shape itself among them.
    siblings: Arc<[ShapeId]>,
    /// The qualified value shapes of this property shape, which are no siblings of it.
    own: Arc<[ShapeId]>,
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
        // A component of several parameters takes one value of each.
        // <https://www.w3.org/TR/shacl/#constraints>
        reader.value(shape, sh::QUALIFIED_VALUE_SHAPE)?;
        let shapes = reader.shapes(shape, sh::QUALIFIED_VALUE_SHAPE)?;
        let are_disjoint = reader.flag(shape, sh::QUALIFIED_VALUE_SHAPES_DISJOINT)?;
        let siblings = if are_disjoint { siblings(reader, shape)? } else { Arc::default() };
        let own: Arc<[ShapeId]> = shapes.as_slice().into();
        let constraint = |bound, shape| Self { shape, siblings: Arc::clone(&siblings), own: Arc::clone(&own), bound };
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
            for sibling in self.siblings.iter().filter(|sibling| !self.own.contains(sibling)) {
                if !counts {
                    break;
                }
                counts = !checker.conforms(*sibling, *value, at)?;
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
        let siblings = self.siblings.iter().copied().filter(|sibling| !self.own.contains(sibling));
        std::iter::once(self.shape).chain(siblings).collect()
    }
}

/// The qualified value shapes of the properties of the shapes that this property shape belongs to, its own among
/// them. <https://www.w3.org/TR/shacl/#dfn-sibling-shapes>
fn siblings(reader: &mut Reader<'_>, shape: &Term) -> Result<Arc<[ShapeId]>, ShapesError> {
    let parents = reader.graph.subjects_for_predicate_object(sh::PROPERTY, shape.as_ref());
    let parents: Vec<Term> = parents.map(|parent| Term::from(parent.into_owned())).collect();
    let mut of_parents = parents.iter().map(|parent| qualified(reader, parent)).collect::<Result<Vec<_>, _>>()?;
    match (of_parents.pop(), of_parents.is_empty()) {
        (None, _) => Ok(Arc::default()),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            let all: BTreeSet<ShapeId> = of_parents.iter().chain([&last]).flat_map(|it| it.iter().copied()).collect();
            Ok(all.into_iter().collect())
        }
    }
}

/// The qualified value shapes of the properties of a shape, in order, looked for once.
fn qualified(reader: &mut Reader<'_>, parent: &Term) -> Result<Arc<[ShapeId]>, ShapesError> {
    if let Some(known) = reader.qualified.get(parent) {
        return Ok(Arc::clone(known));
    }
    let mut found = BTreeSet::new();
    for property in reader.values(parent, sh::PROPERTY) {
        found.extend(reader.shapes(&property, sh::QUALIFIED_VALUE_SHAPE)?);
    }
    let found: Arc<[ShapeId]> = found.into_iter().collect();
    reader.qualified.insert(parent.clone(), Arc::clone(&found));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, report, results};

    #[test]
    fn a_node_constraint_reports_the_value_and_details_why() {
        assert_results(&[
            ("sh:node [ sh:class :C ]", ":s :p :x . :x a :C .", &[]),
            ("sh:node [ sh:class :C ; sh:nodeKind sh:IRI ]", ":s :p 1 .", &["Node 1"]),
        ]);
        let report = report(
            ":S sh:targetNode :s ; sh:property [ sh:path :p ; sh:node [ sh:class :C ; sh:nodeKind sh:IRI ] ] . :s :p 1 .",
        );
        let details = report.results.first().unwrap().details.iter();
        let components: Vec<&str> = details.map(|detail| detail.source.component.as_str()).collect();
        assert_eq!(
            components,
            [
                "http://www.w3.org/ns/shacl#ClassConstraintComponent",
                "http://www.w3.org/ns/shacl#NodeKindConstraintComponent"
            ]
        );
    }

    #[test]
    fn a_property_constraint_has_the_results_of_its_shape_at_each_value() {
        assert_results(&[
            ("sh:property [ sh:path :q ; sh:minCount 1 ]", ":s :p :x . :x :q 1 .", &[]),
            ("sh:property [ sh:path :q ; sh:minCount 1 ]", ":s :p :x, :y .", &[":x :q MinCount", ":y :q MinCount"]),
        ]);
    }

    #[test]
    fn qualified_counts_count_what_conforms() {
        let shape = "sh:qualifiedValueShape [ sh:class :C ]";
        let data = ":s :p :x, :y, :z . :y a :C . :z a :C .";
        assert_results(&[
            (&format!("{shape} ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 2"), data, &[]),
            (&format!("{shape} ; sh:qualifiedMinCount 3"), data, &["QualifiedMinCount"]),
            (&format!("{shape} ; sh:qualifiedMaxCount 1"), data, &["QualifiedMaxCount"]),
        ]);
    }

    #[test]
    fn what_conforms_to_a_sibling_does_not_count_if_they_are_disjoint() {
        let text = |disjoint: &str| {
            results(&format!(
                ":S sh:targetNode :s ; sh:property
                    [ sh:path :p ; sh:qualifiedValueShape [ sh:class :C ] ; sh:qualifiedMinCount 1 ; {disjoint} ] ,
                    [ sh:path :p ; sh:qualifiedValueShape [ sh:class :D ] ; sh:qualifiedMinCount 1 ; {disjoint} ] .
                :s :p :x, :y . :x a :C, :D . :y a :C ."
            ))
        };
        assert!(text("").is_empty());
        // `:y` counts for `:C`; `:x`, which is both, counts for neither.
        assert_eq!(text("sh:qualifiedValueShapesDisjoint true"), [":s :p QualifiedMinCount"]);
    }

    #[test]
    fn what_is_no_shape_is_refused() {
        assert_refused(&[
            ("sh:node 1", ":P, sh:node: \"1\"^^xsd:integer is not a shape"),
            ("sh:property [ sh:minCount 1 ]", "sh:path: is missing"),
            ("sh:property 1", "sh:path: is missing"),
            ("sh:qualifiedValueShape \"C\" ; sh:qualifiedMinCount 1", "\"C\" is not a shape"),
            ("sh:qualifiedValueShape [] ; sh:qualifiedMinCount \"1\"", "sh:qualifiedMinCount: \"1\" is not a whole"),
            ("sh:qualifiedValueShape [] ; sh:qualifiedMaxCount 1, 2", "sh:qualifiedMaxCount: has 2 values"),
            ("sh:qualifiedValueShape [] , [] ; sh:qualifiedMinCount 1", "sh:qualifiedValueShape: has 2 values"),
            ("sh:qualifiedValueShapesDisjoint 1", "is not true or false"),
        ]);
    }
}
