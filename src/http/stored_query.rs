//! Questions that are asked of the list: `/query`, and `/query/{name}` with its answer.
//!
//! `/query` is a document: every question with its query, as a page or as data. At `/query/{name}` is the answer
//! as it is now: a page, or the formats that [`sparql`] has for solutions.

use super::answer::{Wanted, answer, answer_with};
use super::asked::Asked;
use super::form::Form;
use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, REVISION, Shows};
use super::sparql;
use super::state::App;
use super::stream;
use crate::catalogue::Present;
use crate::graph::{QueryResultsFormat, Question};
use crate::list::{StoredQuery, description_of};
use crate::pages::record::Surroundings;
use crate::pages::{self, Cell, Language, Link, Solutions, StoredQueriesPage, StoredQueryPage, Text};
use crate::profile::Profile;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io;

/// The largest answer that is made into a page, in bytes.
const PAGE_LIMIT: usize = 16 << 20;

/// `GET /query`, with an extension or without.
pub(super) async fn get_queries(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new("query", Form::OF_DOCUMENTS, extension), |app, path, variant| {
        let body = match variant.form.syntax() {
            Some(syntax) => {
                let triples = description_of(&app.stored_queries, app.base());
                app.write(&app.base().iri(path), triples, syntax, Profile::Full)?
            }
            None => pages::stored_queries(&app.site(variant.language, path), &page_of_all(app, variant.language))?
                .into_bytes(),
        };
        Ok(Made::of_program(body))
    })
    .await
}

/// `GET /query/{name}`
pub(super) async fn get_query(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let Some(query) = app.stored_queries.iter().find(|query| query.name == name).cloned() else {
        let detail = format!("there is no question {name:?}; {}query lists those there are", app.settings.site);
        return Err(Problem::new(ProblemType::NotFound, detail));
    };
    let path = format!("query/{}", query.name);
    if !wants_a_page(&asked) {
        refuse_other_formats(&app, &path, &asked)?;
        let format = asked.parameter("format").map(str::to_owned);
        let question = Question { text: query.text(app.base()), ..Question::default() };
        return sparql::respond(&app, &path, question, format.as_deref(), &asked.headers).await;
    }
    // A query may have to wait for its turn, so it is not asked from the threads that pages are made on.
    let solutions = solutions_of(app.clone(), query.clone());
    answer_with(app, asked, Wanted::new(path, Form::PAGE, None), solutions, move |app, path, variant, solutions| {
        let answered = serde_json::from_slice(&solutions.json).map_err(io::Error::other)?;
        let page = app.with_view(variant.language, |view| page_of(app, &query, &answered, view));
        let page = pages::stored_query(&app.site(variant.language, path), &page)?;
        Ok(made_at(solutions.revision, page, &app.catalogue()?.present()?))
    })
    .await
}

/// A page that shows what the graph said at a revision. The graph follows the register, so a commit may have overtaken
/// the answer; it then holds for a moment only.
fn made_at(revision: u64, page: String, present: &Present<'_>) -> Made {
    let made = Made::of_catalogue(page, present);
    let shows = if revision == present.revision() { Shows::Catalogue } else { Shows::Moment };
    Made { shows, revision, ..made }
}

/// Refuses what the answer does not come in, with what it does: solutions are never triples.
fn refuse_other_formats(app: &App, path: &str, asked: &Asked) -> Result<(), Problem> {
    let offered = || {
        let page = Form::alternates_of(Form::PAGE, &format!("{}{path}", app.settings.site), "?format=html");
        page.into_iter().chain(sparql::solutions_at(app, path)).collect()
    };
    let accepted = || negotiate::choose(&asked.headers, sparql::solution_types().map(|name| (name, ())));
    match asked.parameter("format") {
        Some(format) if !sparql::is_format_of_solutions(format) => {
            let known: Vec<&str> = sparql::names_of_solutions().collect();
            let detail = format!("format={format} is not known here; format is one of html, {}", known.join(", "));
            Err(Problem { offered: offered(), ..Problem::new(ProblemType::BadRequest, detail) })
        }
        None if accepted().is_none() => Err(Problem::not_acceptable(offered())),
        _ => Ok(()),
    }
}

/// The questions, each with its page in a language.
pub(super) fn links(app: &App, language: Language) -> Vec<Link> {
    let link = |query: &StoredQuery| Link {
        href: format!("{}{}/query/{}", app.settings.site, language.code(), query.name),
        label: Text::tagged(query.question, "en"),
        notation: None,
    };
    app.stored_queries.iter().map(link).collect()
}

/// Whether the page is meant, and not the answer alone.
fn wants_a_page(asked: &Asked) -> bool {
    let offers = std::iter::once(("text/html", true)).chain(sparql::solution_types().map(|name| (name, false)));
    match asked.parameter("format") {
        Some(format) => asked.wants_a_page() || format == Form::Html.extension(),
        None => asked.wants_a_page() || negotiate::choose(&asked.headers, offers).unwrap_or(false),
    }
}

fn page_of_all(app: &App, language: Language) -> StoredQueriesPage {
    let about = app.stored_queries.iter().map(|query| Text::tagged(query.about, "en"));
    StoredQueriesPage {
        canonical: Some(format!("{}{}/query", app.settings.site, language.code())),
        questions: links(app, language).into_iter().zip(about).collect(),
        alternates: Form::beside_page(&format!("{}query", app.settings.site)),
    }
}

fn page_of(app: &App, query: &StoredQuery, answered: &Answered, view: &Surroundings<'_>) -> StoredQueryPage {
    let all = Link {
        href: format!("{}query", view.pages),
        label: pages::title_of_stored_queries(&app.site(view.language, "query")),
        notation: None,
    };
    StoredQueryPage {
        canonical: Some(format!("{}query/{}", view.pages, query.name)),
        breadcrumb: vec![all],
        question: Text::tagged(query.question, "en"),
        about: Text::tagged(query.about, "en"),
        query: sparql::page(app, view.language, &query.text(app.base())),
        solutions: answered.solutions(view),
        alternates: sparql::solutions_at(app, &format!("query/{}", query.name)),
    }
}

/// An answer in the format for JSON, <https://www.w3.org/TR/sparql11-results-json/>.
#[derive(Debug, Deserialize)]
struct Answered {
    head: Variables,
    results: Bindings,
}

#[derive(Debug, Deserialize)]
struct Variables {
    vars: Vec<String>,
}

#[derive(Debug, Deserialize)]
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

/// What the graph says: an answer in JSON, and the revision that it shows.
struct SolutionsAt {
    json: Bytes,
    revision: u64,
}

/// Asks the graph, within the bounds that hold for every query.
async fn solutions_of(app: App, query: StoredQuery) -> Result<SolutionsAt, Problem> {
    let question = Question {
        text: query.text(app.base()),
        base: app.base().to_string(),
        solutions: Some(QueryResultsFormat::Json),
        ..Question::default()
    };
    let response = stream::respond(&app, question, &HeaderMap::new()).await?;
    let revision = response.headers().get(REVISION).and_then(|revision| revision.to_str().ok()?.parse().ok());
    let revision = revision.ok_or_else(|| io::Error::other("an answer of the graph names no revision"))?;
    let json = axum::body::to_bytes(response.into_body(), PAGE_LIMIT).await.map_err(io::Error::other)?;
    Ok(SolutionsAt { json, revision })
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
        }
    }
}

impl Bound {
    fn cell(&self, view: &Surroundings<'_>) -> Cell {
        if self.r#type != "uri" {
            return Cell::Text(Text { value: self.value.clone(), language: self.language.clone() });
        }
        // Our own records are shown by kind and reference, which tells enough beside their names.
        let own = self.value.strip_prefix(view.base.as_str()).and_then(|path| path.strip_prefix("id/"));
        let label = Text::plain(own.unwrap_or(&self.value));
        Cell::Link(Link { href: view.href(&self.value), label, notation: None })
    }
}
