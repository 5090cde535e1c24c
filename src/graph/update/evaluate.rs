//! The operations of an update, evaluated one after another.
//!
//! <https://www.w3.org/TR/sparql11-update/#formalModelGraphUpdate>

use super::after::After;
use super::change::{Change, Size};
use super::{EffectLimits, UpdateError};
use crate::graph::question::Stop;
use crate::graph::rewrite::rewrite_pattern;
use crate::graph::shown::Shown;
use crate::rdf::{BlankNode, NamedNode, NamedOrBlankNode, Term};
use oxigraph::model::{GraphName, GraphNameRef, Quad};
use spareval::{DeleteInsertQuad, PreparedDeleteInsertUpdate, QueryEvaluator};
use spargebra::algebra::{GraphPattern, GraphTarget};
use spargebra::term::{GraphName as NameInText, GroundQuad, GroundTerm, Quad as QuadInText};
use spargebra::{GraphUpdateOperation, Update};
use std::collections::{HashMap, HashSet};

/// Evaluates updates over a graph that they do not change.
pub(super) struct Evaluation<'a> {
    shown: &'a Shown,
    stop: &'a Stop,
    limits: EffectLimits,
    change: Change,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(shown: &'a Shown, stop: &'a Stop, limits: EffectLimits) -> Self {
        Self { shown, stop, limits, change: Change::new(limits) }
    }

    /// Evaluates all operations; each sees what those before it did.
    pub(super) fn run(mut self, update: Update) -> Result<Change, UpdateError> {
        let Update { base_iri, operations } = update;
        for operation in operations {
            match operation {
                GraphUpdateOperation::InsertData { data } => self.insert_data(data)?,
                GraphUpdateOperation::DeleteData { data } => self.delete_data(data)?,
                GraphUpdateOperation::DeleteInsert { delete, insert, using, pattern } => {
                    let evaluator = QueryEvaluator::new().with_cancellation_token(self.stop.token());
                    let pattern = rewritten(*pattern);
                    let prepared = evaluator.prepare_delete_insert(delete, insert, base_iri.clone(), using, &pattern);
                    self.delete_insert(prepared)?;
                }
                GraphUpdateOperation::Clear { silent, graph } | GraphUpdateOperation::Drop { silent, graph } => {
                    self.clear(&graph, silent)?;
                }
                GraphUpdateOperation::Create { silent, graph } => self.create(graph, silent)?,
                GraphUpdateOperation::Load { silent: true, .. } => {}
                GraphUpdateOperation::Load { source, .. } => {
                    return Err(UpdateError::NoLoad { document: source });
                }
            }
        }
        Ok(self.change)
    }
    /// <https://www.w3.org/TR/sparql11-update/#insertData>: a label of a blank node stands for a new one, the same
    /// within the operation.
    fn insert_data(&mut self, data: Vec<QuadInText>) -> Result<(), UpdateError> {
        let mut nodes = HashMap::new();
        data.into_iter().try_for_each(|quad| self.change.add(self.shown, with_new_nodes(quad, &mut nodes)))
    }

    /// <https://www.w3.org/TR/sparql11-update/#deleteData>
    fn delete_data(&mut self, data: Vec<GroundQuad>) -> Result<(), UpdateError> {
        data.into_iter().try_for_each(|quad| self.change.remove(self.shown, of_ground(quad)))
    }

    /// <https://www.w3.org/TR/sparql11-update/#deleteInsert>: all solutions are found before anything changes; what
    /// is deleted goes first.
    fn delete_insert(&mut self, prepared: PreparedDeleteInsertUpdate<'_>) -> Result<(), UpdateError> {
        let mut size = Size::new(self.limits);
        let (mut deleted, mut inserted) = (HashSet::new(), HashMap::new());
        for quad in prepared.execute(self.after())? {
            self.stop.check()?;
            match quad? {
                DeleteInsertQuad::Delete(quad) => {
                    if deleted.insert(self.shown.kept_quad(quad.clone())) {
                        size.add(&quad)?;
                    }
                }
                DeleteInsertQuad::Insert(quad) => {
                    size.add(&quad)?;
                    if inserted.insert(self.shown.kept_quad(quad.clone()), quad.clone()).is_some() {
                        size.take(&quad);
                    }
                }
            }
        }
        deleted.into_iter().try_for_each(|quad| self.change.remove(self.shown, quad))?;
        inserted.into_values().try_for_each(|quad| self.change.add(self.shown, quad))
    }

    /// CLEAR and DROP, which are one where empty graphs are not kept:
    /// <https://www.w3.org/TR/sparql11-update/#clear>, <https://www.w3.org/TR/sparql11-update/#drop>.
    fn clear(&mut self, target: &GraphTarget, silent: bool) -> Result<(), UpdateError> {
        if let GraphTarget::NamedNode(graph) = target
            && !silent
            && !self.after().has_graph(graph.as_ref().into())?
        {
            return Err(UpdateError::NoSuchGraph { graph: graph.clone() });
        }
        let mut size = Size::new(self.limits);
        let mut quads = Vec::new();
        let after = self.after();
        let of_default = || after.of_graph(GraphNameRef::DefaultGraph);
        let found = match target {
            GraphTarget::NamedNode(graph) => after.of_graph(graph.as_ref().into()),
            GraphTarget::DefaultGraph => of_default(),
            GraphTarget::NamedGraphs => after.of_named_graphs(),
            GraphTarget::AllGraphs => Box::new(of_default().chain(after.of_named_graphs())),
        };
        for quad in found {
            self.stop.check()?;
            let quad = quad?;
            size.add(&quad)?;
            quads.push(quad);
        }
        quads.into_iter().try_for_each(|quad| self.change.remove(self.shown, quad))
    }

    /// <https://www.w3.org/TR/sparql11-update/#create>: an empty graph is as good as none.
    fn create(&mut self, graph: NamedNode, silent: bool) -> Result<(), UpdateError> {
        if !silent && self.after().has_graph(graph.as_ref().into())? {
            return Err(UpdateError::GraphExists { graph });
        }
        Ok(())
    }

    fn after(&self) -> After<'_> {
        After { shown: self.shown, change: &self.change }
    }
}

/// The pattern of an operation with its EXISTS in forms that are evaluated fast.
fn rewritten(mut pattern: GraphPattern) -> GraphPattern {
    rewrite_pattern(&mut pattern);
    pattern
}

/// A quad of INSERT DATA, its blank nodes replaced by new ones.
fn with_new_nodes(quad: QuadInText, nodes: &mut HashMap<BlankNode, BlankNode>) -> Quad {
    let mut new = |node: BlankNode| nodes.entry(node).or_default().clone();
    let subject: NamedOrBlankNode = match quad.subject {
        NamedOrBlankNode::NamedNode(iri) => iri.into(),
        NamedOrBlankNode::BlankNode(node) => new(node).into(),
    };
    let object = match quad.object {
        Term::BlankNode(node) => new(node).into(),
        other => other,
    };
    Quad::new(subject, quad.predicate, object, graph_name(quad.graph_name))
}

fn of_ground(quad: GroundQuad) -> Quad {
    let object: Term = match quad.object {
        GroundTerm::NamedNode(iri) => iri.into(),
        GroundTerm::Literal(literal) => literal.into(),
    };
    Quad::new(quad.subject, quad.predicate, object, graph_name(quad.graph_name))
}

fn graph_name(name: NameInText) -> GraphName {
    match name {
        NameInText::NamedNode(name) => name.into(),
        NameInText::DefaultGraph => GraphName::DefaultGraph,
    }
}
