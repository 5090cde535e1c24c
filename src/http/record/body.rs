//! From the body of a request to what a record shall say.

use super::super::answer::blocking;
use super::super::body;
use super::super::problem::{Problem, ProblemType};
use super::super::rdf_text::{RdfText, syntax};
use super::super::state::App;
use super::request::Request;
use crate::catalogue::{Document, EditError, Operation, RecordName, only_of};
use crate::rdf::{Content, NamedOrBlankNode, Triple};
use axum::body::Body;
use std::collections::BTreeSet;

/// The largest body that is read, in bytes: many times the largest record.
pub(super) const LIMIT: usize = 1 << 20;

/// The longest body that is read where it arrives, in bytes: that takes less than handing it to a thread that may wait.
const SHORT: usize = 16 << 10;

/// What stands for the IRI of a record that has none yet.
const PLACEHOLDER: &str = "new";

/// Reads what a record shall say. `<>` is the record. What the body repeats of what the record's document shows of
/// its neighbours is left out, so that a document can be got, changed and sent back whole.
pub(super) async fn content(
    app: &App,
    request: &Request,
    name: &RecordName,
    body: Body,
) -> Result<(Content, [u8; 32]), Problem> {
    let text = read(app, request, body).await?;
    let digest = request.digest(&text.text);
    let (app, name) = (app.clone(), name.clone());
    let is_short = text.text.len() <= SHORT;
    let of = name.iri.clone();
    let parse = move || text.triples(&of);
    let triples = if is_short { parse()? } else { blocking(parse).await? };
    let needs_others = !triples.iter().all(|triple| is_own(&app, &name, triple));
    let sort = move || content_of(&app, &name, triples);
    let content = if is_short && !needs_others { sort()? } else { blocking(sort).await? };
    Ok((content, digest))
}

/// Whether a triple is of a record, and not of its neighbours.
fn is_own(app: &App, name: &RecordName, triple: &Triple) -> bool {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(subject) => {
            app.base().record_of(subject.as_str()).is_some_and(|subject| subject.iri == name.iri)
        }
        NamedOrBlankNode::BlankNode(_) => true,
    }
}

/// The content of a record, without what the body repeats of its neighbours.
pub(super) fn content_of(app: &App, name: &RecordName, triples: Vec<Triple>) -> Result<Content, Problem> {
    let catalogue = app.catalogue()?;
    let (own, foreign): (Vec<Triple>, Vec<Triple>) = triples.into_iter().partition(|triple| is_own(app, name, triple));
    let mut kept = own;
    if !foreign.is_empty() {
        let document = catalogue.present()?.document(&name.iri)?;
        let shown: BTreeSet<String> =
            document.iter().flat_map(Document::triples).map(|triple| triple.to_string()).collect();
        kept.extend(foreign.into_iter().filter(|triple| !shown.contains(&triple.to_string())));
    }
    only_of(catalogue.base(), &name.iri, kept).map_err(|error| malformed(&error))
}

/// Reads what a new record shall say; `<>` is the record.
pub(super) async fn creation(
    app: &App,
    request: &Request,
    kind: &str,
    body: Body,
) -> Result<(Operation, [u8; 32]), Problem> {
    let text = read(app, request, body).await?;
    let digest = request.digest(&text.text);
    let placeholder = app.base().iri(&format!("id/{kind}/{PLACEHOLDER}")).into_string();
    let triples = text.triples(&placeholder)?;
    Ok((Operation::Create { placeholder, triples }, digest))
}

/// Reads the body in the syntax that its media type names.
pub(super) async fn read(app: &App, request: &Request, body: Body) -> Result<RdfText, Problem> {
    let media_type = body::media_type(&request.headers);
    let Some(format) = syntax::of_media_type(&media_type) else {
        let detail = format!("a record cannot be read from {media_type:?}; send {}", syntax::media_types());
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    };
    let text = body::read(body, LIMIT).await?;
    RdfText { name: "the body".to_owned(), text, format }.with_own_context(app.settings.site.as_str())
}

/// What the writer would say of a body, said before it is asked.
fn malformed(error: &EditError) -> Problem {
    Problem::new(ProblemType::RecordRefused, error.to_string())
}
