//! The text index of the catalogue: what of a record is searched, and who has the index follow the register.
//!
//! The index stands in `{data}/text-index/` and may be deleted whenever no server runs: the next one makes it anew.

mod follower;
#[cfg(test)]
mod tests;
mod texts;

pub(super) use follower::TextFollower;
pub(super) use texts::texts;

use super::open::Catalogue;
use crate::register::Register;
use crate::text_index::{Place, TextIndex};
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Catalogue {
    /// Keeps the text index from now on, as long as the catalogue is open, and lets queries search it. It is opened,
    /// or made where there is none that is whole, on a thread of its own; searches wait for it a little.
    pub fn keep_text_index(&self) {
        self.text_follower.get_or_init(|| {
            let index = Arc::new(TextIndex::new());
            self.graph.search_in(Arc::clone(&index));
            TextFollower::start(Arc::clone(&self.register), place(&self.register), index)
        });
    }
}

/// The folder of the text index in a data directory.
pub(super) fn folder(directory: &Path) -> PathBuf {
    directory.join("text-index")
}

fn place(register: &Register) -> Place {
    register.directory().map_or(Place::Memory, |directory| Place::Folder(folder(directory)))
}
