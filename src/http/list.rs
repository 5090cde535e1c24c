//! Lists: `/list`, `/list/{name}` and `/list/{name}/{release}`.
//!
//! A list is a document, so its IRI is its address. Its data is the record of the list with its
//! entries; its page shows them by name in pages, by letter, or by what they stand under.

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::document::{represent, unknown};
use super::form::Form;
use super::list_changes;
use super::problem::{Problem, ProblemType};
use super::representation::{Made, Shows};
use super::state::App;
use super::suitability::{self, Overview};
use crate::catalogue::{Document, Present};
use crate::pages::record::Surroundings;
use crate::pages::{self, Link, ListPage, Section, lists};
use axum::extract::{Path, State};
use axum::response::Response;

/// What of a list its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Selection {
    /// A hundred entries by name: the page of this number, from 1.
    Names(usize),
    /// Entries by the letter they begin with: all, or those of one letter.
    Letters(Option<String>),
    /// Entries under what they are narrower than.
    Functions,
}

impl Selection {
    /// Reads `?by=`, `&letter=` and `?page=`; what does not belong to a selection is left out of it, so
    /// that each page has one address.
    fn read(asked: &Asked) -> Result<Self, Problem> {
        match asked.parameter("by") {
            None | Some("name") => {
                let page = asked.parameter("page").unwrap_or("1");
                page.parse().map(Self::Names).map_err(|_| no_page(page))
            }
            Some("letter") => Ok(Self::Letters(asked.parameter("letter").map(str::to_uppercase))),
            Some("function") => Ok(Self::Functions),
            Some(other) => {
                let detail = format!("by={other} is unknown; by is name, letter or function");
                Err(Problem::new(ProblemType::BadRequest, detail))
            }
        }
    }

    /// The part of the address that asks for it.
    fn query(&self) -> String {
        match self {
            Self::Names(1) => String::new(),
            Self::Names(page) => format!("?page={page}"),
            Self::Letters(None) => "?by=letter".to_owned(),
            Self::Letters(Some(letter)) => {
                let letter: String = form_urlencoded::byte_serialize(letter.as_bytes()).collect();
                format!("?by=letter&letter={letter}")
            }
            Self::Functions => "?by=function".to_owned(),
        }
    }
}

fn no_page(page: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("the list has no page {page}"))
}

/// `GET /list`: the lists there are.
pub(super) async fn get_lists(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    answer(app, asked, Wanted::new("list", Form::PAGE, None), |app, _, variant| {
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
        Ok(Made::of_catalogue(body, &present))
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
    let (name, extension) = Form::of_path(&name);
    if let Some(since) = asked.parameter("changes-since").map(str::to_owned) {
        return list_changes::get_changes(app, asked, name, &since, extension).await;
    }
    if suitability::is_meant(name) {
        return suitability::get_suitability(app, asked, extension).await;
    }
    let overview = Overview::of(&format!("list/{name}"));
    let selection = if overview.is_some() { Selection::Names(1) } else { Selection::read(&asked)? };
    let wanted = Wanted { selection: selection.query(), ..Wanted::record(format!("list/{name}"), extension) };
    answer(app, asked, wanted, move |app, path, variant| {
        let iri = app.base().subject_of(path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&iri))?;
        let made = represent(app, &document, variant, |view| {
            let alternates = Form::beside_page(&format!("{}{path}", app.settings.site));
            if let Some(overview) = overview {
                return overview.page(app, &present, &document, alternates, view);
            }
            let page = page(&present, &document, &selection, view)?;
            let structured_data = app.structured_data(&document)?;
            let here = format!("{path}{}", selection.query());
            let changes = list_changes::way(&present, &iri, view)?;
            let page = ListPage { alternates, structured_data, changes, ..page };
            Ok(pages::listing(&app.site(variant.language, &here), &page)?)
        })?;
        if variant.form.is_data() {
            return Ok(made);
        }
        // A page shows what entries stand under, which no document does: any commit may change it.
        Ok(Made { shows: Shows::Catalogue, moment: present.moment(), ..made })
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
    match selection {
        Selection::Functions => {
            let groups = present.entries_by_broader(list, view.reader)?;
            Ok(lists::by_broader(document, &groups, view, &address))
        }
        Selection::Letters(letter) => {
            let entries = present.entries(list, view.reader)?;
            let page = lists::by_letter(document, &entries, view, &address, letter.as_deref());
            match letter {
                Some(letter) if page.groups.is_empty() => {
                    let detail = format!("no entry of the list begins with {letter:?}");
                    Err(Problem::new(ProblemType::NotFound, detail))
                }
                _ => Ok(page),
            }
        }
        Selection::Names(number) => {
            let entries = present.entries(list, view.reader)?;
            lists::by_name(document, &entries, view, &address, *number).ok_or_else(|| no_page(&number.to_string()))
        }
    }
}
