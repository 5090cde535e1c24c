//! The dumps of organisations: many small files, of which no more than one is ever open.

use super::coding::Digesting;
use super::error::{At, DumpError};
use super::parts::{Frame, Written, part_name};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// How many bytes of all organisations together wait to be appended to their files.
const WAITING: usize = 4 << 20;

/// The files of all organisations while they are written.
pub(super) struct Organisations<'a> {
    folder: &'a Path,
    extension: &'static str,
    limit: u64,
    frame: Frame,
    files: BTreeMap<String, Growing>,
    waiting: usize,
}

/// The last part of one organisation's file, and the parts before it.
struct Growing {
    /// Counts and digests all of the part; holds what of it waits to be appended to the file.
    out: Digesting<Vec<u8>>,
    part: u32,
    has_records: bool,
    written: Vec<Written>,
}

impl<'a> Organisations<'a> {
    /// Files in a folder, none of them longer than `limit` bytes unless a single record is.
    pub(super) const fn new(folder: &'a Path, extension: &'static str, limit: u64, frame: Frame) -> Self {
        Self { folder, extension, limit, frame, files: BTreeMap::new(), waiting: 0 }
    }

    /// Writes a record into the file of a dataset.
    pub(super) fn record(&mut self, dataset: &str, text: &[u8]) -> Result<(), DumpError> {
        if !self.files.contains_key(dataset) {
            self.files.insert(dataset.to_owned(), Growing::begin(1, Vec::new(), &self.frame));
        }
        let Some(file) = self.files.get_mut(dataset) else { return Ok(()) };
        if file.has_records && !self.frame.has_room(file.out.bytes(), text.len(), self.limit) {
            file.end(self.folder, dataset, self.extension, &self.frame)?;
            let next = file.part.saturating_add(1);
            *file = Growing::begin(next, std::mem::take(&mut file.written), &self.frame);
        }
        let between = if file.has_records { self.frame.between } else { "" };
        let path = self.folder.join(dataset);
        file.out.write_all(between.as_bytes()).and_then(|()| file.out.write_all(text)).at(&path)?;
        file.has_records = true;
        self.waiting += between.len() + text.len();
        if self.waiting > WAITING {
            for (dataset, file) in &mut self.files {
                file.append(self.folder, dataset, self.extension)?;
            }
            self.waiting = 0;
        }
        Ok(())
    }

    /// Ends all files and tells what was written, by the names of the datasets.
    pub(super) fn finish(mut self) -> Result<Vec<(String, Vec<Written>)>, DumpError> {
        for (dataset, file) in &mut self.files {
            file.end(self.folder, dataset, self.extension, &self.frame)?;
        }
        Ok(self.files.into_iter().map(|(dataset, file)| (dataset, file.written)).collect())
    }
}

impl Growing {
    fn begin(part: u32, written: Vec<Written>, frame: &Frame) -> Self {
        let mut out = Digesting::new(Vec::new());
        // Writing into memory does not fail.
        drop(out.write_all(&frame.head));
        Self { out, part, has_records: false, written }
    }

    /// Appends what waits to the file.
    fn append(&mut self, folder: &Path, dataset: &str, extension: &str) -> Result<(), DumpError> {
        let waiting = std::mem::take(self.out.out());
        if waiting.is_empty() {
            return Ok(());
        }
        let path = folder.join(part_name(dataset, self.part, extension));
        let file = OpenOptions::new().create(true).append(true).open(&path);
        file.and_then(|mut file| file.write_all(&waiting)).at(&path)
    }

    /// Ends the part.
    fn end(&mut self, folder: &Path, dataset: &str, extension: &str, frame: &Frame) -> Result<(), DumpError> {
        let name = part_name(dataset, self.part, extension);
        self.out.write_all(frame.tail.as_bytes()).at(&folder.join(&name))?;
        self.append(folder, dataset, extension)?;
        let out = std::mem::replace(&mut self.out, Digesting::new(Vec::new()));
        let (_, bytes, sha256) = out.finish();
        self.written.push(Written { name, part: self.part, bytes, sha256 });
        Ok(())
    }
}
