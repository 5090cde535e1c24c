//! The page of the feed: what was published, changed and withdrawn, a hundred changes at a time.

use super::PageError;
use super::document::document;
use super::fact::Value;
use super::history::{VersionRow, version_row};
use super::href;
use super::language::Language;
use super::listing::Pagination;
use super::lists::pagination;
use super::record::Surroundings;
use super::site::{Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::{FeedChange, FeedEntry};
use crate::register::Listed;
use askama::Template;
use std::collections::BTreeMap;

/// The page of a part of the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The changes, the newest first.
    pub changes: Vec<FeedRow>,
    /// The parts that it leads to, where it has no changes of its own.
    pub parts: Vec<Link>,
    /// Where the page is one of several.
    pub pagination: Option<Pagination>,
    /// The same part in other formats.
    pub alternates: Vec<Alternate>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    /// The record, by the name it has now.
    pub record: Link,
    /// What became of it.
    pub change: FeedChange,
    /// The version that was made.
    pub version: VersionRow,
}

#[derive(Template)]
#[template(path = "feed.html")]
struct FeedTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a FeedPage,
    section: Option<Section>,
}

/// What a link to the feed is called.
pub fn feed_title(language: Language) -> Text {
    language.text(language.words().feed.changes)
}

/// The page of a part of the feed, as a whole HTML document.
pub fn feed(site: &Site, page: &FeedPage) -> Result<String, PageError> {
    document(&FeedTemplate { site, words: site.words(), page, section: None })
}

/// The ways to the parts of the feed under an inner node, each by the numbers of its pages.
pub fn feed_parts<N: ToString>(address: &str, parts: impl Iterator<Item = N>) -> Vec<Link> {
    let part = |name: String| Link { href: format!("{address}/{name}"), label: Text::plain(name), notation: None };
    parts.map(|name| part(name.to_string())).collect()
}

/// The changes of a part of the feed; `names` are those of its records, of agents and of organisations.
pub fn feed_rows(entries: &[FeedEntry], names: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> Vec<FeedRow> {
    let row = |entry: &FeedEntry| {
        let record =
            names.get(&entry.name.iri).map_or_else(|| view.link_to(&entry.name.iri), |listed| view.link(listed));
        FeedRow { record, change: entry.change, version: version_row(&entry.version, &entry.name, names, view) }
    };
    entries.iter().rev().map(row).collect()
}

/// Where a part of the feed stands among others, of which the newest is `last` and has the address of the feed itself.
pub fn feed_pagination(address: &str, current: u64, last: u64) -> Option<Pagination> {
    let number = |page: u64| usize::try_from(page).unwrap_or(usize::MAX);
    let (current, last) = (number(current), number(last));
    let href = |page: usize| if page == last { address.to_owned() } else { format!("{address}/{page}") };
    (last > 1).then(|| pagination(href, current, last))
}

impl FeedPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}
