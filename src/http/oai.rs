//! OAI-PMH: `/oai` (<http://www.openarchives.org/OAI/openarchivesprotocol.html#HTTPembedding>).
//!
//! What is wrong with a request of the protocol is told in its own words with status 200; problems are for what is no
//! such request.

use super::answer::blocking;
use super::body;
use super::encoding::Encoding;
use super::problem::{Problem, ProblemType};
use super::representation::REVISION;
use super::state::App;
use crate::harvest::oai_pmh::{self, Repository};
use crate::pages::Language;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The largest body of a request: the longest of them has a token and a verb.
const BODY_LIMIT: usize = 64 * 1024;

/// `GET /oai`
pub(super) async fn get_oai(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    respond(app, query.unwrap_or_default().as_bytes(), &headers).await
}

/// `POST /oai`: the same with the arguments as a form.
pub(super) async fn post_oai(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let media_type = body::media_type(&headers);
    if media_type != "application/x-www-form-urlencoded" {
        let detail = format!("arguments cannot be read from {media_type:?}; send application/x-www-form-urlencoded");
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    }
    let body = body::read(body, BODY_LIMIT).await?;
    respond(app, &body, &headers).await
}

/// `GET /oai/rdf.xsd`: the schema that records in RDF/XML name.
pub(super) async fn get_rdf_schema() -> Response {
    let fields = [(header::CONTENT_TYPE, "application/xml"), (header::CACHE_CONTROL, "public, max-age=86400")];
    (fields, oai_pmh::RDF_SCHEMA).into_response()
}

async fn respond(app: App, arguments: &[u8], headers: &HeaderMap) -> Result<Response, Problem> {
    let arguments: Vec<(String, String)> = form_urlencoded::parse(arguments).into_owned().collect();
    let encoding = Encoding::choose(headers);
    blocking(move || {
        let catalogue = app.catalogue()?;
        let (present, until) = catalogue.present_until()?;
        let settings = &app.settings;
        let repository = Repository {
            base: catalogue.base(),
            site: settings.site.as_str(),
            name: Language::English.title_of_list(),
            publisher: settings.publisher.as_deref(),
            contact: settings.publisher_contact.as_deref(),
            licence: &settings.licence,
            prefixes: &app.prefixes,
        };
        let answer = oai_pmh::answer(&repository, &present, until, &arguments)?;
        let encoding = encoding.for_length(answer.len());
        let mut response = encoding.encode(&answer)?.into_response();
        let fields = response.headers_mut();
        // The protocol asks for this type and no other.
        fields.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
        fields.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        fields.insert(REVISION, HeaderValue::from(present.revision()));
        if let Some(coding) = encoding.name() {
            fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Ok(response)
    })
    .await
}
