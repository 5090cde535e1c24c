//! Pages of the second list: the verdicts that filters leave, and how verdicts are distributed over functions.

mod chart;
mod fill;

pub use chart::{Bar, Segment};
pub use fill::{coverage_page, fields, head, page, verdict};
pub(in crate::pages) use fill::{link, list_address};

use super::PageError;
use super::document::{document, in_script};
use super::href;
use super::listing::{Pagination, View};
use super::site::{self, Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use askama::Template;

/// What the head of every page of the second list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListHead {
    /// IRI of the list.
    pub iri: String,
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// Where the list is, without filters.
    pub address: String,
    /// What the list is called.
    pub title: Text,
    /// What it says.
    pub description: Option<Text>,
    /// Ways to look at it.
    pub views: Vec<View>,
    /// The same part of the list in other formats.
    pub alternates: Vec<Alternate>,
    /// The list as JSON-LD for search engines; valid JSON.
    pub structured_data: Option<String>,
    /// The page that lists the versions of the list.
    pub history: Option<String>,
}

/// The page of the verdicts that filters leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondListPage {
    /// What its head says.
    pub head: ListHead,
    /// The filters.
    pub fields: Vec<Field>,
    /// The verdicts.
    pub rows: Vec<Row>,
    /// How many verdicts there are on all pages.
    pub total: usize,
    /// Where the page is one of several.
    pub pagination: Option<Pagination>,
}

/// One filter: a choice among values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name of its parameter.
    pub name: String,
    /// What it is called.
    pub label: Text,
    /// Its values, what asks for nothing in front.
    pub options: Vec<Choice>,
}

/// One value of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// As addresses have it.
    pub value: String,
    /// What it is called.
    pub label: Text,
    /// Whether it is the one that was asked for.
    pub is_chosen: bool,
}

/// One verdict in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The service type.
    pub entry: Link,
    /// What is said of it.
    pub verdict: VerdictOn,
    /// Whose verdict it is.
    pub assessor: Link,
    /// The channels for which the verdict is another.
    pub otherwise: Vec<Link>,
}

/// What an assessment says of a service type as a whole or for one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictOn {
    /// The channel; none for the service as a whole.
    pub channel: Option<Link>,
    /// How far a single point of contact can deliver the service.
    pub degree: Link,
    /// What it does itself.
    pub handling: Vec<Link>,
    /// What holds it back.
    pub reasons: Vec<Link>,
    /// The phase from which this holds.
    pub phase: Option<Link>,
    /// The rule that it rests on.
    pub rule: Option<Link>,
    /// Where it is argued.
    pub document: String,
}

/// The page of how verdicts are distributed over functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoveragePage {
    /// What its head says.
    pub head: ListHead,
    /// The degrees, the highest first.
    pub degrees: Vec<Link>,
    /// A row for each of the topmost functions.
    pub rows: Vec<CoverageRow>,
    /// The row of all service types.
    pub all: CoverageRow,
    /// The picture: a bar for each row.
    pub bars: Vec<Bar>,
}

/// How the verdicts on the service types of a function are distributed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageRow {
    /// The function; none for service types without one and for all.
    pub function: Option<Link>,
    /// The number of verdicts of each degree.
    pub verdicts: Vec<Count>,
    /// The number of service types without a verdict.
    pub unassessed: usize,
    /// The number of service types.
    pub types: Count,
    /// How many of a hundred have a verdict, rounded down.
    pub share: usize,
}

/// A number, and what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The number.
    pub number: usize,
    /// Where what it counts is listed.
    pub href: Option<String>,
}

#[derive(Template)]
#[template(path = "second_list.html")]
struct SecondListTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a SecondListPage,
    section: Option<Section>,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoverageTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a CoveragePage,
    section: Option<Section>,
}

/// The page of the verdicts that filters leave, as a whole HTML document.
pub fn second_list(site: &Site, page: &SecondListPage) -> Result<String, PageError> {
    document(&SecondListTemplate { site, words: site.words(), page, section: Some(Section::SecondList) })
}

/// The page of how verdicts are distributed, as a whole HTML document.
pub fn coverage(site: &Site, page: &CoveragePage) -> Result<String, PageError> {
    document(&CoverageTemplate { site, words: site.words(), page, section: Some(Section::SecondList) })
}

impl ListHead {
    pub(super) fn history_address(&self) -> Option<&str> {
        self.history.as_deref().and_then(href::followable)
    }

    pub(super) fn iri_address(&self) -> Option<&str> {
        href::followable(&self.iri)
    }

    pub(super) fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    pub(super) fn list_address(&self) -> Option<&str> {
        href::followable(&self.address)
    }

    pub(super) fn data_in_script(&self) -> Option<String> {
        self.structured_data.as_deref().map(in_script)
    }
}

impl VerdictOn {
    pub(super) fn document_address(&self) -> Option<&str> {
        href::followable(&self.document)
    }
}

impl Count {
    pub(super) fn address(&self) -> Option<&str> {
        self.href.as_deref().and_then(href::followable).filter(|_| self.number > 0)
    }
}
