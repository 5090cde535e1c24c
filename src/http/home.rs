//! The front page.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::Problem;
use super::representation::Made;
use super::sparql;
use super::state::{App, Served};
use crate::catalogue::{Overview, Present};
use crate::harvest::dcat;
use crate::pages::{self, Counts, HomePage, Link, QueryPage, Section, record::Surroundings};
use crate::register::{Listed, Release};
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

/// The numbers of the entries that the front page shows as examples.
pub(super) const EXAMPLES: [u64; 4] = [372, 524, 1512, 1580];

/// How many questions the front page shows.
const QUESTIONS: usize = 8;

/// `GET /`; a server of scratch data has its query page there.
pub(super) async fn get_home(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    if let Served::Scratch(_) = app.served {
        return Ok(Redirect::temporary("sparql").into_response());
    }
    answer(app, asked, Wanted::new("", Form::PAGE, None), |app, _, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let body = app.with_view(variant.language, |view| {
            Ok::<_, Problem>(pages::home(&app.site(variant.language, ""), &page(app, &present, view)?)?)
        })?;
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

fn page(app: &App, present: &Present<'_>, view: &Surroundings<'_>) -> Result<HomePage, Problem> {
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
    let links = pages::lists::letters(&entries, view, &format!("{}list/services", view.pages));
    Ok(HomePage {
        canonical: Some(view.pages.to_owned()),
        counts: Counts {
            service_types: count(overview.service_types),
            functions: count(overview.functions),
            code_lists: code_lists.len(),
        },
        letters: links,
        functions,
        code_lists,
        pilots: format!("{}pilots", view.pages),
        co_design: format!("{}co-design", view.pages),
        examples: examples.collect(),
        query: Some(query_to_try(app, view)),
        for_machines: for_machines(&overview, view),
    })
}

/// What harvesters and developers come for: the catalogue, the dumps, the feed, and the releases of the list.
fn for_machines(overview: &Overview, view: &Surroundings<'_>) -> Vec<Link> {
    let catalogue = Link {
        href: format!("{}{}", view.pages, dcat::PATH),
        label: pages::catalogue_title(view.language),
        notation: None,
    };
    let release = |release: &Release| Link {
        href: view.href(&release.record),
        label: pages::lists::release_title(view.language, &release.name),
        notation: None,
    };
    let dumps = Link { href: format!("{}dump", view.pages), label: pages::dumps_title(view.language), notation: None };
    let feed = Link { href: format!("{}feed", view.pages), label: pages::feed_title(view.language), notation: None };
    [catalogue, dumps, feed].into_iter().chain(overview.releases.iter().map(release)).collect()
}

/// The query to try, with the first of the questions that have been asked already and the way to all of them.
fn query_to_try(app: &App, view: &Surroundings<'_>) -> QueryPage {
    let mut page = sparql::page(app, view.language, pages::FIRST_QUERY);
    if page.questions.len() > QUESTIONS {
        page.questions.truncate(QUESTIONS);
        page.questions.push(Link {
            href: format!("{}query", view.pages),
            label: pages::all_stored_queries(view.language),
            notation: None,
        });
    }
    page
}
