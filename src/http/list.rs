//! Lists: `/list`, `/list/{name}` and `/list/{name}/{release}`.
//!
//! A list is a document, so its IRI is its address. Its data is the record of the list with its
//! entries; its page shows them by name in pages, by letter, or by what they stand under.

use super::document::{blocking, represent, unknown};
use super::negotiate;
use super::problem::{Problem, ProblemType};
use super::representation::{Representation, Represented};
use super::state::App;
use crate::catalogue::{Catalogue, Document};
use crate::pages::{self, Link, ListPage, Section, Text, lists};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

/// What a reader asks to see of a list.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    /// The page, from 1.
    page: Option<String>,
    /// `letter` or `function`; by name otherwise.
    by: Option<String>,
    /// The letter, if by letter.
    letter: Option<String>,
}

/// `GET /list`: the lists there are.
pub(super) async fn get_lists(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let catalogue = app.catalogue()?;
    let overview = blocking(move || Ok(catalogue.overview()?)).await?;
    let reader = negotiate::reader(&headers);
    let view = pages::record::Surroundings { base: app.base(), site: &app.settings.site, reader: &reader };
    let entries: Vec<Link> = overview.lists.iter().map(|list| view.link(list)).collect();
    let address = format!("{}list", app.settings.site);
    let page = ListPage {
        canonical: Some(address.clone()),
        section: Some(Section::CodeLists),
        total: entries.len(),
        groups: vec![lists::plain_group(entries)],
        ..lists::empty(Text::tagged("Lists and code lists", "en"))
    };
    let body = pages::listing(&app.site(overview.revision), &page)?.into_bytes();
    let represented = Represented {
        form: Representation::Html,
        address,
        body,
        modified: None,
        revision: overview.revision,
        about: None,
    };
    Ok(represented.respond(&app, &headers))
}

/// `GET /list/{name}`
pub(super) async fn get_list(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    show(app, name, asked, headers).await
}

/// `GET /list/{name}/{release}`
pub(super) async fn get_release(
    State(app): State<App>,
    Path((name, release)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    show(app, format!("{name}/{release}"), asked, headers).await
}

async fn show(app: App, name: String, asked: Asked, headers: HeaderMap) -> Result<Response, Problem> {
    let (name, fixed) = Representation::of_path(&name);
    let path = format!("list/{name}");
    let catalogue = app.catalogue()?;
    let iri = catalogue.base().iri(&path).into_string();
    let address = format!("{}{path}", app.settings.site);
    let form = Representation::choose(fixed, &headers, &address)?;
    blocking(move || {
        let document = catalogue.document(&iri)?.ok_or_else(|| unknown(&path))?;
        represent(&app, document, form, &headers, |site, document, reader| {
            let view = pages::record::Surroundings { base: app.base(), site: &app.settings.site, reader };
            let alternates = Representation::alternates(&address);
            let page = page(&catalogue, document, &asked, &view, &address)?;
            Ok(pages::listing(site, &ListPage { alternates, ..page })?)
        })
    })
    .await
}

fn page(
    catalogue: &Arc<Catalogue>,
    document: &Document,
    asked: &Asked,
    view: &pages::record::Surroundings<'_>,
    address: &str,
) -> Result<ListPage, Problem> {
    let list = &document.name.iri;
    match asked.by.as_deref() {
        Some("function") => {
            let (groups, _) = catalogue.entries_by_broader(list, view.reader)?;
            Ok(lists::by_broader(document, &groups, view, address))
        }
        Some("letter") => {
            let (entries, _) = catalogue.entries(list, view.reader)?;
            Ok(lists::by_letter(document, &entries, view, address, asked.letter.as_deref()))
        }
        None | Some("name") => {
            let (entries, _) = catalogue.entries(list, view.reader)?;
            let number = asked.page.as_deref().map_or(Ok(1), str::parse::<usize>);
            number.ok().and_then(|number| lists::by_name(document, &entries, view, address, number)).ok_or_else(|| {
                Problem::new(
                    ProblemType::NotFound,
                    format!("the list has no page {}", asked.page.as_deref().unwrap_or("1")),
                )
            })
        }
        Some(other) => {
            Err(Problem::new(ProblemType::BadRequest, format!("by={other} is unknown; by is name, letter or function")))
        }
    }
}
