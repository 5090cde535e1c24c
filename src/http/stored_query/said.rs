//! What the graph says to a stored query, read to its end so that a page can show it.

use super::formats;
use super::posed::Posed;
use crate::graph::{QueryResultsFormat, Question, RdfFormat};
use crate::http::problem::{Problem, ProblemType};
use crate::http::representation::REVISION;
use crate::http::stream;
use crate::list::QueryForm;
use crate::pages::record::Surroundings;
use crate::pages::{self, Cell, Link, ShownAnswer, Solutions, Text};
use crate::rdf::{NamedOrBlankNode, Term, Triple, read_rdf};
use axum::body::{Body, Bytes};
use axum::http::HeaderMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;

/// The largest answer that is made into a page, in bytes.
const PAGE_LIMIT: usize = 16 << 20;

/// What the graph says: an answer in JSON, or as N-Triples where it is triples, and the revision that it shows.
pub(super) struct Said {
    bytes: Bytes,
    pub revision: u64,
}

/// Asks the graph, within the bounds that hold for every query.
pub(super) async fn said_by_graph(posed: Posed) -> Result<Said, Problem> {
    let question = Question {
        text: posed.text(),
        base: posed.app.base().to_string(),
        solutions: Some(QueryResultsFormat::Json),
        triples: Some(RdfFormat::NTriples),
        ..Question::default()
    };
    let response = stream::respond(&posed.app, question, &HeaderMap::new()).await?;
    let revision = response.headers().get(REVISION).and_then(|revision| revision.to_str().ok()?.parse().ok());
    let revision = revision.ok_or_else(|| io::Error::other("an answer of the graph names no revision"))?;
    let offered = |problem| Problem { offered: formats::data(&posed), ..problem };
    Ok(Said { bytes: whole(response.into_body()).await.map_err(offered)?, revision })
}

/// An answer to its end, where a page can hold it.
async fn whole(body: Body) -> Result<Bytes, Problem> {
    axum::body::to_bytes(body, PAGE_LIMIT).await.map_err(|cause| {
        tracing::info!(cause = %cause, "an answer was not made into a page");
        let megabytes = PAGE_LIMIT >> 20;
        let detail = format!(
            "the answer has more than {megabytes} MB or took too long for a page; ask for less by a parameter, or for it as data"
        );
        Problem::new(ProblemType::QueryTooLarge, detail)
    })
}

impl Said {
    /// The answer as a page shows it.
    pub(super) fn shown(&self, form: QueryForm, view: &Surroundings<'_>) -> Result<ShownAnswer, Problem> {
        if form == QueryForm::Construct {
            let triples = read_rdf(&*self.bytes, RdfFormat::NTriples, view.base.as_str()).map_err(io::Error::other)?;
            return Ok(ShownAnswer::Triples(table_of(&triples, view)));
        }
        let answered: Answered = serde_json::from_slice(&self.bytes).map_err(io::Error::other)?;
        Ok(answered.boolean.map_or_else(|| ShownAnswer::Solutions(answered.solutions(view)), ShownAnswer::Truth))
    }
}

/// An answer in the format for JSON, <https://www.w3.org/TR/sparql11-results-json/>.
#[derive(Debug, Deserialize)]
struct Answered {
    head: Variables,
    #[serde(default)]
    results: Bindings,
    /// The answer to ASK.
    boolean: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Variables {
    #[serde(default)]
    vars: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Bindings {
    bindings: Vec<BTreeMap<String, Bound>>,
}

#[derive(Debug, Deserialize)]
struct Bound {
    r#type: String,
    value: String,
    #[serde(rename = "xml:lang")]
    language: Option<String>,
}

impl Answered {
    fn solutions(&self, view: &Surroundings<'_>) -> Solutions {
        let cells = |solution: &BTreeMap<String, Bound>| {
            self.head
                .vars
                .iter()
                .map(|variable| solution.get(variable).map_or(Cell::Unbound, |bound| bound.cell(view)))
                .collect()
        };
        let solutions = &self.results.bindings;
        Solutions {
            variables: self.head.vars.iter().map(|variable| variable.replace('_', " ")).collect(),
            rows: solutions.iter().take(pages::SHOWN_SOLUTIONS).map(cells).collect(),
            total: solutions.len(),
            is_counted: true,
        }
    }
}

impl Bound {
    fn cell(&self, view: &Surroundings<'_>) -> Cell {
        if self.r#type == "uri" {
            return link_to(&self.value, view);
        }
        Cell::Text(Text { value: self.value.clone(), language: self.language.clone() })
    }
}

/// Our own records are shown by kind and reference, which tells enough beside their names.
fn link_to(iri: &str, view: &Surroundings<'_>) -> Cell {
    let own = iri.strip_prefix(view.base.as_str()).and_then(|path| path.strip_prefix("id/"));
    Cell::Link(Link { href: view.href(iri), label: Text::plain(own.unwrap_or(iri)), notation: None })
}

/// Triples as rows of three.
fn table_of(triples: &[Triple], view: &Surroundings<'_>) -> Solutions {
    let row = |triple: &Triple| {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(iri) => link_to(iri.as_str(), view),
            NamedOrBlankNode::BlankNode(node) => Cell::Text(Text::plain(node.to_string())),
        };
        let object = match &triple.object {
            Term::NamedNode(iri) => link_to(iri.as_str(), view),
            Term::Literal(literal) => {
                Cell::Text(Text { value: literal.value().to_owned(), language: literal.language().map(str::to_owned) })
            }
            Term::BlankNode(node) => Cell::Text(Text::plain(node.to_string())),
        };
        vec![subject, link_to(triple.predicate.as_str(), view), object]
    };
    Solutions {
        variables: ["subject", "predicate", "object"].map(str::to_owned).into(),
        rows: triples.iter().take(pages::SHOWN_SOLUTIONS).map(row).collect(),
        total: triples.len(),
        is_counted: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_that_no_page_can_hold_is_a_problem_of_the_question_and_not_of_the_server() {
        let held = whole(Body::from(vec![b' '; PAGE_LIMIT])).await.unwrap();
        assert_eq!(held.len(), PAGE_LIMIT);
        let problem = whole(Body::from(vec![b' '; PAGE_LIMIT + 1])).await.unwrap_err();
        assert_eq!(problem.kind, ProblemType::QueryTooLarge);
        assert!(problem.detail.contains("more than 16 MB"), "{}", problem.detail);
    }
}
