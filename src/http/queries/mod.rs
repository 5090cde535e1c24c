//! Queries as clients ask them: who asks, whose turn it is, what is kept, what is told in the log.
//!
//! Everything that limits a query and is seen by its client stands here; how it is evaluated and sent stands in `stream`.
//! Start at [`respond`].

mod client;
mod forwarded;
mod kept;
mod measured;
mod proxies;
mod quota;
mod slots;
mod watch;

pub(super) use client::{Client, network};
pub(super) use kept::KeptAnswers;
pub(super) use measured::AnswerTooLarge;
pub use proxies::{ProxyError, TrustedProxies};
pub(super) use quota::told;
pub(super) use slots::{Slot, Slots};

use super::problem::{Problem, ProblemType};
use super::state::App;
use super::stream;
use crate::graph::Question;
use axum::body::{Body, HttpBody, to_bytes};
use axum::http::HeaderMap;
use axum::response::Response;
use kept::{Keeping, is_wanted_anew};
use measured::{Count, Measured};
use slots::Busy;
use std::io;
use watch::Watch;

/// Answers a question of a client: with an answer that is kept, or, in the client's turn, with one that is made.
///
/// # Errors
/// 429 or 503 where no turn comes, 400 for an answer that is too large, and those of [`stream::respond`].
pub(super) async fn respond(
    app: &App,
    question: Question,
    client: Client,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let keeps = !is_wanted_anew(headers);
    if keeps && let Some(kept) = app.kept_answers.get(&question, app.served.graph().revision()) {
        return Ok(kept.answer(headers));
    }
    let slot = take_slot(app, client).await?;
    let watch = Watch::begin(client, &question.text, app.settings.queries.slow);
    let asked = keeps.then(|| question.clone());
    match stream::respond(app, question, headers, slot).await {
        Ok(response) => measured(app, response, asked, watch).await,
        Err(problem) => Err(watched(problem, watch)),
    }
}

/// Waits for the turn of a query or an update of a client.
///
/// # Errors
/// 429 where the client has as many as one may, 503 where all slots are taken.
pub(super) async fn take_slot(app: &App, client: Client) -> Result<Slot, Problem> {
    app.slots.take(client).await.map_err(|busy| match busy {
        Busy::Client => {
            let slots = app.slots.quota(client).slots;
            let detail = format!(
                "as many queries from {client} are running or waiting as may; {slots} of one client run at once"
            );
            Problem::new(ProblemType::TooManyQueries, detail)
        }
        Busy::All => {
            let detail = format!("{} queries are running, as many as may", app.settings.queries.at_once);
            Problem::new(ProblemType::TooBusy, detail)
        }
    })
}

/// Holds an answer to its bound, and keeps it where it may be: one that is whole at once, another while it is sent.
async fn measured(app: &App, response: Response, asked: Option<Question>, watch: Watch) -> Result<Response, Problem> {
    let (parts, body) = response.into_parts();
    let keeping = asked.and_then(|question| app.kept_answers.begin(question, &parts));
    let mut count = Count::new(app.settings.queries.bytes);
    let Some(length) = body.size_hint().exact() else {
        return Ok(Response::from_parts(parts, Body::new(Measured::new(body, count, keeping, watch))));
    };
    if let Err(error) = count.add(length) {
        return Err(watched(error.into(), watch));
    }
    let body = to_bytes(body, usize::MAX).await.map_err(io::Error::other)?;
    keeping.and_then(|keeping| keeping.with(&body)).into_iter().for_each(Keeping::end);
    watch.end(parts.status, length);
    Ok(Response::from_parts(parts, body.into()))
}

/// Tells the log of a query that became a problem.
fn watched(problem: Problem, watch: Watch) -> Problem {
    let status = problem.kind.status();
    if status.is_server_error() || problem.kind == ProblemType::AnswerTooLarge {
        watch.stopped(status, 0, &problem.detail);
    } else {
        watch.end(status, 0);
    }
    problem
}
