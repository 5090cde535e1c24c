//! `/cpsv-ap/api/…`: the interface that validators of the EU Interoperability Test Bed have, so that its tools
//! can be pointed at this server.
//!
//! <https://www.itb.ec.europa.eu/docs/guides/latest/validatingRDF/>

use super::super::body;
use super::super::problem::{Problem, ProblemType};
use super::super::state::App;
use super::data::BODY_LIMIT;
use super::test_bed_input::{Input, ReportForm, Wish};
use super::test_report::TestReport;
use super::validator::RuleSet;
use super::{report, turn};
use crate::rdf::Preference;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Instant;

/// What the Test Bed calls this validator: the first step of its addresses.
const DOMAIN: &str = "cpsv-ap";

/// How many validations one request may ask for.
const MOST_AT_ONCE: usize = 100;

/// `GET /api/info`: the validators there are.
pub(in super::super) async fn get_information_of_all() -> Response {
    json_of(&json!([information()]))
}

/// `GET /cpsv-ap/api/info`: the validation types there are.
pub(in super::super) async fn get_information() -> Response {
    json_of(&information())
}

fn information() -> Value {
    let types = RuleSet::ALL.map(|rules| json!({ "type": rules.name(), "description": rules.description() }));
    json!({ "domain": DOMAIN, "validationTypes": types })
}

/// `POST /cpsv-ap/api/validate`: one validation.
pub(in super::super) async fn post_one(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let _place = app.validations.admit().await?;
    let input: Input = read(&headers, body).await?;
    let wish = input.wish(&headers)?;
    let form = wish.report;
    let report = turn::take(&app, move |app, deadline| validate(app, &wish, deadline)).await?;
    Ok(answer(form.media_type(), report))
}

/// `POST /cpsv-ap/api/validateMultiple`: several, each with its report in Base64. Where JSON is wished for, a
/// report is in XML, since it stands in JSON already.
pub(in super::super) async fn post_several(
    State(app): State<App>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let _place = app.validations.admit().await?;
    let inputs: Vec<Input> = read(&headers, body).await?;
    if inputs.len() > MOST_AT_ONCE {
        let detail = format!("{} validations are asked for at once, {MOST_AT_ONCE} may be", inputs.len());
        return Err(Problem::new(ProblemType::BadRequest, detail));
    }
    let wishes = inputs.into_iter().map(|input| input.wish(&headers)).enumerate();
    let wishes = wishes.map(|(place, wish)| of(place, wish)).collect::<Result<Vec<Wish>, Problem>>()?;
    let reports = turn::take(&app, move |app, deadline| {
        let reports = wishes.into_iter().map(|wish| embedded(app, wish, deadline)).enumerate();
        reports.map(|(place, report)| of(place, report)).collect::<Result<Vec<Value>, Problem>>()
    })
    .await?;
    Ok(json_of(&reports.into()))
}

/// Has a problem say which of several validations it is of.
fn of<T>(place: usize, result: Result<T, Problem>) -> Result<T, Problem> {
    result.map_err(|problem| Problem { detail: format!("[{place}]: {}", problem.detail), ..problem })
}

fn embedded(app: &App, wish: Wish, deadline: Instant) -> Result<Value, Problem> {
    let report = if wish.report == ReportForm::Json { ReportForm::Xml("application/xml") } else { wish.report };
    let body = validate(app, &Wish { report, ..wish }, deadline)?;
    Ok(json!({ "report": STANDARD.encode(body), "reportSyntax": report.media_type() }))
}

/// Reads what a client sends.
async fn read<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<T, Problem> {
    let media_type = body::media_type(headers);
    if !["application/json", "application/ld+json"].contains(&media_type.as_str()) {
        let detail = format!("a validation cannot be read from {media_type:?}; send application/json");
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    }
    let body = body::read(body, BODY_LIMIT).await?;
    serde_json::from_slice(&body).map_err(|error| {
        let detail = format!("the body is not what the Interoperability Test Bed has: {error}");
        Problem::new(ProblemType::BadRequest, detail)
    })
}

/// Validates, and writes the report as wished for.
fn validate(app: &App, wish: &Wish, deadline: Instant) -> Result<Vec<u8>, Problem> {
    let data = wish.data.clone().with_own_context(app.settings.site.as_str())?;
    let report = app.validator.check(&data, &wish.against, app.base().as_str(), deadline)?.report;
    let reader = Preference::new(wish.language.data_tags());
    let profile = wish.against.rule_set.map(RuleSet::name);
    let input = wish.adds_input.then(|| String::from_utf8_lossy(&wish.data.text));
    let told = || TestReport::new(&report, &reader, profile, input.as_deref());
    match wish.report {
        ReportForm::Rdf(syntax) => report::write(app, &report, syntax),
        ReportForm::Xml(_) => Ok(told().xml().into_bytes()),
        ReportForm::Json => Ok(told().json().to_string().into_bytes()),
    }
}

fn json_of(value: &Value) -> Response {
    answer("application/json", value.to_string().into_bytes())
}

fn answer(media_type: &'static str, body: Vec<u8>) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
