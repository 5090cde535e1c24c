//! The history of records: `/doc/{kind}/{ref}/versions` and `/doc/{kind}/{ref}/v/{n}`, the same below lists, and
//! Memento (<https://www.rfc-editor.org/rfc/rfc7089>).
//!
//! The document of a record is its own TimeGate: with `Accept-Datetime` it leads to the version that held at that
//! moment (pattern 1.1 of the RFC). Its list of versions is its TimeMap.

mod links;
mod page;
mod time_gate;
mod time_map;

pub(super) use links::links_of_present;
pub(super) use time_gate::{accepted_moment, see_version_at};

use super::answer::{Wanted, answer};
use super::asked::{Asked, Variant};
use super::document::unknown;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use super::web_link::WebLink;
use crate::catalogue::{CatalogueError, Comparison, History, Present, Version};
use crate::profile::Profile;
use crate::rdf::NamedNode;
use axum::response::Response;
use links::Addresses;
use std::time::SystemTime;

/// Where something stands in the history of a record, as header fields tell it.
#[derive(Clone, Debug, Default)]
pub(super) struct InHistory {
    /// What `Link` says of it.
    pub links: Vec<WebLink>,
    /// Since when it was so, if it is a version.
    pub since: Option<SystemTime>,
    /// Whether these bytes are the same for ever.
    pub is_final: bool,
}

/// `GET {document}/versions`: the versions of a record, a page of them.
pub(super) async fn get_versions(
    app: App,
    folder: &'static str,
    names: Vec<(String, String)>,
    asked: Asked,
    extension: Option<Form>,
) -> Result<Response, Problem> {
    let path = document_path(folder, names.iter().map(|(_, value)| value.as_str()));
    let page = match asked.parameter("page") {
        Some(page) => Some(page.parse().map_err(|_| no_page(page))?),
        None => None,
    };
    let part = page.map_or_else(String::new, |page: u64| format!("?page={page}"));
    let wanted = Wanted {
        selection: part.clone(),
        part: part.clone(),
        ..Wanted::new(format!("{path}/versions"), Form::OF_HISTORIES, extension)
    };
    answer(app, asked, wanted, move |app, _, variant| {
        let iri = app.base().subject_of(&path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        match present.history(&iri, page)? {
            Some(history) => Request { app, present: &present, part: &part, variant }.history(&history),
            None => Err(missing(&present, &iri, || no_page(&page.unwrap_or_default().to_string()))?),
        }
    })
    .await
}

/// `GET {document}/v/{number}`: what a version said; with `?changes-since=` what changed up to it.
pub(super) async fn get_version(
    app: App,
    folder: &'static str,
    mut names: Vec<(String, String)>,
    asked: Asked,
) -> Result<Response, Problem> {
    let last = names.pop().map(|(_, value)| value).unwrap_or_default();
    let path = document_path(folder, names.iter().map(|(_, value)| value.as_str()));
    let (number, extension) = Form::of_path(&last);
    let number = version_number(number)?;
    let since = asked.parameter("changes-since").map(|since| version_since(since, number)).transpose()?;
    let part = since.map_or_else(String::new, |since| format!("?changes-since={since}"));
    let wanted = Wanted {
        selection: part.clone(),
        part: part.clone(),
        ..Wanted::new(format!("{path}/v/{number}"), Form::OF_DOCUMENTS, extension)
    };
    answer(app, asked, wanted, move |app, _, variant| {
        let iri = app.base().subject_of(&path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let missing = |number: u64| Ok::<_, Problem>(missing(&present, &iri, || no_version(&number.to_string()))?);
        let Some(version) = present.version(&iri, number)? else { return Err(missing(number)?) };
        let request = Request { app, present: &present, part: &part, variant };
        let Some(since) = since else { return request.version(&version) };
        let Some(from) = present.version(&iri, since)? else { return Err(missing(since)?) };
        request.comparison(&Comparison { from, to: version })
    })
    .await
}

/// The path of the document whose history stands at `{folder}/…`, from the steps of the address that name it.
fn document_path<'n>(folder: &'n str, names: impl Iterator<Item = &'n str>) -> String {
    let first = folder.split('/').next().unwrap_or_default();
    std::iter::once(first).chain(names).collect::<Vec<_>>().join("/")
}

/// A number in the one way it is written in an address.
fn version_number(text: &str) -> Result<u64, Problem> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text).ok_or_else(|| no_version(text))
}

/// The earlier version that a difference is asked for from.
fn version_since(text: &str, until: u64) -> Result<u64, Problem> {
    let since = version_number(text)?;
    if since <= until {
        return Ok(since);
    }
    let detail = format!(
        "changes-since={since} names a later version than {until}; ask version {since} for the changes since {until}"
    );
    Err(Problem::new(ProblemType::BadRequest, detail))
}

fn no_version(number: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("the record has no version {number:?}; its versions count from 1"))
}

fn no_page(page: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("the list of versions has no page {page:?}; its pages count from 1"))
}

/// The problem with something of a record that is not there: the record itself comes first.
fn missing(present: &Present<'_>, iri: &str, part: impl FnOnce() -> Problem) -> Result<Problem, CatalogueError> {
    Ok(if present.record(iri)?.is_none() { unknown(iri) } else { part() })
}

/// A history, a version or a comparison, in a variant of it.
struct Request<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    /// What of the address chooses the part that is shown: `?…`, or nothing.
    part: &'a str,
    variant: Variant,
}

impl Request<'_> {
    fn history(&self, history: &History) -> Result<Made, Problem> {
        let Self { app, present, part, variant } = *self;
        let (base, path) = (app.base(), history.name.document_path());
        let at = Addresses { site: app.settings.site.as_str(), path: &path };
        let body = match (variant.form, variant.form.syntax()) {
            (Form::Html, _) => page::of_history(app, present, history, part, variant.language)?,
            (_, Some(syntax)) => app.write(&history.iri(base), history.triples(base), syntax, Profile::Full)?,
            (_, None) => time_map::write(present, history, part, &at)?.into_bytes(),
        };
        let past = InHistory { links: links::of_history(&at, history), ..InHistory::default() };
        Ok(self.made(body, history.ends.last.revision.at, &history.name.iri, past))
    }

    fn version(&self, version: &Version) -> Result<Made, Problem> {
        let Self { app, present, variant, .. } = *self;
        let about = NamedNode::new_unchecked(&version.name.iri);
        let body = match variant.form.syntax() {
            Some(syntax) => app.write(&about, version.triples(app.base()), syntax, Profile::Full)?,
            None => page::of_version(app, present, version, variant.language)?,
        };
        let (moment, path) = (version.entry.revision.at, version.name.document_path());
        let at = Addresses { site: app.settings.site.as_str(), path: &path };
        let is_final = variant.form.is_data();
        let past = InHistory { links: links::of_version(&at, version), since: Some(moment), is_final };
        Ok(self.made(body, moment, &version.name.iri, past))
    }

    fn comparison(&self, comparison: &Comparison) -> Result<Made, Problem> {
        let Self { app, present, part, variant } = *self;
        let base = app.base();
        let body = match variant.form.syntax() {
            Some(syntax) => app.write(&comparison.iri(base), comparison.triples(base), syntax, Profile::Full)?,
            None => page::of_comparison(app, present, comparison, part, variant.language)?,
        };
        let path = comparison.to.name.document_path();
        let at = Addresses { site: app.settings.site.as_str(), path: &path };
        let links = links::of_comparison(&at, comparison);
        let past = InHistory { links, since: None, is_final: variant.form.is_data() };
        Ok(self.made(body, comparison.to.entry.revision.at, &comparison.to.name.iri, past))
    }

    /// What was made of the history of a record. Data show that record alone: links lead to later versions, so they go
    /// with it, though the bytes of a version stay the same. A page shows what others are called now.
    fn made(&self, body: Vec<u8>, moment: SystemTime, record: &str, past: InHistory) -> Made {
        if self.variant.form.is_data() {
            let shows = Shows::Document(record.to_owned());
            Made { body, shows, revision: self.present.revision(), moment, about: None, past }
        } else {
            Made { past, ..Made::of_catalogue(body, self.present) }
        }
    }
}
