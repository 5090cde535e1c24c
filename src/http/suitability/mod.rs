//! The second list: `/list/suitability`, which says what suits a single point of contact.
//!
//! Its IRI is that of the code list of degrees, whose document holds, beside the degrees, the assessments that
//! the address asks for. A page and its codes are read from the register's links; only RDF and CSV, which
//! repeat what assessments say in words, parse contents.

mod rules;
mod table;
mod wish;

pub(super) use rules::Overview;

use super::answer::{Wanted, answer};
use super::asked::{Asked, Variant};
use super::document::{represent, unknown};
use super::form::Form;
use super::problem::Problem;
use super::representation::{Made, Shows};
use super::state::App;
use crate::catalogue::{CatalogueError, Choices, Document, Filter, Present, SecondListEntry};
use crate::pages::record::Surroundings;
use crate::pages::{self, ListHead, second_list};
use crate::rdf::Triple;
use crate::register::Listed;
use axum::response::Response;
use std::collections::BTreeMap;
use wish::{Look, Wish, no_page, reference};

/// The path of its address.
const PATH: &str = "list/suitability";

/// Verdicts on one page.
const PAGE: usize = 100;

/// Whether the list of a name is the second list.
pub(super) fn is_meant(name: &str) -> bool {
    PATH.strip_prefix("list/") == Some(name)
}

/// `GET /list/suitability`
pub(super) async fn get_suitability(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    let wish = Wish::read(&asked)?;
    let wanted = Wanted {
        selection: wish.selection(),
        part: wish.filters(),
        forms: Form::OF_THE_SECOND_LIST,
        ..Wanted::record(PATH, extension)
    };
    answer(app, asked, wanted, move |app, path, variant| {
        let iri = app.base().subject_of(path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&iri))?;
        let made = make(app, &present, &document, &wish, variant)?;
        Ok(Made { shows: Shows::Catalogue, moment: present.moment(), ..made })
    })
    .await
}

/// The second list in one variant.
fn make(app: &App, present: &Present<'_>, document: &Document, wish: &Wish, variant: Variant) -> Result<Made, Problem> {
    let asked = app.with_view(variant.language, |view| {
        let choices = present.choices(view.reader)?;
        let filter = wish.filter(view.base, &choices)?;
        Ok::<_, Problem>(Request { app, present, document, wish, choices, filter })
    })?;
    match variant.form {
        Form::Html => represent(app, document, variant, |view| asked.page(view)),
        Form::Csv => {
            let body = app.with_view(variant.language, |view| asked.table(view))?;
            Ok(Made { body, ..Made::of_catalogue(String::new(), present) })
        }
        _ => {
            let mut document = document.clone();
            let triples = asked.triples()?;
            document.version.content.extend(triples);
            represent(app, &document, variant, |_| Ok(String::new()))
        }
    }
}

/// A request for the second list, and what it is answered from.
struct Request<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    document: &'a Document,
    wish: &'a Wish,
    choices: Choices,
    filter: Filter,
}

impl Request<'_> {
    fn page(&self, view: &Surroundings<'_>) -> Result<String, Problem> {
        let site = self.app.site(view.language, &format!("{PATH}{}", self.wish.selection()));
        let head = self.head(view)?;
        match self.wish.look {
            Look::Page(number) => {
                let found = self.present.second_list(&self.filter)?;
                let last = found.len().div_ceil(PAGE).max(1);
                let first =
                    number.checked_sub(1).filter(|_| number <= last).ok_or_else(|| no_page(&number.to_string()))?;
                let shown: Vec<SecondListEntry> = found.iter().skip(first * PAGE).take(PAGE).cloned().collect();
                let names = self.names(&shown)?;
                let fields = second_list::fields(&self.choices, view, |name| self.wish.value(name), &|choice| {
                    reference(view.base, choice)
                });
                let page = second_list::page(head, fields, &shown, &names, view, (number, last, found.len()));
                Ok(second_list(&site, &page)?)
            }
            Look::Functions => {
                let (functions, all) = self.present.distributions(&self.filter, view.reader)?;
                let page = second_list::coverage_page(head, &self.choices.degrees, &functions, &all, view);
                Ok(pages::coverage(&site, &page)?)
            }
        }
    }

    fn head(&self, view: &Surroundings<'_>) -> Result<ListHead, Problem> {
        let address = format!("{}{PATH}", self.app.settings.site);
        let data: Vec<Form> = Form::OF_THE_SECOND_LIST.iter().copied().filter(|form| form.is_data()).collect();
        Ok(ListHead {
            alternates: Form::alternates_of(&data, &address, &self.wish.filters()),
            structured_data: Some(self.app.structured_data(self.document)?),
            ..second_list::head(self.document, view, &self.wish.filters(), &self.wish.selection())
        })
    }

    fn table(&self, view: &Surroundings<'_>) -> Result<Vec<u8>, Problem> {
        let found = self.present.second_list(&self.filter)?;
        let names = self.names(&found)?;
        Ok(table::table(self.present, &found, &self.filter, &names, view)??)
    }

    /// What the assessments that are left say, and the names of the service types.
    fn triples(&self) -> Result<Vec<Triple>, Problem> {
        let found = self.present.second_list(&self.filter)?;
        let mut triples = Vec::new();
        for found in &found {
            triples.extend(self.present.content(&found.judgement.record)?);
        }
        let types = self.present.names(found.iter().map(|found| found.judgement.service_type.as_str()))?;
        for (iri, listed) in &types {
            triples.extend(listed.names.iter().flat_map(|names| names.triples(iri)));
        }
        Ok(triples)
    }

    /// The names of everything that some judgements point at, and of the channel that was asked for.
    fn names(&self, found: &[SecondListEntry]) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        let mut names = self.present.names_in(found.iter().map(|found| &found.judgement))?;
        names.extend(self.present.names(self.filter.channel.as_deref())?);
        Ok(names)
    }
}
