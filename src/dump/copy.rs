//! The register read once, in one view, and kept in a file that is read again for each dump.
//!
//! So all dumps show one revision, the register is done with soon however long compressing takes, and what a record says
//! is looked up once. A record stands there as a line that says how long it is, whose it is and what it is, and then the
//! text that the register has of it.

use super::error::{At, DumpError};
use crate::catalogue::{Base, FeedChange, Present};
use crate::rdf::{Content, NamedNode};
use crate::register::Unreadable;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::PathBuf;

/// How many records are read from the register at once.
const BATCH: usize = 500;

/// The copy of a register.
pub(super) struct Copy {
    path: PathBuf,
    datasets: Vec<String>,
}

/// A record of a copy.
pub(super) struct Copied {
    /// Its IRI.
    pub iri: NamedNode,
    /// Whether it is withdrawn.
    pub is_withdrawn: bool,
    /// The places of the datasets that it is in, among those of the copy; a record that is withdrawn is in none.
    pub datasets: Vec<usize>,
    /// What it says, as the register has it.
    pub text: String,
}

impl Copied {
    /// The kind of the record; nothing where it is withdrawn.
    pub(super) fn kind(&self, base: &Base) -> Option<String> {
        base.record_of(self.iri.as_str()).map(|name| name.kind).filter(|_| !self.is_withdrawn)
    }

    /// What it says.
    pub(super) fn content(&self) -> Result<Content, DumpError> {
        let read = Content::parse(&self.text);
        let unreadable = |source| Unreadable::Content { record: self.iri.as_str().to_owned(), source };
        Ok(read.map_err(unreadable)?)
    }
}

impl Copy {
    /// Copies what a view of the catalogue shows into a new file.
    pub(super) fn of(
        present: &Present<'_>,
        base: &Base,
        path: PathBuf,
        is_ended: &dyn Fn() -> bool,
    ) -> Result<Self, DumpError> {
        let mut names = Names::default();
        for dataset in present.datasets()? {
            names.place(dataset.dataset.name(base));
        }
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path).at(&path)?);
        let mut position = 0;
        loop {
            let entries = present.present_after(position, BATCH)?;
            let Some(last) = entries.last() else { break };
            position = last.position;
            for entry in &entries {
                let is_withdrawn = entry.change == FeedChange::Delete;
                let datasets = if is_withdrawn { Vec::new() } else { present.datasets_of(entry)? };
                let places = datasets.into_iter().map(|dataset| names.place(dataset.name(base)).to_string());
                let places = places.collect::<Vec<_>>().join(",");
                let text = entry.content.to_string();
                let withdrawn = u8::from(is_withdrawn);
                writeln!(out, "{} {withdrawn} {} {places}", text.len(), entry.name.iri).at(&path)?;
                out.write_all(text.as_bytes()).at(&path)?;
            }
            if is_ended() {
                return Err(DumpError::Stopped);
            }
        }
        out.flush().at(&path)?;
        Ok(Self { path, datasets: names.names })
    }

    /// The names of the datasets.
    pub(super) fn datasets(&self) -> &[String] {
        &self.datasets
    }

    /// Hands every record to `each`, in the order of the feed.
    pub(super) fn each(
        &self,
        is_ended: &dyn Fn() -> bool,
        mut each: impl FnMut(&Copied) -> Result<(), DumpError>,
    ) -> Result<(), DumpError> {
        let mut file = BufReader::with_capacity(256 << 10, File::open(&self.path).at(&self.path)?);
        let mut line = String::new();
        loop {
            line.clear();
            if file.read_line(&mut line).at(&self.path)? == 0 {
                return Ok(());
            }
            each(&copied(&line, &mut file).at(&self.path)?)?;
            if is_ended() {
                return Err(DumpError::Stopped);
            }
        }
    }

    /// Removes the file.
    pub(super) fn remove(self) -> Result<(), DumpError> {
        std::fs::remove_file(&self.path).at(&self.path)
    }
}

/// Reads what follows the line that a record begins with.
fn copied(line: &str, file: &mut impl Read) -> io::Result<Copied> {
    let broken = || io::Error::other("the copy of the register is not as it was written");
    let mut words = line.trim_end_matches('\n').split(' ');
    let length: usize = words.next().and_then(|length| length.parse().ok()).ok_or_else(broken)?;
    let is_withdrawn = words.next().ok_or_else(broken)? == "1";
    let iri = NamedNode::new_unchecked(words.next().ok_or_else(broken)?);
    let places = words.next().unwrap_or_default().split(',').filter(|place| !place.is_empty());
    let datasets = places.map(str::parse).collect::<Result<_, _>>().map_err(io::Error::other)?;
    let mut text = vec![0; length];
    file.read_exact(&mut text)?;
    Ok(Copied { iri, is_withdrawn, datasets, text: String::from_utf8(text).map_err(io::Error::other)? })
}

/// The names of datasets, and their places.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Names {
    fn place(&mut self, name: String) -> usize {
        let next = self.names.len();
        let place = *self.places.entry(name.clone()).or_insert(next);
        if place == next {
            self.names.push(name);
        }
        place
    }
}
