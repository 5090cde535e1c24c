//! Terms that are met while something is looked at, each kept once under a number.

use crate::rdf::Term;
use hashbrown::HashTable;
use oxigraph::model::TermRef;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Terms, numbered from 0 in the order in which they came.
#[derive(Default)]
pub(super) struct Interned {
    terms: Vec<Term>,
    /// The numbers by the hashes of their terms: a term that is known is found without being copied.
    table: HashTable<u32>,
}

impl Interned {
    /// The number of a term, which is kept if it is new. No more than `u32::MAX` terms can be told apart; whoever
    /// counts on that many has run out of memory before.
    pub(super) fn number(&mut self, term: TermRef<'_>) -> u32 {
        let hash = FxBuildHasher.hash_one(term);
        match self.find(hash, term) {
            Some(number) => number,
            None => self.add(hash, term.into_owned()),
        }
    }

    /// The same for a term at hand, which is moved in rather than copied.
    pub(super) fn number_of(&mut self, term: Term) -> u32 {
        let hash = FxBuildHasher.hash_one(term.as_ref());
        match self.find(hash, term.as_ref()) {
            Some(number) => number,
            None => self.add(hash, term),
        }
    }

    fn find(&self, hash: u64, term: TermRef<'_>) -> Option<u32> {
        let is_same = |number: &u32| self.get(*number).is_some_and(|known| known.as_ref() == term);
        self.table.find(hash, is_same).copied()
    }

    fn add(&mut self, hash: u64, term: Term) -> u32 {
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        self.terms.push(term);
        let terms = &self.terms;
        let hash_of =
            |number: &u32| terms.get(*number as usize).map_or(0, |term| FxBuildHasher.hash_one(term.as_ref()));
        self.table.insert_unique(hash, number, hash_of);
        number
    }

    /// All terms, in the order of their numbers.
    pub(super) fn into_terms(self) -> Vec<Term> {
        self.terms
    }

    /// The term of a number.
    pub(super) fn get(&self, number: u32) -> Option<&Term> {
        self.terms.get(number as usize)
    }
}
