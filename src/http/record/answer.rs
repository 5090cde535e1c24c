//! What a write that was done is answered.

use super::super::asked::Asked;
use super::super::document;
use super::super::problem::Problem;
use super::super::representation::REVISION;
use super::super::state::App;
use super::request::Request;
use crate::catalogue::{Edited, EditedRecord, Status};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// What a client would like of the answer. <https://www.rfc-editor.org/rfc/rfc7240#section-4.2>
const PREFER: HeaderName = HeaderName::from_static("prefer");

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Answers with what became of the one record that a request wrote.
pub(super) async fn of(app: App, request: Request, edited: Edited) -> Result<Response, Problem> {
    let Some(record) = edited.records.first() else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let waits = matches!(record.status, Some(Status::Submitted | Status::Reserved));
    let wants_all = prefers(&request.headers, "return=representation");
    let is_there = record.status.is_some_and(|status| status != Status::Withdrawn);
    let mut response = if wants_all && is_there && !waits {
        representation(&app, &request, record).await?
    } else {
        StatusCode::NO_CONTENT.into_response()
    };
    *response.status_mut() = match record.status {
        Some(Status::Submitted) => StatusCode::ACCEPTED,
        Some(_) if record.is_new => StatusCode::CREATED,
        _ => response.status(),
    };
    describe(&app, &mut response, record, edited.revision)?;
    if wants_all && is_there && !waits {
        response.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static("return=representation"));
    }
    Ok(response)
}

/// Whether a client prefers something.
fn prefers(headers: &HeaderMap, preference: &str) -> bool {
    let fields = headers.get_all(PREFER).iter().filter_map(|field| field.to_str().ok());
    fields.flat_map(|field| field.split([',', ';'])).any(|asked| asked.trim().eq_ignore_ascii_case(preference))
}

/// The document as it is now, in the form that the request accepts, or came in itself.
async fn representation(app: &App, request: &Request, record: &EditedRecord) -> Result<Response, Problem> {
    let mut headers = request.headers.clone();
    for name in [header::IF_MATCH, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE, header::IF_UNMODIFIED_SINCE] {
        headers.remove(name);
    }
    let accepts_anything = headers.get(header::ACCEPT).is_none_or(|accept| accept == "*/*");
    if let Some(sent) = headers.get(header::CONTENT_TYPE).filter(|_| accepts_anything).cloned() {
        headers.insert(header::ACCEPT, sent);
    }
    document::respond(app.clone(), Asked::of_headers(headers), path(app, record), None).await
}

/// Says where the record is, in which version, and which revision shows it.
fn describe(app: &App, response: &mut Response, record: &EditedRecord, revision: u64) -> Result<(), Problem> {
    let site = &app.settings.site;
    let path = path(app, record);
    let draft = path.replacen("doc/", "draft/", 1);
    let value = |text: String| HeaderValue::from_str(&text).map_err(std::io::Error::other);
    let headers = response.headers_mut();
    headers.insert(REVISION, HeaderValue::from(revision));
    match record.status {
        Some(Status::Submitted | Status::Reserved) => {
            headers.insert(header::LOCATION, value(format!("{site}{draft}"))?);
        }
        Some(_) => {
            if record.is_new {
                headers.insert(header::LOCATION, value(format!("{site}{path}"))?);
            }
            let version = format!("<{site}{path}/v/{}>; rel=\"latest-version\"", record.version);
            headers.append(header::LINK, value(version)?);
        }
        None => {}
    }
    headers.append(header::LINK, value(format!("<{}>; rel=\"cite-as\"", record.iri))?);
    Ok(())
}

fn path(app: &App, record: &EditedRecord) -> String {
    app.base().record_of(&record.iri).map(|name| name.document_path()).unwrap_or_default()
}
