//! The front page.

use super::document::blocking;
use super::negotiate;
use super::problem::Problem;
use super::representation::{Representation, Represented};
use super::sparql;
use super::state::{App, Data};
use crate::catalogue::{Catalogue, Overview};
use crate::pages::{self, Counts, HomePage, Link, Text, record::Surroundings};
use crate::register::Listed;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

/// Entries that the front page shows as examples, by number: one of each size of service.
const EXAMPLES: [u64; 4] = [372, 524, 1512, 1580];

/// `GET /`; a server of scratch data has its query page there.
pub(super) async fn get_home(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let Data::Catalogue(catalogue) = app.data.clone() else {
        return Ok(Redirect::temporary("sparql").into_response());
    };
    blocking(move || {
        let overview = catalogue.overview()?;
        let revision = overview.revision;
        let reader = negotiate::reader(&headers);
        let view = Surroundings { base: app.base(), site: &app.settings.site, reader: &reader };
        let page = page(&app, &catalogue, &overview, &view)?;
        let body = pages::home(&app.site(revision), &page)?.into_bytes();
        let address = app.settings.site.to_string();
        let represented =
            Represented { form: Representation::Html, address, body, modified: None, revision, about: None };
        Ok(represented.respond(&app, &headers))
    })
    .await
}

fn page(
    app: &App,
    catalogue: &Arc<Catalogue>,
    overview: &Overview,
    view: &Surroundings<'_>,
) -> Result<HomePage, Problem> {
    let site = &app.settings.site;
    let list = catalogue.base().iri("list/services").into_string();
    let (entries, _) = catalogue.entries(&list, view.reader)?;
    let tops = catalogue.entries(&catalogue.base().iri("list/functions").into_string(), view.reader)?.0;
    let groups = catalogue.entries_by_broader(&list, view.reader)?.0;
    let outermost: Vec<&Listed> =
        groups.iter().filter(|group| group.depth == 0).filter_map(|group| group.heading.as_ref()).collect();
    let functions =
        tops.iter().filter(|function| outermost.contains(function)).map(|function| view.link(function)).collect();
    let is_code_list = |listed: &&Listed| {
        catalogue
            .base()
            .record_of(&listed.iri)
            .is_some_and(|name| !name.reference.contains("services") && name.reference != "functions")
    };
    let code_lists: Vec<Link> = overview.lists.iter().filter(is_code_list).map(|listed| view.link(listed)).collect();
    let examples = EXAMPLES.iter().filter_map(|number| {
        let iri = catalogue.base().iri(&format!("id/service-type/{number}")).into_string();
        entries.iter().find(|entry| entry.iri == iri).map(|entry| view.link(entry))
    });
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let links = pages::lists::letters(&entries, view, &format!("{site}list/services"));
    Ok(HomePage {
        canonical: Some(site.to_string()),
        description: None,
        counts: Counts {
            service_types: count(overview.service_types),
            functions: count(overview.functions),
            code_lists: code_lists.len(),
            public_services: 0,
        },
        search: None,
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
        alternates: Vec::new(),
    })
}
