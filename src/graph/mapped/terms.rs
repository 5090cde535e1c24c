//! The terms that commits brought since the snapshot was made.

use crate::rdf::Term;
use crate::snapshot::TermId;
use hashbrown::HashTable;
use oxigraph::model::TermRef;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

/// New terms, numbered behind those of a snapshot. What is there stays: more terms make another value, which shares the
/// texts of this one.
#[derive(Clone)]
pub(super) struct NewTerms {
    /// How many terms the snapshot has.
    first: usize,
    len: usize,
    /// Those of each commit that brought some, and the place of the first of them.
    runs: Vec<(usize, Arc<[Term]>)>,
    /// Places by the hashes of their terms, whose keys nobody outside knows.
    table: HashTable<Slot>,
    hasher: RandomState,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u64,
    place: u32,
}

impl NewTerms {
    /// No terms yet, behind those of a snapshot.
    pub(super) fn after(first: usize) -> Self {
        Self { first, len: 0, runs: Vec::new(), table: HashTable::new(), hasher: RandomState::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The term of a number.
    pub(super) fn get(&self, id: TermId) -> Option<&Term> {
        self.at(id.index().checked_sub(self.first)?)
    }

    fn at(&self, place: usize) -> Option<&Term> {
        let run = self.runs.partition_point(|(start, _)| *start <= place).checked_sub(1)?;
        let (start, terms) = self.runs.get(run)?;
        terms.get(place - start)
    }

    /// The number of a term.
    pub(super) fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        if self.len == 0 {
            return None;
        }
        let hash = self.hasher.hash_one(term);
        let is_same =
            |slot: &Slot| slot.hash == hash && self.at(slot.place as usize).is_some_and(|known| known.as_ref() == term);
        let slot = self.table.find(hash, is_same)?;
        TermId::from_index(self.first + slot.place as usize)
    }

    /// The same with more, none of which is here; nothing where no number is left.
    pub(super) fn with(&self, terms: Arc<[Term]>) -> Option<Self> {
        if terms.is_empty() {
            return Some(self.clone());
        }
        let mut more = self.clone();
        for (offset, term) in terms.iter().enumerate() {
            let place = self.len + offset;
            TermId::from_index(self.first + place).filter(|id| id.number() < FIRST_MADE)?;
            let hash = self.hasher.hash_one(term.as_ref());
            let slot = Slot { hash, place: u32::try_from(place).ok()? };
            more.table.insert_unique(hash, slot, |slot| slot.hash);
        }
        more.len += terms.len();
        more.runs.push((self.len, terms));
        Some(more)
    }

    /// All of them, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Term> {
        self.runs.iter().flat_map(|(_, terms)| terms.iter())
    }
}

/// Numbers from here on are of terms that expressions make while a query is evaluated.
pub(super) const FIRST_MADE: u32 = 1 << 31;
