//! The front page: what there is, how much of it, and the ways in.

use super::PageError;
use super::document::document;
use super::href;
use super::query::QueryPage;
use super::site::{self, Contact, Link, Section, Site};
use super::wording::Wording;
use askama::Template;

/// The front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomePage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// How much there is.
    pub counts: Counts,
    /// The letters that names begin with, each with the page that lists them.
    pub letters: Vec<Link>,
    /// The outermost functions.
    pub functions: Vec<Link>,
    /// The code lists.
    pub code_lists: Vec<Link>,
    /// Where pilots are listed.
    pub pilots: String,
    /// Where co-design activities are listed.
    pub co_design: String,
    /// A few entries worth opening.
    pub examples: Vec<Link>,
    /// A query to try; no query is offered where absent. Only `endpoint`, `query`, `formats`
    /// and `questions` are shown.
    pub query: Option<QueryPage>,
    /// What harvesters and developers come for: catalogue, feed, dumps, vocabulary.
    pub for_machines: Vec<Link>,
}

/// How much there is of each kind, and where it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Number of service types.
    pub service_types: usize,
    /// Number of functions.
    pub functions: usize,
    /// Number of code lists.
    pub code_lists: usize,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomeTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a HomePage,
    section: Option<Section>,
}

/// The front page, as a whole HTML document.
pub fn home(site: &Site, page: &HomePage) -> Result<String, PageError> {
    document(&HomeTemplate { site, words: site.words(), page, section: None })
}

impl HomePage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl HomePage {
    fn pilots_address(&self) -> Option<&str> {
        href::followable(&self.pilots)
    }

    fn co_design_address(&self) -> Option<&str> {
        href::followable(&self.co_design)
    }
}

impl HomeTemplate<'_> {
    /// Where a part of the site is, if its navigation has it.
    fn place(&self, section: Section) -> Option<&str> {
        self.site.navigation.iter().find(|place| place.section == section)?.address()
    }
}
