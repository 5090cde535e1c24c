//! The snapshot itself.

use super::builder::Builder;
use super::dictionary::{Dictionary, TermId};
use super::matching::Matching;
use super::order::{Order, Permutation};
use super::terms::Terms;
use crate::rdf::Triple;
use oxrdf::TermRef;
use std::sync::OnceLock;

/// An immutable set of triples over numbered terms, in memory or in a mapped file.
///
/// In memory it holds the text of each term once, and eight bytes for each triple and four for each term in
/// each order in use. The order by subject is always there; those by predicate and by object are
/// made when the first pattern asks for them. In a file all three are there, and opening it reads
/// next to nothing into memory that is not shared with others who map it.
///
/// The same inputs give the same numbers, and so the same order of triples, on every machine that
/// reads with as many threads; on others the numbers may differ, the triples never.
#[derive(Debug)]
pub struct Snapshot {
    pub(super) terms: Terms,
    by_subject: Order,
    by_predicate: OnceLock<Order>,
    by_object: OnceLock<Order>,
}

impl Snapshot {
    /// The snapshot of triples that are already in memory; their blank nodes keep their labels.
    ///
    /// Takes what can be numbered, four thousand million terms and triples; a [`Builder`] says
    /// when there are more.
    pub fn of(triples: impl IntoIterator<Item = Triple>) -> Self {
        let mut builder = Builder::new();
        let _: Result<(), _> = triples.into_iter().try_for_each(|triple| builder.add(&triple));
        builder.finish().unwrap_or_else(|_| Self::empty())
    }

    fn empty() -> Self {
        let by_subject = Order::default();
        let terms = Terms::Built(Dictionary::new());
        Self { terms, by_subject, by_predicate: OnceLock::new(), by_object: OnceLock::new() }
    }

    /// Sorts triples over the terms of a dictionary; `None` if they are too many.
    pub(super) fn sorted(dictionary: Dictionary, triples: &[[TermId; 3]]) -> Option<Self> {
        let by_subject = Order::of(dictionary.len(), triples.iter().copied())?;
        Some(Self { terms: Terms::Built(dictionary), by_subject, ..Self::empty() })
    }

    /// The snapshot of terms and orders that lie in a file, the orders in the sequence of [`Permutation::ALL`].
    pub(super) fn mapped(terms: Terms, [by_subject, by_predicate, by_object]: [Order; 3]) -> Self {
        Self { terms, by_subject, by_predicate: by_predicate.into(), by_object: by_object.into() }
    }

    /// The number of a term; `None` if it stands in no triple.
    pub fn id(&self, term: TermRef<'_>) -> Option<TermId> {
        self.terms.find(term)
    }

    /// The term of a number of this snapshot. Copies nothing.
    #[inline]
    pub fn term(&self, id: TermId) -> Option<TermRef<'_>> {
        self.terms.term(id)
    }

    /// The triples with the given subject, predicate and object, where `None` is any.
    ///
    /// They are sorted by subject, predicate, object, if the subject is given alone or with the
    /// predicate, or if nothing is; by predicate, object, subject, if the predicate is given
    /// without the subject; and by object, subject, predicate otherwise.
    #[inline]
    pub fn matching(&self, s: Option<TermId>, p: Option<TermId>, o: Option<TermId>) -> Matching<'_> {
        let permutation = Permutation::of_pattern([s, p, o]);
        let order = self.order(permutation);
        match permutation.apply([s, p, o]) {
            [Some(first), second, third] => Matching::group(permutation, first, order.range(first, second, third)),
            [None, ..] => Matching::all(order, permutation),
        }
    }

    /// How many triples match a pattern, found by two binary searches at most.
    #[inline]
    pub fn count(&self, s: Option<TermId>, p: Option<TermId>, o: Option<TermId>) -> usize {
        self.matching(s, p, o).len()
    }

    /// How many triples there are; one that was read twice counts once.
    pub fn len(&self) -> usize {
        self.by_subject.len()
    }

    /// Whether there is no triple.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every term, in the order of the numbers.
    pub fn terms(&self) -> impl Iterator<Item = TermRef<'_>> {
        (0..self.term_count()).filter_map(TermId::from_index).filter_map(|id| self.term(id))
    }

    /// How many terms stand in triples; the numbers of terms are below.
    pub fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// The triples, sorted in one way.
    #[inline]
    pub(crate) fn order(&self, permutation: Permutation) -> &Order {
        match permutation {
            Permutation::Spo => &self.by_subject,
            Permutation::Pos => self.by_predicate.get_or_init(|| self.sort(permutation)),
            Permutation::Osp => self.by_object.get_or_init(|| self.sort(permutation)),
        }
    }

    fn sort(&self, permutation: Permutation) -> Order {
        let triples = Matching::all(&self.by_subject, Permutation::Spo);
        // What could be sorted by subject can be sorted by any part.
        Order::of(self.term_count(), triples.map(|triple| permutation.apply(triple))).unwrap_or_default()
    }
}
