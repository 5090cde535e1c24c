//! Bytes with the checksums of their blocks.

use super::footer::Section;
use std::io::{self, Write};
use std::thread;

/// How many bytes have a checksum.
pub(super) const BLOCK: usize = 1 << 20;
/// Sections begin at multiples of this, so that numbers lie as a processor reads them, and a slot in one cache line.
const ALIGNMENT: usize = 64;

/// Writes bytes and remembers the checksums of their blocks.
pub(super) struct CheckedWriter<'a> {
    out: &'a mut dyn Write,
    /// Told how many bytes were just written.
    pace: &'a mut dyn FnMut(usize) -> io::Result<()>,
    block: Vec<u8>,
    checksums: Vec<u32>,
}

impl<'a> CheckedWriter<'a> {
    /// A writer that has written nothing.
    pub(super) fn new(out: &'a mut dyn Write, pace: &'a mut dyn FnMut(usize) -> io::Result<()>) -> Self {
        Self { out, pace, block: Vec::with_capacity(BLOCK), checksums: Vec::new() }
    }

    /// How many bytes were put.
    pub(super) fn position(&self) -> usize {
        self.checksums.len() * BLOCK + self.block.len()
    }

    /// Writes bytes.
    pub(super) fn put(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while let Some((head, rest)) = bytes.split_at_checked(BLOCK - self.block.len()) {
            self.block.extend_from_slice(head);
            self.end_block()?;
            bytes = rest;
        }
        self.block.extend_from_slice(bytes);
        Ok(())
    }

    /// Lets a section be written.
    pub(super) fn section(&mut self, write: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<Section> {
        let start = self.position().next_multiple_of(ALIGNMENT);
        let padding = [0; ALIGNMENT];
        self.put(padding.get(..start - self.position()).unwrap_or_default())?;
        write(self)?;
        Ok(Section::new(start, self.position() - start))
    }

    /// Ends the last block; the checksums of all, and where to write on.
    pub(super) fn finish(mut self) -> io::Result<(Vec<u32>, &'a mut dyn Write)> {
        if !self.block.is_empty() {
            self.end_block()?;
        }
        Ok((self.checksums, self.out))
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.checksums.push(crc32fast::hash(&self.block));
        self.out.write_all(&self.block)?;
        (self.pace)(self.block.len())?;
        self.block.clear();
        Ok(())
    }
}

/// The first block that does not have its checksum, if any; looked for on all cores.
pub(super) fn first_damaged(bytes: &[u8], checksums: &[u32]) -> Option<usize> {
    let blocks = bytes.len().div_ceil(BLOCK);
    let lanes = thread::available_parallelism().map_or(1, usize::from);
    let share = blocks.div_ceil(lanes).max(1);
    if share == blocks {
        return damaged(bytes, checksums);
    }
    thread::scope(|scope| {
        let shares = bytes.chunks(share * BLOCK).zip(checksums.chunks(share)).enumerate();
        let at_work: Vec<_> = shares
            .map(|(lane, (bytes, sums))| scope.spawn(move || damaged(bytes, sums).map(|block| lane * share + block)))
            .collect();
        // A thread that is gone has seen nothing whole.
        at_work.into_iter().enumerate().find_map(|(lane, thread)| thread.join().unwrap_or(Some(lane * share)))
    })
}

fn damaged(bytes: &[u8], checksums: &[u32]) -> Option<usize> {
    bytes.chunks(BLOCK).zip(checksums).position(|(block, checksum)| crc32fast::hash(block) != *checksum)
}
