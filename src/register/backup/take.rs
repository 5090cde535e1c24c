//! Taking a backup, also while the register is written.

use super::super::location::register_file;
use super::super::open::{Register, connect};
use super::durable::{Scaffold, beside, parent, sync};
use super::manifest::{Manifest, ManifestError};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A backup that was not taken; what was at its place is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something is at its place.
    #[error("{} is there already; name another directory, or take the place of a backup there with --replace", directory.display())]
    Occupied {
        /// Its place.
        directory: PathBuf,
    },
    /// What it should take the place of is no backup.
    #[error("only a backup is replaced: {0}")]
    NotReplaced(#[from] ManifestError),
    /// It cannot be written.
    #[error("cannot write the backup at {}: {source}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The register cannot be copied.
    #[error("cannot copy the register into the backup: {0}")]
    Copy(#[from] rusqlite::Error),
}

impl BackupError {
    /// What the system said of a path.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self::Io { path, source }
    }
}

impl Register {
    /// Writes all that was committed until now into a directory: one file that needs no other, and its manifest.
    /// Reading and writing go on meanwhile.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub fn back_up(&self, directory: &Path, replace: bool) -> Result<Manifest, BackupError> {
        let is_there = is_occupied(directory).map_err(BackupError::io(directory))?;
        match is_there {
            true if replace => drop(Manifest::read(directory)?),
            true => return Err(BackupError::Occupied { directory: directory.to_owned() }),
            false => {}
        }
        let partial = beside(directory, &format!(".partial-{}", std::process::id()));
        let partial = Scaffold::make(partial.clone()).map_err(BackupError::io(&partial))?;
        let file = register_file(partial.path());
        self.copy_to(&file)?;
        sync(&file).map_err(BackupError::io(&file))?;
        let manifest = Manifest::of(partial.path())?;
        manifest.write(partial.path()).map_err(BackupError::io(partial.path()))?;
        take_place(partial, directory, is_there).map_err(BackupError::io(directory))?;
        Ok(manifest)
    }

    /// Writes the register into a file that is not there, in the order of its keys and without a log.
    /// <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
    fn copy_to(&self, file: &Path) -> Result<(), BackupError> {
        let in_utf8 = || io::Error::new(io::ErrorKind::InvalidInput, "its path is not written in UTF-8");
        let name = file.to_str().ok_or_else(in_utf8).map_err(BackupError::io(file))?;
        connect(&self.file)?.execute("VACUUM INTO ?1", [name])?;
        Ok(())
    }
}

/// Whether there is anything at a place but an empty directory.
fn is_occupied(directory: &Path) -> io::Result<bool> {
    match fs::read_dir(directory) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Renames a finished backup into its place. One that it takes the place of goes when the new one is there.
fn take_place(finished: Scaffold, directory: &Path, is_there: bool) -> io::Result<()> {
    sync(finished.path())?;
    let former = beside(directory, &format!(".former-{}", std::process::id()));
    if is_there {
        fs::rename(directory, &former)?;
    }
    fs::rename(finished.path(), directory)?;
    finished.keep();
    sync(&parent(directory))?;
    if is_there {
        fs::remove_dir_all(&former)?;
    }
    Ok(())
}
