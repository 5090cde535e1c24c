//! The page of what changed of the list between two releases, or since one.

mod fill;

pub use fill::{list_changes_page, way_to_changes};

use super::PageError;
use super::document::document;
use super::fact::Value;
use super::href;
use super::site::{self, Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::ChangeKind;
use askama::Template;

/// The page of what changed of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChangesPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The list as it is now.
    pub list: Link,
    /// The earlier state: a release.
    pub earlier: Link,
    /// The later state: a release, or the list as it is now.
    pub later: Link,
    /// The changes by kind; kinds without any are left out.
    pub sections: Vec<ChangeSection>,
    /// The same in other formats.
    pub alternates: Vec<Alternate>,
}

/// The changes of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSection {
    /// The kind.
    pub kind: ChangeKind,
    /// How many entries changed so; one may have several changes.
    pub count: usize,
    /// The changes.
    pub rows: Vec<ChangeRow>,
}

/// One change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// The entry as it was called in the later state.
    pub entry: Link,
    /// The property that changed, where the kind of change does not tell it.
    pub property: Option<Text>,
    /// What the language of the values is called.
    pub language: Option<Text>,
    /// The values that went.
    pub before: Vec<Value>,
    /// The values that came.
    pub after: Vec<Value>,
    /// What takes its place.
    pub successors: Vec<Link>,
    /// The page of all that changed of the entry between its two versions, or of its first version.
    pub more: Option<String>,
}

#[derive(Template)]
#[template(path = "list_changes.html")]
struct ListChangesTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a ListChangesPage,
    section: Option<Section>,
}

/// The page of what changed of the list, as a whole HTML document.
pub fn list_changes(site: &Site, page: &ListChangesPage) -> Result<String, PageError> {
    document(&ListChangesTemplate { site, words: site.words(), page, section: Some(Section::Services) })
}

impl ListChangesPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl ChangeSection {
    /// What the kind of change is called.
    fn name(&self, words: &'static Wording) -> &'static str {
        words.list_changes.kind(self.kind)
    }

    /// Whether its changes are told by what was before and is after.
    const fn has_values(&self) -> bool {
        has_values(self.kind)
    }
}

impl ChangeRow {
    fn more_address(&self) -> Option<&str> {
        self.more.as_deref().and_then(href::followable)
    }
}

/// Whether a kind of change is told by what was before and is after; of others the kind says it all.
const fn has_values(kind: ChangeKind) -> bool {
    matches!(kind, ChangeKind::Renamed | ChangeKind::Translated | ChangeKind::Redefined | ChangeKind::Moved)
}
