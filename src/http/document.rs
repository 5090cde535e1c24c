//! Things and their documents: `/id/{kind}/{ref}` and `/doc/{kind}/{ref}`.
//!
//! A thing is not a document, so its IRI answers 303 to the document about it
//! (<https://www.w3.org/TR/cooluris/#r303gendocument>).

use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::representation::{Representation, Represented};
use super::state::{App, Served};
use crate::catalogue::{Base, Catalogue, Document};
use crate::pages::{self, record::Surroundings};
use crate::rdf::{Content, NamedNode, Preference, Prefixes, Syntax, write_turtle};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// `GET /id/{kind}/{ref}`: where the document about a thing is.
pub(super) async fn get_thing(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let catalogue = app.catalogue()?;
    let iri = catalogue.base().iri(&format!("id/{kind}/{reference}")).into_string();
    let found = blocking(move || Ok(catalogue.present()?.record(&iri)?)).await?;
    let name = found.ok_or_else(|| unknown(&format!("id/{kind}/{reference}")))?;
    let location = format!("{}{}", app.settings.site, name.document_path());
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response())
}

/// `GET /doc/{kind}/{ref}`: the document about a thing, in the form asked for.
pub(super) async fn get_document(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (reference, fixed) = Representation::of_path(&reference);
    let path = format!("id/{kind}/{reference}");
    let catalogue = app.catalogue()?;
    let iri = catalogue.base().iri(&path).into_string();
    blocking(move || {
        let document = catalogue.present()?.document(&iri)?.ok_or_else(|| unknown(&path))?;
        let address = format!("{}{}", app.settings.site, document.name.document_path());
        let form = Representation::choose(fixed, &headers, &address)?;
        represent(&app, &document, Asked { form, query: None, headers: &headers }, |site, reader| {
            let view = Surroundings { base: app.base(), site: &app.settings.site, reader };
            Ok(pages::entry(site, &view.entry(&document, Representation::alternates(&address)))?)
        })
    })
    .await
}

/// Answers with a document as it was asked for; `page` makes the HTML.
pub(super) fn represent(
    app: &App,
    document: &Document,
    asked: Asked<'_>,
    page: impl FnOnce(&pages::Site, &Preference) -> Result<String, Problem>,
) -> Result<Response, Problem> {
    let body = match asked.form {
        Representation::Html => page(&app.site(document.revision), &negotiate::reader(asked.headers))?.into_bytes(),
        Representation::Rdf(syntax) => write(document, syntax, &app.prefixes)?,
    };
    let address = format!("{}{}", app.settings.site, document.name.document_path());
    let query = asked.query.map_or_else(String::new, |query| format!("?{query}"));
    let represented = Represented {
        form: asked.form,
        location: Some(format!("{address}.{}{query}", asked.form.extension())),
        address,
        body,
        moment: document.moment,
        revision: document.revision,
        about: Some(document.name.iri.clone()),
    };
    Ok(represented.respond(app, asked.headers))
}

/// How a document was asked for.
pub(super) struct Asked<'a> {
    /// The form chosen.
    pub form: Representation,
    /// The query part of the address, if it chooses what the page shows.
    pub query: Option<String>,
    /// The request's headers.
    pub headers: &'a HeaderMap,
}

fn write(document: &Document, syntax: Syntax, prefixes: &Prefixes) -> std::io::Result<Vec<u8>> {
    let triples = document.triples();
    match syntax {
        Syntax::Turtle => {
            let mut body = Vec::new();
            write_turtle(&NamedNode::new_unchecked(&document.name.iri), &triples, prefixes, &mut body)?;
            Ok(body)
        }
        Syntax::NTriples => Ok(Content::from_iter(triples).to_string().into_bytes()),
    }
}

impl App {
    /// The catalogue; a server of scratch data has none.
    pub(super) fn catalogue(&self) -> Result<Arc<Catalogue>, Problem> {
        match &self.served {
            Served::Catalogue(catalogue) => Ok(Arc::clone(catalogue)),
            Served::Scratch(_) => {
                Err(Problem::new(ProblemType::NotFound, "this server has no list; it answers queries at /sparql"))
            }
        }
    }

    /// The base of the data's IRIs.
    pub(super) fn base(&self) -> &Base {
        match &self.served {
            Served::Catalogue(catalogue) => catalogue.base(),
            Served::Scratch(_) => &self.settings.site,
        }
    }
}

/// Runs work that waits for the disk away from the threads that serve connections.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await?
}

pub(super) fn unknown(path: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("no record has the IRI that ends in {path}"))
}
