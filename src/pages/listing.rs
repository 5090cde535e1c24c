//! Pages that list entries: the list whole, by letter, by function, or one code list.

use super::PageError;
use super::document::{document, in_script};
use super::href;
use super::site::{self, Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use askama::Template;
use std::borrow::Cow;

/// A page that lists entries in groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// IRI of the list, where it is a thing of its own.
    pub iri: Option<String>,
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The part of the site it belongs to, marked in the header.
    pub section: Option<Section>,
    /// The way to it from the front page, without the page itself.
    pub breadcrumb: Vec<Link>,
    /// What the list is called.
    pub title: Text,
    /// What it holds.
    pub description: Option<Text>,
    /// Ways to look at the same entries.
    pub views: Vec<View>,
    /// The entries, in groups.
    pub groups: Vec<Group>,
    /// Where the page is one of several.
    pub pagination: Option<Pagination>,
    /// How many entries the list has, on all its pages.
    pub total: usize,
    /// The same list in other formats.
    pub alternates: Vec<Alternate>,
    /// The list as JSON-LD for search engines; valid JSON.
    pub structured_data: Option<String>,
    /// The page that lists the versions of the list.
    pub history: Option<String>,
    /// The page of what changed since the release before.
    pub changes: Option<Link>,
}

/// One way to look at the entries of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Where it is and what it is called.
    pub link: Link,
    /// Whether it is the one the page shows.
    pub current: bool,
}

/// Entries that stand under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Name of the anchor that leads to the group; unique on the page.
    pub id: String,
    /// Its heading; a list without groups is one group without a heading.
    pub heading: Option<Heading>,
    /// How deep it lies within other groups, from 0.
    pub depth: u8,
    /// Its entries.
    pub entries: Vec<Link>,
}

/// The heading of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heading {
    /// Words alone, for example a letter.
    Text(Text),
    /// A record, for example a function.
    Link(Link),
}

/// Where a page stands among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// Number of this page, from 1.
    pub current: usize,
    /// Number of the last page.
    pub last: usize,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
    /// The pages to offer, in order; gaps between their numbers are shown as gaps.
    pub pages: Vec<PageNumber>,
}

/// One of several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageNumber {
    /// Its number, from 1.
    pub number: usize,
    /// Where it is.
    pub href: String,
}

#[derive(Template)]
#[template(path = "list.html")]
struct ListTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a ListPage,
    section: Option<Section>,
}

/// A page that lists entries, as a whole HTML document.
pub fn listing(site: &Site, page: &ListPage) -> Result<String, PageError> {
    document(&ListTemplate { site, words: site.words(), page, section: page.section })
}

impl ListPage {
    fn address(&self) -> Option<&str> {
        self.iri.as_deref().and_then(href::followable)
    }

    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    fn history_address(&self) -> Option<&str> {
        self.history.as_deref().and_then(href::followable)
    }

    fn data_in_script(&self) -> Option<String> {
        self.structured_data.as_deref().map(in_script)
    }

    /// What the way to look at the list is called, where it is another than the first.
    fn way(&self) -> Option<&Text> {
        self.views.iter().skip(1).find(|view| view.current).map(|view| &view.link.label)
    }

    /// The outermost groups with a heading, where there are enough to need a way to jump.
    fn jumps(&self) -> Vec<&Group> {
        let outer: Vec<_> = self.groups.iter().filter(|group| group.depth == 0 && group.heading.is_some()).collect();
        if outer.len() > 1 { outer } else { Vec::new() }
    }

    /// Whether the groups are letters, so that they stand in one row.
    fn is_by_letter(&self) -> bool {
        self.jumps().iter().all(|group| group.name().is_some_and(|name| name.value.chars().count() <= 3))
    }
}

impl Group {
    fn anchor(&self) -> Cow<'_, str> {
        href::anchor(&self.id)
    }

    /// The level of its HTML heading: 2 for the outermost, 6 at most.
    fn level(&self) -> u8 {
        self.depth.saturating_add(2).min(6)
    }

    fn name(&self) -> Option<&Text> {
        self.heading.as_ref().map(|heading| match heading {
            Heading::Text(text) => text,
            Heading::Link(link) => &link.label,
        })
    }
}

impl Pagination {
    pub(super) fn previous_address(&self) -> Option<&str> {
        self.previous.as_deref().and_then(href::followable)
    }

    pub(super) fn next_address(&self) -> Option<&str> {
        self.next.as_deref().and_then(href::followable)
    }

    /// The pages to offer, each with whether numbers are left out before it.
    pub(super) fn steps(&self) -> Vec<(&PageNumber, bool)> {
        let mut before = 0;
        self.pages
            .iter()
            .map(|page| {
                let gap = page.number > before + 1;
                before = page.number;
                (page, gap)
            })
            .collect()
    }
}

impl PageNumber {
    pub(super) fn address(&self) -> Option<&str> {
        href::followable(&self.href)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_left_out_between_pages_are_shown_as_a_gap() {
        let page = |number| PageNumber { number, href: format!("?page={number}") };
        let pagination = Pagination {
            current: 8,
            last: 16,
            previous: None,
            next: None,
            pages: vec![page(1), page(7), page(8), page(16)],
        };
        let gaps: Vec<_> = pagination.steps().iter().map(|(page, gap)| (page.number, *gap)).collect();
        assert_eq!(gaps, [(1, false), (7, true), (8, false), (16, true)]);
    }

    #[test]
    fn headings_stay_within_the_levels_of_html() {
        let level = |depth| Group { id: String::new(), heading: None, depth, entries: Vec::new() }.level();
        assert_eq!([0, 1, 4, 5, 255].map(level), [2, 3, 6, 6, 6]);
    }
}
