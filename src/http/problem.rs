//! Problem details: what is wrong with a request, for programs and for people.
//!
//! <https://www.rfc-editor.org/rfc/rfc9457>. This file is the table from causes to kinds; `problem_type` has the kinds.

use super::answer::{Wanted, answer};
use super::asked::{Asked, VARY};
use super::form::Form;
use super::negotiate;
pub use super::problem_type::ProblemType;
use super::queries::AnswerTooLarge;
use super::representation::{Made, PAGE_POLICY};
use super::state::App;
pub use super::violation::Violation;
use crate::catalogue::{CatalogueError, GateError, NotAllowed};
use crate::graph::{GraphError, QuestionError, RefusalKind, ScratchWriteError, UpdateError};
use crate::harvest::HarvestError;
use crate::pages::{self, Alternate, Language, PageError, ProblemPage, Site, Text};
use crate::rdf::Preference;
use crate::register::Unreadable;
use crate::shacl::{Failure, ShapesError};
use crate::snapshot::SnapshotError;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

/// A problem with one request.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemType,
    /// What is wrong with this request and what to do.
    pub detail: String,
    /// What there is instead.
    pub offered: Vec<Alternate>,
    /// Where in the text that was sent, as far as it is known.
    pub position: Position,
    /// What of records that were to be written breaks the shapes.
    pub violations: Vec<Violation>,
    /// After how many seconds to try again, where that may help.
    pub retry_after: Option<u32>,
}

/// A place in a text that was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column, from 1, in characters.
    pub column: Option<u64>,
}

impl Problem {
    /// A problem of a kind, with what is wrong with this request.
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        let retry_after = matches!(kind, ProblemType::TooBusy | ProblemType::TooManyQueries).then_some(2);
        Self {
            kind,
            detail: detail.into(),
            offered: Vec::new(),
            position: Position::default(),
            violations: Vec::new(),
            retry_after,
        }
    }

    /// A request whose `Accept` covers nothing of what there is.
    pub fn not_acceptable(offered: Vec<Alternate>) -> Self {
        let list: Vec<&str> = offered.iter().map(|offer| offer.media_type.as_str()).collect();
        let detail = format!("this is available as {}", list.join(", "));
        Self { offered, ..Self::new(ProblemType::NotAcceptable, detail) }
    }

    /// Our fault: told to the log, not to the client.
    fn internal(cause: &dyn std::error::Error) -> Self {
        tracing::error!(cause = %cause, "a request failed");
        Self::new(ProblemType::Internal, "the cause was logged")
    }
}

impl From<CatalogueError> for Problem {
    fn from(error: CatalogueError) -> Self {
        Self::internal(&error)
    }
}

impl From<HarvestError> for Problem {
    fn from(error: HarvestError) -> Self {
        match error {
            HarvestError::Catalogue(error) => error.into(),
            HarvestError::Write(error) => error.into(),
        }
    }
}

impl From<Unreadable> for Problem {
    fn from(error: Unreadable) -> Self {
        Self::internal(&error)
    }
}

impl From<PageError> for Problem {
    fn from(error: PageError) -> Self {
        Self::internal(&error)
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<tokio::task::JoinError> for Problem {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::internal(&error)
    }
}

impl From<QuestionError> for Problem {
    fn from(error: QuestionError) -> Self {
        let kind = match error.kind() {
            RefusalKind::Syntax => ProblemType::QuerySyntax,
            RefusalKind::TooLarge => ProblemType::QueryTooLarge,
            RefusalKind::NotDone => ProblemType::QueryRefused,
            RefusalKind::BadRequest => ProblemType::BadRequest,
            RefusalKind::NotAcceptable => ProblemType::NotAcceptable,
            RefusalKind::ServiceFailed => ProblemType::ServiceFailed,
            RefusalKind::Busy => ProblemType::TooBusy,
            RefusalKind::Stopped => ProblemType::QueryTimeout,
            RefusalKind::Ended => ProblemType::QueryEnded,
            RefusalKind::Internal => return Self::internal(&error),
        };
        let (line, column) = error.position().unzip();
        Self { position: Position { line, column }, ..Self::new(kind, error.to_string()) }
    }
}

impl From<AnswerTooLarge> for Problem {
    fn from(error: AnswerTooLarge) -> Self {
        Self::new(ProblemType::AnswerTooLarge, error.to_string())
    }
}

impl From<UpdateError> for Problem {
    fn from(error: UpdateError) -> Self {
        let kind = match &error {
            UpdateError::Syntax(_) => ProblemType::QuerySyntax,
            UpdateError::Bounds(_) | UpdateError::TooLarge { .. } => ProblemType::QueryTooLarge,
            UpdateError::GraphName(_) | UpdateError::GraphsChosenTwice => ProblemType::BadRequest,
            UpdateError::NoNamedGraphs
            | UpdateError::NoFederation
            | UpdateError::NoLoad { .. }
            | UpdateError::NoSuchGraph { .. }
            | UpdateError::GraphExists { .. }
            | UpdateError::Evaluation(_) => ProblemType::QueryRefused,
            UpdateError::Stopped => ProblemType::QueryTimeout,
            UpdateError::Graph(error) => return Self::internal(error),
        };
        Self::new(kind, error.to_string())
    }
}

impl From<GraphError> for Problem {
    fn from(error: GraphError) -> Self {
        Self::internal(&error)
    }
}

impl From<ScratchWriteError> for Problem {
    fn from(error: ScratchWriteError) -> Self {
        match error {
            ScratchWriteError::Update(error) => error.into(),
            ScratchWriteError::Graph(error) => error.into(),
            ScratchWriteError::Published => Self::internal(&error),
        }
    }
}

impl From<SnapshotError> for Problem {
    fn from(error: SnapshotError) -> Self {
        let position = match &error {
            SnapshotError::Syntax { line, column, .. } => Position { line: *line, column: *column },
            SnapshotError::Base { .. } => return Self::internal(&error),
            SnapshotError::Input { .. } | SnapshotError::TooLarge => Position::default(),
        };
        Self { position, ..Self::new(ProblemType::RdfSyntax, error.to_string()) }
    }
}

impl From<GateError> for Problem {
    fn from(error: GateError) -> Self {
        Self::internal(&error)
    }
}

impl From<NotAllowed> for Problem {
    fn from(error: NotAllowed) -> Self {
        Self::new(ProblemType::InsufficientScope, error.to_string())
    }
}

impl From<ShapesError> for Problem {
    fn from(error: ShapesError) -> Self {
        Self::new(ProblemType::ShapesRefused, error.to_string())
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let kind = match &failure {
            Failure::TooLong { .. } => ProblemType::ValidationTimeout,
            Failure::Query { .. } => ProblemType::ShapesRefused,
            Failure::Interrupted => return Self::internal(&failure),
        };
        Self::new(kind, failure.to_string())
    }
}

impl IntoResponse for Problem {
    /// An answer without a body: `tell` writes it in the form the client reads.
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(challenge) = self.kind.challenge() {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Who reads an answer: what tells in which form and language a problem is told.
pub(super) struct Reader {
    address: Uri,
    fields: Vec<(HeaderName, HeaderValue)>,
}

impl Reader {
    /// Cheap to keep for a request that may become a problem: the values are shared with it.
    pub(super) fn of(request: &Request) -> Self {
        let chosen =
            request.headers().iter().filter(|(name, _)| [header::ACCEPT, header::ACCEPT_LANGUAGE].contains(name));
        let fields = chosen.map(|(name, value)| (name.clone(), value.clone())).collect();
        Self { address: request.uri().clone(), fields }
    }
}

/// Marks an answer that tells its problem itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told;

/// The problem that an answer stands for, if it does.
pub(super) fn of(response: &mut Response) -> Option<Problem> {
    response.extensions_mut().remove::<Problem>().or_else(|| untold(response))
}

/// Tells a problem, as a page for a browser and as `application/problem+json` for the rest.
pub(super) fn tell(app: &App, problem: &Problem, reader: &Reader, response: Response) -> Response {
    let headers: HeaderMap = reader.fields.iter().cloned().collect();
    let offers = [("application/problem+json", false), ("application/json", false), ("text/html", true)];
    let told = if negotiate::choose(&headers, offers).unwrap_or(false) {
        page(app, problem, language_of(reader.address.path()).unwrap_or_else(|| negotiate::language(&headers)))
    } else {
        details(app, problem, reader.address.path(), &negotiate::preference(&headers))
    };
    let (mut parts, _) = response.into_parts();
    let (told_parts, body) = told.into_parts();
    parts.headers.extend(told_parts.headers);
    parts.headers.insert(header::VARY, HeaderValue::from_static(VARY));
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Response::from_parts(parts, body)
}

/// The language that an address begins with.
fn language_of(path: &str) -> Option<Language> {
    path.strip_prefix('/')?.split('/').next().and_then(Language::of_code)
}

/// A refusal that the framework made before any code of ours saw the request.
fn untold(response: &Response) -> Option<Problem> {
    let is_told = response.extensions().get::<Told>().is_some();
    let (kind, detail) = match response.status() {
        StatusCode::BAD_REQUEST if !is_told => (ProblemType::BadRequest, "the address cannot be read as text in UTF-8"),
        _ => return None,
    };
    Some(Problem::new(kind, detail))
}

fn details(app: &App, problem: &Problem, instance: &str, preference: &Preference) -> Response {
    let offered: Vec<_> =
        problem.offered.iter().map(|offer| json!({ "href": offer.href, "type": offer.media_type })).collect();
    let mut details = json!({
        "type": format!("{}problem/{}", app.settings.site, problem.kind.name()),
        "title": problem.kind.title(),
        "status": problem.kind.status().as_u16(),
        "detail": problem.detail,
        "instance": instance,
    });
    if let Some(details) = details.as_object_mut() {
        if !offered.is_empty() {
            details.insert("offered".to_owned(), offered.into());
        }
        if !problem.violations.is_empty() {
            let told: Vec<_> = problem.violations.iter().map(|violation| violation.to_json(preference)).collect();
            details.insert("violations".to_owned(), told.into());
        }
        let Position { line, column } = problem.position;
        let places = [("line", line), ("column", column)].into_iter();
        details.extend(places.filter_map(|(name, value)| Some((name.to_owned(), value?.into()))));
    }
    let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
    (content_type, details.to_string()).into_response()
}

fn page(app: &App, problem: &Problem, language: Language) -> Response {
    let site = Site { translations: Vec::new(), neutral: None, ..app.site(language, "") };
    match pages::problem(&site, &problem.page(&Preference::new([language.code()]))) {
        Ok(html) => {
            let policy = (header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
            ([policy, (header::CONTENT_LANGUAGE, language.code())], Html(html)).into_response()
        }
        Err(error) => {
            tracing::error!(cause = %error, "a problem could not be shown as a page");
            problem.detail.clone().into_response()
        }
    }
}

impl Problem {
    fn page(&self, preference: &Preference) -> ProblemPage {
        ProblemPage {
            violations: self.violations.iter().map(|violation| violation.told(preference)).collect(),
            status: self.kind.status().as_u16(),
            title: Text::tagged(self.kind.title(), "en"),
            detail: Text::tagged(&self.detail, "en"),
            offered: self.offered.clone(),
        }
    }
}

/// `GET /problem/{name}`: what a problem type means.
pub(super) async fn get_problem_type(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let kind = ProblemType::named(&name)
        .ok_or_else(|| Problem::new(ProblemType::NotFound, format!("there is no problem type {name:?}")))?;
    answer(app, asked, Wanted::new(format!("problem/{name}"), Form::PAGE, None), move |app, path, variant| {
        let page = Problem::new(kind, kind.meaning()).page(&Preference::default());
        let body = pages::problem(&app.site(variant.language, path), &page)?.into_bytes();
        Ok(Made::of_program(body))
    })
    .await
}

/// Any address that is none of ours.
pub(super) async fn unknown_address(request: Request) -> Problem {
    Problem::new(ProblemType::NotFound, format!("nothing stands at {}", request.uri().path()))
}

/// Any method that an address does not take.
pub(super) async fn unknown_method(request: Request) -> Problem {
    let detail =
        format!("{} does not take {}; the Allow header names what it takes", request.uri().path(), request.method());
    Problem::new(ProblemType::MethodNotAllowed, detail)
}
