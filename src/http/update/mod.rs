//! The SPARQL 1.1 Protocol for updates, at `/update`.
//!
//! <https://www.w3.org/TR/sparql11-protocol/#update-operation>. `parameters` reads the request, `work` runs the update
//! on a thread with a deep stack within its time.

mod parameters;
mod work;

use super::body;
use super::problem::{Problem, ProblemType};
use super::representation::REVISION;
use super::state::{App, Served};
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// The largest body of a request, in bytes.
const BODY_LIMIT: usize = 4 << 20;

/// `POST /update`: an update as a form or as it is. All of it is done, or nothing.
pub(super) async fn post_update(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let body = body::read(body, BODY_LIMIT).await?;
    let request = parameters::read(&headers, raw.as_deref().unwrap_or_default(), &body, app.base())?;
    match &app.served {
        Served::Scratch(graph) => {
            let graph = Arc::clone(graph);
            let revision = work::run(&app, request.text.len(), move |stop, claim| {
                graph.update_scratch(&request, stop, || claim.take())?;
                Ok(graph.revision())
            })
            .await?;
            Ok((StatusCode::NO_CONTENT, [(REVISION, revision.to_string())]).into_response())
        }
        Served::Catalogue(_) => Err(Problem::new(ProblemType::NotFound, "this server takes no updates")),
    }
}
