//! Things and their documents: `/id/{kind}/{ref}` and `/doc/{kind}/{ref}`.
//!
//! A thing is not a document, so its IRI answers 303 to the document about it
//! (<https://www.w3.org/TR/cooluris/#r303gendocument>).

use super::answer::{Wanted, answer, blocking};
use super::asked::{Asked, Variant};
use super::form::Form;
use super::history::{self, InHistory};
use super::problem::{Problem, ProblemType};
use super::representation::{About, Made, REVISION, Shows};
use super::state::App;
use crate::catalogue::{CatalogueError, Document, Judgement, Numbered, Present, Status};
use crate::pages::second_list::Count;
use crate::pages::{self, Alternate, EntryPage, Opinion, record::Surroundings};
use crate::profile::Profile;
use crate::rdf::{NamedNode, Syntax, Term};
use crate::vocab::{dct, rdf};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// `GET /id/{kind}/{ref}`: where the document about a thing is.
pub(super) async fn get_thing(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let catalogue = app.catalogue()?;
    let iri = catalogue.base().iri(&format!("id/{kind}/{reference}")).into_string();
    let (name, revision) = blocking(move || {
        let present = catalogue.present()?;
        Ok((present.record(&iri)?.ok_or_else(|| unknown(&iri))?, present.revision()))
    })
    .await?;
    // What the query asks of the document goes along.
    let query = query.map_or_else(String::new, |query| format!("?{}", utf8_percent_encode(&query, UNSAFE)));
    let mut response = see_document(&app, &format!("{}{query}", name.document_path()));
    response.headers_mut().insert(REVISION, HeaderValue::from(revision));
    Ok(response)
}

/// What may not stand in the query of an address, nor in a header field as it came.
const UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// 303 to the document at a path of the site.
pub(super) fn see_document(app: &App, path: &str) -> Response {
    let location = format!("{}{path}", app.settings.site);
    let link = format!("<{location}>; rel=\"describedby\"");
    (StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::LINK, link)]).into_response()
}

/// `GET /doc/{kind}/{ref}`: the document about a thing, in the form asked for.
pub(super) async fn get_document(
    State(app): State<App>,
    Path((kind, reference)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (reference, extension) = Form::of_path(&reference);
    respond(app, asked, format!("doc/{kind}/{reference}"), extension).await
}

/// Answers with the document at a path.
pub(super) async fn respond(
    app: App,
    asked: Asked,
    path: String,
    extension: Option<Form>,
) -> Result<Response, Problem> {
    let wanted = Wanted::record(path, extension);
    answer(app, asked, wanted, |app, path, variant| {
        let iri = app.base().subject_of(path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&iri))?;
        let made = represent(app, &document, variant, |view| {
            let path = document.name.document_path();
            let address = format!("{}{path}", app.settings.site);
            let (opinions, more_opinions) = opinions(&present, &document, view)?;
            let page = EntryPage {
                profiles: profiles(&address),
                structured_data: app.structured_data(&document)?,
                opinions,
                more_opinions,
                ..view.entry(&document, Form::beside_page(&address))
            };
            Ok(pages::entry(&app.site(variant.language, &path), &page)?)
        })?;
        if variant.form.is_data() || document.name.number().is_none() {
            return Ok(made);
        }
        // The page of a service type shows what assessments say, which its document does not: any commit may change it.
        Ok(Made { shows: Shows::Catalogue, moment: present.moment(), ..made })
    })
    .await
}

/// What assessors say of a service type, the shared proposal in front, and how many more say something; nothing of
/// other things.
fn opinions(
    present: &Present<'_>,
    document: &Document,
    view: &Surroundings<'_>,
) -> Result<(Vec<Opinion>, Option<Count>), CatalogueError> {
    if document.name.number().is_none() {
        return Ok((Vec::new(), None));
    }
    let judgements = present.judgements_of(&document.name.iri)?;
    let assessors = present.names(judgements.iter().map(|judgement| judgement.assessor.as_str()))?;
    let (shown, more) = pages::shown_judgements(judgements, &assessors, view);
    let names = present.names_in(&shown)?;
    let opinion =
        |judgement: &Judgement| Ok(pages::opinion(judgement, &present.content(&judgement.record)?, &names, view));
    Ok((shown.iter().map(opinion).collect::<Result<_, CatalogueError>>()?, more))
}

/// A document in a variant; `page` makes the HTML.
pub(super) fn represent(
    app: &App,
    document: &Document,
    variant: Variant,
    page: impl FnOnce(&Surroundings<'_>) -> Result<String, Problem>,
) -> Result<Made, Problem> {
    match variant.form.syntax() {
        None => Ok(of_document(app, document, app.with_view(variant.language, page)?.into_bytes())),
        Some(syntax) => data(app, document, syntax, variant.profile),
    }
}

/// A document's data in a syntax and through a profile.
pub(super) fn data(app: &App, document: &Document, syntax: Syntax, profile: Profile) -> Result<Made, Problem> {
    let about = NamedNode::new_unchecked(&document.name.iri);
    Ok(of_document(app, document, app.write(&about, document.triples(), syntax, profile)?))
}

fn of_document(app: &App, document: &Document, body: Vec<u8>) -> Made {
    let site = app.settings.site.as_str();
    Made {
        body,
        shows: Shows::Document(document.name.iri.clone()),
        revision: document.revision,
        moment: document.moment,
        about: Some(about(document)),
        past: InHistory { links: history::links_of_present(site, document), ..InHistory::default() },
    }
}

/// A document's data seen through each profile but its own.
fn profiles(address: &str) -> Vec<Alternate> {
    let others = Profile::ALL.into_iter().filter(|profile| *profile != Profile::Full);
    let alternate = |profile: Profile| Alternate {
        href: format!("{address}.{}{}", Syntax::Turtle.extension(), profile.query()),
        media_type: Syntax::Turtle.media_type().to_owned(),
        label: profile.name().to_owned(),
    };
    others.map(alternate).collect()
}

fn about(document: &Document) -> About {
    let iri = NamedNode::new_unchecked(&document.name.iri);
    let types = document.version.content.values(iri.as_ref(), rdf::TYPE).filter_map(|value| match value {
        Term::NamedNode(class) => Some(class.as_str().to_owned()),
        _ => None,
    });
    let content = &document.version.content;
    About {
        types: types.collect(),
        state: Some(Numbered::Version(document.version.number)),
        is_gone: Status::of(iri.as_str(), content) == Ok(Status::Withdrawn),
        successors: content.iris(iri.as_str(), dct::IS_REPLACED_BY).map(str::to_owned).collect(),
        iri: iri.into_string(),
    }
}

/// There is no record with this IRI.
pub(super) fn unknown(iri: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("no record has the IRI {iri}"))
}
