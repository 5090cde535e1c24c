//! What the operations of an update come to together.

use super::{Effect, EffectLimits, UpdateError};
use crate::graph::shown::Shown;
use crate::rdf::{NamedNodeRef, Term};
use oxigraph::model::{
    Dataset, GraphName, GraphNameRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, QuadRef, TermRef,
};
use std::collections::{HashMap, HashSet};

/// The net change to a graph. No quad is in both parts: what is removed stands in the graph, what is added does not.
/// All literals are in the form in which the graph keeps them.
pub(super) struct Change {
    removed: HashSet<Quad>,
    added: Dataset,
    /// Added quads by the form in which they are kept, where they are written otherwise.
    as_written: HashMap<Quad, Quad>,
    size: Size,
}

/// What quads take, held against limits.
pub(super) struct Size {
    limits: EffectLimits,
    quads: usize,
    bytes: usize,
}

impl Size {
    pub(super) fn new(limits: EffectLimits) -> Self {
        Self { limits, quads: 0, bytes: 0 }
    }

    /// Counts a quad.
    ///
    /// # Errors
    /// There are more of them, or they are longer, than is allowed.
    pub(super) fn add(&mut self, quad: &Quad) -> Result<(), UpdateError> {
        self.quads += 1;
        self.bytes += bytes_of(quad);
        let EffectLimits { quads, bytes } = self.limits;
        if self.quads > quads || self.bytes > bytes {
            return Err(UpdateError::TooLarge { quads, bytes });
        }
        Ok(())
    }

    /// Counts a quad no longer.
    pub(super) fn take(&mut self, quad: &Quad) {
        self.quads = self.quads.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes_of(quad));
    }
}

/// The bytes of the text of a quad, about.
fn bytes_of(quad: &Quad) -> usize {
    let subject = match &quad.subject {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().len(),
        NamedOrBlankNode::BlankNode(node) => node.as_str().len(),
    };
    let object = match &quad.object {
        Term::NamedNode(iri) => iri.as_str().len(),
        Term::BlankNode(node) => node.as_str().len(),
        Term::Literal(literal) => literal.value().len(),
    };
    subject + quad.predicate.as_str().len() + object
}

impl Change {
    pub(super) fn new(limits: EffectLimits) -> Self {
        Self { removed: HashSet::new(), added: Dataset::new(), as_written: HashMap::new(), size: Size::new(limits) }
    }

    /// Takes a quad out: one that was added before, or one of the graph.
    pub(super) fn remove(&mut self, shown: &Shown, quad: Quad) -> Result<(), UpdateError> {
        let quad = shown.kept_quad(quad);
        if self.added.remove(&quad) {
            self.as_written.remove(&quad);
            self.size.take(&quad);
        } else if shown.contains(&quad)? && !self.removed.contains(&quad) {
            self.size.add(&quad)?;
            self.removed.insert(quad);
        }
        Ok(())
    }

    /// Puts a quad in: one that was removed before, or a new one.
    pub(super) fn add(&mut self, shown: &Shown, quad: Quad) -> Result<(), UpdateError> {
        let kept = shown.kept_quad(quad.clone());
        if self.removed.remove(&kept) {
            self.size.take(&kept);
        } else if !shown.contains(&kept)? && self.added.insert(&kept) {
            self.size.add(&kept)?;
            if quad != kept {
                self.as_written.insert(kept, quad);
            }
        }
        Ok(())
    }

    pub(super) fn has_removed(&self, quad: &Quad) -> bool {
        self.removed.contains(quad)
    }

    /// The added quads of a pattern.
    pub(super) fn added<'a>(
        &'a self,
        subject: Option<NamedOrBlankNodeRef<'a>>,
        predicate: Option<NamedNodeRef<'a>>,
        object: Option<TermRef<'a>>,
        graph: Option<GraphNameRef<'a>>,
    ) -> impl Iterator<Item = Quad> + 'a {
        self.added.quads_for_pattern(subject, predicate, object, graph).map(QuadRef::into_owned)
    }

    /// Whether quads were added to a named graph.
    pub(super) fn adds_to(&self, graph: &NamedOrBlankNode) -> bool {
        self.added.quads_for_graph_name(graph).next().is_some()
    }

    /// The named graphs that quads were added to.
    pub(super) fn graphs_added_to(&self) -> HashSet<NamedOrBlankNode> {
        let names = self.added.iter().map(|quad| quad.graph_name.into_owned());
        names
            .filter_map(|name| match name {
                GraphName::DefaultGraph => None,
                GraphName::NamedNode(name) => Some(name.into()),
                GraphName::BlankNode(name) => Some(name.into()),
            })
            .collect()
    }

    /// The change as it is told outside, with literals as they were written.
    pub(super) fn into_effect(mut self, revision: u64) -> Effect {
        let added = self.added.iter().map(QuadRef::into_owned);
        let added = added.map(|quad| self.as_written.remove(&quad).unwrap_or(quad)).collect();
        Effect { revision, removed: self.removed.into_iter().collect(), added }
    }
}
