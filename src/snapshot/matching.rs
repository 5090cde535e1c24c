//! The answer to a triple pattern.

use super::dictionary::TermId;
use super::order::{Order, Permutation, Row};
use std::iter::FusedIterator;
use std::slice;

/// The triples of a [`Snapshot`](super::Snapshot) that match a pattern, each once, as subject,
/// predicate and object, sorted by their numbers in the order of
/// [`Snapshot::matching`](super::Snapshot::matching). Its length is known without a walk.
#[derive(Clone, Debug)]
pub struct Matching<'a> {
    order: &'a Order,
    permutation: Permutation,
    first: TermId,
    /// How many rows of the group of `first` are left; then the next groups follow.
    left: usize,
    rows: slice::Iter<'a, Row>,
}

impl<'a> Matching<'a> {
    /// The triples of one group, or a part of it.
    #[inline]
    pub(super) fn group(order: &'a Order, permutation: Permutation, first: TermId, rows: &'a [Row]) -> Self {
        Self { order, permutation, first, left: rows.len(), rows: rows.iter() }
    }

    /// All triples.
    pub(super) fn all(order: &'a Order, permutation: Permutation) -> Self {
        let left = order.end(TermId::MIN).unwrap_or(0);
        Self { order, permutation, first: TermId::MIN, left, rows: order.rows(0..order.len()).iter() }
    }

    /// Goes on to the next group that has rows.
    fn next_group(&mut self) -> Option<()> {
        while self.left == 0 {
            let next = TermId::from_index(self.first.index() + 1)?;
            self.left = self.order.end(next)? - self.order.end(self.first)?;
            self.first = next;
        }
        Some(())
    }
}

impl Iterator for Matching<'_> {
    type Item = [TermId; 3];

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let row = self.rows.next()?;
        if self.left == 0 {
            self.next_group()?;
        }
        self.left -= 1;
        Some(self.permutation.undo([self.first, row.second(), row.third()]))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    #[inline]
    fn count(self) -> usize {
        self.rows.len()
    }
}

impl ExactSizeIterator for Matching<'_> {}

impl FusedIterator for Matching<'_> {}
