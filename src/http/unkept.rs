//! A page that is made for one request, and that nobody keeps.

use super::asked::Choice;
use super::form::Form;
use super::problem::Told;
use super::representation::PAGE_POLICY;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::io;

/// Answers with bytes in the form and the coding that were chosen. A page tells its problem itself, where it has one.
///
/// # Errors
/// The encoder's.
pub(super) fn respond(status: StatusCode, body: &[u8], choice: &Choice) -> io::Result<Response> {
    let variant = choice.variant;
    let encoding = variant.encoding.for_length(body.len());
    let mut response = (status, encoding.encode(body)?).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(variant.form.content_type()));
    headers.insert(header::VARY, choice.vary());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(coding) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if variant.form == Form::Html {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(variant.language.code()));
        response.extensions_mut().insert(Told);
    }
    Ok(response)
}
