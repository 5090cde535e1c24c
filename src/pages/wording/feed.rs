//! What the page of the feed says.

use crate::catalogue::FeedChange;

/// Everything that this page says in one language.
pub(in crate::pages) struct FeedWords {
    pub(in crate::pages) changes: &'static str,
    pub(in crate::pages) about: &'static str,
    pub(in crate::pages) newest_first: &'static str,
    pub(in crate::pages) record: &'static str,
    pub(in crate::pages) change: &'static str,
    /// What became of a record: it is new, another, gone.
    pub(in crate::pages) kinds: [&'static str; 3],
    pub(in crate::pages) for_programs: &'static str,
}

impl FeedWords {
    /// What became of a record.
    pub(in crate::pages) fn of(&self, change: FeedChange) -> &'static str {
        let [created, updated, deleted] = self.kinds;
        match change {
            FeedChange::Create => created,
            FeedChange::Update => updated,
            FeedChange::Delete => deleted,
        }
    }
}
