//! Problem details: what is wrong with a request, for programs and for people.
//!
//! <https://www.rfc-editor.org/rfc/rfc9457>. This file is the table from causes to statuses.

use super::answer::{Wanted, answer};
use super::asked::{Asked, VARY};
use super::form::Form;
use super::negotiate;
use super::representation::{Made, PAGE_POLICY};
use super::state::App;
use crate::catalogue::CatalogueError;
use crate::graph::QuestionError;
use crate::pages::{self, Alternate, Language, PageError, ProblemPage, Site, Text};
use crate::register::Unreadable;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::json;

/// The kinds of problem there are. Their names are stable: clients may branch on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemType {
    /// No record has this IRI, and no page stands at this address.
    NotFound,
    /// The address does not take this method.
    MethodNotAllowed,
    /// Nothing of what there is can be accepted.
    NotAcceptable,
    /// The document is another than the request holds for.
    PreconditionFailed,
    /// The request breaks the protocol.
    BadRequest,
    /// The body is in a media type that is not read here.
    UnsupportedMediaType,
    /// The body is larger than what is read.
    BodyTooLarge,
    /// The body did not arrive in time.
    TooSlow,
    /// The address is longer than any that means something.
    AddressTooLong,
    /// The header fields are larger than what is read.
    FieldsTooLarge,
    /// The query is no SPARQL.
    QuerySyntax,
    /// The query is larger than what is answered.
    QueryTooLarge,
    /// The query asks for something this endpoint does not do.
    QueryRefused,
    /// The query ran out of time.
    QueryTimeout,
    /// As many queries run as may.
    TooBusy,
    /// Something broke on our side.
    Internal,
}

impl ProblemType {
    /// Every kind.
    pub const ALL: [Self; 16] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::PreconditionFailed,
        Self::BadRequest,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::TooSlow,
        Self::AddressTooLong,
        Self::FieldsTooLarge,
        Self::QuerySyntax,
        Self::QueryTooLarge,
        Self::QueryRefused,
        Self::QueryTimeout,
        Self::TooBusy,
        Self::Internal,
    ];

    /// The last part of the problem type's IRI, `{site}problem/{name}`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NotAcceptable => "not-acceptable",
            Self::PreconditionFailed => "precondition-failed",
            Self::BadRequest => "bad-request",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::BodyTooLarge => "body-too-large",
            Self::TooSlow => "too-slow",
            Self::AddressTooLong => "address-too-long",
            Self::FieldsTooLarge => "fields-too-large",
            Self::QuerySyntax => "query-syntax",
            Self::QueryTooLarge => "query-too-large",
            Self::QueryRefused => "query-refused",
            Self::QueryTimeout => "query-timeout",
            Self::TooBusy => "too-busy",
            Self::Internal => "internal",
        }
    }

    /// The status of the answer.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::BadRequest | Self::QuerySyntax | Self::QueryTooLarge | Self::QueryRefused => StatusCode::BAD_REQUEST,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::AddressTooLong => StatusCode::URI_TOO_LONG,
            Self::FieldsTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::QueryTimeout | Self::TooBusy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::NotAcceptable => "Not available in that form",
            Self::PreconditionFailed => "The document has changed",
            Self::BadRequest => "Bad request",
            Self::UnsupportedMediaType => "Unsupported media type",
            Self::BodyTooLarge => "The body is too large",
            Self::TooSlow => "The body came too slowly",
            Self::AddressTooLong => "The address is too long",
            Self::FieldsTooLarge => "The header fields are too large",
            Self::QuerySyntax => "The query cannot be read",
            Self::QueryTooLarge => "The query is too large",
            Self::QueryRefused => "The query asks for what is not done here",
            Self::QueryTimeout => "The query took too long",
            Self::TooBusy => "Too many queries at once",
            Self::Internal => "Something broke",
        }
    }

    /// What it means, and what to do about it.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::NotFound => {
                "No record has this IRI and no page stands at this address. What was published stays, so look for a slip in the address; /resolve?iri= finds the document of an IRI in any spelling."
            }
            Self::MethodNotAllowed => "The address exists, but takes other methods; the Allow header names them.",
            Self::NotAcceptable => {
                "None of the media types accepted is available. The answer lists those that are; accept one of them or add its extension to the address."
            }
            Self::PreconditionFailed => {
                "The request holds only for a state of the document that is no longer the present one. Get the document again and decide anew."
            }
            Self::BadRequest => "The request breaks the rules of its protocol; the detail says which.",
            Self::UnsupportedMediaType => {
                "The body's media type is not read at this address. A query comes as application/sparql-query or as application/x-www-form-urlencoded."
            }
            Self::TooSlow => "The body of the request did not arrive in time. Send it again over a better connection.",
            Self::BodyTooLarge => "The body of the request is larger than what is read here, four megabytes.",
            Self::AddressTooLong => {
                "The address of the request, with its query, is longer than what is read here, 32 KiB. A long query fits the body of a POST."
            }
            Self::FieldsTooLarge => {
                "The header fields of the request take more than what is read here, 32 KiB. Often a browser sends too many cookies."
            }
            Self::QuerySyntax => "The query is not SPARQL 1.1; the detail names line and column.",
            Self::QueryTooLarge => {
                "The query is longer, deeper or has more parts than this endpoint answers; the detail names the bound. Split it, or use VALUES for long lists."
            }
            Self::QueryRefused => {
                "The query uses something that this endpoint does not offer, such as SERVICE or named graphs."
            }
            Self::QueryTimeout => {
                "The query ran longer than this endpoint allows. Make it more selective, or add a LIMIT."
            }
            Self::TooBusy => {
                "As many queries are running as this endpoint allows. Try again after the number of seconds in Retry-After."
            }
            Self::Internal => "The fault is ours; it was logged. Trying again may help.",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.name() == name)
    }
}

/// A problem with one request.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its kind.
    pub kind: ProblemType,
    /// What is wrong with this request and what to do.
    pub detail: String,
    /// What there is instead.
    pub offered: Vec<Alternate>,
}

impl Problem {
    /// A problem of a kind, with what is wrong with this request.
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), offered: Vec::new() }
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
        let kind = match &error {
            QuestionError::Syntax(_) => ProblemType::QuerySyntax,
            QuestionError::Bounds(_) => ProblemType::QueryTooLarge,
            QuestionError::NoNamedGraphs | QuestionError::NoFederation | QuestionError::Evaluation(_) => {
                ProblemType::QueryRefused
            }
            QuestionError::NotAcceptable { .. } => ProblemType::NotAcceptable,
            QuestionError::Stopped => ProblemType::QueryTimeout,
            QuestionError::Write(_) => return Self::internal(&error),
        };
        Self::new(kind, error.to_string())
    }
}

impl IntoResponse for Problem {
    /// An answer without a body: `tell` writes it in the form the client reads.
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        if self.kind == ProblemType::TooBusy {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
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
        details(app, problem, reader.address.path())
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
    let (kind, detail) = match response.status() {
        StatusCode::BAD_REQUEST => (ProblemType::BadRequest, "the address cannot be read as text in UTF-8"),
        _ => return None,
    };
    Some(Problem::new(kind, detail))
}

fn details(app: &App, problem: &Problem, instance: &str) -> Response {
    let offered: Vec<_> =
        problem.offered.iter().map(|offer| json!({ "href": offer.href, "type": offer.media_type })).collect();
    let mut details = json!({
        "type": format!("{}problem/{}", app.settings.site, problem.kind.name()),
        "title": problem.kind.title(),
        "status": problem.kind.status().as_u16(),
        "detail": problem.detail,
        "instance": instance,
    });
    if let (false, Some(details)) = (offered.is_empty(), details.as_object_mut()) {
        details.insert("offered".to_owned(), offered.into());
    }
    let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
    (content_type, details.to_string()).into_response()
}

fn page(app: &App, problem: &Problem, language: Language) -> Response {
    let site = Site { translations: Vec::new(), neutral: None, ..app.site(language, "") };
    match pages::problem(&site, &problem.page()) {
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
    fn page(&self) -> ProblemPage {
        ProblemPage {
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
        let page = Problem::new(kind, kind.meaning()).page();
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
