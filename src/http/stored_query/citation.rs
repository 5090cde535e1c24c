//! How to cite the answer to a stored query, for programs that keep bibliographies.

use super::formats;
use super::posed::Posed;
use crate::catalogue::CitationForm;
use crate::http::answer::blocking;
use crate::http::problem::Problem;
use crate::http::representation::REVISION;
use crate::http::validators;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::io;

/// The citation of the answer as it is now, in a form; 304 where the request has it. It changes as the answer does: with
/// each revision.
pub(super) async fn respond(posed: Posed, form: CitationForm, request: HeaderMap) -> Result<Response, Problem> {
    blocking(move || {
        let catalogue = posed.app.catalogue()?;
        let present = catalogue.present()?;
        let citation = posed.citation(present.revision(), present.moment()).written(form);
        let tag = entity_tag(&citation, form)?;
        let charset = if form == CitationForm::CslJson { "" } else { "; charset=utf-8" };
        let content_type = field(&format!("{}{charset}", form.media_type()))?;
        let is_known = request.get_all(header::IF_NONE_MATCH).iter().any(|tags| validators::names(tags, &tag));
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, content_type)], citation).into_response()
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, tag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        headers.insert(REVISION, HeaderValue::from(present.revision()));
        Ok(response)
    })
    .await
}

/// The same exactly for the same bytes in the same form.
fn entity_tag(citation: &str, form: CitationForm) -> Result<HeaderValue, Problem> {
    let digest = Sha256::digest(citation);
    let tag = digest.first_chunk().map_or(0, |bytes| u128::from_be_bytes(*bytes));
    field(&format!("\"{tag:032x}-{}\"", formats::name_of(form)))
}

fn field(value: &str) -> Result<HeaderValue, Problem> {
    Ok(HeaderValue::from_str(value).map_err(io::Error::other)?)
}
