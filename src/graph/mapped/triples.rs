//! The answer to a triple pattern.

use super::triple_set::Parts;
use crate::snapshot::{Matching, Permutation, TermId};
use std::iter::Peekable;
use std::slice;

/// The triples of a [`View`](super::View) that match a pattern, each once, in the order in which
/// [`Snapshot::matching`](crate::snapshot::Snapshot::matching) gives those of a snapshot.
pub(in crate::graph) enum Triples<'a> {
    /// No change touches the pattern.
    Plain(Matching<'a>),
    /// Those of the snapshot without what was removed, and what was added in between.
    Changed(Box<Changed<'a>>),
    /// Those of a named graph.
    Named(Permutation, slice::Iter<'a, Parts>),
}

pub(in crate::graph) struct Changed<'a> {
    permutation: Permutation,
    /// The next triple of the snapshot, and those behind it.
    head: Option<[TermId; 3]>,
    base: Matching<'a>,
    removed: Peekable<slice::Iter<'a, Parts>>,
    added: Peekable<slice::Iter<'a, Parts>>,
}

impl<'a> Triples<'a> {
    /// The triples of a snapshot, without those of `removed`, all of which are among them, and with those of `added`,
    /// none of which is; both in the sequence and the order of the pattern's permutation.
    pub(super) fn new(
        permutation: Permutation,
        mut base: Matching<'a>,
        removed: &'a [Parts],
        added: &'a [Parts],
    ) -> Self {
        if removed.is_empty() && added.is_empty() {
            return Self::Plain(base);
        }
        Self::Changed(Box::new(Changed {
            permutation,
            head: base.next(),
            base,
            removed: removed.iter().peekable(),
            added: added.iter().peekable(),
        }))
    }
}

impl Iterator for Triples<'_> {
    type Item = [TermId; 3];

    #[inline]
    fn next(&mut self) -> Option<[TermId; 3]> {
        match self {
            Self::Plain(matching) => matching.next(),
            Self::Changed(changed) => changed.next(),
            Self::Named(permutation, parts) => parts.next().map(|parts| permutation.undo(*parts)),
        }
    }

    /// Passes over triples without looking at them, but for those that changes touch.
    #[inline]
    fn nth(&mut self, n: usize) -> Option<[TermId; 3]> {
        match self {
            Self::Plain(matching) => matching.nth(n),
            Self::Changed(changed) => changed.nth(n),
            Self::Named(permutation, parts) => parts.nth(n).map(|parts| permutation.undo(*parts)),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = match self {
            Self::Plain(matching) => matching.len(),
            Self::Changed(changed) => (changed.base_len() + changed.added.len()).saturating_sub(changed.removed.len()),
            Self::Named(_, parts) => parts.len(),
        };
        (len, Some(len))
    }
}

impl Iterator for Changed<'_> {
    type Item = [TermId; 3];

    fn next(&mut self) -> Option<[TermId; 3]> {
        loop {
            let Some(triple) = self.head else { return self.next_added() };
            let parts = self.permutation.apply(triple);
            if self.removed.next_if(|removed| **removed == parts).is_some() {
                self.head = self.base.next();
            } else if self.added.peek().is_some_and(|added| **added < parts) {
                return self.next_added();
            } else {
                self.head = self.base.next();
                return Some(triple);
            }
        }
    }

    fn nth(&mut self, mut skipped: usize) -> Option<[TermId; 3]> {
        loop {
            let passed = self.unchanged().min(skipped);
            if let Some(behind_head) = passed.checked_sub(1) {
                self.head = self.base.nth(behind_head);
                skipped -= passed;
            }
            let triple = self.next()?;
            if skipped == 0 {
                return Some(triple);
            }
            skipped -= 1;
        }
    }
}

impl Changed<'_> {
    fn next_added(&mut self) -> Option<[TermId; 3]> {
        self.added.next().map(|parts| self.permutation.undo(*parts))
    }

    /// How many triples of the snapshot are left.
    fn base_len(&self) -> usize {
        self.base.len() + usize::from(self.head.is_some())
    }

    /// How many of the next triples are the snapshot's own, at least.
    fn unchanged(&mut self) -> usize {
        let change = match (self.removed.peek(), self.added.peek()) {
            (Some(removed), Some(added)) => **removed.min(added),
            (Some(change), None) | (None, Some(change)) => **change,
            (None, None) => return self.base_len(),
        };
        match self.head {
            Some(head) if self.permutation.apply(head) < change => 1 + self.base.before(change),
            _ => 0,
        }
    }
}
