//! One process owns a data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

/// A data directory that cannot be owned.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process owns it.
    #[error("{} is in use by process {pid}; stop it first, or name another directory with --data", directory.display())]
    Taken {
        /// The data directory.
        directory: PathBuf,
        /// What the owner wrote into the lock.
        pid: String,
    },
    /// The lock file cannot be made or locked.
    #[error("cannot lock {}: {source}", path.display())]
    Io {
        /// The lock file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// The ownership of a data directory; given back when dropped, by the system if the process dies.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

impl DataLock {
    /// Takes the ownership of a directory that exists, and writes this process's number into it.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn take(directory: &Path) -> Result<Self, LockError> {
        let path = directory.join("lock");
        let io = |source| LockError::Io { path: path.clone(), source };
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(taken(directory, &mut file).map_err(io)?);
            }
            Err(TryLockError::Error(source)) => return Err(io(source)),
        }
        file.set_len(0).map_err(io)?;
        file.rewind().map_err(io)?;
        writeln!(file, "{}", std::process::id()).map_err(io)?;
        Ok(Self { _file: file })
    }

    /// Says that nobody owns a directory, without owning it.
    ///
    /// # Errors
    /// See [`LockError`].
    pub fn expect_free(directory: &Path) -> Result<(), LockError> {
        let path = directory.join("lock");
        let mut file = match File::open(&path) {
            Ok(file) => file,
            // Nobody ever owned it.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(source) => return Err(LockError::Io { path, source }),
        };
        // The lock that this takes is let go with the file.
        match file.try_lock_shared() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                Err(taken(directory, &mut file).unwrap_or_else(|source| LockError::Io { path, source }))
            }
            Err(TryLockError::Error(source)) => Err(LockError::Io { path, source }),
        }
    }
}

/// The directory is owned by the process that wrote its number into the lock.
fn taken(directory: &Path, file: &mut File) -> std::io::Result<LockError> {
    let mut pid = String::new();
    file.read_to_string(&mut pid)?;
    Ok(LockError::Taken { directory: directory.to_owned(), pid: pid.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_owner_is_told_who_the_first_is() {
        let directory = tempfile::tempdir().unwrap();
        let first = DataLock::take(directory.path()).unwrap();
        let error = DataLock::take(directory.path()).unwrap_err().to_string();
        assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
        drop(first);
        DataLock::take(directory.path()).unwrap();
    }
}
