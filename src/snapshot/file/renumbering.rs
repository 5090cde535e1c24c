//! Which terms still stand in a triple, and their new numbers.

use super::super::dictionary::TermId;
use super::super::order::Order;

/// The new numbers of terms, in the same sequence.
#[derive(Debug)]
pub(super) struct Renumbering {
    /// The new number of each term.
    numbers: Vec<u32>,
    /// How many terms have one.
    len: usize,
}

impl Renumbering {
    /// The number of a term that stands in no triple any more.
    const NONE: u32 = u32::MAX;

    /// New numbers for all terms that are in use.
    pub(super) fn of(in_use: InUse) -> Self {
        let mut numbers = in_use.0;
        let mut next = 0;
        for number in &mut numbers {
            if *number == InUse::YES {
                *number = next;
                next += 1;
            }
        }
        Self { numbers, len: next as usize }
    }

    /// How many terms are in use.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The new number of a term. `None` if it has none.
    #[inline]
    pub(super) fn get(&self, id: TermId) -> Option<TermId> {
        self.numbers.get(id.index()).filter(|number| **number != Self::NONE).map(|number| TermId::of(*number))
    }
}

/// Which terms stand in a triple.
#[derive(Debug)]
pub(super) struct InUse(Vec<u32>);

impl InUse {
    const YES: u32 = 0;

    /// None of so many terms.
    pub(super) fn none_of(terms: usize) -> Self {
        Self(vec![Renumbering::NONE; terms])
    }

    /// Notes the first parts of an order's triples without what is removed and with what is added, both sorted.
    pub(super) fn note(&mut self, order: &Order, removed: &[[TermId; 3]], added: &[[TermId; 3]]) {
        let mut removed = removed.chunk_by(|[one, ..], [other, ..]| one == other).peekable();
        let mut start = 0;
        for (term, end) in order.ends().iter().enumerate() {
            let is_group = |run: &&[[TermId; 3]]| run.first().is_some_and(|[first, ..]| first.index() == term);
            let gone = removed.next_if(is_group).map_or(0, <[_]>::len);
            if end.saturating_sub(start) as usize > gone {
                self.mark(term);
            }
            start = *end;
        }
        for [first, ..] in added {
            self.mark(first.index());
        }
    }

    fn mark(&mut self, term: usize) {
        if let Some(mark) = self.0.get_mut(term) {
            *mark = Self::YES;
        }
    }
}
