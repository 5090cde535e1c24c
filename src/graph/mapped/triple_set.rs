//! Some triples, sorted in each of the three orders: what a commit adds and takes away, and named graphs.

use crate::snapshot::{Permutation, TermId};

/// The parts of a triple, in the order that an array of them is sorted by.
pub(super) type Parts = [TermId; 3];

/// A set of triples that never changes, 36 bytes for each.
#[derive(Clone, Debug, Default)]
pub(super) struct TripleSet {
    /// The parts of each triple, in the sequence of each of [`Permutation::ALL`] and sorted by it.
    orders: [Vec<Parts>; 3],
}

impl TripleSet {
    /// No triples.
    pub(super) const EMPTY: Self = Self { orders: [Vec::new(), Vec::new(), Vec::new()] };

    /// The set with some triples taken away and others put in. What is taken away is in the set, and what is put in is not.
    ///
    /// Copies the set: a commit is small beside what a delta may grow to, and what copies it is a merge of sorted arrays.
    pub(super) fn with(&self, removed: &[[TermId; 3]], added: &[[TermId; 3]]) -> Self {
        let mut orders: [Vec<Parts>; 3] = Default::default();
        for ((order, permutation), kept) in orders.iter_mut().zip(Permutation::ALL).zip(&self.orders) {
            *order = merged(kept, &sorted(removed, permutation), &sorted(added, permutation));
        }
        Self { orders }
    }

    /// How many triples there are.
    pub(super) fn len(&self) -> usize {
        self.orders.first().map_or(0, Vec::len)
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The parts of all triples in each of [`Permutation::ALL`].
    pub(super) fn orders(&self) -> [&[Parts]; 3] {
        self.orders.each_ref().map(Vec::as_slice)
    }

    /// The parts of the triples that match a pattern, in the order that answers it.
    pub(super) fn matching(&self, pattern: [Option<TermId>; 3]) -> &[Parts] {
        let permutation = Permutation::of_pattern(pattern);
        let [spo, pos, osp] = &self.orders;
        let order = match permutation {
            Permutation::Spo => spo,
            Permutation::Pos => pos,
            Permutation::Osp => osp,
        };
        // What is given comes first in the order of its pattern.
        let asked = permutation.apply(pattern);
        let given = asked.iter().take_while(|part| part.is_some()).count();
        let compare = |parts: &Parts| {
            let pairs = parts.iter().zip(&asked).take(given);
            pairs
                .map(|(part, asked)| Some(*part).cmp(asked))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        let from = order.partition_point(|parts| compare(parts).is_lt());
        let rest = order.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|parts| compare(parts).is_eq())).unwrap_or_default()
    }
}

fn sorted(triples: &[[TermId; 3]], permutation: Permutation) -> Vec<Parts> {
    let mut parts: Vec<Parts> = triples.iter().map(|triple| permutation.apply(*triple)).collect();
    parts.sort_unstable();
    parts
}

/// What is in `kept` and not in `removed`, with what is in `added`.
fn merged(kept: &[Parts], removed: &[Parts], added: &[Parts]) -> Vec<Parts> {
    let mut all = Vec::with_capacity(kept.len() + added.len());
    let mut rest = kept;
    let mut changes = removed.iter().map(|parts| (parts, false)).chain(added.iter().map(|parts| (parts, true)));
    let mut changes: Vec<_> = changes.by_ref().collect();
    changes.sort_unstable();
    for (parts, is_added) in changes {
        let (before, after) = rest.split_at(rest.partition_point(|kept| kept < parts));
        all.extend_from_slice(before);
        rest = after;
        if is_added {
            all.push(*parts);
        } else {
            rest = rest.split_first().map_or(rest, |(_, others)| others);
        }
    }
    all.extend_from_slice(rest);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn triple() -> impl Strategy<Value = [u32; 3]> {
        [0..4_u32, 0..3, 0..5]
    }

    fn ids(triples: impl IntoIterator<Item = [u32; 3]>) -> Vec<[TermId; 3]> {
        triples.into_iter().map(|triple| triple.map(TermId::of)).collect()
    }

    proptest! {
        #[test]
        fn a_set_answers_patterns_as_a_list_of_triples_does(
            before in proptest::collection::btree_set(triple(), 0..30),
            after in proptest::collection::btree_set(triple(), 0..30),
            pattern in [proptest::option::of(0..4_u32), proptest::option::of(0..3_u32), proptest::option::of(0..5_u32)],
        ) {
            let removed = ids(before.difference(&after).copied());
            let added = ids(after.difference(&before).copied());
            let set = TripleSet::default().with(&[], &ids(before)).with(&removed, &added);
            prop_assert_eq!(set.len(), after.len());
            let fits = |triple: &&[u32; 3]| triple.iter().zip(&pattern).all(|(part, asked)| asked.is_none_or(|asked| asked == *part));
            let expected: BTreeSet<[u32; 3]> = after.iter().filter(fits).copied().collect();
            let asked = pattern.map(|part| part.map(TermId::of));
            let permutation = Permutation::of_pattern(asked);
            let found = set.matching(asked);
            prop_assert!(found.is_sorted());
            let found: BTreeSet<[u32; 3]> = found.iter().map(|parts| permutation.undo(*parts).map(TermId::number)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
