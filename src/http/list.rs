//! Lists: `/list`, `/list/{name}` and `/list/{name}/{release}`.
//!
//! A list is a document, so its IRI is its address. Its data is the record of the list with its
//! entries; its page shows them by name in pages, by letter, or by what they stand under.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::document::{represent, unknown};
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use crate::catalogue::{Document, Present};
use crate::pages::record::Surroundings;
use crate::pages::{self, Link, ListPage, Section, lists};
use axum::extract::{Path, State};
use axum::response::Response;

/// What a reader asks to see of a list's page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Selection {
    /// The page, from 1.
    page: Option<String>,
    /// `letter` or `function`; by name otherwise.
    by: Option<String>,
    /// The letter, if by letter.
    letter: Option<String>,
}

impl Selection {
    fn read(asked: &Asked) -> Self {
        let own = |name: &str| asked.parameter(name).map(str::to_owned);
        Self { page: own("page"), by: own("by"), letter: own("letter") }
    }

    /// The part of the address that asks for the same.
    fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("by", &self.by), ("letter", &self.letter), ("page", &self.page)] {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// `GET /list`: the lists there are.
pub(super) async fn get_lists(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new("list", Form::PAGE, None), |app, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let overview = present.overview()?;
        let body = app.with_view(variant.language, |view| {
            let entries: Vec<Link> = overview.lists.iter().map(|list| view.link(list)).collect();
            let page = ListPage {
                canonical: Some(format!("{}list", view.pages)),
                section: Some(Section::CodeLists),
                total: entries.len(),
                groups: vec![lists::plain_group(entries)],
                ..lists::empty(lists::overview_title(view.language))
            };
            pages::listing(&app.site(variant.language, "list"), &page)
        })?;
        Ok(Made {
            body: body.into_bytes(),
            shows: Shows::Catalogue,
            revision: present.revision(),
            moment: present.moment(),
            about: None,
        })
    })
    .await
}

/// `GET /list/{name}`
pub(super) async fn get_list(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    show(app, name, asked).await
}

/// `GET /list/{name}/{release}`
pub(super) async fn get_release(
    State(app): State<App>,
    Path((name, release)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Problem> {
    show(app, format!("{name}/{release}"), asked).await
}

async fn show(app: App, name: String, asked: Asked) -> Result<Response, Problem> {
    let selection = Selection::read(&asked);
    let (name, extension) = Form::of_path(&name);
    let path = format!("list/{name}");
    let wanted = Wanted { selection: selection.query(), ..Wanted::record(path.clone(), extension) };
    answer(app, asked, wanted, move |app, variant| {
        let catalogue = app.catalogue()?;
        let iri = catalogue.base().iri(&path).into_string();
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&path))?;
        let made = represent(app, &document, variant, |view| {
            let page = page(&present, &document, &selection, view)?;
            let alternates = Form::beside_page(&format!("{}{path}", app.settings.site));
            let structured_data = Some(app.structured_data(&document)?);
            let here = format!("{path}{}", selection.query());
            let page = ListPage { alternates, structured_data, ..page };
            Ok(pages::listing(&app.site(variant.language, &here), &page)?)
        })?;
        // A page shows the order of entries under what they stand under, which no document does.
        let shows = if variant.form == Form::Html { Shows::Catalogue } else { made.shows.clone() };
        Ok(Made { shows, ..made })
    })
    .await
}

fn page(
    present: &Present<'_>,
    document: &Document,
    selection: &Selection,
    view: &Surroundings<'_>,
) -> Result<ListPage, Problem> {
    let list = &document.name.iri;
    let address = view.href(list);
    match selection.by.as_deref() {
        Some("function") => {
            let groups = present.entries_by_broader(list, view.reader)?;
            Ok(lists::by_broader(document, &groups, view, &address))
        }
        Some("letter") => {
            let entries = present.entries(list, view.reader)?;
            Ok(lists::by_letter(document, &entries, view, &address, selection.letter.as_deref()))
        }
        None | Some("name") => {
            let entries = present.entries(list, view.reader)?;
            let number = selection.page.as_deref().map_or(Ok(1), str::parse::<usize>);
            number.ok().and_then(|number| lists::by_name(document, &entries, view, &address, number)).ok_or_else(|| {
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
