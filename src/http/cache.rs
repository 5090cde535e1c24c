//! The representations that were made, kept until what they show changes.
//!
//! The cache asks the catalogue which documents were touched since it last looked, so it drops
//! exactly those and never misses one: whoever sees a revision finds the cache cleared of what
//! that revision touched.

use super::asked::Variant;
use super::representation::{Representation, Shows};
use crate::catalogue::Catalogue;
use crate::register::Touched;
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use std::cell::LazyCell;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a representation is kept under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    path: String,
    selection: String,
    variant: Variant,
    beside: u64,
}

/// What a representation is found by: the path and the query of its document, and its variant.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Sought<'a> {
    pub path: &'a str,
    pub selection: &'a str,
    pub variant: Variant,
    /// The revision of what it shows beside the catalogue.
    pub beside: u64,
}

impl Sought<'_> {
    /// The key to keep under what was sought and not found.
    pub(super) fn to_key(self) -> Key {
        Key {
            path: self.path.to_owned(),
            selection: self.selection.to_owned(),
            variant: self.variant,
            beside: self.beside,
        }
    }
}

impl Equivalent<Key> for Sought<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.variant == key.variant
            && self.path == key.path
            && self.selection == key.selection
            && self.beside == key.beside
    }
}

/// Representations up to a bound of memory; beyond it those go that are asked for least.
pub(super) struct Representations {
    kept: Cache<Key, Arc<Representation>, ByBytes>,
    catalogue: Option<Arc<Catalogue>>,
    /// The revision up to which what was touched is dropped.
    seen: AtomicU64,
    /// Held while something is dropped or put in, so that nothing outdated slips in between.
    change: Mutex<()>,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Representation>> for ByBytes {
    fn weight(&self, key: &Key, representation: &Arc<Representation>) -> u64 {
        (key.path.len() + key.selection.len()) as u64 + representation.weight()
    }
}

/// Where the feed ends; where that cannot be read, nothing of it is kept.
fn feed_end(catalogue: &Catalogue) -> u64 {
    catalogue.present().and_then(|present| present.feed_end()).unwrap_or(u64::MAX)
}

/// What a representation is expected to weigh, in bytes: tells the cache how many to make room for.
const USUAL_WEIGHT: u64 = 12_000;

impl Representations {
    /// A cache of at most this many bytes for the documents of a catalogue; scratch data has none.
    pub(super) fn new(bytes: u64, catalogue: Option<Arc<Catalogue>>) -> Self {
        let revision = catalogue.as_ref().map_or(0, |catalogue| catalogue.revision());
        let items = usize::try_from(bytes / USUAL_WEIGHT).unwrap_or(usize::MAX);
        Self {
            kept: Cache::with_weighter(items, bytes, ByBytes),
            catalogue,
            seen: AtomicU64::new(revision),
            change: Mutex::new(()),
        }
    }

    /// A representation that shows what the catalogue is now, and the revision that this is.
    pub(super) fn get(&self, sought: &Sought<'_>) -> Option<(Arc<Representation>, u64)> {
        let revision = self.latest();
        if revision != self.seen.load(Ordering::Acquire) {
            drop(self.catch_up());
        }
        self.kept.get(sought).map(|representation| (representation, revision))
    }

    /// Keeps a representation, unless what it shows changed while it was made.
    pub(super) fn put(&self, key: Key, representation: Arc<Representation>) {
        let _change = self.catch_up();
        let Some(catalogue) = &self.catalogue else { return };
        let is_current = match &representation.shows {
            Shows::Moment => false,
            Shows::Program => true,
            Shows::Document(iri) => !catalogue.is_touched_since(representation.revision, iri),
            Shows::Feed { until } => feed_end(catalogue) < *until,
            Shows::Catalogue => representation.revision == self.seen.load(Ordering::Acquire),
        };
        if is_current {
            self.kept.insert(key, representation);
        }
    }

    /// The catalogue's latest revision.
    fn latest(&self) -> u64 {
        self.catalogue.as_ref().map_or(0, |catalogue| catalogue.revision())
    }

    /// Drops what was touched since the cache last looked.
    fn catch_up(&self) -> MutexGuard<'_, ()> {
        let change = self.change.lock().unwrap_or_else(PoisonError::into_inner);
        let (seen, latest) = (self.seen.load(Ordering::Acquire), self.latest());
        if let Some(catalogue) = self.catalogue.as_ref().filter(|_| latest != seen) {
            // What is touched meanwhile is dropped too, and again with its own revision.
            let touched = catalogue.touched_since(seen);
            let end = LazyCell::new(|| feed_end(catalogue));
            self.kept.retain(|_, representation| is_kept(representation, &touched, &end));
            self.seen.store(latest, Ordering::Release);
        }
        change
    }
}

/// Whether a representation still shows what is so, after what was touched and where the feed ends.
fn is_kept(representation: &Representation, touched: &Touched, end: &impl Deref<Target = u64>) -> bool {
    match &representation.shows {
        Shows::Program => true,
        Shows::Document(iri) => !touched.has(iri),
        Shows::Feed { until } => **end < *until,
        Shows::Catalogue | Shows::Moment => false,
    }
}
