//! Who sends a request that writes: the author that its bearer token stands for.
//!
//! A handler that takes an [`Author`] is one that needs a token. It is read from `Authorization` alone
//! (<https://www.rfc-editor.org/rfc/rfc6750#section-2.1>): one in an address would stand in every log on the way.

#[cfg(test)]
mod tests;

use super::answer::blocking;
use super::problem::{Problem, ProblemType};
use super::state::App;
use crate::catalogue::{Author, CatalogueError, NotKnown};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

impl FromRequestParts<App> for Author {
    type Rejection = Problem;

    /// The author whose token a request shows.
    ///
    /// # Errors
    /// 401 where it shows none, or one that cannot be used; 429 where such come too fast.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer_token(&parts.headers)?.ok_or_else(|| {
            let detail = "this needs a token of the operator; send it as Authorization: Bearer and the token";
            Problem::new(ProblemType::TokenRequired, detail)
        })?;
        let (catalogue, now) = (app.catalogue()?, (app.settings.clock)());
        let found = blocking(move || Ok(catalogue.author_of(&token, now))).await?;
        // The address is the connection's own: what a header field says of it anybody can write.
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        found.map_err(|error| refuse(app, peer, error))
    }
}

/// The token in `Authorization`; nothing where there is none, or what another scheme has there.
///
/// # Errors
/// The field is there twice.
fn bearer_token(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut fields = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(field), None) = (fields.next(), fields.next()) else {
        let detail = "the request has the header field Authorization twice; send one token";
        let is_absent = !headers.contains_key(header::AUTHORIZATION);
        return if is_absent { Ok(None) } else { Err(Problem::new(ProblemType::BadRequest, detail)) };
    };
    let field = String::from_utf8_lossy(field.as_bytes());
    let (scheme, token) = field.split_once(' ').unwrap_or((&field, ""));
    Ok(scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned()))
}

/// The problem with a token that cannot be used. What was shown is in no log: it may be a secret with a slip in it.
fn refuse(app: &App, peer: Option<IpAddr>, error: NotKnown) -> Problem {
    let detail = match error {
        NotKnown::Unreadable(error) => return CatalogueError::from(error).into(),
        error => error.to_string(),
    };
    match app.failed_attempts.count(peer, Instant::now()) {
        Ok(()) => {
            let peer = peer.map_or_else(|| "unknown".to_owned(), |peer| peer.to_string());
            tracing::info!(peer, "a token was shown that cannot be used");
            Problem::new(ProblemType::InvalidToken, detail)
        }
        Err(wait) => {
            let seconds = whole_seconds(wait);
            let detail = format!("{detail}. Such tokens come too fast; wait {seconds} seconds");
            Problem { retry_after: Some(seconds), ..Problem::new(ProblemType::TooManyAttempts, detail) }
        }
    }
}

/// Seconds after which a time is over.
fn whole_seconds(time: Duration) -> u32 {
    let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Keeps tokens out of whatever writes down the header fields of a request; tells whether it has one.
pub(super) fn hide(headers: &mut HeaderMap) -> bool {
    // Most requests have none, and are to be kept waiting by nothing.
    if !headers.contains_key(header::AUTHORIZATION) {
        return false;
    }
    if let header::Entry::Occupied(mut fields) = headers.entry(header::AUTHORIZATION) {
        fields.iter_mut().for_each(|field| field.set_sensitive(true));
    }
    true
}

/// Keeps an answer out of every cache: it is for who showed a token, or would be another with one.
pub(super) fn keep_private(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.append(header::VARY, HeaderValue::from_static("Authorization"));
}
