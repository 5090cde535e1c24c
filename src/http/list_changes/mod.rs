//! What changed of the list: `/list/{name}/{release}?changes-since={earlier}`, and `/list/{name}?changes-since={release}`
//! up to now.
//!
//! Between two releases the data never change. A page names other records as they are called now.

mod table;

use super::answer::{Wanted, answer};
use super::asked::{Asked, Variant};
use super::document::unknown;
use super::form::Form;
use super::history::InHistory;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use super::web_link::WebLink;
use crate::catalogue::{CatalogueError, ListChanges, Present};
use crate::pages::record::Surroundings;
use crate::pages::{self, Language, Link};
use crate::profile::Profile;
use crate::register::{Listed, Release};
use axum::response::Response;

/// `GET /list/{name}?changes-since={release}`, of a list or of a release; `name` is what stands behind `list/`.
pub(super) async fn get_changes(
    app: App,
    asked: Asked,
    name: &str,
    since: &str,
    extension: Option<Form>,
) -> Result<Response, Problem> {
    let part: String = form_urlencoded::byte_serialize(since.as_bytes()).collect();
    let part = format!("?changes-since={part}");
    let wanted = Wanted {
        selection: part.clone(),
        part: part.clone(),
        is_large: true,
        ..Wanted::new(format!("list/{name}"), Form::OF_TABLES, extension)
    };
    let since = since.to_owned();
    answer(app, asked, wanted, move |app, path, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let iri = app.base().iri(path).into_string();
        let Span { list, earlier, later } = span(&present, &iri, &since)?;
        let changes = present.list_changes(&list, &earlier, later.as_ref())?;
        Request { app, present: &present, changes: &changes, path, part: &part }.made(variant)
    })
    .await
}

/// The list's two states that are asked for.
struct Span {
    list: String,
    earlier: Release,
    /// Nothing for the list as it is now.
    later: Option<Release>,
}

/// Finds what an address asks for: `iri` is that of a release, or of a list that has some.
fn span(present: &Present<'_>, iri: &str, since: &str) -> Result<Span, Problem> {
    let of_list = present.releases_of(iri)?;
    let above = iri.rsplit_once('/').map_or("", |(list, _)| list);
    let (list, releases) = if of_list.is_empty() { (above, present.releases_of(above)?) } else { (iri, of_list) };
    let later = releases.iter().find(|release| release.record == iri).cloned();
    if list != iri && later.is_none() {
        return Err(match iri.strip_prefix(above) {
            _ if present.record(iri)?.is_some() => no_releases(iri),
            Some(name) if !releases.is_empty() => no_release(name.trim_start_matches('/'), &releases),
            _ => unknown(iri),
        });
    }
    let Some(earlier) = releases.iter().find(|release| release.name == since).cloned() else {
        return Err(no_release(since, &releases));
    };
    match later {
        Some(later) if later.revision < earlier.revision => Err(too_late(list, &earlier, &later)),
        later => Ok(Span { list: list.to_owned(), earlier, later }),
    }
}

fn no_releases(iri: &str) -> Problem {
    let detail = format!("{iri} has no releases, so changes-since means nothing here; leave it out");
    Problem::new(ProblemType::NotFound, detail)
}

fn no_release(asked: &str, releases: &[Release]) -> Problem {
    let names: Vec<&str> = releases.iter().map(|release| release.name.as_str()).collect();
    let detail = format!("the list has no release {asked:?}; there is {}", names.join(", "));
    Problem::new(ProblemType::NotFound, detail)
}

fn too_late(list: &str, earlier: &Release, later: &Release) -> Problem {
    let (since, until) = (&earlier.name, &later.name);
    let detail = format!(
        "changes-since={since} names a later release than {until}; ask {list}/{since}?changes-since={until} instead"
    );
    Problem::new(ProblemType::BadRequest, detail)
}

/// The way from the page of a list or of a release to what changed since the release before.
pub(super) fn way(present: &Present<'_>, iri: &str, view: &Surroundings<'_>) -> Result<Option<Link>, CatalogueError> {
    let Some((above, _)) = iri.rsplit_once('/') else { return Ok(None) };
    let of_list = present.releases_of(iri)?;
    let before = if of_list.is_empty() {
        present.releases_of(above)?.into_iter().take_while(|release| release.record != iri).last()
    } else {
        of_list.into_iter().last()
    };
    Ok(before.map(|release| pages::way_to_changes(iri, &release, view)))
}

/// Changes that are asked for.
struct Request<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    changes: &'a ListChanges,
    path: &'a str,
    /// What of the address chooses the earlier release: `?changes-since=…`.
    part: &'a str,
}

impl Request<'_> {
    fn made(&self, variant: Variant) -> Result<Made, Problem> {
        let Self { app, present, changes, .. } = *self;
        let body = match (variant.form, variant.form.syntax()) {
            (_, Some(syntax)) => app.write(&changes.iri(), changes.triples(app.base()), syntax, Profile::Full)?,
            (Form::Csv, _) => app.with_view(variant.language, |view| table::table(changes, view))?,
            _ => self.page(variant.language)?,
        };
        let made = Made { past: self.past(), ..Made::of_catalogue(body, present) };
        Ok(match &changes.later {
            Some((release, revision)) if variant.form.is_data() => Made {
                shows: Shows::Document(release.record.clone()),
                moment: revision.at,
                past: InHistory { is_final: true, ..self.past() },
                ..made
            },
            _ => made,
        })
    }

    /// The links to the two states.
    fn past(&self) -> InHistory {
        let site = self.app.settings.site.as_str();
        let related = |path: &str| WebLink::new(format!("{site}{path}"), "related");
        let list = self.changes.list.strip_prefix(self.app.base().as_str()).unwrap_or_default();
        let earlier = format!("{list}/{}", self.changes.earlier.name);
        InHistory { links: vec![related(&earlier), related(self.path)], ..InHistory::default() }
    }

    fn page(&self, language: Language) -> Result<Vec<u8>, Problem> {
        let Self { app, present, changes, path, part } = *self;
        let others = present.names(changes.others())?;
        let list = present.names([changes.list.as_str()])?.into_values().next();
        let list = list.unwrap_or_else(|| Listed { record: changes.list.clone(), part: String::new(), names: None });
        let data: Vec<Form> = Form::OF_TABLES.iter().copied().filter(|form| form.is_data()).collect();
        let alternates = Form::alternates_of(&data, &format!("{}{path}", app.settings.site), part);
        app.with_view(language, |view| {
            let page = pages::list_changes_page(changes, &list, &others, view, alternates);
            let site = app.site(language, &format!("{path}{part}"));
            Ok(pages::list_changes(&site, &page)?.into_bytes())
        })
    }
}
