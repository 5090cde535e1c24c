//! `/validate`: RDF in, a validation report out.

use super::super::answer::{self, Wanted};
use super::super::asked::{Asked, Choice};
use super::super::body;
use super::super::form::Form;
use super::super::problem::{Problem, ProblemType};
use super::super::rdf_text::{RdfText, syntax as syntaxes};
use super::super::representation::Made;
use super::super::state::App;
use super::super::unkept;
use super::validator::Against;
use super::{page, report, turn};
use crate::graph::RdfFormat;
use crate::pages::Alternate;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::time::Instant;

/// The largest body that is read, in bytes.
pub(super) const BODY_LIMIT: usize = 10 << 20;

/// What a plain form sends.
const FORM: &str = "application/x-www-form-urlencoded";

/// `GET /validate`: the page to paste data into.
pub(in super::super) async fn get_page(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer::answer(app, asked, Wanted::new("validate", Form::PAGE, None), |app, _, variant| {
        Ok(Made::of_program(page::page(app, variant.language, ("", RdfFormat::Turtle), None)?))
    })
    .await
}

/// `POST /validate`: data as they are, or as the page's form sends them. The answer is 200 whatever the verdict.
pub(in super::super) async fn post_data(State(app): State<App>, asked: Asked, body: Body) -> Result<Response, Problem> {
    let media_type = body::media_type(&asked.headers);
    let is_form = media_type == FORM;
    let format = syntaxes::of_media_type(&media_type);
    if format.is_none() && !is_form {
        return Err(unsupported(&media_type));
    }
    // A form is sent by people, so where anything is accepted they get a page.
    let forms = if is_form { Form::OF_DOCUMENTS } else { Form::OF_ENTRY_POINTS };
    let choice = asked
        .choose(&Wanted::new("validate", forms, None), &app.settings.site)
        .map_err(|problem| Problem { offered: offered(&app), ..problem })?;
    let _place = app.validations.admit().await?;
    let body = body::read(body, BODY_LIMIT).await?;
    let data = match format {
        Some(format) => RdfText { name: "the data".to_owned(), text: body, format },
        None => of_form(&body)?,
    };
    turn::take(&app, move |app, deadline| respond(app, &data, choice, deadline)).await
}

/// A media type that is not read here.
fn unsupported(media_type: &str) -> Problem {
    let read = syntaxes::media_types();
    let detail = format!("data cannot be read from {media_type:?}; send {read}, or the page's form as {FORM}");
    Problem::new(ProblemType::UnsupportedMediaType, detail)
}

/// The forms of a report. They answer POST alone, so each is named by what `?format=` says.
fn offered(app: &App) -> Vec<Alternate> {
    let address = format!("{}validate", app.settings.site);
    let named = |form: &Form| format!("{address}?format={}", form.extension());
    let all = Form::alternates(Form::OF_ENTRY_POINTS, &address).into_iter();
    all.zip(Form::OF_ENTRY_POINTS).map(|(offer, form)| Alternate { href: named(form), ..offer }).collect()
}

/// The data that the page's form sends: `content`, and `syntax` by its extension.
fn of_form(body: &[u8]) -> Result<RdfText, Problem> {
    let (mut content, mut syntax) = (None, None);
    for (name, value) in form_urlencoded::parse(body) {
        match name.as_ref() {
            "content" => content = Some(value.into_owned()),
            "syntax" => syntax = Some(value.into_owned()),
            _ => {}
        }
    }
    let Some(content) = content else {
        return Err(Problem::new(ProblemType::BadRequest, "the form has no field content; it holds the data"));
    };
    let format = match syntax {
        None => syntaxes::guess(&content),
        Some(value) => syntaxes::of_value(&value).ok_or_else(|| {
            let known: Vec<&str> = syntaxes::ALL.iter().map(|syntax| syntax.value).collect();
            let detail = format!("syntax={value} is not known here; syntax is one of {}", known.join(", "));
            Problem::new(ProblemType::BadRequest, detail)
        })?,
    };
    Ok(RdfText { name: "the data".to_owned(), text: content.into_bytes().into(), format })
}

/// Validates, and answers with the report or with the page that tells it.
fn respond(app: &App, data: &RdfText, choice: Choice, deadline: Instant) -> Result<Response, Problem> {
    let variant = choice.variant;
    let read = data.clone().with_own_context(app.settings.site.as_str());
    // With a context in place of its address, the lines are no longer those of what was sent.
    let is_as_sent = read.as_ref().is_ok_and(|read| read.text == data.text);
    let checked = read.and_then(|read| app.validator.check(&read, &Against::default(), app.base().as_str(), deadline));
    let (status, body) = if let Some(syntax) = variant.form.syntax() {
        (StatusCode::OK, report::write(app, &checked?.report, syntax)?)
    } else {
        // A page keeps the text that was sent, so that people can correct it.
        let status = checked.as_ref().err().map_or(StatusCode::OK, |problem| problem.kind.status());
        let outcome = page::outcome(app, variant.language, is_as_sent.then_some(data), &checked);
        let content = String::from_utf8_lossy(&data.text);
        (status, page::page(app, variant.language, (&content, data.format), Some(outcome))?)
    };
    Ok(unkept::respond(status, &body, &choice)?)
}
