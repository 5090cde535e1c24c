//! [4.1 Value type](https://www.w3.org/TR/shacl/#core-components-value-type): class, datatype, node kind.

use super::super::checker::{At, Checker};
use super::super::data::Data;
use super::super::dependency::Reach;
use super::super::error::ShapesError;
use super::super::limits::Failure;
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
            if checker.clock.step() {
                break;
            }
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

#[cfg(test)]
mod tests {
    use crate::shacl::tests::{assert_refused, assert_results, report};

    #[test]
    fn a_class_asks_for_instances_of_it_or_of_one_below() {
        assert_results(&[
            ("sh:class :C", ":s :p :x . :x a :C .", &[]),
            ("sh:class :C", ":s :p :x . :x a :E . :E rdfs:subClassOf :D . :D rdfs:subClassOf :C, :E .", &[]),
            ("sh:class :C", ":s :p :x . :x a :B . :C rdfs:subClassOf :B .", &["Class :x"]),
            ("sh:class :C", ":s :p 1, :x, [] .", &["Class 1", "Class :x", "Class _"]),
            ("sh:class :C, :D", ":s :p :x . :x a :C .", &["Class :x"]),
        ]);
    }

    #[test]
    fn a_reference_dangles_where_the_data_say_nothing_of_an_iri() {
        let report = report(
            ":S sh:targetNode :s ; sh:property [ sh:path :p ; sh:class :C ] . :s :p :nowhere, :x, 1, [] . :x :q 1 .",
        );
        let dangling: Vec<_> = report.results.iter().filter(|result| result.is_dangling).collect();
        assert_eq!(report.results.len(), 4);
        assert_eq!(
            dangling.iter().map(|result| result.value.clone().unwrap().to_string()).collect::<Vec<_>>(),
            ["<a:nowhere>"]
        );
    }

    #[test]
    fn a_datatype_asks_for_its_well_formed_literals() {
        assert_results(&[
            ("sh:datatype xsd:integer", ":s :p 1, 01 .", &[]),
            ("sh:datatype rdf:langString", ":s :p \"a\"@en .", &[]),
            ("sh:datatype xsd:string", ":s :p \"a\"@en .", &["Datatype \"a\"@en"]),
            ("sh:datatype xsd:int", ":s :p 1 .", &["Datatype 1"]),
            ("sh:datatype xsd:byte", ":s :p \"300\"^^xsd:byte .", &["Datatype \"300\"^^xsd:byte"]),
            (
                "sh:datatype xsd:duration",
                ":s :p \"five days\"^^xsd:duration .",
                &["Datatype \"five days\"^^xsd:duration"],
            ),
            ("sh:datatype xsd:string", ":s :p :x, [] .", &["Datatype :x", "Datatype _"]),
        ]);
    }

    #[test]
    fn each_node_kind_admits_what_its_name_says() {
        let data = ":s :p :x, 1, [] .";
        assert_results(&[
            ("sh:nodeKind sh:IRI", data, &["NodeKind 1", "NodeKind _"]),
            ("sh:nodeKind sh:BlankNode", data, &["NodeKind 1", "NodeKind :x"]),
            ("sh:nodeKind sh:Literal", data, &["NodeKind :x", "NodeKind _"]),
            ("sh:nodeKind sh:BlankNodeOrIRI", data, &["NodeKind 1"]),
            ("sh:nodeKind sh:BlankNodeOrLiteral", data, &["NodeKind :x"]),
            ("sh:nodeKind sh:IRIOrLiteral", data, &["NodeKind _"]),
        ]);
    }

    #[test]
    fn classes_datatypes_and_node_kinds_are_iris() {
        assert_refused(&[
            ("sh:class 1", ":P, sh:class: \"1\"^^xsd:integer is not an IRI"),
            ("sh:class []", "is not an IRI"),
            ("sh:datatype \"xsd:string\"", ":P, sh:datatype: \"xsd:string\" is not an IRI"),
            ("sh:datatype xsd:int, xsd:byte", "sh:datatype: has 2 values"),
            ("sh:nodeKind sh:Node", "is not one of the six node kinds"),
            ("sh:nodeKind sh:IRI, sh:Literal", "sh:nodeKind: has 2 values"),
        ]);
    }
}
