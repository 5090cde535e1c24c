//! The page to validate data on: a plain form, and above it what was found in what was sent.
//!
//! [`mod@findings`] fills it from a validation report.

mod findings;

pub use findings::EXAMPLES;

use super::PageError;
use super::document::document;
use super::href;
use super::site::{self, Contact, Link, Section, Site, Text};
use super::wording::{ValidationWords, Wording};
use crate::shacl::Severity;
use askama::Template;

/// The page to validate data on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// Where the form sends `content` and `syntax` to, by POST.
    pub action: String,
    /// Where programs send RDF to.
    pub endpoint: String,
    /// Where programs of the EU Interoperability Test Bed send theirs.
    pub test_bed: String,
    /// The data that the form is filled with.
    pub content: String,
    /// The syntaxes to choose from.
    pub syntaxes: Vec<Format>,
    /// The syntax that is chosen, by its value.
    pub syntax: String,
    /// The shapes that data are validated against.
    pub shapes: Vec<Link>,
    /// What came of the data that were sent; nothing where none were.
    pub outcome: Option<Outcome>,
}

/// A format of data to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// What the form sends for it.
    pub value: String,
    /// What readers call it.
    pub label: String,
}

/// What came of data that were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// They were not validated.
    Refused(Refusal),
    /// They were.
    Verdict(Verdict),
}

/// Why data were not validated, or a query not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong and what to do.
    pub detail: Text,
    /// The line of it, from 1, where it is known.
    pub line: Option<u64>,
    /// The column of it, from 1, where it is known.
    pub column: Option<u64>,
}

/// What a validation found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How many triples the data have.
    pub triples: usize,
    /// How many results are violations.
    pub violations: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are advice.
    pub infos: usize,
    /// How many results there are beyond those that were kept.
    pub omitted: usize,
    /// The results that were kept, grouped, the gravest first.
    pub findings: Vec<Finding>,
}

/// Results of one constraint, all dangling references or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How grave they are.
    pub severity: Severity,
    /// Whether their values are IRIs that the data say nothing of.
    pub is_dangling: bool,
    /// What is wrong and what to do.
    pub message: Text,
    /// What people call the property.
    pub property: Option<Text>,
    /// The path, where the constraint has one.
    pub path: Option<String>,
    /// The shape and where it is described, if it has an IRI.
    pub shape: Option<Link>,
    /// How many results there are.
    pub count: usize,
    /// The first of them.
    pub examples: Vec<Example>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The focus node; nothing where its name was not given by the data.
    pub focus: Option<String>,
    /// The value, where the constraint is about one.
    pub value: Option<Text>,
    /// Its datatype, where that says something.
    pub datatype: Option<String>,
    /// What is wrong, where the result says it in words of its own.
    pub message: Option<Text>,
    /// The line of the focus node in the data, from 1, where it is known.
    pub line: Option<u64>,
}

#[derive(Template)]
#[template(path = "validation.html")]
struct ValidationTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    said: &'static ValidationWords,
    page: &'a ValidationPage,
    section: Option<Section>,
}

/// The page to validate data on, as a whole HTML document.
pub fn validation(site: &Site, page: &ValidationPage) -> Result<String, PageError> {
    let words = site.words();
    document(&ValidationTemplate { site, words, said: &words.validation, page, section: Some(Section::Validation) })
}

impl ValidationPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    /// Where the form may send to.
    fn action_address(&self) -> Option<&str> {
        href::followable(&self.action)
    }

    /// How many lines the data take, within what a page can show.
    fn lines(&self) -> usize {
        self.content.lines().count().clamp(12, 24)
    }
}

impl Finding {
    /// How many results stand behind the examples.
    fn more(&self) -> usize {
        self.count.saturating_sub(self.examples.len())
    }
}

impl ValidationTemplate<'_> {
    /// What is said first of an outcome.
    fn heading(&self, outcome: &Outcome) -> &'static str {
        match outcome {
            Outcome::Refused(_) => self.said.refused,
            Outcome::Verdict(verdict) => self.verdict(verdict),
        }
    }

    fn verdict(&self, verdict: &Verdict) -> &'static str {
        let [valid, with_advice, invalid] = self.said.verdicts;
        of_kind(verdict, valid, with_advice, invalid)
    }

    fn meaning(&self, verdict: &Verdict) -> &'static str {
        let [valid, with_advice, invalid] = self.said.meanings;
        of_kind(verdict, valid, with_advice, invalid)
    }

    fn severity(&self, finding: &Finding) -> &'static str {
        match finding.severity {
            Severity::Violation => self.words.shapes.violation,
            Severity::Warning => self.words.shapes.warning,
            Severity::Info => self.words.shapes.info,
        }
    }
}

/// One of three, for a verdict without results, without violations, and with them.
fn of_kind<T>(verdict: &Verdict, valid: T, with_advice: T, invalid: T) -> T {
    if verdict.violations > 0 {
        invalid
    } else if verdict.findings.is_empty() && verdict.omitted == 0 {
        valid
    } else {
        with_advice
    }
}
