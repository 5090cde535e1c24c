//! The graph as it stands at one moment.

use super::mapped::{Reading, View};
use super::ordering::Sorting;
use super::published::GraphError;
use super::question::Stop;
use super::rewrite::rewrite;
use super::shortcut::{matches_of, with_short_cuts};
use super::store::StoreUpkeep;
use super::store_form::store_form;
use crate::rdf::{Term, Triple};
use oxigraph::model::{GraphNameRef, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, TermRef};
use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use oxigraph::store::StorageError;
use spargebra::Query;
use std::sync::Arc;

/// The graph at one revision: whatever is written meanwhile is not in it, unless Oxigraph's store holds it
/// ([`Shown::is_fixed`]).
#[derive(Clone)]
pub struct Shown {
    /// The revision.
    pub revision: u64,
    pub(super) inside: Inside,
}

/// What holds the triples.
#[derive(Clone)]
pub(super) enum Inside {
    /// A snapshot and the changes since.
    Mapped(Arc<View>),
    /// Oxigraph's store in memory.
    Oxigraph(Arc<StoreUpkeep>),
}

/// Quads of a pattern.
pub(super) type Quads<'a> = Box<dyn Iterator<Item = Result<Quad, StorageError>> + 'a>;

impl Shown {
    /// Whether nothing that is committed later is seen. What begins to read Oxigraph's store sees what it holds then.
    pub fn is_fixed(&self) -> bool {
        matches!(self.inside, Inside::Mapped(_))
    }

    /// Every triple, in no order.
    pub fn triples(&self) -> impl Iterator<Item = Result<Triple, GraphError>> + '_ {
        let quads: Quads<'_> = match &self.inside {
            Inside::Mapped(_) => self.quads(None, None, None, Some(GraphNameRef::DefaultGraph)),
            Inside::Oxigraph(upkeep) => Box::new(upkeep.store().iter()),
        };
        quads.map(|quad| quad.map(Triple::from).map_err(GraphError::from))
    }

    /// How many quads there are.
    pub(super) fn len(&self) -> Result<usize, StorageError> {
        match &self.inside {
            Inside::Mapped(view) => Ok(view.len()),
            Inside::Oxigraph(upkeep) => upkeep.store().len(),
        }
    }

    /// The quads of a pattern; of any graph, the default graph too, where none is given.
    pub(super) fn quads(
        &self,
        subject: Option<NamedOrBlankNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
        graph: Option<GraphNameRef<'_>>,
    ) -> Quads<'_> {
        match &self.inside {
            Inside::Oxigraph(upkeep) => Box::new(upkeep.store().quads_for_pattern(subject, predicate, object, graph)),
            Inside::Mapped(view) => {
                let terms = [subject.map(TermRef::from), predicate.map(TermRef::from), object];
                Box::new(view.quads(terms, graph).map(Ok))
            }
        }
    }

    /// Whether a quad is there.
    pub(super) fn contains(&self, quad: &Quad) -> Result<bool, StorageError> {
        let Quad { subject, predicate, object, graph_name } = quad;
        let pattern = (Some(subject.as_ref()), Some(predicate.as_ref()), Some(object.as_ref()));
        let mut quads = self.quads(pattern.0, pattern.1, pattern.2, Some(graph_name.as_ref()));
        Ok(quads.next().transpose()?.is_some())
    }

    /// The names of the named graphs.
    pub(super) fn named_graphs(&self) -> Box<dyn Iterator<Item = Result<NamedOrBlankNode, StorageError>> + '_> {
        match &self.inside {
            Inside::Oxigraph(upkeep) => Box::new(upkeep.store().named_graphs()),
            Inside::Mapped(view) => Box::new(view.names_of_graphs().map(Ok)),
        }
    }

    /// A term in the form in which it is kept: Oxigraph's store keeps values, a snapshot what was written.
    pub(super) fn kept_form(&self, term: Term) -> Term {
        match &self.inside {
            Inside::Mapped(_) => term,
            Inside::Oxigraph(_) => store_form(term),
        }
    }

    /// A triple in the form in which it is kept.
    pub fn kept_triple(&self, triple: Triple) -> Triple {
        Triple { object: self.kept_form(triple.object), ..triple }
    }

    /// A quad in the form in which it is kept.
    pub(super) fn kept_quad(&self, quad: Quad) -> Quad {
        Quad { object: self.kept_form(quad.object), ..quad }
    }

    /// The same query in a form that is evaluated sooner: what the data count is answered, and the rest rewritten. `sorting` is
    /// the order that was taken out of it.
    ///
    /// # Errors
    /// It is stopped.
    pub(super) fn rewritten(
        &self,
        mut query: Query,
        sorting: Option<&Sorting>,
        stop: &Stop,
    ) -> Result<Query, QueryEvaluationError> {
        match &self.inside {
            Inside::Mapped(view) => {
                with_short_cuts(&mut query, sorting, view.as_ref(), stop)?;
                Ok(rewrite(query, Some(&|triple| matches_of(triple, view.as_ref()))))
            }
            Inside::Oxigraph(_) => Ok(rewrite(query, None)),
        }
    }

    /// Evaluates a query and hands its results to `take`, with the revision that they are of.
    pub(super) fn evaluate<T, E: From<QueryEvaluationError>>(
        &self,
        query: PreparedSparqlQuery,
        take: impl FnOnce(QueryResults<'_>, u64) -> Result<T, E>,
    ) -> Result<T, E> {
        match &self.inside {
            Inside::Oxigraph(upkeep) => {
                let (bound, revision) = upkeep.bind(query);
                take(bound.execute()?, revision)
            }
            Inside::Mapped(view) => {
                let reading = Reading::new(view);
                take(query.on_queryable_dataset(&reading).execute()?, self.revision)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{Delta, Engine, Graph};
    use crate::rdf::{Literal, NamedNode};

    fn triple(value: &str) -> Triple {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        let integer = node("http://www.w3.org/2001/XMLSchema#integer");
        Triple::new(node("a:s"), node("a:p"), Literal::new_typed_literal(value, integer))
    }

    #[test]
    fn what_is_shown_stays_as_it_was_while_the_graph_goes_on() {
        for engine in [Engine::Mapped, Engine::Oxigraph] {
            let graph = Graph::build::<GraphError>(engine, 3, [Ok(triple("1"))]).unwrap();
            let shown = graph.shown();
            let begun = shown.triples();
            graph.apply(&Delta { revision: 4, removed: vec![triple("1")], added: vec![triple("2")] }).unwrap();
            assert_eq!((shown.revision, begun.collect::<Result<Vec<_>, _>>().unwrap()), (3, vec![triple("1")]));
            let now = shown.triples().collect::<Result<Vec<_>, _>>().unwrap();
            assert_eq!(now, [triple(if shown.is_fixed() { "1" } else { "2" })]);
        }
    }
}
