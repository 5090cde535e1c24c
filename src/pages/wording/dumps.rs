//! What the page of dumps says.

/// Everything that this page says in one language.
pub(in crate::pages) struct DumpsWords {
    pub(in crate::pages) title: &'static str,
    /// What the files are for.
    pub(in crate::pages) lead: &'static str,
    pub(in crate::pages) everything: &'static str,
    /// What the files of everything hold.
    pub(in crate::pages) everything_is: &'static str,
    pub(in crate::pages) history: &'static str,
    /// What the files of the history hold.
    pub(in crate::pages) history_is: &'static str,
    /// Where the files of single organisations are found.
    pub(in crate::pages) organisations: &'static str,
    /// What becomes of records that are withdrawn.
    pub(in crate::pages) withdrawn: &'static str,
    /// What is said where no file has been made yet.
    pub(in crate::pages) not_yet: &'static str,
    pub(in crate::pages) file: &'static str,
    pub(in crate::pages) size: &'static str,
    /// What stands before the number of the revision that all files show.
    pub(in crate::pages) revision: &'static str,
    /// What stands before the day on which the files were made.
    pub(in crate::pages) made: &'static str,
}
