//! The triples of a snapshot with what was removed and added, in one order.

use super::super::dictionary::TermId;
use super::super::matching::Matching;
use super::super::order::{Order, Permutation};
use std::iter::Peekable;

/// The parts of the triples as they stand in an order, sorted.
pub(super) struct Merged<'a> {
    base: Peekable<Matching<'a>>,
    removed: &'a [[TermId; 3]],
    added: &'a [[TermId; 3]],
}

impl<'a> Merged<'a> {
    /// The triples of an order without what is removed and with what is added, both sorted in the same order.
    pub(super) fn of(order: &'a Order, removed: &'a [[TermId; 3]], added: &'a [[TermId; 3]]) -> Self {
        // The parts are wanted as they stand, which is how this permutation tells them.
        Self { base: Matching::all(order, Permutation::Spo).peekable(), removed, added }
    }

    /// Whether all that is removed was met so far.
    pub(super) fn met_all_removed(&self) -> bool {
        self.removed.is_empty()
    }
}

impl Iterator for Merged<'_> {
    type Item = [TermId; 3];

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while let Some((removed, rest)) = self.removed.split_first()
            && self.base.next_if_eq(removed).is_some()
        {
            self.removed = rest;
        }
        match self.added.split_first() {
            Some((added, rest)) if self.base.peek().is_none_or(|base| added < base) => {
                self.added = rest;
                Some(*added)
            }
            _ => self.base.next(),
        }
    }
}
