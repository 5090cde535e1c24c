//! The answer to a triple pattern.

use super::dictionary::TermId;
use super::order::{Order, Permutation, Row};
use std::cmp::Ordering;
use std::iter::FusedIterator;
use std::slice;

/// The triples of a [`Snapshot`](super::Snapshot) that match a pattern, each once, as subject,
/// predicate and object, sorted by their numbers in the order of
/// [`Snapshot::matching`](super::Snapshot::matching). Its length is known without a walk.
#[derive(Clone, Debug)]
pub struct Matching<'a> {
    permutation: Permutation,
    first: TermId,
    /// How many rows of the group of `first` are left; then the next groups follow.
    left: usize,
    rows: slice::Iter<'a, Row>,
    /// Where the next groups end.
    ends: slice::Iter<'a, u32>,
    /// Where the group of `first` ends.
    end: u32,
}

impl<'a> Matching<'a> {
    /// The triples of one group, or a part of it.
    #[inline]
    pub(super) fn group(permutation: Permutation, first: TermId, rows: &'a [Row]) -> Self {
        Self { permutation, first, left: rows.len(), rows: rows.iter(), ends: [].iter(), end: 0 }
    }

    /// All triples.
    pub(super) fn all(order: &'a Order, permutation: Permutation) -> Self {
        let mut ends = order.ends().iter();
        let end = ends.next().copied().unwrap_or_default();
        Self { permutation, first: TermId::MIN, left: end as usize, rows: order.rows().iter(), ends, end }
    }

    /// How many of the next triples stand before a triple of these parts, in the order and the sequence of the pattern's
    /// permutation; fewer where some stand in another group than the next one does.
    pub fn before(&self, [first, second, third]: [TermId; 3]) -> usize {
        let group = self.rows.as_slice().get(..self.left).unwrap_or_default();
        match self.first.cmp(&first) {
            Ordering::Less => group.len(),
            Ordering::Equal => group.partition_point(|row| *row < Row::of(second, third)),
            Ordering::Greater => 0,
        }
    }

    /// Goes on to the next group that has rows.
    fn next_group(&mut self) -> Option<()> {
        for end in self.ends.by_ref() {
            self.first = TermId::of(self.first.number().checked_add(1)?);
            if *end > self.end {
                self.left = (*end - self.end) as usize;
                self.end = *end;
                return Some(());
            }
        }
        None
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

    /// Passes over whole groups without looking at their rows.
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.rows = self.rows.as_slice().get(n..).unwrap_or_default().iter();
        let mut left_to_pass = n;
        while left_to_pass >= self.left {
            left_to_pass -= self.left;
            self.left = 0;
            self.next_group()?;
        }
        self.left -= left_to_pass;
        self.next()
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
