//! The data set as it is after the change so far, for the evaluator.

use super::change::Change;
use crate::graph::overlay::{as_predicate, as_subject};
use crate::graph::shown::Shown;
use crate::rdf::Term;
use oxigraph::model::{GraphName, GraphNameRef, NamedOrBlankNode, Quad};
use oxigraph::store::StorageError;
use spareval::{InternalQuad, QueryableDataset};

/// The graph with a change laid over it. The graph itself stays as it is, and nothing of it is copied.
///
/// Literals are in the form in which the graph keeps them, so that a constant finds what is kept.
#[derive(Clone, Copy)]
pub(super) struct After<'a> {
    pub(super) shown: &'a Shown,
    pub(super) change: &'a Change,
}

impl<'a> After<'a> {
    /// The quads of a pattern; of any named graph where no graph is given.
    fn quads(
        self,
        subject: Option<&Term>,
        predicate: Option<&Term>,
        object: Option<&Term>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Quads<'a> {
        // What cannot stand where it is asked for matches nothing.
        let (Ok(subject), Ok(predicate)) = (as_subject(subject), as_predicate(predicate)) else {
            return Box::new(std::iter::empty());
        };
        let object = object.map(Term::as_ref);
        let is_asked = move |quad: &Quad| graph.is_some() || !quad.graph_name.is_default_graph();
        let added: Vec<_> = self.change.added(subject, predicate, object, graph).filter(is_asked).map(Ok).collect();
        let kept = self.shown.quads(subject, predicate, object, graph);
        let of_any_graph = graph.is_none();
        let kept = kept.filter(move |quad| match quad {
            Ok(quad) => (!of_any_graph || !quad.graph_name.is_default_graph()) && !self.change.has_removed(quad),
            Err(_) => true,
        });
        Box::new(kept.chain(added))
    }

    /// The quads of one graph.
    pub(super) fn of_graph(self, graph: GraphNameRef<'_>) -> Quads<'a> {
        self.quads(None, None, None, Some(graph))
    }

    /// The quads of all named graphs.
    pub(super) fn of_named_graphs(self) -> Quads<'a> {
        self.quads(None, None, None, None)
    }

    /// Whether a graph says anything. A named graph that says nothing is not there: empty graphs are not kept.
    pub(super) fn has_graph(self, graph: GraphNameRef<'_>) -> Result<bool, StorageError> {
        Ok(self.of_graph(graph).next().transpose()?.is_some())
    }
}

/// Quads of a store and of a change.
pub(super) type Quads<'a> = Box<dyn Iterator<Item = Result<Quad, StorageError>> + 'a>;

impl<'a> QueryableDataset<'a> for After<'a> {
    type InternalTerm = Term;
    type Error = StorageError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Term>,
        predicate: Option<&Term>,
        object: Option<&Term>,
        graph: Option<Option<&Term>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Term>, StorageError>> + use<'a> {
        let quads = match graph.map(|graph| graph.map(as_graph)) {
            None => self.quads(subject, predicate, object, None),
            Some(None) => self.quads(subject, predicate, object, Some(GraphNameRef::DefaultGraph)),
            Some(Some(Some(graph))) => self.quads(subject, predicate, object, Some(graph)),
            Some(Some(None)) => Box::new(std::iter::empty()),
        };
        quads.map(|quad| quad.map(as_terms))
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Term, StorageError>> + use<'a> {
        let after = *self;
        let kept = after.shown.named_graphs().filter_map(move |name| match name {
            Ok(name) if after.change.adds_to(&name) => None,
            Ok(name) => match after.has_graph(name.as_ref().into()) {
                Ok(true) => Some(Ok(name.into())),
                Ok(false) => None,
                Err(error) => Some(Err(error)),
            },
            Err(error) => Some(Err(error)),
        });
        kept.chain(after.change.graphs_added_to().into_iter().map(|name| Ok(name.into())))
    }

    fn contains_internal_graph_name(&self, name: &Term) -> Result<bool, StorageError> {
        as_graph(name).map_or(Ok(false), |graph| self.has_graph(graph))
    }

    fn internalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(self.shown.kept_form(term))
    }

    fn externalize_term(&self, term: Term) -> Result<Term, StorageError> {
        Ok(term)
    }
}

fn as_graph(term: &Term) -> Option<GraphNameRef<'_>> {
    match term {
        Term::NamedNode(name) => Some(name.as_ref().into()),
        Term::BlankNode(name) => Some(name.as_ref().into()),
        Term::Literal(_) => None,
    }
}

fn as_terms(quad: Quad) -> InternalQuad<Term> {
    InternalQuad {
        subject: quad.subject.into(),
        predicate: quad.predicate.into(),
        object: quad.object,
        graph_name: match quad.graph_name {
            GraphName::DefaultGraph => None,
            GraphName::NamedNode(name) => Some(NamedOrBlankNode::from(name).into()),
            GraphName::BlankNode(name) => Some(NamedOrBlankNode::from(name).into()),
        },
    }
}
