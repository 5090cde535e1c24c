//! [Targets](https://www.w3.org/TR/shacl/#targets): which focus nodes a shape has.

use super::data::{Data, Node};
use super::error::ShapesError;
use super::reader::{Reader, wrong};
use super::scan::Classes;
use super::terms::{Constant, Nodes};
use crate::vocab::{rdf, rdfs, sh};
use oxrdf::{NamedNodeRef, Term};
use std::collections::HashSet;

/// What makes a node a focus node of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Target {
    /// `sh:targetNode`: it is this one.
    Node(Constant),
    /// `sh:targetClass`, or a shape that is a class: it is an instance.
    Class(Constant),
    /// `sh:targetSubjectsOf`: it has this property.
    SubjectsOf(Constant),
    /// `sh:targetObjectsOf`: it is a value of this property.
    ObjectsOf(Constant),
}

/// A target property, and what its value makes.
type Form = (NamedNodeRef<'static>, fn(Constant) -> Target);

const OF_IRIS: [Form; 3] = [
    (sh::TARGET_CLASS, Target::Class),
    (sh::TARGET_SUBJECTS_OF, Target::SubjectsOf),
    (sh::TARGET_OBJECTS_OF, Target::ObjectsOf),
];

impl Target {
    /// Reads the targets of a shape, in a fixed order, each once.
    pub(super) fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
        let mut targets = Vec::new();
        for node in reader.values(shape, sh::TARGET_NODE) {
            if matches!(node, Term::BlankNode(_)) {
                return Err(wrong(shape, sh::TARGET_NODE, &node, "an IRI or a literal"));
            }
            targets.push(Self::Node(reader.constant(node.as_ref())));
        }
        for (property, target) in OF_IRIS {
            for iri in reader.iris(shape, property)? {
                targets.push(target(reader.constant(iri.as_ref())));
            }
        }
        if is_class(reader, shape) {
            targets.push(Self::Class(reader.constant(shape.as_ref())));
        }
        targets.sort_unstable();
        targets.dedup();
        Ok(targets)
    }

    /// Whether a node of the shapes graph is a shape with a target.
    pub(super) fn is_declared(reader: &Reader<'_>, shape: &Term) -> bool {
        let has = |property| !reader.values(shape, property).is_empty();
        has(sh::TARGET_NODE) || OF_IRIS.iter().any(|(property, _)| has(*property)) || is_class(reader, shape)
    }

    /// Adds the focus nodes that the data have.
    pub(super) fn find<D: Data>(self, data: &D, nodes: &Nodes<'_, D>, classes: &Classes<'_, D>, found: &mut Vec<Node>) {
        let known = |constant| Some(nodes.of(constant)).filter(|node| !node.is_foreign());
        match self {
            Self::Node(node) => found.push(nodes.of(node)),
            Self::Class(class) => {
                for class in classes.below(nodes.of(class)).iter() {
                    found.extend(classes.instances(*class));
                }
            }
            Self::SubjectsOf(property) => {
                let triples = known(property).into_iter().flat_map(|it| data.triples(None, Some(it), None));
                found.extend(triples.map(|[subject, ..]| subject));
            }
            Self::ObjectsOf(property) => {
                let triples = known(property).into_iter().flat_map(|it| data.triples(None, Some(it), None));
                found.extend(triples.map(|[.., object]| object));
            }
        }
    }
}

/// Whether a shape is also a class: an instance of `rdfs:Class` or of a subclass of it.
/// <https://www.w3.org/TR/shacl/#implicit-targetClass>
fn is_class(reader: &Reader<'_>, shape: &Term) -> bool {
    if !matches!(shape, Term::NamedNode(_)) {
        return false;
    }
    let classes = reader.classes_of_classes.get_or_init(|| classes_of_classes(reader));
    reader.values(shape, rdf::TYPE).iter().any(|class| classes.contains(class))
}

/// `rdfs:Class` and every class below it.
fn classes_of_classes(reader: &Reader<'_>) -> HashSet<Term> {
    let mut found: HashSet<Term> = [rdfs::CLASS.into_owned().into()].into();
    let mut frontier: Vec<Term> = found.iter().cloned().collect();
    while let Some(class) = frontier.pop() {
        let below = reader.graph.subjects_for_predicate_object(rdfs::SUB_CLASS_OF, class.as_ref());
        let below = below.map(|class| Term::from(class.into_owned()));
        frontier.extend(below.filter(|class| found.insert(class.clone())));
    }
    found
}
