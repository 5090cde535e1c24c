//! What a request to write says beside its body.

use super::super::answer::blocking;
use super::super::asked::InPath;
use super::super::problem::{Problem, ProblemType};
use super::super::state::App;
use super::{answer, refusal};
use crate::catalogue::{Author, Changes, Edit, EditError, Edited, RecordChange, RequestKey};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, header};
use axum::response::Response;
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use tokio::sync::oneshot;

/// Names a request, so that it is written once however often it is sent.
/// <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>
pub(in super::super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key, in characters.
const LONGEST_KEY: usize = 255;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 2_000;

/// A request to write.
#[derive(Clone, Debug)]
pub(in super::super) struct Request {
    /// Its header fields.
    pub headers: HeaderMap,
    /// Whether its address begins with a language, as only pages' do.
    pub is_of_a_page: bool,
    method: Method,
    /// The path and query of its address.
    address: String,
    /// The parameters of its address, decoded.
    parameters: Vec<(String, String)>,
}

impl FromRequestParts<App> for Request {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self {
            headers: parts.headers.clone(),
            is_of_a_page: parts.extensions.get::<InPath>().is_some(),
            method: parts.method.clone(),
            address: parts.uri.to_string(),
            parameters: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        })
    }
}

impl Request {
    /// The last value of a parameter of the address.
    pub(in super::super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rev().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// A digest of all that is asked: the method, the address, what must hold, and the body.
    pub(in super::super) fn digest(&self, body: &[u8]) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut add = |part: &[u8]| {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        };
        add(self.method.as_str().as_bytes());
        add(self.address.as_bytes());
        for name in [header::IF_MATCH, header::IF_NONE_MATCH, header::CONTENT_TYPE] {
            add(self.headers.get(name).map_or(&[], |value| value.as_bytes()));
        }
        add(body);
        hash.finalize().into()
    }

    /// The idempotency key, with the digest of what was asked.
    fn key(&self, request: [u8; 32]) -> Result<Option<RequestKey>, Problem> {
        let Some(value) = self.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
        let key = value.to_str().unwrap_or_default().trim().trim_matches('"');
        if key.is_empty() || key.len() > LONGEST_KEY {
            let detail =
                format!("Idempotency-Key is a string in quotation marks of 1 to {LONGEST_KEY} ASCII characters");
            return Err(Problem::new(ProblemType::BadRequest, detail));
        }
        Ok(Some(RequestKey { key: key.to_owned(), request }))
    }

    /// Why it is written, in the words of who writes.
    fn reason(&self) -> Result<Option<String>, Problem> {
        let Some(reason) = self.parameter("reason").map(str::trim).filter(|reason| !reason.is_empty()) else {
            return Ok(None);
        };
        if reason.chars().count() > LONGEST_REASON || reason.chars().any(char::is_control) {
            let detail = format!("a reason is one line of at most {LONGEST_REASON} characters");
            return Err(Problem::new(ProblemType::BadRequest, detail));
        }
        Ok(Some(reason.to_owned()))
    }

    /// Hands changes to the writer and waits for what became of them.
    ///
    /// # Errors
    /// What keeps them from being written.
    pub(in super::super) async fn edit(
        &self,
        app: &App,
        author: Author,
        activity: &str,
        changes: Changes,
        digest: [u8; 32],
    ) -> Result<Result<Edited, EditError>, Problem> {
        let (reason, key) = (self.reason()?, self.key(digest)?);
        let edit = Edit { author, activity: activity.to_owned(), reason, key, changes };
        let catalogue = app.catalogue()?;
        let (sender, written) = oneshot::channel();
        // Who has gone does not hear of it; it is written all the same.
        catalogue.enqueue(edit, move |result| drop(sender.send(result)));
        let writer = blocking(move || {
            catalogue.write_what_waits();
            Ok(())
        });
        let (result, done) = tokio::join!(written, writer);
        done?;
        Ok(result.unwrap_or(Err(EditError::Lost)))
    }

    /// Writes one change and answers with what became of it.
    pub(super) async fn write(
        self,
        app: App,
        author: Author,
        activity: &str,
        change: RecordChange,
        digest: [u8; 32],
    ) -> Result<Response, Problem> {
        match self.edit(&app, author, activity, Changes::Of(vec![change]), digest).await? {
            Ok(edited) => answer::of(app, self, edited).await,
            Err(error) => refusal::respond(app, self.headers, error).await,
        }
    }
}
