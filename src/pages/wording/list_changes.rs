//! What the page of what changed of the list says.

use crate::catalogue::ChangeKind;

/// Everything that this page says in one language.
pub(in crate::pages) struct ListChangesWords {
    /// The link to what changed since a release, by its name.
    pub(in crate::pages) since: fn(&str) -> String,
    pub(in crate::pages) list_as_it_is: &'static str,
    /// What the kinds of change are called, in the order of [`ChangeKind::ALL`].
    pub(in crate::pages) kinds: [&'static str; 12],
    pub(in crate::pages) entry: &'static str,
    /// The link to all that changed of an entry.
    pub(in crate::pages) more: &'static str,
    /// What a reader must know of the names on the page.
    pub(in crate::pages) names_are: &'static str,
    pub(in crate::pages) nothing: &'static str,
}

impl ListChangesWords {
    /// What a kind of change is called.
    pub(in crate::pages) fn kind(&self, kind: ChangeKind) -> &'static str {
        let named = ChangeKind::ALL.into_iter().zip(self.kinds).find(|(known, _)| *known == kind);
        named.map_or("", |(_, name)| name)
    }
}
