//! What clients are told of how many queries they may run.
//!
//! The fields are those of the Internet draft `draft-ietf-httpapi-ratelimit-headers-11`
//! (<https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/11/>), with the quota unit `concurrent-requests`.

use super::client::Client;
use super::slots::Quota;
use crate::http::problem::Problem;
use crate::http::state::App;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use std::future::Future;

/// Adds to the answer to a query, or to its problem, how many queries its client may run, and how many of them it could begin
/// beside this one when this one came.
pub(in crate::http) async fn told<A>(app: &App, client: Client, answer: A) -> Response
where
    A: Future<Output = Result<Response, Problem>>,
{
    let quota = app.slots.quota(client);
    let mut response = answer.await.into_response();
    response.headers_mut().extend(fields(quota));
    response
}

fn fields(Quota { slots, left }: Quota) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
    let policy = format!("\"concurrent\";q={slots};qu=\"concurrent-requests\"");
    let limit = format!("\"concurrent\";r={left}");
    let fields = [("ratelimit-policy", policy), ("ratelimit", limit)].into_iter();
    fields.filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_are_lists_of_strings_with_parameters() {
        let fields: Vec<_> = fields(Quota { slots: 4, left: 3 }).map(|(_, value)| value).collect();
        assert_eq!(fields, ["\"concurrent\";q=4;qu=\"concurrent-requests\"", "\"concurrent\";r=3"]);
    }
}
