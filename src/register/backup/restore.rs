//! Bringing a backup back: copied and checked beside the place where it shall serve, then put there in one step.

use super::super::location::{FILE, Location, register_file};
use super::super::lock::{DataLock, LockError};
use super::super::migrate;
use super::super::open::{OpenError, Register};
use super::counters::{self, RaisedCounter};
use super::durable::{Scaffold, create_private, digest, make_private, sync};
use super::manifest::{Manifest, ManifestError};
use rusqlite::Connection;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// A backup that was not brought back; the data directory serves what it served.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// It is none.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A later release of the product took it, its form is none that this one knows, or its register cannot be opened.
    #[error("the backup cannot be used: {0}")]
    Open(#[from] OpenError),
    /// It is not what its manifest says.
    #[error(
        "the backup {} is damaged: its {FILE} has {found}, its manifest says {expected}; take another backup",
        directory.display()
    )]
    Damaged {
        /// The backup.
        directory: PathBuf,
        /// Size and SHA-256 that were found.
        found: String,
        /// Those that it had when it was taken.
        expected: String,
    },
    /// Another process owns the data directory.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// There is something in the data directory.
    #[error(
        "{} holds {name} already; name an empty --data directory, or move its register aside with --replace",
        directory.display()
    )]
    Occupied {
        /// The data directory.
        directory: PathBuf,
        /// What is in it.
        name: String,
    },
    /// The register there publishes under other IRIs.
    #[error(
        "the backup is of the register for {backed_up}, and {} holds one for {there}; name another --data directory",
        directory.display()
    )]
    OtherBase {
        /// The data directory.
        directory: PathBuf,
        /// The base of the backup.
        backed_up: String,
        /// The base of what would be replaced.
        there: String,
    },
    /// A file cannot be read or written.
    #[error("cannot restore into {}: {source}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The counters of the copy cannot be raised.
    #[error("cannot raise the counters of numbers: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl RestoreError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::Io { path, source }
    }
}

/// A backup that is being brought back: copied beside its place, and not yet in it. It goes when it is dropped.
#[derive(Debug)]
pub struct Restoring {
    data: PathBuf,
    copy: Scaffold,
    manifest: Manifest,
    /// The counters of the register that is replaced: nothing if there is none, or it cannot be read.
    replaced: Option<Vec<(String, u64)>>,
    /// Held until the copy is in its place.
    _lock: DataLock,
}

/// What became of a restore.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The counters of numbers, all of which were raised.
    pub counters: Vec<RaisedCounter>,
    /// Where the register is that was there before.
    pub aside: Option<PathBuf>,
    /// Whether there was one that could not be read: what numbers it gave out after the backup nobody knows.
    pub is_blind: bool,
}

impl Restoring {
    /// Copies a backup into a data directory, which is made where there is none, and holds it to its manifest. The
    /// copy has the present form; what is there already stays in its place.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub fn begin(backup: &Path, data: &Path, replace: bool) -> Result<Self, RestoreError> {
        let manifest = Manifest::read(backup)?;
        if manifest.form > migrate::PRESENT {
            let found = i64::try_from(manifest.form).unwrap_or(i64::MAX);
            return Err(OpenError::TooNew { found, known: migrate::PRESENT }.into());
        }
        DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(RestoreError::io(data))?;
        let lock = DataLock::take(data)?;
        if !replace {
            expect_empty(data)?;
        }
        let replaced = replaced(data, &manifest)?;
        let copy = copy(backup, data, &manifest)?;
        if manifest.form < migrate::PRESENT {
            drop(Register::open(&Location::Directory(copy.path().to_owned()), &manifest.base)?);
        }
        Ok(Self { data: data.to_owned(), copy, manifest, replaced, _lock: lock })
    }

    /// Where the copy is, to be read.
    pub fn location(&self) -> Location {
        Location::Directory(self.copy.path().to_owned())
    }

    /// What the backup says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The copy alone, without the lock: what a process leaves that dies now.
    #[cfg(test)]
    pub(super) fn copied(self) -> Scaffold {
        self.copy
    }

    /// Raises the counters of the copy, moves what is there aside and puts the copy in its place.
    ///
    /// # Errors
    /// See [`RestoreError`].
    pub fn finish(self) -> Result<Restored, RestoreError> {
        let (from, to) = (register_file(self.copy.path()), register_file(&self.data));
        let counters = counters::raise(&from, self.replaced.as_deref().unwrap_or_default())?;
        sync(&from).map_err(RestoreError::io(&from))?;
        let aside = if to.exists() { Some(move_aside(&self.data, self.replaced.is_some())?) } else { None };
        // One step from the former register to the restored one, and a directory that names it for good.
        fs::rename(&from, &to).and_then(|()| sync(&self.data)).map_err(RestoreError::io(&to))?;
        Ok(Restored { counters, is_blind: aside.is_some() && self.replaced.is_none(), aside })
    }
}

/// Refuses a data directory that holds more than what an owner of it leaves.
fn expect_empty(data: &Path) -> Result<(), RestoreError> {
    for entry in fs::read_dir(data).map_err(RestoreError::io(data))? {
        let name = entry.map_err(RestoreError::io(data))?.file_name().to_string_lossy().into_owned();
        if !matches!(name.as_str(), "lock" | "socket" | "text-index" | RESTORING) {
            return Err(RestoreError::Occupied { directory: data.to_owned(), name });
        }
    }
    Ok(())
}

/// The counters of the register that is to be replaced, which must be for the same IRIs.
fn replaced(data: &Path, manifest: &Manifest) -> Result<Option<Vec<(String, u64)>>, RestoreError> {
    let file = register_file(data);
    if !file.exists() {
        return Ok(None);
    }
    match counters::read(&file) {
        Ok((base, _)) if base != manifest.base => {
            Err(RestoreError::OtherBase { directory: data.to_owned(), backed_up: manifest.base.clone(), there: base })
        }
        Ok((_, counters)) => Ok(Some(counters)),
        // A register that is broken is what backups are there for.
        Err(error) => {
            tracing::warn!(cause = %error, "the register that is replaced cannot be read");
            Ok(None)
        }
    }
}

/// The folder in the data directory that a backup is copied into.
const RESTORING: &str = "restoring";

/// Copies the register of a backup into a folder of the data directory.
fn copy(backup: &Path, data: &Path, manifest: &Manifest) -> Result<Scaffold, RestoreError> {
    let folder = data.join(RESTORING);
    // The lock is ours, so one that is there was left by a process that died.
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(RestoreError::io(&folder))?;
    }
    let folder = Scaffold::make(folder.clone()).map_err(RestoreError::io(&folder))?;
    let (from, to) = (register_file(backup), register_file(folder.path()));
    let mut file = create_private(&to).map_err(RestoreError::io(&to))?;
    let (bytes, sha256) = digest(&from, &mut file).map_err(RestoreError::io(&from))?;
    file.sync_all().map_err(RestoreError::io(&to))?;
    let told = |bytes: u64, sha256: &str| format!("{bytes} bytes and SHA-256 {sha256}");
    let (found, expected) = (told(bytes, &sha256), told(manifest.bytes, &manifest.sha256));
    if found == expected {
        Ok(folder)
    } else {
        Err(RestoreError::Damaged { directory: backup.to_owned(), found, expected })
    }
}

/// Gives the register of a data directory a second name in a folder of its own, so that another can take its first.
/// `is_sound` says whether it can be read.
fn move_aside(data: &Path, is_sound: bool) -> Result<PathBuf, RestoreError> {
    let moment: String =
        Connection::open_in_memory()?.query_row("SELECT strftime('%Y%m%dT%H%M%SZ', 'now')", [], |row| row.get(0))?;
    let aside = data.join(format!("replaced-{moment}"));
    make_private(&aside).map_err(RestoreError::io(&aside))?;
    let file = register_file(data);
    // Its log becomes part of it. The log of a broken one goes along; left behind it would be read as the new one's.
    if is_sound {
        counters::close_in_order(&file)?;
    }
    for suffix in ["-wal", "-shm"] {
        let name = format!("{FILE}{suffix}");
        if data.join(&name).exists() {
            fs::rename(data.join(&name), aside.join(&name)).map_err(RestoreError::io(&aside))?;
        }
    }
    fs::hard_link(&file, register_file(&aside)).map_err(RestoreError::io(&aside))?;
    sync(&aside).and_then(|()| sync(data)).map_err(RestoreError::io(&aside))?;
    Ok(aside)
}
