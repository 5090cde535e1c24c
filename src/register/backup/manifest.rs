//! What a backup says of itself, in JSON that people can read.

use super::super::hex::hex;
use super::super::location::{FILE, register_file};
use super::super::migrate;
use super::durable::{create_private, digest};
use super::take::BackupError;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file that holds the manifest.
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, as `xsd:dateTime`.
    pub made: String,
    /// What the register's IRIs start with.
    pub base: String,
    /// The form of the register.
    pub form: usize,
    /// The latest revision.
    pub revision: u64,
    /// How many versions the feed names.
    pub versions: u64,
    /// The last link of the chain along the feed, in hexadecimal digits; nothing in a feed without entries.
    pub last_link: Option<String>,
    /// The name of the file with the register.
    pub file: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A directory that is no backup of ours.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It has no manifest that can be read.
    #[error("{} is no backup: cannot read {MANIFEST}: {source}", directory.display())]
    Missing {
        /// The directory.
        directory: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The manifest is damaged, or of another program.
    #[error("{MANIFEST} in {} is no manifest of a backup: {source}", directory.display())]
    Malformed {
        /// The directory.
        directory: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl Manifest {
    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// See [`ManifestError`].
    pub fn read(directory: &Path) -> Result<Self, ManifestError> {
        let text = fs::read(directory.join(MANIFEST))
            .map_err(|source| ManifestError::Missing { directory: directory.to_owned(), source })?;
        serde_json::from_slice(&text)
            .map_err(|source| ManifestError::Malformed { directory: directory.to_owned(), source })
    }

    /// What is to be said of the register in a directory, which nobody has open.
    pub(super) fn of(directory: &Path) -> Result<Self, BackupError> {
        let file = register_file(directory);
        let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let one = |sql: &str| connection.query_row(sql, [], |row| row.get(0));
        let last: Option<(u64, Option<Vec<u8>>)> = connection
            .query_row("SELECT position, link FROM feed ORDER BY position DESC LIMIT 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        let (versions, last_link) = last.unwrap_or_default();
        let (bytes, sha256) = digest(&file, io::sink()).map_err(BackupError::io(&file))?;
        Ok(Self {
            made: connection.query_row("SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')", [], |row| row.get(0))?,
            base: connection.query_row("SELECT value FROM setting WHERE name = 'base'", [], |row| row.get(0))?,
            form: migrate::PRESENT,
            revision: one("SELECT coalesce(max(number), 0) FROM revision")?,
            versions,
            last_link: last_link.as_deref().map(hex),
            file: FILE.to_owned(),
            bytes,
            sha256,
        })
    }

    /// Writes it into a directory and sees to it that it is on the disk.
    pub(super) fn write(&self, directory: &Path) -> io::Result<()> {
        let mut file = create_private(&directory.join(MANIFEST))?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.sync_all()
    }
}
