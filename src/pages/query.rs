//! The query page: a plain form that sends SPARQL to the endpoint, without any script.

use super::PageError;
use super::document::document;
use super::href;
use super::site::{Contact, Link, Section, Site};
use super::wording::Wording;
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
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// Address of the SPARQL endpoint, which the form sends `query` and `format` to by GET
    /// ([SPARQL Protocol, 2.1.1](https://www.w3.org/TR/sparql11-protocol/#query-via-get)).
    pub endpoint: String,
    /// The query the form is filled with.
    pub query: String,
    /// The formats of results to choose from; the first is chosen. No choice is offered where
    /// there are none.
    pub formats: Vec<Format>,
    /// Prefixes that queries over this data use.
    pub prefixes: Vec<Prefix>,
    /// Questions that have been asked already, each with its page; none are shown where there are none.
    pub questions: Vec<Link>,
}

/// A format of query results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// What is sent as `format`.
    pub value: String,
    /// What readers call it.
    pub label: String,
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
    page: &'a QueryPage,
    section: Option<Section>,
}

/// The query page, as a whole HTML document.
pub fn query(site: &Site, page: &QueryPage) -> Result<String, PageError> {
    document(&QueryTemplate { site, words: site.words(), page, section: Some(Section::Query) })
}

impl QueryPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }

    /// The endpoint, where a form may send to it.
    pub(super) fn endpoint_address(&self) -> Option<&str> {
        href::followable(&self.endpoint)
    }

    /// How many lines the query takes, within what a page can show.
    pub(super) fn lines(&self) -> usize {
        self.query.lines().count().clamp(8, 24)
    }
}
