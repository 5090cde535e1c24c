//! Lists: `/list`, `/list/{name}` and `/list/{name}/{release}`.
//!
//! A list is a document, so its IRI is its address. Its data is the record of the list with its
//! entries; its page shows them by name in pages, by letter, or by what they stand under.

use super::document::{Asked, blocking, represent, unknown};
use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::representation::{Representation, Represented};
use super::state::App;
use crate::catalogue::{Document, Present};
use crate::pages::{self, Link, ListPage, Section, Text, lists};
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;

/// What a reader asks to see of a list: parameters of the address, of each the last.
#[derive(Debug, Default)]
struct Selection {
    /// The page, from 1.
    page: Option<String>,
    /// `letter` or `function`; by name otherwise.
    by: Option<String>,
    /// The letter, if by letter.
    letter: Option<String>,
}

impl Selection {
    fn read(query: &str) -> Self {
        let mut selection = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "page" => selection.page = Some(value.into_owned()),
                "by" => selection.by = Some(value.into_owned()),
                "letter" => selection.letter = Some(value.into_owned()),
                _ => {}
            }
        }
        selection
    }
}

/// `GET /list`: the lists there are.
pub(super) async fn get_lists(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let catalogue = app.catalogue()?;
    let address = format!("{}list", app.settings.site);
    let form = Representation::page_only(&headers, &address)?;
    let (overview, revision, moment) = blocking(move || {
        let present = catalogue.present()?;
        Ok((present.overview()?, present.revision(), present.moment()))
    })
    .await?;
    let reader = negotiate::reader(&headers);
    let view = pages::record::Surroundings { base: app.base(), site: &app.settings.site, reader: &reader };
    let entries: Vec<Link> = overview.lists.iter().map(|list| view.link(list)).collect();
    let page = ListPage {
        canonical: Some(address.clone()),
        section: Some(Section::CodeLists),
        total: entries.len(),
        groups: vec![lists::plain_group(entries)],
        ..lists::empty(Text::tagged("Lists and code lists", "en"))
    };
    let body = pages::listing(&app.site(revision), &page)?.into_bytes();
    let represented = Represented { form, location: None, address, body, moment, revision, about: None };
    Ok(represented.respond(&app, &headers))
}

/// `GET /list/{name}`
pub(super) async fn get_list(
    State(app): State<App>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    show(app, name, query, headers).await
}

/// `GET /list/{name}/{release}`
pub(super) async fn get_release(
    State(app): State<App>,
    Path((name, release)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    show(app, format!("{name}/{release}"), query, headers).await
}

async fn show(app: App, name: String, query: Option<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let selection = Selection::read(query.as_deref().unwrap_or_default());
    let (name, fixed) = Representation::of_path(&name);
    let path = format!("list/{name}");
    let catalogue = app.catalogue()?;
    let iri = catalogue.base().iri(&path).into_string();
    let address = format!("{}{path}", app.settings.site);
    let form = Representation::choose(fixed, &headers, &address)?;
    blocking(move || {
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&path))?;
        let asked = Asked { form, query, headers: &headers };
        represent(&app, &document, asked, |site, reader| {
            let view = pages::record::Surroundings { base: app.base(), site: &app.settings.site, reader };
            let alternates = Representation::alternates(&address);
            let page = page(&present, &document, &selection, &view, &address)?;
            Ok(pages::listing(site, &ListPage { alternates, ..page })?)
        })
    })
    .await
}

fn page(
    present: &Present<'_>,
    document: &Document,
    selection: &Selection,
    view: &pages::record::Surroundings<'_>,
    address: &str,
) -> Result<ListPage, Problem> {
    let list = &document.name.iri;
    match selection.by.as_deref() {
        Some("function") => {
            let groups = present.entries_by_broader(list, view.reader)?;
            Ok(lists::by_broader(document, &groups, view, address))
        }
        Some("letter") => {
            let entries = present.entries(list, view.reader)?;
            Ok(lists::by_letter(document, &entries, view, address, selection.letter.as_deref()))
        }
        None | Some("name") => {
            let entries = present.entries(list, view.reader)?;
            let number = selection.page.as_deref().map_or(Ok(1), str::parse::<usize>);
            number.ok().and_then(|number| lists::by_name(document, &entries, view, address, number)).ok_or_else(|| {
                Problem::new(
                    ProblemType::NotFound,
                    format!("the list has no page {}", selection.page.as_deref().unwrap_or("1")),
                )
            })
        }
        Some(other) => {
            Err(Problem::new(ProblemType::BadRequest, format!("by={other} is unknown; by is name, letter or function")))
        }
    }
}
