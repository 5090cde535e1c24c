//! What the pages of stored queries say.

/// What the pages of stored queries say.
pub(in crate::pages) struct StoredQueryWords {
    pub(in crate::pages) questions: &'static str,
    /// What leads to all of them from where some are shown.
    pub(in crate::pages) all: &'static str,
    pub(in crate::pages) lead: &'static str,
    pub(in crate::pages) answer: &'static str,
    /// What sends the form with other values, and what brings the usual ones back.
    pub(in crate::pages) ask: &'static str,
    pub(in crate::pages) reset: &'static str,
    pub(in crate::pages) cite: &'static str,
    /// What stands before the number of the revision that the answer shows.
    pub(in crate::pages) revision: &'static str,
    pub(in crate::pages) ask_otherwise: &'static str,
    pub(in crate::pages) answer_as: &'static str,
}
