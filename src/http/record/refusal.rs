//! What a write that was refused is answered: a problem, or the validation report as RDF where that is asked for.

use super::super::answer::blocking;
use super::super::form::Form;
use super::super::negotiate;
use super::super::problem::{Problem, ProblemType, Violation};
use super::super::state::App;
use super::super::validation::report;
use crate::catalogue::EditError;
use crate::rdf::Syntax;
use crate::shacl::{Report, ValidationResult};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// How many results a problem tells; the report has them all.
const TOLD: usize = 50;

/// Answers with why something was not written.
pub(in super::super) async fn respond(app: App, headers: HeaderMap, error: EditError) -> Result<Response, Problem> {
    match error {
        EditError::Shapes(report) => match syntax(&headers) {
            Some(syntax) => blocking(move || as_rdf(&app, &report, syntax)).await,
            None => Err(of_report(&report)),
        },
        EditError::Precondition { .. } if !is_conditional(&headers) => Err(Problem::new(
            ProblemType::PreconditionRequired,
            format!("{error}; say which version you change with If-Match and its ETag"),
        )),
        error => Err(error.into()),
    }
}

fn is_conditional(headers: &HeaderMap) -> bool {
    headers.contains_key(header::IF_MATCH) || headers.contains_key(header::IF_NONE_MATCH)
}

/// The RDF syntax that a client wants a report in; nothing where it takes a problem as gladly.
fn syntax(headers: &HeaderMap) -> Option<Syntax> {
    let problems = [("application/problem+json", None), ("application/json", None), ("text/html", None)];
    let reports = Form::OF_DOCUMENTS.iter().filter_map(|form| Some((form.media_type(), Some(form.syntax()?))));
    negotiate::choose(headers, problems.into_iter().chain(reports)).flatten()
}

fn as_rdf(app: &App, report: &Report, syntax: Syntax) -> Result<Response, Problem> {
    let body = report::write(app, report, syntax)?;
    let content_type = Form::Rdf(syntax).content_type();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, [(header::CONTENT_TYPE, HeaderValue::from_static(content_type))], body)
        .into_response())
}

fn of_report(report: &Report) -> Problem {
    let count = report.violations().count();
    let detail = format!(
        "nothing was written: {count} {} of the shapes; each says what to mend",
        if count == 1 { "violation" } else { "violations" }
    );
    let violations = report.violations().take(TOLD).map(violation).collect();
    Problem { violations, ..Problem::new(ProblemType::RecordRefused, detail) }
}

fn violation(result: &ValidationResult) -> Violation {
    let bare = |text: String| text.trim_matches(['<', '>']).to_owned();
    let value = result.value.as_ref().filter(|value| **value != result.focus);
    Violation {
        focus: bare(result.focus.to_string()),
        path: result.path().map(|path| bare(path.map(&ToString::to_string).to_string())),
        value: value.map(|value| bare(value.to_string())),
        messages: result.messages().to_vec(),
        shape: bare(result.source.shape.to_string()),
    }
}

impl From<EditError> for Problem {
    fn from(error: EditError) -> Self {
        let kind = match &error {
            EditError::Shapes(report) => return of_report(report),
            EditError::Rules(_) | EditError::Status(_) => ProblemType::RecordRefused,
            EditError::Malformed(_) => ProblemType::BadRequest,
            EditError::Unknown(_) => ProblemType::NotFound,
            EditError::Precondition { .. } => ProblemType::PreconditionFailed,
            EditError::Step(_) => ProblemType::StepRefused,
            EditError::Role { .. } | EditError::Allowed(_) | EditError::Others(_) | EditError::Number(_) => {
                ProblemType::InsufficientScope
            }
            EditError::Key(_) => ProblemType::KeyReused,
            EditError::Commit(_) | EditError::Group(_) => {
                tracing::error!(cause = %error, "the register did not keep a write");
                ProblemType::NotStored
            }
            EditError::Lost
            | EditError::Unreadable(_)
            | EditError::Unchecked(_)
            | EditError::GraphFailed { .. }
            | EditError::GraphBehind { .. } => {
                tracing::error!(cause = %error, "a write failed");
                ProblemType::Internal
            }
        };
        Self::new(kind, error.to_string())
    }
}
