//! From a file to a snapshot.

use super::super::array::Array;
use super::super::dictionary::SEGMENT;
use super::super::map::Map;
use super::super::order::{Order, Permutation};
use super::super::store::Snapshot;
use super::super::terms::{MappedDictionary, Terms};
use super::checked::{self, BLOCK};
use super::footer::{self, End, Footer, OrderSections, Section, TermSections};
use super::{SnapshotFileError, Stamp, tags};
use bytemuck::AnyBitPattern;
use std::fs::File;
use std::sync::Arc;

impl Snapshot {
    /// Opens a file that [`Snapshot::write`] wrote: maps it, reads all of it once on all cores, and checks that its
    /// bytes are those that were written. Whatever the bytes are, nothing that is asked of the snapshot panics.
    ///
    /// The file must never be changed or cut as long as the snapshot is there, only replaced under its name by
    /// another one: the process that looks behind the end of a cut file is ended by the system.
    ///
    /// # Errors
    /// See [`SnapshotFileError`]; the file should be made anew then.
    pub fn open(file: &File) -> Result<(Self, Stamp), SnapshotFileError> {
        check(Map::of(file)?)?;
        // Mapped anew, so that only what is looked at from now on counts as this process's memory.
        Self::open_checked_before(file)
    }

    /// Opens a file that another process has opened and checked: maps it and reads its end alone. Bytes that were
    /// damaged meanwhile give wrong answers or none, and no panic.
    ///
    /// # Errors
    /// See [`SnapshotFileError`].
    pub fn open_checked_before(file: &File) -> Result<(Self, Stamp), SnapshotFileError> {
        Opening::of(Map::of(file)?)?.snapshot()
    }
}

/// Whether the bytes are those that were written, and the groups of triples follow each other.
fn check(map: Map) -> Result<(), SnapshotFileError> {
    let End { body, checksums, footer, .. } = footer::read(&map)?;
    if let Some(block) = checked::first_damaged(body, &checksums) {
        return Err(SnapshotFileError::Damaged { at: (block * BLOCK) as u64, what: "the checksum differs" });
    }
    let (snapshot, _) = Opening::of(map)?.snapshot()?;
    for (permutation, sections) in Permutation::ALL.into_iter().zip(footer.orders) {
        if !snapshot.order(permutation).is_whole() {
            return Err(damaged(sections.ends, "the groups of triples do not follow each other"));
        }
    }
    Ok(())
}

/// A file whose end was read.
struct Opening {
    map: Arc<Map>,
    footer: Footer,
    source: String,
}

impl Opening {
    fn of(map: Map) -> Result<Self, SnapshotFileError> {
        let End { footer, source, .. } = footer::read(&map)?;
        Ok(Self { map: Arc::new(map), footer, source })
    }

    /// The snapshot over the map.
    fn snapshot(self) -> Result<(Snapshot, Stamp), SnapshotFileError> {
        let terms = self.terms(&self.footer.terms)?;
        let [spo, pos, osp] = &self.footer.orders;
        let orders = [self.order(spo)?, self.order(pos)?, self.order(osp)?];
        let stamp = Stamp { revision: self.footer.revision, source: self.source };
        Ok((Snapshot::mapped(Terms::Mapped(terms), orders), stamp))
    }

    fn terms(&self, sections: &TermSections) -> Result<MappedDictionary, SnapshotFileError> {
        let len = usize::try_from(self.footer.term_count).ok().filter(|len| *len < u32::MAX as usize);
        let len = len.ok_or(damaged(sections.segments, "there are too many terms"))?;
        let tags = self.array::<u8>(sections.tags, None)?;
        Ok(MappedDictionary {
            len,
            segments: self.array(sections.segments, None)?,
            starts: self.array(sections.starts, Some(len.div_ceil(SEGMENT) as u64))?,
            table: self.array(sections.table, None)?,
            key: sections.key,
            tags: tags::decode(&tags).ok_or(damaged(sections.tags, "languages and datatypes are no texts"))?,
        })
    }

    fn order(&self, sections: &OrderSections) -> Result<Order, SnapshotFileError> {
        let rows = self.array(sections.rows, Some(self.footer.triple_count))?;
        let ends = self.array(sections.ends, Some(self.footer.term_count))?;
        Ok(Order::sorted(ends, rows))
    }

    /// The items of a section, of which there are as many as expected.
    fn array<T: AnyBitPattern>(&self, section: Section, expected: Option<u64>) -> Result<Array<T>, SnapshotFileError> {
        section
            .range()
            .and_then(|range| Array::mapped(&self.map, range))
            .filter(|array: &Array<T>| expected.is_none_or(|expected| array.len() as u64 == expected))
            .ok_or(damaged(section, "the section does not fit the file"))
    }
}

fn damaged(section: Section, what: &'static str) -> SnapshotFileError {
    SnapshotFileError::Damaged { at: section.start(), what }
}
