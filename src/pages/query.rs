//! The query page: a form to write SPARQL in, and below it what became of the query.
//!
//! The form is whole without script: it asks its own address, so the address of an answer is what leads to it again.
//! A script (`script/`) makes an editor of the text field and fetches the same page for its answer.

use super::PageError;
use super::document::document;
use super::href;
use super::query_answer::{Cell, ShownAnswer};
use super::query_script::query_script_name;
use super::site::{Alternate, Contact, Link, Section, Site};
use super::validation::Refusal;
use super::wording::{QueryWords, Wording};
use askama::Template;

/// The query that the page is first filled with.
pub const FIRST_QUERY: &str = "PREFIX eusl: <https://w3id.org/eu-service-list/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?number ?name WHERE {
  ?type a eusl:ServiceType ;
    skos:notation ?number ;
    skos:prefLabel ?name .
  FILTER(CONTAINS(LCASE(?name), \"parking\"))
}
ORDER BY ?name
";

/// The query page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryPage {
    /// Address of this page, for search engines, and for the forms of other pages to send `query` to by GET
    /// ([SPARQL Protocol, 2.1.1](https://www.w3.org/TR/sparql11-protocol/#query-via-get)).
    pub canonical: Option<String>,
    /// Address of the SPARQL endpoint.
    pub endpoint: String,
    /// The query the form is filled with.
    pub query: String,
    /// What became of that query, where it was asked.
    pub answer: Option<QueryAnswer>,
    /// Prefixes that queries over this data use.
    pub prefixes: Vec<Prefix>,
    /// Questions that have been asked already: each with its page, or on the query page with the form filled with its
    /// query; none are shown where there are none.
    pub questions: Vec<Link>,
}

/// A query that was asked, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryAnswer {
    /// The address that asks the same again.
    pub permalink: String,
    /// The answer, or why there is none.
    pub outcome: Result<ShownAnswer, Refusal>,
    /// The whole answer as data.
    pub alternates: Vec<Alternate>,
}

/// A prefix and the namespace it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The prefix, without its colon.
    pub name: String,
    /// The namespace.
    pub iri: String,
}

#[derive(Template)]
#[template(path = "query.html")]
struct QueryTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    said: &'static QueryWords,
    page: &'a QueryPage,
    section: Option<Section>,
}

/// The query page, as a whole HTML document.
pub fn query(site: &Site, page: &QueryPage) -> Result<String, PageError> {
    let words = site.words();
    document(&QueryTemplate { site, words, said: &words.query, page, section: Some(Section::Query) })
}

impl QueryTemplate<'_> {
    /// Where the page's script is.
    fn script(&self) -> String {
        self.site.at(&format!("assets/{}", query_script_name()))
    }
}

impl QueryPage {
    /// The page itself, where a form may send to it.
    pub(super) fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    /// The endpoint, where it may be followed.
    pub(super) fn endpoint_address(&self) -> Option<&str> {
        href::followable(&self.endpoint)
    }

    /// How many lines the query takes, within what a page can show.
    pub(super) fn lines(&self) -> usize {
        self.query.lines().count().clamp(8, 24)
    }

    /// Why the query was not answered, where it was not.
    fn refusal(&self) -> Option<&Refusal> {
        self.answer.as_ref()?.outcome.as_ref().err()
    }

    /// The answer, where there is one.
    fn answered(&self) -> Option<&QueryAnswer> {
        self.answer.as_ref().filter(|answer| answer.outcome.is_ok())
    }
}

impl QueryAnswer {
    fn permanent_address(&self) -> Option<&str> {
        href::followable(&self.permalink)
    }
}
