//! Scripts of any site may read what is published here, and write with a token that they send themselves.
//!
//! A browser adds no bearer token on its own, and is never told to send what it would add (there is no
//! `Access-Control-Allow-Credentials`), so no site can write with the leave of somebody who merely visits it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// Lets scripts of any site read answers, and keeps browsers from guessing types.
pub(super) fn open_to_all(headers: &mut HeaderMap) {
    set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    set(
        headers,
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        "Accept-Ranges, Allow, Content-Language, Content-Location, Content-Range, ETag, EUSL-Revision, Last-Modified, Link, Location, \
         Memento-Datetime, Preference-Applied, RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, WWW-Authenticate",
    );
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
}

/// Answers a script that asks first, as one does that writes, sends a query as it is, or an `Accept` of more
/// than 128 bytes: <https://fetch.spec.whatwg.org/#cors-preflight-fetch>.
pub(super) fn answer_preflight(headers: &mut HeaderMap) {
    set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, PUT, PATCH, DELETE");
    set(
        headers,
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        "Accept, Accept-Datetime, Accept-Language, Accept-Profile, Authorization, Cache-Control, Content-Type, \
         Idempotency-Key, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Prefer",
    );
    set(headers, header::ACCESS_CONTROL_MAX_AGE, "86400");
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
