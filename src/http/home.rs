//! The front page.

use super::document::blocking;
use super::negotiate;
use super::problem::Problem;
use super::representation::{Representation, Represented};
use super::sparql;
use super::state::{App, Served};
use crate::catalogue::Present;
use crate::pages::{self, Counts, HomePage, Link, Section, Text, record::Surroundings};
use crate::register::Listed;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

/// The numbers of the entries that the front page shows as examples.
const EXAMPLES: [u64; 4] = [372, 524, 1512, 1580];

/// `GET /`; a server of scratch data has its query page there.
pub(super) async fn get_home(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let Served::Catalogue(catalogue) = app.served.clone() else {
        return Ok(Redirect::temporary("sparql").into_response());
    };
    let address = app.settings.site.to_string();
    let form = Representation::page_only(&headers, &address)?;
    blocking(move || {
        let present = catalogue.present()?;
        let (revision, moment) = (present.revision(), present.moment());
        let reader = negotiate::reader(&headers);
        let view = Surroundings { base: app.base(), site: &app.settings.site, reader: &reader };
        let page = page(&app, &present, &view)?;
        let body = pages::home(&app.site(revision), &page)?.into_bytes();
        let represented = Represented { form, location: None, address, body, moment, revision, about: None };
        Ok(represented.respond(&app, &headers))
    })
    .await
}

fn page(app: &App, present: &Present<'_>, view: &Surroundings<'_>) -> Result<HomePage, Problem> {
    let site = &app.settings.site;
    let base = app.base();
    let list = |name: &str| base.iri(&format!("list/{name}")).into_string();
    let overview = present.overview()?;
    let entries = present.entries(&list("services"), view.reader)?;
    let functions = present.top_entries(&list("functions"), view.reader)?;
    let functions = functions.iter().map(|function| view.link(function)).collect();
    let is_code_list = |listed: &&Listed| {
        base.record_of(&listed.record).is_some_and(|name| pages::lists::section(&name) == Section::CodeLists)
    };
    let code_lists: Vec<Link> = overview.lists.iter().filter(is_code_list).map(|listed| view.link(listed)).collect();
    let examples = EXAMPLES.iter().filter_map(|number| {
        let iri = base.iri(&format!("id/service-type/{number}")).into_string();
        entries.iter().find(|entry| entry.record == iri).map(|entry| view.link(entry))
    });
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let links = pages::lists::letters(&entries, view, &format!("{site}list/services"));
    Ok(HomePage {
        canonical: Some(site.to_string()),
        counts: Counts {
            service_types: count(overview.service_types),
            functions: count(overview.functions),
            code_lists: code_lists.len(),
        },
        letters: links,
        functions,
        code_lists,
        examples: examples.collect(),
        query: Some(sparql::page(app, pages::FIRST_QUERY)),
        for_machines: overview
            .releases
            .iter()
            .map(|release| Link {
                href: view.href(&release.record),
                label: Text::tagged(format!("Release {} of the list", release.name), "en"),
                notation: None,
            })
            .collect(),
    })
}
