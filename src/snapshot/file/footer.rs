//! What a file says of its parts, at its end.

use super::super::table::Key;
use super::checked::BLOCK;
use super::error::SnapshotFileError;
use bytemuck::{Pod, Zeroable};
use std::io::{self, Write};
use std::ops::Range;

const MAGIC: [u8; 8] = *b"eusl\x9dSNP";
/// Counted up with every change of what the bytes of a file mean.
const VERSION: u32 = 1;

/// What stands at both ends of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Mark {
    magic: [u8; 8],
    version: u32,
    /// At the end, of what is between the body and the mark.
    checksum: u32,
}

impl Mark {
    const SIZE: usize = size_of::<Self>();

    /// The mark at the start.
    pub(super) const START: Self = Self { magic: MAGIC, version: VERSION, checksum: 0 };

    fn end(checksum: u32) -> Self {
        Self { checksum, ..Self::START }
    }
}

/// A part of the body, in bytes.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Section {
    start: u64,
    len: u64,
}

impl Section {
    /// A section.
    pub(super) fn new(start: usize, len: usize) -> Self {
        Self { start: start as u64, len: len as u64 }
    }

    /// Where it begins.
    pub(super) fn start(self) -> u64 {
        self.start
    }

    /// Its bytes in the file. `None` if they cannot be in any.
    pub(super) fn range(self) -> Option<Range<usize>> {
        let end = self.start.checked_add(self.len)?;
        Some(usize::try_from(self.start).ok()?..usize::try_from(end).ok()?)
    }
}

/// Where the parts of the dictionary are.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct TermSections {
    pub(super) segments: Section,
    pub(super) starts: Section,
    pub(super) tags: Section,
    pub(super) table: Section,
    /// What the table's hashes were made with.
    pub(super) key: Key,
}

/// Where the parts of an order are.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct OrderSections {
    pub(super) rows: Section,
    pub(super) ends: Section,
}

/// What is said of the body.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Footer {
    /// How many terms there are.
    pub(super) term_count: u64,
    /// How many triples there are.
    pub(super) triple_count: u64,
    /// The revision that the data show.
    pub(super) revision: u64,
    pub(super) terms: TermSections,
    /// In the sequence of `Permutation::ALL`.
    pub(super) orders: [OrderSections; 3],
}

/// The lengths of what stands behind the body, before the footer.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
struct Lengths {
    body: u64,
    source: u64,
}

/// What stands behind the body of a file.
#[derive(Debug)]
pub(super) struct End<'a> {
    /// The bytes that the checksums are of.
    pub(super) body: &'a [u8],
    /// The checksum of each block of the body.
    pub(super) checksums: Vec<u32>,
    pub(super) source: String,
    pub(super) footer: Footer,
}

/// Writes what stands behind a body.
pub(super) fn write(
    out: &mut dyn Write,
    body: usize,
    checksums: &[u32],
    source: &str,
    footer: &Footer,
) -> io::Result<()> {
    let lengths = Lengths { body: body as u64, source: source.len() as u64 };
    let mut bytes = bytemuck::cast_slice(checksums).to_vec();
    bytes.extend_from_slice(source.as_bytes());
    bytes.extend_from_slice(bytemuck::bytes_of(footer));
    bytes.extend_from_slice(bytemuck::bytes_of(&lengths));
    let mark = Mark::end(crc32fast::hash(&bytes));
    bytes.extend_from_slice(bytemuck::bytes_of(&mark));
    out.write_all(&bytes)
}

/// Reads what stands behind the body, and checks that the file has both ends.
pub(super) fn read(file: &[u8]) -> Result<End<'_>, SnapshotFileError> {
    let start: Mark = file.get(..Mark::SIZE).and_then(pod).ok_or(SnapshotFileError::NotASnapshot)?;
    if start.magic != MAGIC {
        return Err(SnapshotFileError::NotASnapshot);
    }
    if start.version != VERSION {
        return Err(SnapshotFileError::Version { found: start.version, expected: VERSION });
    }
    let (rest, end) = split_end::<Mark>(file).ok_or(SnapshotFileError::Cut { length: file.len() })?;
    if end != Mark::end(end.checksum) {
        return Err(SnapshotFileError::Cut { length: file.len() });
    }
    end_before(rest, end.checksum)
        .ok_or(SnapshotFileError::Damaged { at: rest.len() as u64, what: "the footer does not fit the file" })
}

/// What stands before the last mark, if it has its checksum and fits together.
fn end_before(file: &[u8], checksum: u32) -> Option<End<'_>> {
    let (_, lengths) = split_end::<Lengths>(file)?;
    let (body, end) = file.split_at_checked(usize::try_from(lengths.body).ok()?)?;
    if crc32fast::hash(end) != checksum {
        return None;
    }
    let (rest, _) = split_end::<Lengths>(end)?;
    let (rest, footer) = split_end::<Footer>(rest)?;
    let source = rest.len().checked_sub(usize::try_from(lengths.source).ok()?)?;
    let (checksums, source) = rest.split_at_checked(source)?;
    let (checksums, []) = checksums.as_chunks() else { return None };
    let checksums: Vec<_> = checksums.iter().copied().map(u32::from_le_bytes).collect();
    let is_whole = checksums.len() == body.len().div_ceil(BLOCK);
    is_whole.then_some(End { body, checksums, source: str::from_utf8(source).ok()?.to_owned(), footer })
}

/// What stands before a value at the end of bytes, and the value.
fn split_end<T: Pod>(bytes: &[u8]) -> Option<(&[u8], T)> {
    let (rest, value) = bytes.split_at_checked(bytes.len().checked_sub(size_of::<T>())?)?;
    Some((rest, pod(value)?))
}

fn pod<T: Pod>(bytes: &[u8]) -> Option<T> {
    bytemuck::try_pod_read_unaligned(bytes).ok()
}
