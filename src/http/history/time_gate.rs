//! The TimeGate: from a document and a moment to the version that held then
//! (<https://www.rfc-editor.org/rfc/rfc7089#section-4.1.1>).

use super::links::{Addresses, of_version};
use crate::http::answer::{Wanted, blocking};
use crate::http::asked::Asked;
use crate::http::document::unknown;
use crate::http::form::Form;
use crate::http::problem::{Problem, ProblemType};
use crate::http::representation::REVISION;
use crate::http::state::App;
use crate::http::web_link::field_value;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::time::SystemTime;

/// The moment that a client wants a document of, <https://www.rfc-editor.org/rfc/rfc7089#section-2.1.1>.
const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");

/// The moment that a request asks for, if it does; a problem where that is no date.
pub(in crate::http) fn accepted_moment(headers: &HeaderMap) -> Option<Result<SystemTime, Problem>> {
    let value = headers.get(ACCEPT_DATETIME)?;
    let moment = value.to_str().ok().and_then(|text| httpdate::parse_http_date(text.trim()).ok());
    Some(moment.ok_or_else(|| {
        let detail = "Accept-Datetime must be a date such as Sat, 28 Nov 2026 10:00:00 GMT";
        Problem::new(ProblemType::BadRequest, detail)
    }))
}

/// 302 to the version that a record had at a moment, in the form and language that the address fixes.
pub(in crate::http) async fn see_version_at(
    app: App,
    asked: Asked,
    wanted: Wanted,
    moment: SystemTime,
) -> Result<Response, Problem> {
    blocking(move || {
        let iri = app.base().subject_of(&wanted.path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let number = present.version_at(&iri, moment)?.ok_or_else(|| unknown(&iri))?;
        let version = present.version(&iri, number)?.ok_or_else(|| unknown(&iri))?;
        let at = Addresses { site: app.settings.site.as_str(), path: &wanted.path };
        let links = field_value(&of_version(&at, &version));
        let fields = [(header::LOCATION, location(&at, &asked, &wanted, number)), (header::LINK, links)];
        let mut response = (StatusCode::FOUND, fields).into_response();
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Datetime"));
        response.headers_mut().insert(REVISION, HeaderValue::from(version.revision));
        Ok(response)
    })
    .await
}

/// The address of a version, as an address of the document is: in a language, with an extension or a format, if versions have that.
fn location(at: &Addresses<'_>, asked: &Asked, wanted: &Wanted, number: u64) -> String {
    let language = asked.language_of_address().map_or_else(String::new, |language| format!("{}/", language.code()));
    let localised = format!("{}{language}", at.site);
    let version = Addresses { site: &localised, ..*at }.version(number);
    let extension = wanted.extension.filter(|form| Form::OF_DOCUMENTS.contains(form));
    let extension = extension.map_or_else(String::new, |form| format!(".{}", form.extension()));
    let format = asked.parameter("format").filter(|name| Form::of_format(name, Form::OF_DOCUMENTS, &version).is_ok());
    let format = format.map_or_else(String::new, |format| {
        let format: String = form_urlencoded::byte_serialize(format.as_bytes()).collect();
        format!("?format={format}")
    });
    format!("{version}{extension}{format}")
}
