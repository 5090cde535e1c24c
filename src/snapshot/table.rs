//! The way from a term to its number, as an array that a file can hold.

use super::dictionary::TermId;
use super::tag::Tag;
use bytemuck::{Pod, Zeroable};
use std::collections::hash_map::RandomState;
#[expect(deprecated, reason = "what took its place promises no algorithm, and a file outlives a build")]
use std::hash::SipHasher;
use std::hash::{BuildHasher, Hasher};

/// The secret that terms are hashed with, drawn for each file, so that nobody can choose terms that collide.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Key([u64; 2]);

impl Key {
    /// A new one.
    pub(super) fn draw() -> Self {
        // Each state has keys of its own from the system's randomness.
        Self([0, 1].map(|_| RandomState::new().build_hasher().finish()))
    }

    /// The hash of a term by SipHash-2-4.
    #[expect(deprecated, reason = "as above")]
    pub(super) fn hash(self, tag: Tag, text: &str) -> u64 {
        let Self([first, second]) = self;
        let mut hasher = SipHasher::new_with_keys(first, second);
        hasher.write(text.as_bytes());
        hasher.write(&tag.number().to_le_bytes());
        hasher.finish()
    }
}

/// A place of the table: a part of the hash, so that few comparisons touch a text, and the number of the term from
/// 1, where 0 says that the place is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Slot {
    hash: u32,
    number: u32,
}

impl Slot {
    const FREE: Self = Self { hash: 0, number: 0 };

    /// The slot of a term. The upper bits of a hash choose the place, so the lower ones tell terms apart there.
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    fn of(hash: u64, id: TermId) -> Self {
        Self { hash: hash as u32, number: id.number() + 1 }
    }
}

/// A table for terms that are added one after the other.
#[derive(Debug)]
pub(super) struct Table(Vec<Slot>);

impl Table {
    /// A table for so many terms. A third of it stays free, so that a term is found within a few places.
    pub(super) fn for_terms(count: usize) -> Self {
        Self(vec![Slot::FREE; count + count / 2 + 1])
    }

    /// Adds a term that is not there yet; its number is below 2³² - 1.
    pub(super) fn add(&mut self, hash: u64, id: TermId) {
        let place = place(hash, self.0.len());
        let (before, from) = self.0.split_at_mut(place);
        if let Some(free) = from.iter_mut().chain(before).find(|slot| **slot == Slot::FREE) {
            *free = Slot::of(hash, id);
        }
    }

    /// All places.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.0
    }
}

/// The number of the term with a hash for which `is` holds.
pub(super) fn find(slots: &[Slot], hash: u64, is: impl Fn(TermId) -> bool) -> Option<TermId> {
    let (before, from) = slots.split_at_checked(place(hash, slots.len()))?;
    from.iter()
        .chain(before)
        .take_while(|slot| slot.number != 0)
        .filter(|slot| Slot { number: slot.number, ..Slot::of(hash, TermId::MIN) } == **slot)
        .map(|slot| TermId::of(slot.number - 1))
        .find(|id| is(*id))
}

/// Where to begin to look for a hash in a table of a length: the hash as a fraction of all hashes.
#[expect(clippy::cast_possible_truncation, reason = "a part of the length is not longer")]
fn place(hash: u64, len: usize) -> usize {
    ((u128::from(hash) * len as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_what_the_authors_of_the_algorithm_say() {
        // Appendix A of the paper: the key 00 to 0f, the input 00 to 0e. The last four bytes are the tag's number.
        let key = Key([0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908]);
        let text = "\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{9}\u{a}";
        let tag: Tag = bytemuck::cast(0x0e0d_0c0b_u32);
        assert_eq!(key.hash(tag, text), 0xa129_ca61_49be_45e5);
    }

    #[test]
    fn keys_differ() {
        let hashes: std::collections::HashSet<_> = (0..100).map(|_| Key::draw().hash(Tag::IRI, "a")).collect();
        assert_eq!(hashes.len(), 100);
    }

    #[test]
    fn terms_of_one_place_are_told_apart_and_found_behind_the_end() {
        let ids: Vec<_> = (0..4).map(TermId::of).collect();
        let mut table = Table::for_terms(4);
        for id in &ids {
            table.add(u64::MAX, *id);
        }
        for id in &ids {
            assert_eq!(find(table.slots(), u64::MAX, |found| found == *id), Some(*id));
        }
        assert_eq!(find(table.slots(), u64::MAX, |_| false), None);
        assert_eq!(find(table.slots(), u64::MAX - 1, |_| true), None);
    }

    #[test]
    fn a_table_without_a_free_place_ends_the_search() {
        let slots = [Slot { hash: 7, number: 1 }; 5];
        assert_eq!(find(&slots, 7, |_| false), None);
        assert_eq!(find(&[], 7, |_| true), None);
    }
}
