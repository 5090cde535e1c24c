//! Questions that are asked of the list: the page of all of them, and the page of one with its answer.

use super::PageError;
use super::document::document;
use super::href;
use super::language::Language;
use super::query::QueryPage;
use super::query_answer::{Cell, ShownAnswer};
use super::second_list::Choice;
use super::site::{Alternate, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use askama::Template;

/// The page of all questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQueriesPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// Each question with its page, and what its answer counts.
    pub questions: Vec<(Link, Text)>,
    /// The queries as data.
    pub alternates: Vec<Alternate>,
}

/// The page of a question, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredQueryPage {
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The page of all questions.
    pub breadcrumb: Vec<Link>,
    /// The question.
    pub question: Text,
    /// What the answer counts, and what it leaves out.
    pub about: Text,
    /// Address of this page, which the form sends the values of the parameters to.
    pub address: String,
    /// The parameters with their values; no form is shown where there are none.
    pub fields: Vec<ParameterField>,
    /// The answer.
    pub answer: ShownAnswer,
    /// The revision that it shows.
    pub revision: u64,
    /// The query that answers it. Only the form with `query` is shown.
    pub query: QueryPage,
    /// How the answer is cited.
    pub citation: Text,
    /// The same for programs.
    pub citations: Vec<Alternate>,
    /// The answer as data.
    pub alternates: Vec<Alternate>,
}

/// A parameter of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterField {
    /// Its name, as addresses have it.
    pub name: String,
    /// What it stands for.
    pub label: Text,
    /// Its value; empty where it is left open.
    pub value: String,
    /// How a value is given.
    pub input: ParameterInput,
}

/// How the value of a parameter is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterInput {
    /// A whole number is typed.
    Number,
    /// A text is typed, of at most so many characters.
    Text {
        /// The most characters.
        limit: usize,
    },
    /// One of these is chosen.
    Choice(Vec<Choice>),
}

#[derive(Template)]
#[template(path = "stored-queries.html")]
struct StoredQueriesTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a StoredQueriesPage,
    section: Option<Section>,
}

#[derive(Template)]
#[template(path = "stored-query.html")]
struct StoredQueryTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a StoredQueryPage,
    section: Option<Section>,
}

/// The page of all questions, as a whole HTML document.
pub fn stored_queries(site: &Site, page: &StoredQueriesPage) -> Result<String, PageError> {
    document(&StoredQueriesTemplate { site, words: site.words(), page, section: None })
}

/// The page of a question, as a whole HTML document.
pub fn stored_query(site: &Site, page: &StoredQueryPage) -> Result<String, PageError> {
    document(&StoredQueryTemplate { site, words: site.words(), page, section: None })
}

/// What a link to all questions is called beside some of them.
pub fn all_stored_queries(language: Language) -> Text {
    language.text(language.words().stored_queries.all)
}

/// What the page of all questions is called, in the language of a site.
pub fn title_of_stored_queries(site: &Site) -> Text {
    site.language.text(site.words().stored_queries.questions)
}

impl StoredQueriesPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl StoredQueryPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    /// Where the form sends to, where there is something to fill in.
    fn form_address(&self) -> Option<&str> {
        if self.fields.is_empty() { None } else { href::followable(&self.address) }
    }
}
