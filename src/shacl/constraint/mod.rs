//! The constraint components, one file for each section of the recommendation.

mod cardinality;
mod logical;
mod other;
mod property_pair;
mod query;
mod shape_based;
mod sparql;
mod sparql_component;
mod string_based;
mod value_range;
mod value_type;

use super::checker::{At, Checker};
use super::data::{Data, Node};
use super::dependency::Reach;
use super::error::ShapesError;
use super::limits::Failure;
use super::reader::Reader;
use super::shapes::ShapeId;
use super::terms::Constants;
use oxrdf::{Literal, NamedNodeRef, Term};

pub(super) use sparql_component::Declared;

/// Everything about one constraint component.
trait Component: Sized {
    /// Reads the constraints that a shape declares by this component.
    fn read(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError>;

    /// The IRI of the component.
    fn component(&self) -> NamedNodeRef<'_>;

    /// Reports what breaks the constraint at a focus node.
    fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure>;

    /// Reports what breaks a constraint that waited for more focus nodes, see [`Checker::can_wait`].
    fn check_all<D: Data>(
        &self,
        _checker: &mut Checker<'_, D>,
        _at: &At<'_>,
        _focus_nodes: &[Node],
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// What the constraint asks, in an English sentence without the value.
    fn describe(&self, constants: &Constants) -> String;

    /// The shapes that the value nodes are held to.
    fn shapes(&self) -> Vec<ShapeId> {
        Vec::new()
    }

    /// Says which triples the verdict depends on, beside the path to the value nodes and what `shapes` say.
    fn depends(&self, _reach: &mut Reach<'_>) {}

    /// `sh:sourceConstraint`.
    fn term(&self) -> Option<&Term> {
        None
    }

    /// Messages that stand before those of the shape.
    fn messages(&self) -> &[Literal] {
        &[]
    }
}

/// Declares the components that there are: the variants of [`Constraint`], in the order of the recommendation.
macro_rules! components {
    ($($variant:ident: $module:ident),* $(,)?) => {
        /// A constraint of a shape.
        #[derive(Debug)]
        pub(super) enum Constraint {
            $($variant($module::$variant)),*
        }

        impl Constraint {
            /// Reads every constraint of a shape.
            pub(super) fn read_all(reader: &mut Reader<'_>, shape: &Term) -> Result<Vec<Self>, ShapesError> {
                let mut constraints = Vec::new();
                $(constraints.extend($module::$variant::read(reader, shape)?.into_iter().map(Self::$variant));)*
                Ok(constraints)
            }

            /// Reports what breaks the constraint at a focus node.
            pub(super) fn check<D: Data>(&self, checker: &mut Checker<'_, D>, at: &At<'_>) -> Result<(), Failure> {
                match self {
                    $(Self::$variant(constraint) => constraint.check(checker, at)),*
                }
            }

            /// Reports what breaks a constraint that waited, at all the focus nodes it waited for.
            pub(super) fn check_all<D: Data>(
                &self,
                checker: &mut Checker<'_, D>,
                at: &At<'_>,
                focus_nodes: &[Node],
            ) -> Result<(), Failure> {
                match self {
                    $(Self::$variant(constraint) => constraint.check_all(checker, at, focus_nodes)),*
                }
            }

            /// The IRI of the component.
            pub(super) fn component(&self) -> NamedNodeRef<'_> {
                match self {
                    $(Self::$variant(constraint) => constraint.component()),*
                }
            }

            /// What the constraint asks, in English.
            pub(super) fn describe(&self, constants: &Constants) -> Literal {
                let text = match self {
                    $(Self::$variant(constraint) => constraint.describe(constants)),*
                };
                Literal::new_language_tagged_literal_unchecked(short(text), "en")
            }

            /// The shapes that the value nodes are held to.
            pub(super) fn shapes(&self) -> Vec<ShapeId> {
                match self {
                    $(Self::$variant(constraint) => constraint.shapes()),*
                }
            }

            /// Says which triples the verdict depends on.
            pub(super) fn depends(&self, reach: &mut Reach<'_>) {
                match self {
                    $(Self::$variant(constraint) => constraint.depends(reach)),*
                }
            }

            /// `sh:sourceConstraint`.
            pub(super) fn term(&self) -> Option<&Term> {
                match self {
                    $(Self::$variant(constraint) => constraint.term()),*
                }
            }

            /// Messages that stand before those of the shape.
            pub(super) fn messages(&self) -> &[Literal] {
                match self {
                    $(Self::$variant(constraint) => constraint.messages()),*
                }
            }
        }
    };
}

components! {
    // 4.1
    Class: value_type,
    Datatype: value_type,
    NodeKind: value_type,
    // 4.2
    Count: cardinality,
    // 4.3
    Range: value_range,
    // 4.4
    Length: string_based,
    Pattern: string_based,
    LanguageIn: string_based,
    UniqueLang: string_based,
    // 4.5
    Equals: property_pair,
    Disjoint: property_pair,
    LessThan: property_pair,
    // 4.6
    Not: logical,
    Combined: logical,
    // 4.7
    Node: shape_based,
    Property: shape_based,
    Qualified: shape_based,
    // 4.8
    Closed: other,
    HasValue: other,
    In: other,
    // 5
    Sparql: sparql,
    // 6
    SparqlComponent: sparql_component,
}

/// How long a description may be, in characters: values of parameters stand in it.
const LONGEST: usize = 1000;

/// A text without what is too long of it.
fn short(text: String) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).map(|start| format!("{start}…")).unwrap_or_default(),
        None => text,
    }
}

/// How a term is written in a message.
fn written(constants: &Constants, constant: super::terms::Constant) -> String {
    constants.term(constant).map(ToString::to_string).unwrap_or_default()
}
