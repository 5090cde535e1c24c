//! From a snapshot, and what was added and removed since, to a file.

use super::super::dictionary::{SEGMENT, Stored, TermId};
use super::super::order::{Permutation, Row};
use super::super::store::Snapshot;
use super::super::table::{Key, Table};
use super::super::tag::{Tag, Tags};
use super::checked::CheckedWriter;
use super::footer::{self, Footer, Mark, OrderSections, TermSections};
use super::merge::Merged;
use super::renumbering::{InUse, Renumbering};
use super::{Stamp, tags};
use oxrdf::Term;
use std::io::{self, Write};

/// What makes another data set of a snapshot's.
///
/// Triples are given in each order of [`Permutation::ALL`], with their parts in the sequence of that order, sorted
/// and distinct. What is removed is in the snapshot, and what is added is not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Patch<'a> {
    /// Terms that the snapshot does not have. The first has the number [`Snapshot::term_count`], and so on.
    pub terms: &'a [Term],
    /// The triples that are no longer there.
    pub removed: [&'a [[TermId; 3]]; 3],
    /// The triples that are new.
    pub added: [&'a [[TermId; 3]]; 3],
}

impl Snapshot {
    /// Writes the snapshot as a file that [`Snapshot::open`] opens. Makes the orders that were not needed so far.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, stamp: &Stamp, out: &mut impl Write) -> io::Result<()> {
        self.write_with(&Patch::default(), stamp, out, &mut |_| Ok(()))
    }

    /// Writes the file of this snapshot without what a patch removes and with what it adds.
    ///
    /// Only terms that stand in a triple are in it. They are numbered anew, in the sequence of their numbers here, so
    /// that every order stays sorted and is merged in one walk. Takes about 16 bytes of memory for each term and a few
    /// MiB for all the rest. `pace` is told after each MiB how many bytes were just written: it may wait, and its
    /// error ends the writing.
    ///
    /// # Errors
    /// What `out` and `pace` say; [`io::ErrorKind::InvalidInput`] if the patch is not as it must be, or if the result
    /// has more terms or triples than can be numbered; [`io::ErrorKind::InvalidData`] if a term of the snapshot
    /// cannot be read, since its file was damaged after it was opened. The file is of no use then.
    pub fn write_with(
        &self,
        patch: &Patch<'_>,
        stamp: &Stamp,
        out: &mut impl Write,
        pace: &mut dyn FnMut(usize) -> io::Result<()>,
    ) -> io::Result<()> {
        let merge =
            Merge { base: self, patch, numbers: renumber(self, patch)?, triple_count: triple_count(self, patch)? };
        let mut out = CheckedWriter::new(out, pace);
        out.put(bytemuck::bytes_of(&Mark::START))?;
        let terms = merge.terms(&mut out)?;
        let [spo, pos, osp] = Permutation::ALL;
        let orders = [merge.order(spo, &mut out)?, merge.order(pos, &mut out)?, merge.order(osp, &mut out)?];
        let footer = Footer {
            term_count: merge.numbers.len() as u64,
            triple_count: merge.triple_count.into(),
            revision: stamp.revision,
            terms,
            orders,
        };
        let body = out.position();
        let (checksums, out) = out.finish()?;
        footer::write(out, body, &checksums, &stamp.source, &footer)
    }
}

/// The new numbers of the terms that a patch leaves in use.
fn renumber(base: &Snapshot, patch: &Patch<'_>) -> io::Result<Renumbering> {
    let terms = base.term_count() + patch.terms.len();
    if terms >= u32::MAX as usize {
        return Err(too_large());
    }
    let mut in_use = InUse::none_of(terms);
    for permutation in Permutation::ALL {
        let (removed, added) = patch.in_order(permutation);
        in_use.note(base.order(permutation), removed, added);
    }
    Ok(Renumbering::of(in_use))
}

/// How many triples a patch leaves.
fn triple_count(base: &Snapshot, patch: &Patch<'_>) -> io::Result<u32> {
    let (removed, added) = patch.in_order(Permutation::Spo);
    let count = (base.len() + added.len()).checked_sub(removed.len()).ok_or_else(misfit)?;
    u32::try_from(count).map_err(|_| too_large())
}

/// A snapshot and a patch on their way into a file.
struct Merge<'a> {
    base: &'a Snapshot,
    patch: &'a Patch<'a>,
    numbers: Renumbering,
    triple_count: u32,
}

impl Merge<'_> {
    /// Writes the terms in use and what finds them.
    fn terms(&self, out: &mut CheckedWriter<'_>) -> io::Result<TermSections> {
        let key = Key::draw();
        let (mut table, mut tags) = (Table::for_terms(self.numbers.len()), Tags::new());
        let mut starts: Vec<u64> = Vec::new();
        let segments = out.section(|out| {
            let first = out.position();
            let mut segment = Segment::default();
            for old in (0..self.base.term_count() + self.patch.terms.len()).filter_map(TermId::from_index) {
                let Some(id) = self.numbers.get(old) else { continue };
                let (tag, text) = self.term(old, &mut tags).ok_or_else(unreadable)?;
                table.add(key.hash(tag, text), id);
                if id.index().is_multiple_of(SEGMENT) {
                    segment.write(out)?;
                    starts.push((out.position() - first) as u64);
                }
                segment.add(tag, text)?;
            }
            segment.write(out)
        })?;
        let starts = out.section(|out| out.put(bytemuck::cast_slice(&starts)))?;
        let tags = tags::encode(&tags).ok_or_else(too_large)?;
        let tags = out.section(|out| out.put(&tags))?;
        let table = out.section(|out| out.put(bytemuck::cast_slice(table.slots())))?;
        Ok(TermSections { segments, starts, tags, table, key })
    }

    /// The kind of a term among those of the new file, and its text.
    fn term(&self, old: TermId, tags: &mut Tags) -> Option<(Tag, &str)> {
        if let Some(new) = old.index().checked_sub(self.base.term_count()) {
            return tags.split_new(self.patch.terms.get(new)?.as_ref());
        }
        let (tag, text) = self.base.terms.get(old)?;
        Some((tags.adopt(self.base.terms.tags(), tag)?, text))
    }

    /// Writes the triples in one order.
    fn order(&self, permutation: Permutation, out: &mut CheckedWriter<'_>) -> io::Result<OrderSections> {
        let (removed, added) = self.patch.in_order(permutation);
        let mut merged = Merged::of(self.base.order(permutation), removed, added);
        let mut ends = Vec::with_capacity(self.numbers.len());
        let rows = out.section(|out| {
            let (mut last, mut count) = (None, 0);
            for triple in merged.by_ref() {
                let [Some(first), Some(second), Some(third)] = triple.map(|id| self.numbers.get(id)) else {
                    return Err(misfit());
                };
                if last >= Some(triple) || count == self.triple_count {
                    return Err(misfit());
                }
                // The groups before this one end here.
                ends.resize(first.index(), count);
                out.put(bytemuck::bytes_of(&Row::of(second, third)))?;
                (last, count) = (Some(triple), count + 1);
            }
            ends.resize(self.numbers.len(), count);
            if count == self.triple_count && merged.met_all_removed() { Ok(()) } else { Err(misfit()) }
        })?;
        let ends = out.section(|out| out.put(bytemuck::cast_slice(&ends)))?;
        Ok(OrderSections { rows, ends })
    }
}

impl<'a> Patch<'a> {
    /// What is removed and what is added, in one order.
    fn in_order(&self, permutation: Permutation) -> (&'a [[TermId; 3]], &'a [[TermId; 3]]) {
        let ([spo, pos, osp], [added_spo, added_pos, added_osp]) = (self.removed, self.added);
        match permutation {
            Permutation::Spo => (spo, added_spo),
            Permutation::Pos => (pos, added_pos),
            Permutation::Osp => (osp, added_osp),
        }
    }
}

/// Terms that are written together.
#[derive(Default)]
struct Segment {
    stored: Vec<Stored>,
    text: Vec<u8>,
}

impl Segment {
    fn add(&mut self, tag: Tag, text: &str) -> io::Result<()> {
        self.text.extend_from_slice(text.as_bytes());
        let end = u32::try_from(self.text.len()).map_err(|_| too_large())?;
        self.stored.push(Stored { end, tag });
        Ok(())
    }

    /// Writes the terms that were added, and is empty again.
    fn write(&mut self, out: &mut CheckedWriter<'_>) -> io::Result<()> {
        out.put(bytemuck::cast_slice(&self.stored))?;
        out.put(&self.text)?;
        self.stored.clear();
        self.text.clear();
        Ok(())
    }
}

fn too_large() -> io::Error {
    let message = format!("the data has more terms or triples than a snapshot can number ({})", u32::MAX);
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

fn misfit() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the patch does not fit the snapshot, or is not sorted")
}

fn unreadable() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a term of the snapshot cannot be read: its file is damaged")
}
