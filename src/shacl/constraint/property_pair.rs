//! [4.5 Property pair](https://www.w3.org/TR/shacl/#core-components-property-pairs): values beside those of
//! another property of the focus node.

use super::super::checker::{At, Checker};
use super::super::data::{Data, Node};
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::limits::Failure;
use super::super::reader::Reader;
use super::super::terms::{Constant, Constants};
use super::{Component, written};
use crate::rdf::compare;
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term, TermRef};
use std::cmp::Ordering;

/// Reads the properties that values are paired with.
fn properties(
    reader: &mut Reader<'_>,
    shape: &Term,
    parameter: NamedNodeRef<'_>,
) -> Result<Vec<Constant>, ShapesError> {
    let properties = reader.iris(shape, parameter)?;
    Ok(properties.iter().map(|property| reader.constant(property.as_ref())).collect())
}

/// The values of the other property.
fn others<'s, D: Data>(checker: &Checker<'_, D>, at: &At<'s>, property: Constant) -> &'s [Node] {
    at.scan.objects(checker.nodes.of(property))
}

/// `sh:equals`. <https://www.w3.org/TR/shacl/#EqualsConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Equals(Constant);

impl Component for Equals {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(properties(reader, shape, sh::EQUALS)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::EQUALS_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let others = others(checker, at, self.0);
        // Both are in order.
        let only_here = at.values.iter().filter(|value| others.binary_search(value).is_err());
        let only_there = others.iter().filter(|other| at.values.binary_search(other).is_err());
        for value in only_here.chain(only_there) {
            checker.found(at, Some(*value));
        }
        Ok(())
    }

    fn describe(&self, constants: &Constants) -> String {
        format!("The values are not those of {}", written(constants, self.0))
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        reach.on_property_of_focus(self.0);
    }
}

/// `sh:disjoint`. <https://www.w3.org/TR/shacl/#DisjointConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Disjoint(Constant);

impl Component for Disjoint {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(properties(reader, shape, sh::DISJOINT)?.into_iter().map(Self).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::DISJOINT_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let others = others(checker, at, self.0);
        checker.expect(at, |_, value| Ok(others.binary_search(&value).is_err()))
    }

    fn describe(&self, constants: &Constants) -> String {
        format!("The value is one of {} as well", written(constants, self.0))
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        reach.on_property_of_focus(self.0);
    }
}

/// `sh:lessThan` and `sh:lessThanOrEquals`. <https://www.w3.org/TR/shacl/#LessThanConstraintComponent>
///
/// One result for each pair that breaks it; a pair that cannot be compared does.
#[derive(Debug)]
pub(in crate::shacl) struct LessThan {
    property: Constant,
    may_be_equal: bool,
}

impl Component for LessThan {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut pairs = Vec::new();
        for (parameter, may_be_equal) in [(sh::LESS_THAN, false), (sh::LESS_THAN_OR_EQUALS, true)] {
            let properties = properties(reader, shape, parameter)?;
            pairs.extend(properties.into_iter().map(|property| Self { property, may_be_equal }));
        }
        Ok(pairs)
    }

    fn component(&self) -> NamedNodeRef<'_> {
        if self.may_be_equal {
            sh::LESS_THAN_OR_EQUALS_CONSTRAINT_COMPONENT
        } else {
            sh::LESS_THAN_CONSTRAINT_COMPONENT
        }
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let others = others(checker, at, self.property);
        for value in at.values {
            for other in others {
                if checker.clock.step() {
                    return Ok(());
                }
                if !self.holds(order(checker, *value, *other)) {
                    checker.found(at, Some(*value));
                }
            }
        }
        Ok(())
    }

    fn describe(&self, constants: &Constants) -> String {
        let relation = if self.may_be_equal { "less than or equal to" } else { "less than" };
        format!("The value is not {relation} each of {}", written(constants, self.property))
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        reach.on_property_of_focus(self.property);
    }
}

impl LessThan {
    fn holds(&self, order: Option<Ordering>) -> bool {
        match order {
            Some(Ordering::Less) => true,
            Some(Ordering::Equal) => self.may_be_equal,
            Some(Ordering::Greater) | None => false,
        }
    }
}

/// How two nodes compare, if both are literals that have an order.
fn order<D: Data>(checker: &Checker<'_, D>, one: Node, other: Node) -> Option<Ordering> {
    checker.nodes.read(one, |one| {
        checker.nodes.read(other, |other| match (one, other) {
            (TermRef::Literal(one), TermRef::Literal(other)) => compare(one, other),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, refusal};

    #[test]
    fn equal_properties_have_the_same_values() {
        assert_results(&[
            ("sh:equals :q", ":s :p 1, 2 ; :q 2, 1 .", &[]),
            ("sh:equals :q", "", &[]),
            ("sh:equals :q", ":s :p 1, 2 ; :q 2, 3 .", &["Equals 1", "Equals 3"]),
            ("sh:equals :q", ":s :p 1 ; :q 01 .", &["Equals 01", "Equals 1"]),
        ]);
    }

    #[test]
    fn disjoint_properties_share_no_value() {
        assert_results(&[
            ("sh:disjoint :q", ":s :p 1 ; :q 2 .", &[]),
            ("sh:disjoint :q", ":s :p 1, 2, 3 ; :q 2, 3 .", &["Disjoint 2", "Disjoint 3"]),
        ]);
    }

    #[test]
    fn an_order_has_a_result_for_each_pair_that_breaks_it() {
        let data = ":s :p 1, 3 ; :q 2, 3 .";
        assert_results(&[
            ("sh:lessThan :q", ":s :p 1 ; :q 2 .", &[]),
            ("sh:lessThan :q", data, &["LessThan 3", "LessThan 3"]),
            ("sh:lessThanOrEquals :q", ":s :p 1, 2 ; :q 2 .", &[]),
            ("sh:lessThanOrEquals :q", data, &["LessThanOrEquals 3"]),
            ("sh:lessThan :q", ":s :p 1 ; :q \"2\" .", &["LessThan 1"]),
            ("sh:lessThanOrEquals :q", ":s :p :x ; :q :x .", &["LessThanOrEquals :x"]),
        ]);
    }

    #[test]
    fn a_pair_is_named_by_an_iri() {
        assert_refused(&[
            ("sh:equals 1", ":P, sh:equals: \"1\"^^xsd:integer is not an IRI"),
            ("sh:disjoint \"q\"", ":P, sh:disjoint: \"q\" is not an IRI"),
            ("sh:lessThan []", "is not an IRI"),
            ("sh:lessThanOrEquals 1", ":P, sh:lessThanOrEquals: \"1\"^^xsd:integer is not an IRI"),
        ]);
        for parameter in ["lessThan", "lessThanOrEquals"] {
            let said = refusal(&format!(":S sh:targetNode :s ; sh:{parameter} :q ."));
            assert_eq!(said, format!(":S, sh:{parameter}: stands at a node shape; it needs sh:path"));
        }
    }
}
