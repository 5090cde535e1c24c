//! Where a register is kept.

use std::path::{Path, PathBuf};

/// Where a register is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a directory, made where it does not exist.
    Directory(PathBuf),
    /// Nowhere: gone with the process.
    Memory,
}

impl Location {
    /// The location that a `--data` setting names: `:memory:`, or a directory.
    pub fn from_setting(setting: &str) -> Self {
        match setting {
            ":memory:" => Self::Memory,
            directory => Self::Directory(PathBuf::from(directory)),
        }
    }

    /// Whether a register was made there before.
    pub fn has_register(&self) -> bool {
        match self {
            Self::Directory(directory) => register_file(directory).exists(),
            Self::Memory => false,
        }
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Directory(directory) => register_file(directory).display().fmt(f),
            Self::Memory => f.write_str("in memory"),
        }
    }
}

/// The register's file in its directory.
pub(super) const FILE: &str = "register.sqlite";

/// The register's file in a data directory.
pub(super) fn register_file(directory: &Path) -> PathBuf {
    directory.join(FILE)
}
