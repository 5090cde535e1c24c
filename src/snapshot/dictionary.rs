//! The terms of a data set, each stored once and numbered.

use super::error::Full;
use super::tag::{Tag, Tags};
use bytemuck::{Pod, Zeroable};
use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};
use oxrdf::TermRef;
use std::hash::{BuildHasher, Hasher};

/// The number of a term within one snapshot: dense from 0, in the order in which the terms came.
///
/// Its order is the order of triples in a [`Matching`](super::Matching) and says nothing of the
/// terms' texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(u32);

impl TermId {
    /// The least number.
    pub(super) const MIN: Self = Self(0);

    /// The number as an index below [`Snapshot::term_count`](super::Snapshot::term_count), for
    /// tables that have one entry for each term.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The number of an index, if it has 32 bits.
    #[inline]
    pub fn from_index(index: usize) -> Option<Self> {
        u32::try_from(index).ok().map(Self)
    }

    /// The number itself.
    #[inline]
    pub fn number(self) -> u32 {
        self.0
    }

    /// The id of a number.
    #[inline]
    pub fn of(number: u32) -> Self {
        Self(number)
    }
}

/// How many terms share one text: enough that a segment costs little, few enough that a
/// segment's growth moves little.
pub(super) const SEGMENT: usize = 1 << 12;

/// The texts of [`SEGMENT`] terms, one after the other. The texts of all terms in one string
/// would be moved, and for that moment be there twice, whenever it grows.
#[derive(Debug, Default)]
struct Segment {
    text: String,
    terms: Vec<Stored>,
}

/// Where the text of a term ends (it starts where the one before ends), and its kind.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Stored {
    /// The end, in bytes from the start of the segment's text.
    pub(super) end: u32,
    /// The kind.
    pub(super) tag: Tag,
}

impl Segment {
    fn get(&self, index: usize) -> Option<(Tag, &str)> {
        let stored = self.terms.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => self.terms.get(before)?.end,
            None => 0,
        };
        Some((stored.tag, self.text.get(start as usize..stored.end as usize)?))
    }
}

/// A term in the table: a part of its hash, so that neither growth nor most comparisons touch
/// the texts, and its number.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    id: TermId,
}

impl Slot {
    /// The hash that the table works with. It picks the place by the low bits and tells entries
    /// of a place apart by the high ones.
    fn spread(hash: u32) -> u64 {
        u64::from(hash) << 32 | u64::from(hash)
    }
}

/// The terms of a data set.
#[derive(Debug)]
pub(super) struct Dictionary {
    segments: Vec<Segment>,
    len: usize,
    table: HashTable<Slot>,
    hasher: DefaultHashBuilder,
    tags: Tags,
}

impl Dictionary {
    /// A dictionary without terms.
    pub(super) fn new() -> Self {
        Self {
            segments: Vec::new(),
            len: 0,
            table: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            tags: Tags::new(),
        }
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The languages and datatypes that occur.
    pub(super) fn tags(&self) -> &Tags {
        &self.tags
    }

    /// The number of a term that is here.
    pub(super) fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        let (tag, text) = self.tags.split(term)?;
        let hash = self.hash(tag, text);
        let slot = self.table.find(Slot::spread(hash), |slot| is(&self.segments, *slot, hash, tag, text))?;
        Some(slot.id)
    }

    /// Kind and text of a number.
    #[inline]
    pub(super) fn get(&self, id: TermId) -> Option<(Tag, &str)> {
        stored(&self.segments, id)
    }

    /// The number of a term, which is stored if it is new.
    pub(super) fn intern_term(&mut self, term: TermRef<'_>) -> Result<TermId, Full> {
        let (tag, text) = self.tags.split_new(term).ok_or(Full)?;
        self.intern(tag, text)
    }

    /// The number of the term of a kind and a text, which is stored if it is new.
    pub(super) fn intern(&mut self, tag: Tag, text: &str) -> Result<TermId, Full> {
        self.intern_if(tag, text, || true)?.ok_or(Full)
    }

    /// The same, but a new term is stored only if it is `valid`, and has no number otherwise.
    pub(super) fn intern_if(
        &mut self,
        tag: Tag,
        text: &str,
        valid: impl FnOnce() -> bool,
    ) -> Result<Option<TermId>, Full> {
        let hash = self.hash(tag, text);
        let segments = &mut self.segments;
        let entry = self.table.entry(
            Slot::spread(hash),
            |slot| is(segments, *slot, hash, tag, text),
            |slot| Slot::spread(slot.hash),
        );
        match entry {
            Entry::Occupied(slot) => Ok(Some(slot.get().id)),
            Entry::Vacant(place) if valid() => {
                let id = TermId::from_index(self.len).filter(|id| id.0 < u32::MAX).ok_or(Full)?;
                store(segments, self.len, tag, text)?;
                place.insert(Slot { hash, id });
                self.len += 1;
                Ok(Some(id))
            }
            Entry::Vacant(_) => Ok(None),
        }
    }

    /// Takes up the terms of another dictionary; their new numbers, in the order of the old ones.
    pub(super) fn absorb(&mut self, other: Self) -> Result<Vec<TermId>, Full> {
        let mut renumbered = Vec::with_capacity(other.len);
        let Self { segments, tags, .. } = other;
        // Segment by segment, so that what was taken up is freed on the way.
        for segment in segments {
            for index in 0..segment.terms.len() {
                let (tag, text) = segment.get(index).ok_or(Full)?;
                let term = tags.join(tag, text).ok_or(Full)?;
                renumbered.push(self.intern_term(term)?);
            }
        }
        Ok(renumbered)
    }

    fn hash(&self, tag: Tag, text: &str) -> u32 {
        let mut hasher = self.hasher.build_hasher();
        hasher.write(text.as_bytes());
        std::hash::Hash::hash(&tag, &mut hasher);
        let hash = hasher.finish();
        // Either half is as good as the other.
        (hash >> 32) as u32
    }
}

/// Kind and text of a number.
#[inline]
fn stored(segments: &[Segment], id: TermId) -> Option<(Tag, &str)> {
    segments.get(id.index() / SEGMENT)?.get(id.index() % SEGMENT)
}

/// Whether a slot holds a term.
#[inline]
fn is(segments: &[Segment], slot: Slot, hash: u32, tag: Tag, text: &str) -> bool {
    slot.hash == hash && stored(segments, slot.id) == Some((tag, text))
}

/// Puts a new term behind the others.
fn store(segments: &mut Vec<Segment>, len: usize, tag: Tag, text: &str) -> Result<(), Full> {
    if len.is_multiple_of(SEGMENT) {
        if let Some(full) = segments.last_mut() {
            full.text.shrink_to_fit();
        }
        segments.push(Segment { text: String::new(), terms: Vec::with_capacity(SEGMENT.min(len + 16)) });
    }
    let segment = segments.last_mut().ok_or(Full)?;
    let end = u32::try_from(segment.text.len() + text.len()).map_err(|_| Full)?;
    segment.text.push_str(text);
    segment.terms.push(Stored { end, tag });
    Ok(())
}
