//! The SPARQL 1.1 Protocol for queries, at `/sparql`.
//!
//! <https://www.w3.org/TR/sparql11-protocol/#query-operation>

use super::asked::Asked;
use super::body;
use super::form::Form;
use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::queries::{self, Client};
use super::query_page;
use super::service_description;
use super::state::App;
use super::stored_query;
use crate::graph::{ChosenGraphs, QueryResultsFormat, Question, RdfFormat};
use crate::pages::{Alternate, Language, Prefix, QueryPage};
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;

/// The largest body of a request, in bytes.
const BODY_LIMIT: usize = 4 << 20;

/// Formats of solutions and truth values: what a client may call them, media type, format.
const SOLUTIONS: [(&str, &str, QueryResultsFormat); 6] = [
    ("json", "application/sparql-results+json", QueryResultsFormat::Json),
    ("xml", "application/sparql-results+xml", QueryResultsFormat::Xml),
    ("csv", "text/csv", QueryResultsFormat::Csv),
    ("tsv", "text/tab-separated-values", QueryResultsFormat::Tsv),
    ("json", "application/json", QueryResultsFormat::Json),
    ("xml", "application/xml", QueryResultsFormat::Xml),
];

/// Formats of triples.
const TRIPLES: [(&str, &str, RdfFormat); 5] = [
    ("turtle", "text/turtle", RdfFormat::Turtle),
    ("ntriples", "application/n-triples", RdfFormat::NTriples),
    ("rdfxml", "application/rdf+xml", RdfFormat::RdfXml),
    ("jsonld", "application/ld+json", RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() }),
    ("n3", "text/n3", RdfFormat::N3),
];

/// The parameters of the protocol that are read; others are ignored, as clients send some.
#[derive(Debug, Default)]
struct Parameters {
    queries: Vec<String>,
    graphs: ChosenGraphs,
    format: Option<String>,
}

impl Parameters {
    fn add(&mut self, encoded: &[u8]) {
        for (name, value) in form_urlencoded::parse(encoded) {
            match name.as_ref() {
                "query" => self.queries.push(value.into_owned()),
                "default-graph-uri" => self.graphs.default.push(value.into_owned()),
                "named-graph-uri" => self.graphs.named.push(value.into_owned()),
                "format" => self.format = Some(value.into_owned()),
                _ => {}
            }
        }
    }

    /// The one question that they ask.
    fn into_question(self) -> Result<Question, Problem> {
        let mut queries = self.queries.into_iter();
        let (Some(text), None) = (queries.next(), queries.next()) else {
            let detail =
                "the request must have exactly one query; send it as ?query=, as the form field query, or as the body";
            return Err(Problem::new(ProblemType::BadRequest, detail));
        };
        Ok(Question { text, graphs: self.graphs, ..Question::default() })
    }
}

/// `GET /sparql`: a query, or without one the page to write it in for a browser, and for others what the endpoint says of itself.
pub(super) async fn get_query(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut parameters = Parameters::default();
    parameters.add(raw.unwrap_or_default().as_bytes());
    if wants_a_page(&asked, &parameters) {
        return if parameters.queries.is_empty() {
            query_page::get_form(app, asked).await
        } else {
            let question = parameters.into_question()?;
            Ok(queries::told(&app, asked.client, query_page::get_answer(app.clone(), asked, question)).await)
        };
    }
    if parameters.queries.is_empty() {
        return service_description::get_description(app, asked, None).await;
    }
    answer(app, parameters, asked.client, &asked.headers).await
}

/// Whether the page is meant, and not the endpoint: by a browser, by an address that begins with a language, or by
/// `format=html`. Any other format is data.
fn wants_a_page(asked: &Asked, parameters: &Parameters) -> bool {
    if let Some(format) = &parameters.format {
        return format == Form::Html.extension();
    }
    let data = ["text/turtle"].into_iter().chain(media_types(&SOLUTIONS)).chain(media_types(&TRIPLES));
    let page = ("text/html", true);
    let page_first = asked.wants_a_page().then_some(page);
    let offers = page_first.into_iter().chain(data.map(|name| (name, false))).chain([page]);
    negotiate::choose(&asked.headers, offers).unwrap_or(false)
}

fn media_types<F>(formats: &'static [(&str, &str, F)]) -> impl Iterator<Item = &'static str> {
    formats.iter().map(|(_, media_type, _)| *media_type)
}

/// `POST /sparql`: a query as a form or as it is.
pub(super) async fn post_query(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    client: Client,
    mut headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    // Nobody keeps what POST answers, so nothing is answered with 304.
    headers.remove(header::IF_NONE_MATCH);
    let body = body::read(body, BODY_LIMIT).await?;
    let mut parameters = Parameters::default();
    match body::media_type(&headers).as_str() {
        "application/x-www-form-urlencoded" => {
            parameters.add(&body);
            // The protocol reads nothing of the address here, but people choose the format there.
            let mut address = Parameters::default();
            address.add(raw.unwrap_or_default().as_bytes());
            parameters.format = parameters.format.or(address.format);
        }
        "application/sparql-query" => {
            parameters.add(raw.unwrap_or_default().as_bytes());
            let query = String::from_utf8(body.to_vec())
                .map_err(|_| Problem::new(ProblemType::BadRequest, "the query is not UTF-8"))?;
            parameters.queries.push(query);
        }
        other => {
            let detail = format!(
                "a query cannot be read from {other:?}; send application/sparql-query or application/x-www-form-urlencoded"
            );
            return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
        }
    }
    answer(app, parameters, client, &headers).await
}

/// The form to write queries in, filled with one.
pub(super) fn page(app: &App, language: Language, query: &str) -> QueryPage {
    QueryPage {
        canonical: Some(format!("{}{}/sparql", app.settings.site, language.code())),
        endpoint: format!("{}sparql", app.settings.site),
        query: query.to_owned(),
        answer: None,
        prefixes: app
            .prefixes
            .iter()
            .map(|(name, iri)| Prefix { name: name.to_owned(), iri: iri.to_owned() })
            .collect(),
        questions: stored_query::links(app, language),
    }
}

async fn answer(app: App, parameters: Parameters, client: Client, headers: &HeaderMap) -> Result<Response, Problem> {
    let format = parameters.format.clone();
    let question = parameters.into_question()?;
    let answered = respond(&app, "sparql", question, format.as_deref(), client, headers);
    Ok(queries::told(&app, client, answered).await)
}

/// Answers a query that is asked at a path, in the format that `asked` names or that `Accept` wants most.
pub(super) async fn respond(
    app: &App,
    path: &str,
    question: Question,
    asked: Option<&str>,
    client: Client,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let question = Question {
        base: app.base().to_string(),
        solutions: format(&SOLUTIONS, asked, headers),
        triples: format(&TRIPLES, asked, headers),
        ..question
    };
    queries::respond(app, question, client, headers).await.map_err(|problem| with_offers(app, path, problem))
}

/// The syntax of triples that `Accept` wants most, at a path.
pub(super) fn triples_format(app: &App, path: &str, headers: &HeaderMap) -> Result<RdfFormat, Problem> {
    format(&TRIPLES, None, headers).ok_or_else(|| Problem::not_acceptable(triples_at(app, path)))
}

/// The formats of solutions and truth values: what the parameter `format` calls each, and its media type. One that has
/// several comes with the usual one first.
pub(super) fn solution_formats() -> impl Iterator<Item = (&'static str, &'static str)> {
    SOLUTIONS.iter().map(|(name, media_type, _)| (*name, *media_type))
}

/// The formats of triples, in the same way.
pub(super) fn triple_formats() -> impl Iterator<Item = (&'static str, &'static str)> {
    TRIPLES.iter().map(|(name, media_type, _)| (*name, *media_type))
}

/// Solutions in each format they have, at a path.
pub(super) fn solutions_at(app: &App, path: &str) -> Vec<Alternate> {
    solution_formats().take(4).map(|(name, media_type)| alternate(app, path, name, media_type)).collect()
}

/// Triples in each format they have, at a path.
pub(super) fn triples_at(app: &App, path: &str) -> Vec<Alternate> {
    TRIPLES.iter().map(|(name, media_type, _)| alternate(app, path, name, media_type)).collect()
}

fn alternate(app: &App, path: &str, name: &str, media_type: &str) -> Alternate {
    Alternate {
        href: format!("{}{path}?format={name}", app.settings.site),
        media_type: media_type.to_owned(),
        label: name.to_uppercase(),
    }
}

/// Lists the media types there are, if none was accepted.
fn with_offers(app: &App, path: &str, problem: Problem) -> Problem {
    if problem.kind != ProblemType::NotAcceptable {
        return problem;
    }
    let formats = solution_formats().chain(triple_formats());
    let offered = formats.map(|(name, media_type)| alternate(app, path, name, media_type));
    Problem { offered: offered.collect(), ..problem }
}

/// The format that the `format` parameter names, or that `Accept` wants most.
fn format<F: Copy>(formats: &[(&str, &str, F)], asked: Option<&str>, headers: &HeaderMap) -> Option<F> {
    let named =
        asked.and_then(|asked| formats.iter().find(|(name, media_type, _)| asked == *name || asked == *media_type));
    named
        .map(|(_, _, format)| *format)
        .or_else(|| negotiate::choose(headers, formats.iter().map(|(_, media_type, format)| (*media_type, *format))))
}
