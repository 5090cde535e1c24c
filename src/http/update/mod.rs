//! The SPARQL 1.1 Protocol for updates, at `/update`.
//!
//! <https://www.w3.org/TR/sparql11-protocol/#update-operation>. `parameters` reads the request, `work` evaluates the update
//! on a thread with a deep stack within its time.

mod parameters;
mod work;

use super::body;
use super::problem::{Problem, ProblemType};
use super::record::{Request, refuse};
use super::representation::REVISION;
use super::state::App;
use crate::catalogue::{Author, EditError};
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The largest body of a request, in bytes.
const BODY_LIMIT: usize = 4 << 20;

/// `POST /update`: an update of records, as a form or as it is. All of it is done, or nothing.
pub(super) async fn post_update(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let body = body::read(body, BODY_LIMIT).await?;
    let digest = request.digest(&body);
    let update = parameters::read(&request.headers, raw.as_deref().unwrap_or_default(), &body, app.base())?;
    let catalogue = app.catalogue()?;
    let (evaluated, of_catalogue) = (update.clone(), Arc::clone(&catalogue));
    // The writer has the claim of what it writes: up to here nothing is written.
    let effect =
        work::run(&app, update.text.len(), move |stop, _| Ok(of_catalogue.graph().effect(&evaluated, stop)?));
    let changes = catalogue.changes_of(update, effect.await?, app.settings.queries.time);
    match request.edit(&app, author, "UPDATE", changes, digest).await? {
        Ok(edited) => Ok(done(edited.revision)),
        Err(EditError::Precondition { iri, .. }) => Err(waiting(&iri)),
        Err(error) => refuse(app, request.headers, error).await,
    }
}

/// `POST /update` on scratch data, by anybody.
pub(super) async fn post_scratch(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = body::read(body, BODY_LIMIT).await?;
    let update = parameters::read(&headers, raw.as_deref().unwrap_or_default(), &body, app.base())?;
    let graph = app.scratch()?;
    let revision = work::run(&app, update.text.len(), move |stop, claim| {
        graph.update_scratch(&update, stop, || claim.take())?;
        Ok(graph.revision())
    });
    Ok(done(revision.await?))
}

fn done(revision: u64) -> Response {
    (StatusCode::NO_CONTENT, [(REVISION, revision.to_string())]).into_response()
}

/// An update sees what is published, so it cannot change what is not.
fn waiting(iri: &str) -> Problem {
    let detail = format!(
        "{iri} is not published, and a draft waits under it, which an update does not see: publish the draft at its \
         document, or drop it"
    );
    Problem::new(ProblemType::RecordRefused, detail)
}
