//! Files that are there after a power failure: synced, and so are the directories that name them.

use super::super::hex::hex;
use sha2::{Digest, Sha256};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Bytes that are read at once.
const CHUNK: usize = 1 << 18;

/// Makes a directory that nobody but its owner can use.
pub(super) fn make_private(directory: &Path) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(directory)
}

/// Makes a file that nobody but its owner can read, and that was not there.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// Sees to it that a file, or what a directory names, is on the disk.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The directory that names a path.
pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The path with something added to its last name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(suffix);
    path.with_file_name(name)
}

/// The size and the SHA-256 of what a file holds, which goes into `copy` too.
pub(super) fn digest(path: &Path, mut copy: impl Write) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut size, mut hash, mut chunk) = (0, Sha256::new(), vec![0; CHUNK]);
    loop {
        let read = file.read(&mut chunk)?;
        let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        copy.write_all(bytes)?;
        size += bytes.len() as u64;
    }
    Ok((size, hex(&hash.finalize())))
}

/// A directory that goes with what is in it when it is dropped, unless it was kept.
#[derive(Debug)]
pub(super) struct Scaffold {
    path: PathBuf,
    is_kept: bool,
}

impl Scaffold {
    /// Makes the directory, which must not be there.
    pub(super) fn make(path: PathBuf) -> io::Result<Self> {
        make_private(&path)?;
        Ok(Self { path, is_kept: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves it where it is.
    pub(super) fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Scaffold {
    fn drop(&mut self) {
        if !self.is_kept
            && let Err(error) = fs::remove_dir_all(&self.path)
        {
            tracing::warn!(directory = %self.path.display(), cause = %error, "what was left half done stays");
        }
    }
}
