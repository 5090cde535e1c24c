//! The graph at one revision.

use super::step::{QuadIds, Step};
use super::terms::{FIRST_MADE, NewTerms};
use super::triple_set::TripleSet;
use super::triples::Triples;
use crate::graph::interned::Interned;
use crate::rdf::Term;
use crate::snapshot::{Patch, Permutation, Snapshot, TermId};
use oxigraph::model::{GraphName, GraphNameRef, NamedOrBlankNode, Quad, QuadRef, TermRef};
use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::sync::Arc;

/// A snapshot with what was changed since laid over it, at one revision.
///
/// The default graph is the snapshot without `removed`, all of which is in it, and with `added`, none of which is. Named
/// graphs are not in the snapshot: only scratch data have any.
#[derive(Clone)]
pub(in crate::graph) struct View {
    base: Arc<Snapshot>,
    terms: NewTerms,
    removed: TripleSet,
    added: TripleSet,
    named: BTreeMap<TermId, Arc<TripleSet>>,
    revision: u64,
}

impl View {
    /// A snapshot as it is, shown as a revision.
    pub(in crate::graph) fn of(base: Arc<Snapshot>, revision: u64) -> Self {
        let terms = NewTerms::after(base.term_count());
        Self {
            base,
            terms,
            removed: TripleSet::default(),
            added: TripleSet::default(),
            named: BTreeMap::new(),
            revision,
        }
    }

    /// The revision.
    pub(in crate::graph) fn revision(&self) -> u64 {
        self.revision
    }

    /// The snapshot under the changes.
    pub(super) fn base(&self) -> &Snapshot {
        &self.base
    }

    /// How many triples of the default graph were changed since the snapshot was made, and are changed still.
    pub(super) fn changes(&self) -> usize {
        self.removed.len() + self.added.len()
    }

    /// What changes the snapshot into the default graph of this view.
    pub(super) fn patch<'a>(&'a self, terms: &'a [Term]) -> Patch<'a> {
        Patch { terms, removed: self.removed.orders(), added: self.added.orders() }
    }

    /// The terms that the snapshot does not have, in the order of their numbers.
    pub(super) fn new_terms(&self) -> Vec<Term> {
        self.terms.iter().cloned().collect()
    }

    /// Whether there are named graphs.
    pub(in crate::graph) fn has_named_graphs(&self) -> bool {
        !self.named.is_empty()
    }

    /// The names of the named graphs, all of which say something.
    pub(in crate::graph) fn named_graphs(&self) -> impl Iterator<Item = TermId> + '_ {
        self.named.keys().copied()
    }

    /// Whether there is a named graph of this name.
    pub(in crate::graph) fn has_named_graph(&self, name: TermId) -> bool {
        self.named.contains_key(&name)
    }

    /// How many quads there are, in all graphs.
    pub(in crate::graph) fn len(&self) -> usize {
        self.count([None; 3]) + self.named.values().map(|triples| triples.len()).sum::<usize>()
    }

    /// The number of a term, if it is known; it may stand in no triple any more.
    pub(in crate::graph) fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.base.id(term).or_else(|| self.terms.find(term))
    }

    /// The term of a number.
    #[inline]
    pub(in crate::graph) fn term(&self, id: TermId) -> Option<TermRef<'_>> {
        self.base.term(id).or_else(|| self.terms.get(id).map(Term::as_ref))
    }

    /// How many triples of the default graph match a pattern, without a walk over them.
    pub(in crate::graph) fn count(&self, pattern: [Option<TermId>; 3]) -> usize {
        let [s, p, o] = pattern;
        let of_base = self.base.count(s, p, o);
        if self.changes() == 0 {
            return of_base;
        }
        (of_base + self.added.matching(pattern).len()).saturating_sub(self.removed.matching(pattern).len())
    }

    /// The triples of the default graph that match a pattern.
    #[inline]
    pub(in crate::graph) fn triples(&self, pattern: [Option<TermId>; 3]) -> Triples<'_> {
        let [s, p, o] = pattern;
        let base = self.base.matching(s, p, o);
        if self.changes() == 0 {
            return Triples::Plain(base);
        }
        let permutation = Permutation::of_pattern(pattern);
        Triples::new(permutation, base, self.removed.matching(pattern), self.added.matching(pattern))
    }

    /// The triples of a named graph that match a pattern.
    pub(in crate::graph) fn triples_of(&self, graph: TermId, pattern: [Option<TermId>; 3]) -> Triples<'_> {
        let found = self.named.get(&graph).map(|triples| triples.matching(pattern)).unwrap_or_default();
        Triples::Named(Permutation::of_pattern(pattern), found.iter())
    }

    /// Whether a quad is there.
    pub(super) fn has(&self, quad: QuadIds) -> bool {
        let pattern = quad.triple.map(Some);
        match quad.graph {
            None => self.count(pattern) > 0,
            Some(graph) => self.triples_of(graph, pattern).next().is_some(),
        }
    }

    /// The quad of numbers.
    pub(in crate::graph) fn quad(&self, ids: QuadIds) -> Option<Quad> {
        let [subject, predicate, object] = ids.triple.map(|id| self.term(id));
        let graph_name = match ids.graph {
            None => GraphName::DefaultGraph,
            Some(name) => resource(self.term(name)?)?.into(),
        };
        let TermRef::NamedNode(predicate) = predicate? else { return None };
        Some(Quad {
            subject: resource(subject?)?,
            predicate: predicate.into_owned(),
            object: object?.into_owned(),
            graph_name,
        })
    }

    /// The quads whose terms are these, of a graph or of any, the default graph too.
    pub(in crate::graph) fn quads<'a>(
        &'a self,
        terms: [Option<TermRef<'_>>; 3],
        graph: Option<GraphNameRef<'_>>,
    ) -> Box<dyn Iterator<Item = Quad> + 'a> {
        let mut pattern = [None; 3];
        for (id, term) in pattern.iter_mut().zip(terms) {
            if let Some(term) = term {
                *id = self.id(term);
                if id.is_none() {
                    return Box::new(iter::empty());
                }
            }
        }
        let of_default =
            move || self.triples(pattern).filter_map(move |triple| self.quad(QuadIds { graph: None, triple }));
        let of_named = move |name| {
            let quad = move |triple| self.quad(QuadIds { graph: Some(name), triple });
            self.triples_of(name, pattern).filter_map(quad)
        };
        match graph.map(graph_term) {
            None => Box::new(of_default().chain(self.named_graphs().flat_map(of_named))),
            Some(None) => Box::new(of_default()),
            Some(Some(name)) => Box::new(self.id(name).into_iter().flat_map(of_named)),
        }
    }

    /// The names of the named graphs, as terms.
    pub(in crate::graph) fn names_of_graphs(&self) -> impl Iterator<Item = NamedOrBlankNode> + '_ {
        self.named_graphs().filter_map(|name| resource(self.term(name)?))
    }

    /// The quads of all named graphs.
    pub(super) fn named_quads(&self) -> impl Iterator<Item = Quad> + '_ {
        self.quads([None; 3], None).filter(|quad| !quad.graph_name.is_default_graph())
    }

    /// What a commit comes to: quads taken out, then quads put in. Nothing where no number is left for a new term.
    pub(in crate::graph) fn step<'q>(
        &self,
        revision: u64,
        removed: impl Iterator<Item = QuadRef<'q>>,
        added: impl Iterator<Item = QuadRef<'q>>,
    ) -> Option<Step> {
        let mut gone: BTreeSet<QuadIds> =
            removed.filter_map(|quad| self.quad_ids(quad)).filter(|quad| self.has(*quad)).collect();
        let mut new_terms = Interned::default();
        let mut come = BTreeSet::new();
        for quad in added {
            let quad = self.numbered(quad, &mut new_terms)?;
            if !gone.remove(&quad) && !self.has(quad) {
                come.insert(quad);
            }
        }
        Some(Step {
            revision,
            terms: new_terms.into_terms().into(),
            removed: gone.into_iter().collect(),
            added: come.into_iter().collect(),
        })
    }

    fn quad_ids(&self, quad: QuadRef<'_>) -> Option<QuadIds> {
        let graph = match graph_term(quad.graph_name) {
            Some(name) => Some(self.id(name)?),
            None => None,
        };
        let triple = [self.id(quad.subject.into())?, self.id(quad.predicate.into())?, self.id(quad.object)?];
        Some(QuadIds { graph, triple })
    }

    /// The quad in numbers, where terms that are not known get the next ones.
    fn numbered(&self, quad: QuadRef<'_>, new_terms: &mut Interned) -> Option<QuadIds> {
        let first = self.base.term_count() + self.terms.len();
        let mut number =
            |term: TermRef<'_>| self.id(term).or_else(|| TermId::from_index(first + new_terms.number(term) as usize));
        let graph = match graph_term(quad.graph_name) {
            Some(name) => Some(number(name)?),
            None => None,
        };
        let triple = [number(quad.subject.into())?, number(quad.predicate.into())?, number(quad.object)?];
        let has_room = |id: &TermId| id.number() < FIRST_MADE;
        triple.iter().chain(&graph).all(has_room).then_some(QuadIds { graph, triple })
    }

    /// The view after a step; nothing where no number is left for a new term.
    pub(in crate::graph) fn after(&self, step: &Step) -> Option<Self> {
        let mut next = self.clone();
        next.terms = self.terms.with(Arc::clone(&step.terms))?;
        next.revision = step.revision;
        let of_default = |quads: &[QuadIds]| -> Vec<[TermId; 3]> {
            quads.iter().filter(|quad| quad.graph.is_none()).map(|quad| quad.triple).collect()
        };
        // What is removed was added by a commit or stands in the snapshot; what is added was removed by one or is new.
        let is_added = |triple: &[TermId; 3]| !self.added.matching(triple.map(Some)).is_empty();
        let is_removed = |triple: &[TermId; 3]| !self.removed.matching(triple.map(Some)).is_empty();
        let (no_longer_added, removed): (Vec<_>, Vec<_>) = of_default(&step.removed).into_iter().partition(is_added);
        let (no_longer_removed, added): (Vec<_>, Vec<_>) = of_default(&step.added).into_iter().partition(is_removed);
        next.added = self.added.with(&no_longer_added, &added);
        next.removed = self.removed.with(&no_longer_removed, &removed);
        next.change_named(step);
        Some(next)
    }

    /// Changes the named graphs; one that says nothing any more is no longer there.
    fn change_named(&mut self, step: &Step) {
        let mut changes: BTreeMap<TermId, [Vec<[TermId; 3]>; 2]> = BTreeMap::new();
        for (place, quads) in [&step.removed, &step.added].into_iter().enumerate() {
            for quad in quads {
                let lists = quad.graph.map(|graph| changes.entry(graph).or_default());
                if let Some(list) = lists.and_then(|lists| lists.get_mut(place)) {
                    list.push(quad.triple);
                }
            }
        }
        for (graph, [removed, added]) in changes {
            let triples = self.named.get(&graph).map_or(&TripleSet::EMPTY, Arc::as_ref).with(&removed, &added);
            if triples.is_empty() {
                self.named.remove(&graph);
            } else {
                self.named.insert(graph, Arc::new(triples));
            }
        }
    }
}

fn resource(term: TermRef<'_>) -> Option<NamedOrBlankNode> {
    match term {
        TermRef::NamedNode(node) => Some(node.into_owned().into()),
        TermRef::BlankNode(node) => Some(node.into_owned().into()),
        TermRef::Literal(_) => None,
    }
}

fn graph_term(name: GraphNameRef<'_>) -> Option<TermRef<'_>> {
    match name {
        GraphNameRef::DefaultGraph => None,
        GraphNameRef::NamedNode(name) => Some(name.into()),
        GraphNameRef::BlankNode(name) => Some(name.into()),
    }
}
