//! The protocol on a catalogue: a graph is the document of a record, and nothing else is a graph.
//!
//! What is asked of a graph is asked of the document, with the same conditions, refusals and answers.

use super::address::{Identified, bad};
use crate::catalogue::{Author, RecordName};
use crate::http::asked::Asked;
use crate::http::document;
use crate::http::form::Form;
use crate::http::problem::{Problem, ProblemType};
use crate::http::record::{self, Request};
use crate::http::state::App;
use crate::rdf::Syntax;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::Response;

/// `GET /graph-store`: the document of a record, Turtle where anything is accepted.
pub(in crate::http) async fn get(
    State(app): State<App>,
    address: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = match Identified::by(&address, &app.settings.site)? {
        Identified::Default => return Err(Problem::new(ProblemType::NotFound, OF_ALL)),
        identified => record_of(&app, identified, ProblemType::NotFound)?,
    };
    let takes_anything = headers.get(header::ACCEPT).is_none_or(|accept| accept == "*/*");
    let form = takes_anything.then_some(Form::Rdf(Syntax::Turtle));
    let mut response = document::respond(app, Asked::of_headers(headers), name.document_path(), form).await?;
    if takes_anything {
        // `Accept` chose Turtle here, which for the document itself was fixed.
        response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    }
    Ok(response)
}

/// `PUT /graph-store`: a record says this and nothing else.
pub(in crate::http) async fn put(
    State(app): State<App>,
    address: Uri,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let name = written(&app, &address)?;
    record::put(app, name, author, request, body).await
}

/// `POST /graph-store`: a record says this too.
pub(in crate::http) async fn post(
    State(app): State<App>,
    address: Uri,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let name = written(&app, &address)?;
    record::add(app, name, author, request, body).await
}

/// `PATCH /graph-store`: a record says what the patch makes of it.
pub(in crate::http) async fn patch(
    State(app): State<App>,
    address: Uri,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let name = written(&app, &address)?;
    record::patch(app, name, author, request, body).await
}

/// `DELETE /graph-store`: a record is withdrawn.
pub(in crate::http) async fn delete(
    State(app): State<App>,
    address: Uri,
    author: Author,
    request: Request,
) -> Result<Response, Problem> {
    let name = written(&app, &address)?;
    record::delete(app, name, author, request).await
}

/// Why there is no default graph.
const OF_ALL: &str =
    "all records together are no graph here: ask /sparql for them, and write each record in its own graph";

/// The record whose graph is to be written.
fn written(app: &App, address: &Uri) -> Result<RecordName, Problem> {
    match Identified::by(address, &app.settings.site)? {
        Identified::Default => Err(bad(OF_ALL)),
        identified => record_of(app, identified, ProblemType::BadRequest),
    }
}

/// The record whose graph is identified, by its IRI or by the address of its document.
fn record_of(app: &App, identified: Identified, otherwise: ProblemType) -> Result<RecordName, Problem> {
    let (base, site) = (app.base(), &app.settings.site);
    let Identified::Named(graph) = identified else {
        return Err(bad(&format!(
            "the address names no graph; add ?graph= with the IRI of a record or the address of its document. A new record \
             gets its number by POST to {site}doc/ and its kind"
        )));
    };
    let iri = match graph.as_str().strip_prefix(site.as_str()) {
        Some(path) => base.subject_of(path),
        None => graph.clone(),
    };
    base.record_of(iri.as_str()).filter(|name| name.iri == iri.as_str()).ok_or_else(|| {
        let detail = format!(
            "{graph} is no graph here: graphs are the documents of records, {base}id/ and a kind and a reference, or \
             {site}doc/ and the same"
        );
        Problem::new(otherwise, detail)
    })
}
