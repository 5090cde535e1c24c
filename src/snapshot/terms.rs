//! The terms of a snapshot: numbered while it was built, or in its file.

use super::array::Array;
use super::dictionary::{Dictionary, SEGMENT, Stored, TermId};
use super::table::{self, Key, Slot};
use super::tag::{Tag, Tags};
use oxrdf::TermRef;

/// The terms of a snapshot.
#[derive(Debug)]
pub(super) enum Terms {
    /// In memory.
    Built(Dictionary),
    /// In a file.
    Mapped(MappedDictionary),
}

impl Terms {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Built(dictionary) => dictionary.len(),
            Self::Mapped(dictionary) => dictionary.len,
        }
    }

    /// The number of a term that is here.
    pub(super) fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        match self {
            Self::Built(dictionary) => dictionary.find(term),
            Self::Mapped(dictionary) => dictionary.find(term),
        }
    }

    /// The term of a number.
    #[inline]
    pub(super) fn term(&self, id: TermId) -> Option<TermRef<'_>> {
        let (tag, text) = self.get(id)?;
        self.tags().join(tag, text)
    }

    /// Kind and text of a number.
    #[inline]
    pub(super) fn get(&self, id: TermId) -> Option<(Tag, &str)> {
        match self {
            Self::Built(dictionary) => dictionary.get(id),
            Self::Mapped(dictionary) => dictionary.get(id),
        }
    }

    /// The languages and datatypes that occur.
    #[inline]
    pub(super) fn tags(&self) -> &Tags {
        match self {
            Self::Built(dictionary) => dictionary.tags(),
            Self::Mapped(dictionary) => &dictionary.tags,
        }
    }
}

/// A dictionary that lies in a file; only the languages and datatypes are in memory.
#[derive(Debug)]
pub(super) struct MappedDictionary {
    /// How many terms there are.
    pub(super) len: usize,
    /// Segment after segment: what is [`Stored`] of each of its terms, then their texts.
    pub(super) segments: Array<u8>,
    /// Where each segment starts.
    pub(super) starts: Array<u64>,
    /// The way from terms to numbers.
    pub(super) table: Array<Slot>,
    /// What the table's hashes were made with.
    pub(super) key: Key,
    /// The languages and datatypes that occur.
    pub(super) tags: Tags,
}

impl MappedDictionary {
    fn find(&self, term: TermRef<'_>) -> Option<TermId> {
        let (tag, text) = self.tags.split(term)?;
        table::find(&self.table, self.key.hash(tag, text), |id| self.bytes(id) == Some((tag, text.as_bytes())))
    }

    #[inline]
    fn get(&self, id: TermId) -> Option<(Tag, &str)> {
        let (tag, text) = self.bytes(id)?;
        Some((tag, str::from_utf8(text).ok()?))
    }

    /// Kind of a number, and the bytes of its text.
    #[inline]
    fn bytes(&self, id: TermId) -> Option<(Tag, &[u8])> {
        let (segment, index) = (id.index() / SEGMENT, id.index() % SEGMENT);
        let count = self.len.checked_sub(segment * SEGMENT)?.min(SEGMENT);
        let start = usize::try_from(*self.starts.get(segment)?).ok()?;
        let (stored, texts) = self.segments.get(start..)?.split_at_checked(count * size_of::<Stored>())?;
        let Stored { end, tag } = stored_at(stored, index)?;
        let start = match index.checked_sub(1) {
            Some(before) => stored_at(stored, before)?.end,
            None => 0,
        };
        Some((tag, texts.get(start as usize..end as usize)?))
    }
}

/// What is stored of a term of a segment.
#[inline]
fn stored_at(stored: &[u8], index: usize) -> Option<Stored> {
    let size = size_of::<Stored>();
    let bytes = stored.get(index * size..(index + 1) * size)?;
    bytemuck::try_pod_read_unaligned(bytes).ok()
}
