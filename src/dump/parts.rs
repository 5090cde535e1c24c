//! Documents cut into parts, each a whole document below the limit.

use super::coding::Digesting;
use super::error::{At, DumpError};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What a document is made of besides its records.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    pub head: Vec<u8>,
    pub between: &'static str,
    pub tail: &'static str,
}

impl Frame {
    /// Whether a document that has `bytes` already takes a record of `length` and still ends within a limit.
    pub(super) fn has_room(&self, bytes: u64, length: usize, limit: u64) -> bool {
        bytes + (self.between.len() + length + self.tail.len()) as u64 <= limit
    }
}

/// A file that was written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub name: String,
    pub part: u32,
    pub bytes: u64,
    pub sha256: String,
}

/// The name of a part: that of the first has no number.
pub(super) fn part_name(stem: &str, part: u32, extension: &str) -> String {
    if part == 1 { format!("{stem}.{extension}") } else { format!("{stem}.{part}.{extension}") }
}

/// The parts of one document while they are written. There is always one, even of a document without records.
pub(super) struct Parts<'a> {
    folder: &'a Path,
    stem: String,
    extension: &'static str,
    limit: u64,
    frame: Frame,
    open: Option<Open>,
    written: Vec<Written>,
}

/// The part that is written now.
struct Open {
    path: PathBuf,
    name: String,
    out: Digesting<BufWriter<File>>,
    has_records: bool,
}

impl<'a> Parts<'a> {
    /// The parts of `{stem}.{extension}` in a folder, none of them longer than `limit` bytes unless a single record is.
    pub(super) fn new(folder: &'a Path, stem: &str, extension: &'static str, limit: u64, frame: Frame) -> Self {
        Self { folder, stem: stem.to_owned(), extension, limit, frame, open: None, written: Vec::new() }
    }

    /// Writes a record into the part that has room for it.
    pub(super) fn record(&mut self, text: &[u8]) -> Result<(), DumpError> {
        let is_full = |open: &Open| open.has_records && !self.frame.has_room(open.out.bytes(), text.len(), self.limit);
        if self.open.as_ref().is_some_and(is_full) {
            self.close()?;
        }
        let mut open = self.open()?;
        let between = if open.has_records { self.frame.between } else { "" };
        open.out.write_all(between.as_bytes()).and_then(|()| open.out.write_all(text)).at(&open.path)?;
        open.has_records = true;
        self.open = Some(open);
        Ok(())
    }

    /// The part that is open, or the next one.
    fn open(&mut self) -> Result<Open, DumpError> {
        if let Some(open) = self.open.take() {
            return Ok(open);
        }
        let name = part_name(&self.stem, self.next_part(), self.extension);
        let path = self.folder.join(&name);
        let mut out = Digesting::new(BufWriter::with_capacity(64 << 10, File::create(&path).at(&path)?));
        out.write_all(&self.frame.head).at(&path)?;
        Ok(Open { path, name, out, has_records: false })
    }

    fn next_part(&self) -> u32 {
        u32::try_from(self.written.len()).unwrap_or(u32::MAX).saturating_add(1)
    }

    fn close(&mut self) -> Result<(), DumpError> {
        let Open { path, name, mut out, .. } = self.open()?;
        out.write_all(self.frame.tail.as_bytes()).and_then(|()| out.flush()).at(&path)?;
        let (_, bytes, sha256) = out.finish();
        self.written.push(Written { name, part: self.next_part(), bytes, sha256 });
        Ok(())
    }

    /// Ends the last part and tells what was written.
    pub(super) fn finish(mut self) -> Result<Vec<Written>, DumpError> {
        self.close()?;
        Ok(self.written)
    }
}
