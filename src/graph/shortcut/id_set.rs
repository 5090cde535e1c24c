//! A set of terms by their numbers, a bit for each number up to the greatest.

use crate::snapshot::TermId;

/// Some terms.
#[derive(Debug, Default)]
pub(super) struct IdSet(Vec<u64>);

impl IdSet {
    /// Puts a term in; whether it was not there.
    pub(super) fn insert(&mut self, id: TermId) -> bool {
        let (word, bit) = place(id);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let Some(word) = self.0.get_mut(word) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Whether a term is there.
    #[inline]
    pub(super) fn contains(&self, id: TermId) -> bool {
        let (word, bit) = place(id);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

#[inline]
fn place(id: TermId) -> (usize, u64) {
    (id.index() / 64, 1 << (id.index() % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_there_and_nothing_else() {
        let mut set = IdSet::default();
        assert!(!set.contains(TermId::of(0)));
        for number in [3, 64, 1_000] {
            assert!(set.insert(TermId::of(number)) && !set.insert(TermId::of(number)));
        }
        let there: Vec<u32> = (0..2_000).filter(|number| set.contains(TermId::of(*number))).collect();
        assert_eq!(there, [3, 64, 1_000]);
    }
}
