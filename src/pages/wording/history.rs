//! What the pages of the history of records say.

use crate::catalogue::Status;

/// Everything that these pages say in one language.
pub(in crate::pages) struct HistoryWords {
    pub(in crate::pages) history: &'static str,
    pub(in crate::pages) all_versions: &'static str,
    /// What the table of versions shows.
    pub(in crate::pages) versions_are: &'static str,
    pub(in crate::pages) when: &'static str,
    pub(in crate::pages) who: &'static str,
    /// What stands between an agent and the organisation that it acted for.
    pub(in crate::pages) on_behalf_of: &'static str,
    pub(in crate::pages) activity: &'static str,
    pub(in crate::pages) why: &'static str,
    pub(in crate::pages) changes: &'static str,
    /// The link to what changed since the version before.
    pub(in crate::pages) compare: &'static str,
    pub(in crate::pages) status: &'static str,
    /// What the statuses are called, in the order of [`Status::ALL`].
    pub(in crate::pages) statuses: [&'static str; 6],
    pub(in crate::pages) is_past: &'static str,
    pub(in crate::pages) is_present: &'static str,
    /// What a reader must know of the page of a version.
    pub(in crate::pages) said_then: &'static str,
    pub(in crate::pages) names_are_of_now: &'static str,
    pub(in crate::pages) to_present: &'static str,
    pub(in crate::pages) earlier: &'static str,
    pub(in crate::pages) later: &'static str,
    /// What stands before the numbers of the two versions that are compared.
    pub(in crate::pages) from_to: (&'static str, &'static str),
    pub(in crate::pages) before: &'static str,
    pub(in crate::pages) after: &'static str,
    /// What stands where there was or is no value.
    pub(in crate::pages) nothing: &'static str,
    pub(in crate::pages) nothing_changed: &'static str,
    pub(in crate::pages) part: &'static str,
}

impl HistoryWords {
    /// What a status is called.
    pub(in crate::pages) fn status(&self, status: Status) -> &'static str {
        let named = Status::ALL.into_iter().zip(self.statuses).find(|(known, _)| *known == status);
        named.map_or("", |(_, name)| name)
    }
}
