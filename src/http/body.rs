//! What a request sends: its bytes, within bounds of size and of time, and their media type.

use super::problem::{Problem, ProblemType};
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, header};
use std::time::Duration;

/// How long the body of a request may take to arrive.
const TIME: Duration = Duration::from_secs(15);

/// Reads the body of a request of at most `limit` bytes.
///
/// # Errors
/// 413 for a larger one, 408 for one that comes too slowly.
pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    match tokio::time::timeout(TIME, to_bytes(body, limit)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(Problem::new(ProblemType::BodyTooLarge, format!("send at most {limit} bytes"))),
        Err(_) => {
            Err(Problem::new(ProblemType::TooSlow, format!("the body did not arrive within {} s", TIME.as_secs())))
        }
    }
}

/// The media type of the body, in lower case and without parameters; empty where none is named.
pub(super) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    essence(value)
}

/// The charset of the body, in lower case, where one is named.
pub(super) fn charset(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"').to_ascii_lowercase())
    })
}

/// A media type in lower case and without parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
