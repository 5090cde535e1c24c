//! [4.1 Value type](https://www.w3.org/TR/shacl/#core-components-value-type): class, datatype, node kind.

use super::super::checker::{At, Checker, Failure};
use super::super::data::Data;
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::reader::{Reader, wrong};
use super::super::terms::{Constant, Constants};
use super::{Component, written};
use crate::rdf::is_ill_typed;
use crate::vocab::sh;
use oxrdf::{NamedNode, NamedNodeRef, Term, TermRef};

/// `sh:class`: each value is an instance. <https://www.w3.org/TR/shacl/#ClassConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Class(Constant);

impl Component for Class {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let classes = reader.iris(shape, sh::CLASS)?;
        Ok(classes.iter().map(|class| Self(reader.constant(class.as_ref()))).collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::CLASS_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        let class = checker.nodes.of(self.0);
        for value in at.values {
            if !checker.classes.is_instance(*value, class) {
                let is_iri = checker.nodes.read(*value, |term| matches!(term, TermRef::NamedNode(_)));
                let is_dangling = is_iri && checker.says_nothing_of(*value);
                checker.report(at, Some(*value), |result| result.is_dangling = is_dangling);
            }
        }
        Ok(())
    }

    fn describe(&self, constants: &Constants) -> String {
        format!("The value is not an instance of {}", written(constants, self.0))
    }

    fn depends(&self, reach: &mut Reach<'_>) {
        reach.on_class_of_values(self.0);
    }
}

/// `sh:datatype`: each value is a well-formed literal of it. <https://www.w3.org/TR/shacl/#DatatypeConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct Datatype(NamedNode);

impl Component for Datatype {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        Ok(reader.iri(shape, sh::DATATYPE)?.map(Self).into_iter().collect())
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::DATATYPE_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| match value {
            TermRef::Literal(literal) => literal.datatype() == self.0.as_ref() && !is_ill_typed(literal),
            _ => false,
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        format!("The value is not a well-formed literal of the datatype {}", self.0)
    }
}

/// `sh:nodeKind`. <https://www.w3.org/TR/shacl/#NodeKindConstraintComponent>
#[derive(Debug)]
pub(in crate::shacl) struct NodeKind {
    iri: bool,
    blank_node: bool,
    literal: bool,
}

/// A node kind with what it admits: IRIs, blank nodes, literals; and in words.
const NODE_KINDS: [(NamedNodeRef<'static>, [bool; 3], &str); 6] = [
    (sh::IRI, [true, false, false], "an IRI"),
    (sh::BLANK_NODE, [false, true, false], "a blank node"),
    (sh::LITERAL, [false, false, true], "a literal"),
    (sh::BLANK_NODE_OR_IRI, [true, true, false], "a blank node or an IRI"),
    (sh::BLANK_NODE_OR_LITERAL, [false, true, true], "a blank node or a literal"),
    (sh::IRI_OR_LITERAL, [true, false, true], "an IRI or a literal"),
];

impl Component for NodeKind {
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let Some(value) = reader.value(shape, sh::NODE_KIND)? else { return Ok(Vec::new()) };
        let known = NODE_KINDS.iter().find(|(kind, ..)| value.as_ref() == TermRef::from(*kind));
        match known {
            Some((_, [iri, blank_node, literal], _)) => {
                Ok(vec![Self { iri: *iri, blank_node: *blank_node, literal: *literal }])
            }
            None => Err(wrong(shape, sh::NODE_KIND, &value, "one of the six node kinds, such as sh:IRI")),
        }
    }

    fn component(&self) -> NamedNodeRef<'_> {
        sh::NODE_KIND_CONSTRAINT_COMPONENT
    }

    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
        checker.expect_term(at, |value| match value {
            TermRef::NamedNode(_) => self.iri,
            TermRef::BlankNode(_) => self.blank_node,
            TermRef::Literal(_) => self.literal,
        })
    }

    fn describe(&self, _constants: &Constants) -> String {
        let admits = [self.iri, self.blank_node, self.literal];
        let words = NODE_KINDS.iter().find(|(_, kinds, _)| *kinds == admits).map_or("", |(.., words)| words);
        format!("The value is not {words}")
    }
}
