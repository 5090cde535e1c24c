//! What waits to be published, for those with a token: `/draft` and `/draft/{kind}/{ref}`.
//!
//! No cache keeps any of it, and without a token nobody learns whether there is any.

use super::super::answer::{Wanted, answer};
use super::super::asked::{Asked, Variant};
use super::super::form::Form;
use super::super::history::InHistory;
use super::super::problem::{Problem, ProblemType};
use super::super::representation::{About, Made, Shows};
use super::super::state::App;
use super::precondition::{if_match, unconditional};
use super::record;
use super::request::Request;
use crate::catalogue::{Author, Numbered, Operation, RecordChange, Status, Target};
use crate::profile::Profile;
use crate::rdf::{NamedNode, Syntax, Term, Triple};
use crate::vocab::{adms, dct};
use axum::extract::{Path, State};
use axum::response::Response;
use std::time::SystemTime;

/// `GET /draft`: what waits, as far as the token may see it.
pub(in super::super) async fn get_drafts(
    State(app): State<App>,
    author: Author,
    asked: Asked,
) -> Result<Response, Problem> {
    let wanted = Wanted::new("draft", Form::WITHOUT_PAGE, None);
    answer(app, asked, wanted, move |app, path, variant| {
        let catalogue = app.catalogue()?;
        let about = NamedNode::new_unchecked(format!("{}{path}", app.settings.site));
        let triples = catalogue.drafts(&author)?.into_iter().flat_map(|draft| {
            let status = if draft.content.is_some() { Status::Submitted } else { Status::Reserved };
            let record = NamedNode::new_unchecked(draft.iri);
            [
                Triple::new(about.clone(), dct::HAS_PART, Term::from(record.clone())),
                Triple::new(record, adms::STATUS, Term::from(status.code())),
            ]
        });
        let triples = triples.collect();
        made(app, &about, triples, variant, None)
    })
    .await
}

/// `GET /draft/{kind}/{ref}`: what waits under the IRI of a record.
pub(in super::super) async fn get_draft(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    author: Author,
    asked: Asked,
) -> Result<Response, Problem> {
    let (reference, extension) = Form::of_path(&reference);
    let wanted = Wanted::new(format!("draft/{kind}/{reference}"), Form::WITHOUT_PAGE, extension);
    answer(app, asked, wanted, move |app, path, variant| {
        let iri = app.base().subject_of(&path.replacen("draft/", "doc/", 1));
        let draft = app.catalogue()?.draft(&author, iri.as_str())?;
        let draft = draft.ok_or_else(|| {
            Problem::new(ProblemType::NotFound, format!("nothing waits under {} that this token may see", iri.as_str()))
        })?;
        let reserved = || Triple::new(iri.clone(), adms::STATUS, Term::from(Status::Reserved.code()));
        let triples = draft.content.map_or_else(|| vec![reserved()], |content| content.into_iter().collect());
        made(app, &iri, triples, variant, Some(Numbered::Draft(draft.edit)))
    })
    .await
}

/// `DELETE /draft/{kind}/{ref}`: what waits is dropped; what is published stays.
pub(in super::super) async fn delete_draft(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    author: Author,
    request: Request,
) -> Result<Response, Problem> {
    let name = record(&app, &kind, &reference, &request)?;
    let precondition = if_match(&request.headers)?.ok_or_else(unconditional)?;
    let change = RecordChange { target: Target::Record(name), precondition, operation: Operation::Drop };
    let digest = request.digest(b"");
    request.write(app, author, "DELETE", change, digest).await
}

fn made(
    app: &App,
    about: &NamedNode,
    triples: Vec<Triple>,
    variant: Variant,
    state: Option<Numbered>,
) -> Result<Made, Problem> {
    let syntax = variant.form.syntax().unwrap_or(Syntax::Turtle);
    let body = app.write(about, triples, syntax, Profile::Full)?;
    let about = About { iri: about.as_str().to_owned(), state, ..About::default() };
    let revision = app.catalogue()?.revision();
    Ok(Made {
        body,
        shows: Shows::Moment,
        revision,
        moment: SystemTime::now(),
        about: Some(about),
        past: InHistory::default(),
    })
}
