//! What the data is written in: `/def` (the vocabulary), `/shapes` and `/shapes/cpsv-ap`, and `/context/…` (JSON-LD).
//!
//! These come with the program, not from the register: their Turtle is the source file itself.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::document::see_document;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::{About, Made};
use super::state::App;
use crate::pages::{self, PageError, Site, record::Surroundings};
use crate::profile::Profile;
use crate::rdf::{NamedNode, NamedOrBlankNode, ReadError, Syntax, Term, Triple, read_turtle};
use crate::vocab::{self, owl, rdfs};
use axum::extract::{Path, State};
use axum::response::Response;
use std::sync::Arc;

/// A document that comes with the program.
#[derive(Debug)]
pub(super) struct Shipped {
    /// The path of its address.
    pub path: &'static str,
    /// The forms it comes in, what a client gets that takes anything in front.
    pub forms: &'static [Form],
    about: NamedNode,
    source: &'static str,
    triples: Vec<Triple>,
    page: PageOf,
}

/// Makes the page of a document from its triples, for a reader, with its data beside it.
type PageOf = fn(&Site, &[Triple], &Surroundings<'_>, Vec<pages::Alternate>) -> Result<String, PageError>;

impl Shipped {
    /// The IRIs of terms with what they are called in a language.
    pub(super) fn labels<'a>(&'a self, language: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.triples.iter().filter_map(move |triple| match (&triple.subject, &triple.object) {
            (NamedOrBlankNode::NamedNode(term), Term::Literal(label))
                if triple.predicate == rdfs::LABEL && label.language() == Some(language) =>
            {
                Some((term.as_str(), label.value()))
            }
            _ => None,
        })
    }

    /// The vocabulary and the shapes.
    ///
    /// # Errors
    /// The source tree was changed into something that does not parse.
    pub(super) fn all() -> Result<[Arc<Self>; 3], ReadError> {
        let shipped = |path, forms, source: &'static str, page| {
            let about = NamedNode::new_unchecked(format!("{}{path}", vocab::HOME));
            let triples = read_turtle(source.as_bytes(), vocab::HOME)?;
            Ok::<_, ReadError>(Arc::new(Self { path, forms, about, source, triples, page }))
        };
        Ok([
            // People follow the IRIs of terms, so a vocabulary is a document; a validator fetches shapes.
            shipped("def", Form::OF_DOCUMENTS, vocab::ONTOLOGY, pages::vocabulary_of)?,
            shipped("shapes", Form::OF_ENTRY_POINTS, vocab::SHAPES, pages::shapes_of)?,
            shipped("shapes/cpsv-ap", Form::OF_ENTRY_POINTS, vocab::CPSV_AP_SHAPES, pages::shapes_of)?,
        ])
    }
}

/// `GET /def`, `/shapes` and `/shapes/cpsv-ap`, with an extension or without.
pub(super) async fn get_shipped(
    app: App,
    asked: Asked,
    shipped: Arc<Shipped>,
    extension: Option<Form>,
) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new(shipped.path, shipped.forms, extension), move |app, _, variant| {
        let body = match (variant.form.syntax(), variant.profile) {
            (Some(Syntax::Turtle), Profile::Full) => shipped.source.as_bytes().to_vec(),
            (Some(syntax), profile) => app.write(&shipped.about, shipped.triples.clone(), syntax, profile)?,
            (None, _) => app.with_view(variant.language, |view| {
                let alternates = Form::beside_page(&format!("{}{}", app.settings.site, shipped.path));
                let site = app.site(variant.language, shipped.path);
                Ok::<_, Problem>((shipped.page)(&site, &shipped.triples, view, alternates)?.into_bytes())
            })?,
        };
        let about = About {
            iri: shipped.about.as_str().to_owned(),
            types: vec![owl::ONTOLOGY.as_str().to_owned()],
            ..About::default()
        };
        Ok(Made { about: Some(about), ..Made::of_program(body) })
    })
    .await
}

/// The version of the JSON-LD context that documents name. A version never changes; a change of
/// meaning makes another.
pub(super) const CONTEXT: &str = "v1";

/// `GET /context`: where the present context is.
pub(super) async fn get_present_context(State(app): State<App>) -> Response {
    see_document(&app, &format!("context/{CONTEXT}"))
}

/// `GET /context/{version}`
pub(super) async fn get_context(
    State(app): State<App>,
    Path(version): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (version, extension) = Form::of_path(&version);
    if version != CONTEXT {
        let detail = format!("there is no context {version:?}; the present one is context/{CONTEXT}");
        return Err(Problem::new(ProblemType::NotFound, detail));
    }
    answer(app, asked, Wanted::new(format!("context/{version}"), Form::OF_CONTEXTS, extension), |_, _, _| {
        let body = vocab::CONTEXT.as_bytes().to_vec();
        Ok(Made::of_program(body))
    })
    .await
}
