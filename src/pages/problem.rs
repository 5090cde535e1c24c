//! The page that says what went wrong, and what to do instead.

use super::PageError;
use super::document::document;
use super::href;
use super::site::{Alternate, Contact, Section, Site, Text};
use super::wording::Wording;
use askama::Template;

/// A problem told to a person; the twin of
/// [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemPage {
    /// The HTTP status code of the answer.
    pub status: u16,
    /// What went wrong, in a few words.
    pub title: Text,
    /// What went wrong with this request, and what to do about it.
    pub detail: Text,
    /// What there is instead, for example the formats a document comes in.
    pub offered: Vec<Alternate>,
    /// What of records that were to be written breaks the shapes.
    pub violations: Vec<ToldViolation>,
}

/// A violation of the shapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldViolation {
    /// The IRI of the record or the part.
    pub focus: String,
    /// The value, where it is about one.
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub message: Text,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a ProblemPage,
    section: Option<Section>,
}

/// The page of a problem, as a whole HTML document.
pub fn problem(site: &Site, page: &ProblemPage) -> Result<String, PageError> {
    document(&ProblemTemplate { site, words: site.words(), page, section: None })
}
