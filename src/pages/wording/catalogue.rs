//! What the pages of the catalogue say.

/// Everything that these pages say in one language.
pub(in crate::pages) struct CatalogueWords {
    pub(in crate::pages) catalogue: &'static str,
    /// What the catalogue is for.
    pub(in crate::pages) lead: &'static str,
    pub(in crate::pages) datasets: &'static str,
    /// The heading of the addresses where everything can be asked for.
    pub(in crate::pages) endpoints: &'static str,
    pub(in crate::pages) files: &'static str,
    pub(in crate::pages) no_files: &'static str,
    pub(in crate::pages) last_change: &'static str,
    /// The link to the page where people read what is in a dataset.
    pub(in crate::pages) read_it: &'static str,
    pub(in crate::pages) public_services: &'static str,
    /// The heading of what is told of the catalogue itself.
    pub(in crate::pages) about: &'static str,
    /// The link to the catalogue with all datasets on one page.
    pub(in crate::pages) whole: &'static str,
}
