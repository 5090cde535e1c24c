//! Writing records: `PUT`, `PATCH` and `DELETE` on `/doc/{kind}/{ref}`, `POST` on `/doc/{kind}`, and what waits to be
//! published at `/draft`.
//!
//! | what | where |
//! |---|---|
//! | what a request asks to be written | `request`, `precondition` |
//! | from a body to a change | `body`, `patch` |
//! | from what became of it to an answer | `answer`, `refusal` |
//! | drafts | `draft` |
//!
//! Everything goes to the catalogue's one writer. A request waits for its answer, not on a thread for its turn.

mod answer;
mod body;
mod draft;
mod patch;
mod precondition;
mod refusal;
mod request;

use super::problem::{Problem, ProblemType};
use super::state::App;
use crate::catalogue::{Author, Operation, Precondition, RecordChange, RecordName, Target};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
pub(super) use draft::{delete_draft, get_draft, get_drafts};
use precondition::{if_match, unconditional};
pub(super) use refusal::respond as refuse;
pub(super) use request::Request;

/// `PUT /doc/{kind}/{ref}`: the record says what the body says.
pub(super) async fn put_record(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let name = record(&app, &kind, &reference, &request)?;
    put(app, name, author, request, body).await
}

/// Has a record say what the body says.
pub(super) async fn put(
    app: App,
    name: RecordName,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let precondition = precondition::of_put(&request.headers)?;
    let (content, digest) = body::content(&app, &request, &name, body).await?;
    let change = RecordChange { target: Target::Record(name), precondition, operation: Operation::Replace(content) };
    request.write(app, author, "PUT", change, digest).await
}

/// `PATCH /doc/{kind}/{ref}`: the record says what the patch makes of it.
pub(super) async fn patch_record(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let name = record(&app, &kind, &reference, &request)?;
    patch(app, name, author, request, body).await
}

/// Has a record say what the patch makes of it.
pub(super) async fn patch(
    app: App,
    name: RecordName,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let precondition = if_match(&request.headers)?.ok_or_else(unconditional)?;
    let (operation, digest) = patch::operation(&app, &request, &name, body).await?;
    request
        .write(app, author, "PATCH", RecordChange { target: Target::Record(name), precondition, operation }, digest)
        .await
}

/// `DELETE /doc/{kind}/{ref}`: the record is withdrawn; a draft of one that is not published yet is dropped.
pub(super) async fn delete_record(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    author: Author,
    request: Request,
) -> Result<Response, Problem> {
    let name = record(&app, &kind, &reference, &request)?;
    delete(app, name, author, request).await
}

/// Has a record say something beside what it says. It takes nothing away, so it need not say from what.
pub(super) async fn add(
    app: App,
    name: RecordName,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let precondition = if_match(&request.headers)?.unwrap_or(Precondition::None);
    let (content, digest) = body::content(&app, &request, &name, body).await?;
    let operation = Operation::Revise(Box::new(move |present| Ok(present.iter().cloned().chain(content).collect())));
    request
        .write(app, author, "POST", RecordChange { target: Target::Record(name), precondition, operation }, digest)
        .await
}

/// Withdraws a record, or drops the draft of one that is not published yet.
pub(super) async fn delete(app: App, name: RecordName, author: Author, request: Request) -> Result<Response, Problem> {
    let precondition = if_match(&request.headers)?.ok_or_else(unconditional)?;
    let change = RecordChange { target: Target::Record(name), precondition, operation: Operation::Withdraw };
    let digest = request.digest(b"");
    request.write(app, author, "DELETE", change, digest).await
}

/// `POST /doc/{kind}`: a new record with the next number, or with `?status=reserved` the number alone.
pub(super) async fn post_record(
    State(app): State<App>,
    Path(kind): Path<String>,
    author: Author,
    request: Request,
    body: Body,
) -> Result<Response, Problem> {
    let operation = match request.parameter("status") {
        None => body::creation(&app, &request, &kind, body).await?,
        Some("reserved") => (Operation::Reserve, request.digest(b"")),
        Some(other) => {
            let detail =
                format!("status={other} means nothing here; status=reserved takes a number without saying more");
            return Err(Problem::new(ProblemType::BadRequest, detail));
        }
    };
    let (operation, digest) = operation;
    let change = RecordChange { target: Target::Next(kind), precondition: Precondition::None, operation };
    request.write(app, author, "POST", change, digest).await
}

/// The record that an address names.
fn record(app: &App, kind: &str, reference: &str, request: &Request) -> Result<RecordName, Problem> {
    let catalogue = app.catalogue()?;
    let path = format!("doc/{kind}/{reference}");
    if request.is_of_a_page {
        let detail = format!("a record is written at {}{path}, without a language", app.settings.site);
        return Err(Problem::new(ProblemType::MethodNotAllowed, detail));
    }
    let iri = catalogue.base().subject_of(&path);
    catalogue.base().record_of(iri.as_str()).ok_or_else(|| {
        let detail = format!(
            "no record can have the IRI {}; a kind is a word in lower case, and what follows has letters, digits, full \
             stops, low lines and hyphens, at most 64, and no extension",
            iri.as_str()
        );
        Problem::new(ProblemType::NotFound, detail)
    })
}
