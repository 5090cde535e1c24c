//! Where the file of the graph's snapshot is kept.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The file that is kept.
const FILE: &str = "published.snapshot";

/// Names the data that a revision shows, in a word that only this data can have had then: whoever opens the file later
/// holds it to that.
pub type StampOf = Arc<dyn Fn(u64) -> Option<String> + Send + Sync>;

/// Where the file of a snapshot is.
#[derive(Clone)]
pub enum Place {
    /// In a folder, under a name of its own, for the next start.
    Folder(PathBuf, StampOf),
    /// Nowhere: it has no name, and is gone with the processes that have it open.
    Unnamed,
}

impl Place {
    /// The file that was kept here, if there is one.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn kept(folder: &Path) -> io::Result<Option<File>> {
        match File::open(folder.join(FILE)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The word for a revision that its file bears; nothing where the data are not known by any.
    pub(super) fn stamp(&self, revision: u64) -> Option<String> {
        match self {
            Self::Folder(_, stamp_of) => stamp_of(revision),
            Self::Unnamed => Some(String::new()),
        }
    }

    /// Has a new file filled, which takes the place of the one before once it is whole. Processes that have that one open
    /// keep it. It is not synced: one that a power failure cuts is found to be damaged, and made anew.
    ///
    /// # Errors
    /// The system's, or that of `fill`; what was kept before is kept still then.
    pub(super) fn write(&self, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<File> {
        let path = self.beside()?;
        let written = write_new(&path, fill).and_then(|()| File::open(&path));
        let placed = written.and_then(|file| match self {
            Self::Folder(folder, _) => fs::rename(&path, folder.join(FILE)).map(|()| file),
            Self::Unnamed => fs::remove_file(&path).map(|()| file),
        });
        if placed.is_err() {
            // What is half written is of no use to anyone; that it cannot be removed either is not the first thing to tell.
            drop(fs::remove_file(&path));
        }
        placed
    }

    /// The name of a file that is being written.
    fn beside(&self) -> io::Result<PathBuf> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        match self {
            Self::Folder(folder, _) => {
                fs::create_dir_all(folder)?;
                Ok(folder.join(format!("{FILE}.new")))
            }
            Self::Unnamed => {
                let count = COUNT.fetch_add(1, Ordering::Relaxed);
                Ok(std::env::temp_dir().join(format!("eusl-{}-{count}.snapshot", std::process::id())))
            }
        }
    }
}

fn write_new(path: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    // One that an earlier process left half written is in the way.
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut writer = BufWriter::with_capacity(1 << 20, OpenOptions::new().write(true).create_new(true).open(path)?);
    fill(&mut writer)?;
    writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(())
}
