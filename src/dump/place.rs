//! Where sets of dumps are: a folder with a folder for each set, of which only those that are whole count.
//!
//! A set is written into `{date}-r{revision}.new`, synced, and renamed; its manifest is written last. Whatever else is there
//! is left over from work that was cut off, and is removed when the place is opened.

use super::error::{At, DumpError};
use super::manifest::{DumpFile, Manifest};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The file of a set that says what is in it.
const MANIFEST: &str = "manifest.json";

/// What the name of the folder of an unfinished set ends in.
const UNFINISHED: &str = ".new";

/// On how many days the newest set is kept, the present one included.
const DAYS: usize = 3;

/// A set that is whole.
#[derive(Debug)]
pub(super) struct Set {
    folder: PathBuf,
    pub(super) manifest: Arc<Manifest>,
    pub(super) origin: Origin,
}

/// What tells whether a set has to be made anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Origin {
    /// The edition of the form that the files have; a program makes sets of another edition anew.
    pub edition: u32,
    /// The link at the end of the feed that the set was made from, in hexadecimal digits, which no other feed has; nothing
    /// where the feed was empty.
    pub feed: String,
    /// When the set was made, in milliseconds since 1970.
    pub made: u64,
}

/// The text of `manifest.json`.
#[derive(Serialize, Deserialize)]
struct Label {
    #[serde(flatten)]
    origin: Origin,
    #[serde(flatten)]
    manifest: Manifest,
}

/// A file of a dump, open to be read: it stays whole for whoever has it, whatever becomes of its set.
#[derive(Debug)]
pub struct OpenDump {
    /// Its bytes.
    pub file: File,
    /// What the manifest says of it.
    pub listed: DumpFile,
    /// The set that it belongs to.
    pub manifest: Arc<Manifest>,
    /// When that was made, to the second.
    pub made: SystemTime,
}

/// Why there is no such file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Nothing is dumped here.
    Off,
    /// The first set is being made.
    NotYet,
    /// There is none of this name.
    Unknown,
    /// It is no longer kept; of these days there are sets.
    Gone(Vec<String>),
}

/// The folder of all sets.
#[derive(Debug)]
pub(super) struct Place {
    folder: PathBuf,
    is_temporary: bool,
}

impl Place {
    /// The folder `dumps` of a data directory, or for a register in memory a folder that goes with this value.
    pub(super) fn open(data: Option<&Path>) -> Result<Self, DumpError> {
        let folder = data.map_or_else(temporary, |data| data.join("dumps"));
        fs::create_dir_all(&folder).at(&folder)?;
        Ok(Self { folder, is_temporary: data.is_none() })
    }

    /// The sets that are there and whole, the newest first. What was left over is removed.
    pub(super) fn sets(&self, edition: u32) -> Result<Vec<Arc<Set>>, DumpError> {
        let mut sets = Vec::new();
        for entry in fs::read_dir(&self.folder).at(&self.folder)? {
            let path = entry.at(&self.folder)?.path();
            match Set::read(&path).filter(|set| set.origin.edition == edition) {
                Some(set) => sets.push(Arc::new(set)),
                None => remove(&path),
            }
        }
        sets.sort_by_key(|set| Reverse(set.origin.made));
        let (kept, others) = sorted_out(sets);
        for set in others {
            set.remove();
        }
        Ok(kept)
    }

    /// An empty folder for a set of a day and a revision.
    pub(super) fn begin(&self, date: &str, revision: u64) -> Result<PathBuf, DumpError> {
        let folder = self.folder.join(format!("{date}-r{revision}{UNFINISHED}"));
        remove(&folder);
        fs::create_dir_all(&folder).at(&folder)?;
        Ok(folder)
    }

    /// Takes away what was begun and did not become a set.
    pub(super) fn give_up(folder: &Path) {
        remove(folder);
    }

    /// Makes a set of what was written into the folder of [`Place::begin`], whole or not at all.
    pub(super) fn finish(&self, folder: &Path, manifest: Manifest, origin: Origin) -> Result<Arc<Set>, DumpError> {
        let label = Label { origin, manifest };
        let text = serde_json::to_vec_pretty(&label).map_err(io::Error::other).at(folder)?;
        let (path, Label { origin, manifest }) = (folder.join(MANIFEST), label);
        for name in manifest.files.iter().map(|file| file.name.as_str()) {
            let file = folder.join(name);
            File::open(&file).and_then(|file| file.sync_all()).at(&file)?;
        }
        fs::write(&path, text).and_then(|()| File::open(&path)?.sync_all()).at(&path)?;
        sync(folder)?;
        let finished = self.free_name(&manifest);
        fs::rename(folder, &finished).at(&finished)?;
        sync(&self.folder)?;
        Ok(Arc::new(Set { folder: finished, manifest: Arc::new(manifest), origin }))
    }

    /// The folder of a set; with a number where another set of that day showed the same revision, as after a backup was
    /// brought back.
    fn free_name(&self, manifest: &Manifest) -> PathBuf {
        let name = format!("{}-r{}", manifest.date, manifest.revision);
        let numbered = (2_u32..).map(|number| format!("{name}-{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered).map(|name| self.folder.join(name));
        names.find(|path| !path.exists()).unwrap_or_else(|| self.folder.join(&name))
    }
}

/// Those of some sets that are kept, and those that are not; the newest first.
pub(super) fn sorted_out(sets: Vec<Arc<Set>>) -> (Vec<Arc<Set>>, Vec<Arc<Set>>) {
    let (mut kept, mut others): (Vec<Arc<Set>>, Vec<_>) = (Vec::new(), Vec::new());
    for set in sets {
        let is_of_another_day = kept.iter().all(|newer| newer.manifest.date != set.manifest.date);
        if is_of_another_day && kept.len() < DAYS { kept.push(set) } else { others.push(set) }
    }
    (kept, others)
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_temporary {
            remove(&self.folder);
        }
    }
}

impl Set {
    /// The set in a folder, if there is one that is whole.
    fn read(folder: &Path) -> Option<Self> {
        if folder.extension().is_some_and(|extension| UNFINISHED.strip_prefix('.').is_some_and(|new| extension == new))
        {
            return None;
        }
        let text = fs::read(folder.join(MANIFEST)).ok()?;
        let Label { origin, manifest } = serde_json::from_slice(&text).ok()?;
        let is_there =
            |file: &DumpFile| fs::metadata(folder.join(&file.name)).is_ok_and(|data| data.len() == file.bytes);
        manifest.files.iter().all(is_there).then(|| Self {
            folder: folder.to_owned(),
            manifest: Arc::new(manifest),
            origin,
        })
    }

    /// Removes its files. Whoever has one open reads it to its end.
    pub(super) fn remove(&self) {
        remove(&self.folder);
    }

    /// Opens a file of the set; nothing if it has none of this name.
    ///
    /// # Errors
    /// The system's: it was removed meanwhile.
    pub(super) fn file(&self, name: &str) -> io::Result<Option<OpenDump>> {
        let Some(listed) = self.manifest.file(name).cloned() else { return Ok(None) };
        let file = File::open(self.folder.join(name))?;
        let made = SystemTime::UNIX_EPOCH + Duration::from_secs(self.origin.made / 1_000);
        Ok(Some(OpenDump { file, listed, manifest: Arc::clone(&self.manifest), made }))
    }
}

/// A folder for this process, which nobody else has.
fn temporary() -> PathBuf {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    std::env::temp_dir().join(format!("eusl-dumps-{}-{}", std::process::id(), since.as_nanos()))
}

/// Removes a file or a folder; what cannot be removed now is removed at the next start.
fn remove(path: &Path) {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    if let Err(error) = removed
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(path = %path.display(), cause = %error, "what is left of a dump was not removed");
    }
}

fn sync(folder: &Path) -> Result<(), DumpError> {
    File::open(folder).and_then(|folder| folder.sync_all()).at(folder)
}
