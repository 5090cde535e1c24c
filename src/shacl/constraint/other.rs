//! [4.8 Other](https://www.w3.org/TR/shacl/#core-components-others): closed shapes, values that must be there,
//! values that may be.

use super::super::checker::{At, Checker};
use super::super::data::Data;
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::limits::Failure;
use super::super::reader::{Reader, wrong};
use super::super::terms::{Constant, Constants};
use super::{Component, written};
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};

/// `sh:closed` with `sh:ignoredProperties`. <https://www.w3.org/TR/shacl/#ClosedConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Closed {
    /// The properties that the shape has shapes for, and those it ignores, in order.
    known: Vec<Constant>,
}

impl Component for Closed {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        if !reader.flag(shape, sh::CLOSED)? {
            return Ok(Vec::new());
        }
        let mut known = Vec::new();
        for property in reader.values(shape, sh::PROPERTY) {
            known.extend(
                reader.values(&property, sh::PATH).into_iter().filter(|path| matches!(path, Term::NamedNode(_))),
            );
        }
        for ignored in reader.only_list(shape, sh::IGNORED_PROPERTIES)?.unwrap_or_default() {
            match ignored {
                Term::NamedNode(_) => known.push(ignored),
                other => return Err(wrong(shape, sh::IGNORED_PROPERTIES, &other, "an IRI")),
            }
        }
        Ok(vec![Self { known: in_order(reader, &known) }])
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::CLOSED_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        for value in at.values {
            checker.with_scan(*value, at, |checker, scan| {
                for (property, object) in scan.pairs() {
                    if checker.clock.step() {
                        break;
                    }
                    if checker.nodes.is_one_of(property, &self.known) {
                        continue;
                    }
                    let path = checker.path_of(property);
                    checker.report(at, Some(object), |result| result.own_path = path);
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn describe(&self, _constants: &Constants) -> String {
        "The property is none that the shape knows".to_owned()
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        reach.on_all_of_values();
    }
}

/// `sh:hasValue`. <https://www.w3.org/TR/shacl/#HasValueConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct HasValue(Constant);

impl Component for HasValue {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let values = reader.values(shape, sh::HAS_VALUE);
        Ok(values.iter().map(|value| Self(reader.constant(value.as_ref()))).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::HAS_VALUE_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        if at.values.binary_search(&checker.nodes.of(self.0)).is_err() {
            checker.found(at, None);
        }
        Ok(())
    }

    fn describe(&self, constants: &Constants) -> String {
        format!("The value {} is missing", written(constants, self.0))
    }
}

/// `sh:in`. <https://www.w3.org/TR/shacl/#InConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct In {
    /// The allowed values, in order.
    allowed: Vec<Constant>,
    /// The first of them as the shape lists them.
    named: Vec<Constant>,
}

/// How many of the allowed values a message names.
const NAMED: usize = 8;

impl Component for In {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let Some(list) = reader.only_list(shape, sh::IN)? else { return Ok(Vec::new()) };
        let named = list.iter().take(NAMED).map(|term| reader.constant(term.as_ref())).collect();
        Ok(vec![Self { allowed: in_order(reader, &list), named }])
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::IN_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect(at, |checker, value| Ok(checker.nodes.is_one_of(value, &self.allowed)))
    }

    fn describe(&self, constants: &Constants) -> String {
        let named: Vec<String> = self.named.iter().map(|value| written(constants, *value)).collect();
        let more = if self.allowed.len() > NAMED { ", …" } else { "" };
        format!("The value is none of {}{more}", named.join(", "))
    }
}

/// Terms as constants in order, each once.
fn in_order(reader: &mut Reader<'_>, terms: &[Term]) -> Vec<Constant> {
    let mut constants: Vec<Constant> = terms.iter().map(|term| reader.constant(term.as_ref())).collect();
    constants.sort_unstable();
    constants.dedup();
    constants
}

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, refusal, results};

    /// The results of a closed shape that knows `:p`, at a node that has more.
    fn closed(ignored: &str) -> Vec<String> {
        results(&format!(
            ":S sh:targetNode :s ; sh:closed true ; {ignored} sh:property [ sh:path :p ] , [ sh:path ( :q :r ) ] .
            :s a :C ; :p 1 ; :q 2 ."
        ))
    }

    #[test]
    fn a_closed_shape_reports_each_value_of_other_properties() {
        assert_eq!(closed("sh:ignoredProperties ( rdf:type :q ) ; "), [""; 0]);
        assert_eq!(closed("sh:ignoredProperties ( rdf:type ) ; "), [":s :q Closed 2"]);
        assert_eq!(closed(""), [":s :q Closed 2", ":s rdf:type Closed :C"]);
    }

    #[test]
    fn a_closed_shape_says_true_and_lists_iris() {
        for (shape, reason) in [
            ("sh:closed \"yes\"", ":S, sh:closed: \"yes\" is not true or false"),
            ("sh:closed true ; sh:ignoredProperties :p", ":S, sh:ignoredProperties: is no well-formed list"),
            ("sh:closed true ; sh:ignoredProperties ( 1 )", "is not an IRI"),
            ("sh:closed true ; sh:ignoredProperties ( :p ) , ( :q )", "sh:ignoredProperties: has 2 values"),
        ] {
            let said = refusal(&format!(":S sh:targetNode :s ; {shape} ."));
            assert!(said.contains(reason), "{said}");
        }
    }

    #[test]
    fn a_value_that_must_be_there_is_there_as_that_term() {
        assert_results(&[
            ("sh:hasValue 1", ":s :p 1, 2 .", &[]),
            ("sh:hasValue 1", ":s :p 01, 2 .", &["HasValue"]),
            ("sh:hasValue 1, :x", ":s :p 1 .", &["HasValue"]),
            ("sh:hasValue 1", "", &["HasValue"]),
        ]);
    }

    #[test]
    fn a_value_is_one_of_the_terms_that_are_allowed() {
        assert_results(&[
            ("sh:in ( 1 :x \"a\"@en )", ":s :p 1, :x, \"a\"@en .", &[]),
            ("sh:in ( 1 :x )", ":s :p 01, :y, [] .", &["In 01", "In :y", "In _"]),
            ("sh:in ()", ":s :p 1 .", &["In 1"]),
        ]);
        assert_refused(&[
            ("sh:in 1", ":P, sh:in: is no well-formed list"),
            ("sh:in ( 1 ) , ( 2 )", ":P, sh:in: has 2 values"),
        ]);
    }
}
