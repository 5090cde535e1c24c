//! A disk that loses its power, runs full, or can no longer be written: `disk.c`, loaded into the real binary.

use crate::binary::{Server, eusl};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The errors of a disk, as Linux numbers them.
pub const IS_FULL: i32 = 28;
pub const IS_READ_ONLY: i32 = 30;
pub const IS_BROKEN: i32 = 5;

/// A disk under a data directory.
pub struct Disk {
    library: &'static Path,
    data: PathBuf,
    synced: PathBuf,
    fails: PathBuf,
    lies: bool,
}

impl Disk {
    /// A disk for a data directory whose files are all on it; nothing where this system cannot have one.
    pub fn under(data: &Path) -> Option<Self> {
        let library = library()?;
        // The shim compares names as the system has them.
        let data = data.canonicalize().unwrap();
        let (synced, fails) = (data.with_extension("synced"), data.with_extension("fails"));
        std::fs::create_dir(&synced).unwrap();
        for file in std::fs::read_dir(&data).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                std::fs::copy(file.path(), synced.join(file.file_name())).unwrap();
            }
        }
        Some(Self { library, data, synced, fails, lies: false })
    }

    /// The same, but it keeps nothing and says that it does.
    pub fn that_lies(self) -> Self {
        Self { lies: true, ..self }
    }

    /// A command that works on the data directory.
    pub fn command(&self) -> Command {
        let mut command = eusl(&self.data);
        command.env("LD_PRELOAD", self.library).env("DISK_FOLDER", &self.data).env("DISK_FAILS", &self.fails);
        command.env("DISK_SYNCED", &self.synced);
        if self.lies {
            command.env("DISK_LIES", "1");
        }
        command
    }

    /// A server of the data directory.
    pub fn serve(&self) -> Server {
        Server::run(self.command().args(["--listen", "127.0.0.1:0", "serve"]))
    }

    /// From now on writes fail with an error, and syncs with another; 0 is none.
    pub fn fail(&self, writes: i32, syncs: i32) {
        // Written beside and moved there, so that nobody reads half of it.
        let unfinished = self.fails.with_extension("unfinished");
        std::fs::write(&unfinished, format!("{writes} {syncs}\n")).unwrap();
        std::fs::rename(unfinished, &self.fails).unwrap();
    }

    /// From now on nothing fails.
    pub fn mend(&self) {
        std::fs::remove_file(&self.fails).unwrap();
    }

    /// What is left in a folder when the power fails now: all that was synced, and of what was written since then each
    /// page of 4 KiB or not, as `choose` says.
    pub fn lose_power(&self, left: &Path, mut choose: impl FnMut() -> bool) {
        std::fs::create_dir(left).unwrap();
        for file in std::fs::read_dir(&self.synced).unwrap() {
            let file = file.unwrap();
            let name = file.file_name();
            if name.to_string_lossy().ends_with(".copy") {
                continue;
            }
            let mut kept = std::fs::read(file.path()).unwrap();
            let written = std::fs::read(self.data.join(&name)).unwrap_or_default();
            for (place, page) in written.chunks(4096).enumerate() {
                let at = place * 4096;
                if kept.get(at..at + page.len()) != Some(page) && choose() {
                    kept.resize(kept.len().max(at + page.len()), 0);
                    kept.splice(at..at + page.len(), page.iter().copied());
                }
            }
            std::fs::write(left.join(name), kept).unwrap();
        }
    }
}

/// The shim, made once; nothing where there is no C compiler, or no Linux.
fn library() -> Option<&'static Path> {
    static MADE: OnceLock<Option<(TempDir, PathBuf)>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("disk.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/disk.c");
        let compiled =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&path).args([source, "-ldl"]).status();
        match compiled {
            Ok(status) if cfg!(target_os = "linux") && status.success() => Some((folder, path)),
            _ => {
                println!("SKIPPED: no C compiler, or no Linux, to make a disk that fails of");
                None
            }
        }
    });
    made.as_ref().map(|(_, path)| path.as_path())
}
