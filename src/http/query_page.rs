//! The page of `/sparql`: a form to write a query in, and with a query the same page with its answer.

use super::answer::{self, Wanted, blocking};
use super::answered::{self, Answered, AnsweredAt};
use super::asked::Asked;
use super::form::Form;
use super::problem::{Position, Problem, ProblemType};
use super::representation::{Made, REVISION};
use super::state::App;
use super::{sparql, unkept};
use crate::graph::Question;
use crate::pages::{self, Alternate, Language, Link, QueryAnswer, QueryPage, Refusal, Text};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// The parameter of the address that names a stored query to fill the form with.
const EXAMPLE: &str = "example";

/// How many examples the page offers.
const EXAMPLES: usize = 20;

/// Answers with the page whose form is filled with a first query, or with the example that the address names.
///
/// # Errors
/// 404 if there is no such example.
pub(super) async fn get_form(app: App, asked: Asked) -> Result<Response, Problem> {
    let example = asked.parameter(EXAMPLE).map(|name| example(&app, name)).transpose()?;
    let selection = asked.parameter(EXAMPLE).map(|name| parameters(&[(EXAMPLE, name)])).unwrap_or_default();
    let wanted = Wanted { selection, ..Wanted::new("sparql", Form::PAGE, None) };
    answer::answer(app, asked, wanted, move |app, path, variant| {
        let page = page(app, variant.language, example.as_deref().unwrap_or(pages::FIRST_QUERY));
        Ok(Made::of_program(pages::query(&app.site(variant.language, path), &page)?.into_bytes()))
    })
    .await
}

/// Answers with the page that tells what became of a query.
///
/// # Errors
/// Those of a page; a query that is refused is told on the page, with the status of its problem.
pub(super) async fn get_answer(app: App, asked: Asked, question: Question) -> Result<Response, Problem> {
    let choice = asked.choose(&Wanted::new("sparql", Form::PAGE, None), &app.settings.site)?;
    let answered = answered::ask(&app, question.clone(), asked.client).await;
    // Names are looked up on the disk.
    blocking(move || {
        let language = choice.variant.language;
        let status = answered.as_ref().err().map_or(StatusCode::OK, |problem| problem.kind.status());
        let retry_after = answered.as_ref().err().and_then(|problem| problem.retry_after);
        let revision = answered.as_ref().ok().map(|at| at.revision);
        let path = format!("sparql{}", parameters_of(&question));
        let answer = QueryAnswer {
            permalink: format!("{}{path}", app.settings.site),
            alternates: alternates(&app, &path, answered.as_ref().ok()),
            outcome: match answered {
                Ok(at) => Ok(at.answered.shown(&app, language)?),
                Err(problem) => Err(refusal(problem)),
            },
        };
        let site = app.site(language, &path);
        let page = QueryPage { answer: Some(answer), ..page(&app, language, &question.text) };
        let mut response = unkept::respond(status, pages::query(&site, &page)?.as_bytes(), &choice)?;
        response.headers_mut().extend(revision.map(|revision| (REVISION, HeaderValue::from(revision))));
        response.headers_mut().extend(retry_after.map(|seconds| (header::RETRY_AFTER, seconds.into())));
        Ok(response)
    })
    .await
}

/// The page with a query, which offers examples in the form.
fn page(app: &App, language: Language, query: &str) -> QueryPage {
    let address = format!("{}{}/sparql", app.settings.site, language.code());
    let examples = app.stored_queries.iter().take(EXAMPLES).map(|query| Link {
        href: format!("{address}{}", parameters(&[(EXAMPLE, query.name)])),
        label: Text::tagged(query.question, "en"),
        notation: None,
    });
    QueryPage { questions: examples.collect(), ..sparql::page(app, language, query) }
}

/// The text of a stored query, by its name.
fn example(app: &App, name: &str) -> Result<String, Problem> {
    let query = app.stored_queries.iter().find(|query| query.name == name);
    query.map(|query| query.text(app.base(), &query.defaults())).ok_or_else(|| {
        let detail = format!("there is no example {name:?}; {}query lists those there are", app.settings.site);
        Problem::new(ProblemType::NotFound, detail)
    })
}

/// Why a query was not answered, as the page tells it.
fn refusal(problem: Problem) -> Refusal {
    let Position { line, column } = problem.position;
    Refusal { detail: Text::tagged(problem.detail, "en"), line, column }
}

/// The whole answer in every format that it has, by the path that asks for it.
fn alternates(app: &App, path: &str, answered: Option<&AnsweredAt>) -> Vec<Alternate> {
    let formats = match answered.map(|at| &at.answered) {
        None => return Vec::new(),
        Some(Answered::Triples(..)) => sparql::triples_at(app, path),
        Some(_) => sparql::solutions_at(app, path),
    };
    // Each ends in `?format=…`, behind what asks.
    let one_query =
        |alternate: Alternate| Alternate { href: alternate.href.replace("?format=", "&format="), ..alternate };
    formats.into_iter().map(one_query).collect()
}

/// What an address that asks a question ends in.
fn parameters_of(question: &Question) -> String {
    let query = std::iter::once(("query", question.text.as_str()));
    let default = question.graphs.default.iter().map(|iri| ("default-graph-uri", iri.as_str()));
    let named = question.graphs.named.iter().map(|iri| ("named-graph-uri", iri.as_str()));
    parameters(&query.chain(default).chain(named).collect::<Vec<_>>())
}

/// What an address ends in: `?` and parameters.
fn parameters(parameters: &[(&str, &str)]) -> String {
    format!("?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish())
}
