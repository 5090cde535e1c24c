//! The second list: `/list/suitability`, which says what suits a single point of contact.
//!
//! Its IRI is that of the code list of degrees, whose document holds, beside the degrees, the assessments that
//! the address asks for. A page and its codes are read from the register's links; only RDF and CSV, which
//! repeat what assessments say in words, parse contents.

mod overview;
mod wish;

pub(super) use overview::Overview;

use super::answer::{Wanted, answer};
use super::asked::{Asked, Variant};
use super::document::{data, represent, unknown};
use super::form::Form;
use super::problem::Problem;
use super::representation::{Made, Shows};
use super::state::App;
use crate::catalogue::{CatalogueError, Document, Filter, Present, SecondListEntry};
use crate::dump::{suitability_rows, write_table};
use crate::pages::record::Surroundings;
use crate::pages::second_list::Field;
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
    let forms = Form::OF_TABLES;
    let wanted = Wanted { forms, is_large: true, ..Wanted::record(PATH, extension) };
    let is_data = asked.choose(&wanted, &app.settings.site).is_ok_and(|choice| choice.variant.form.is_data());
    let wish = Wish::read(&asked, is_data)?;
    let wanted = Wanted { selection: wish.selection(), part: wish.filters(), ..wanted };
    answer(app, asked, wanted, move |app, path, variant| {
        let iri = app.base().subject_of(path).into_string();
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let document = present.document(&iri)?.ok_or_else(|| unknown(&iri))?;
        let made = make(app, &present, document, &wish, variant)?;
        Ok(Made { shows: Shows::Catalogue, moment: present.moment(), ..made })
    })
    .await
}

/// The second list in one variant.
fn make(app: &App, present: &Present<'_>, document: Document, wish: &Wish, variant: Variant) -> Result<Made, Problem> {
    let filter = app.with_view(variant.language, |view| wish.filter(present, view))?;
    let mut asked = Request { app, present, document, wish, filter };
    if let Some(syntax) = variant.form.syntax() {
        let triples = asked.triples()?;
        asked.document.version.content.extend(triples);
        return data(app, &asked.document, syntax, variant.profile);
    }
    if variant.form == Form::Csv {
        return Ok(Made::of_catalogue(app.with_view(variant.language, |view| asked.table(view))?, present));
    }
    represent(app, &asked.document, variant, |view| asked.page(view))
}

/// A request for the second list, and what it is answered from.
struct Request<'a> {
    app: &'a App,
    present: &'a Present<'a>,
    document: Document,
    wish: &'a Wish,
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
                let fields = self.fields(view)?;
                let page = second_list::page(head, fields, &shown, &names, view, (number, last, found.len()));
                Ok(second_list(&site, &page)?)
            }
            Look::Functions => {
                let (functions, all) = self.present.distributions(&self.filter, view.reader)?;
                let page = second_list::coverage_page(head, &self.present.degrees()?, &functions, &all, view);
                Ok(pages::coverage(&site, &page)?)
            }
        }
    }

    fn fields(&self, view: &Surroundings<'_>) -> Result<Vec<Field>, CatalogueError> {
        let choices = self.present.choices(view.reader)?;
        let service_type = self.present.names(self.filter.service_type.as_deref())?.into_values().next();
        let value = |name: &str| self.wish.value(name);
        Ok(second_list::fields(&choices, service_type.as_ref(), view, value, &|choice| reference(view.base, choice)))
    }

    fn head(&self, view: &Surroundings<'_>) -> Result<ListHead, Problem> {
        let address = format!("{}{PATH}", self.app.settings.site);
        let data: Vec<Form> = Form::OF_TABLES.iter().copied().filter(|form| form.is_data()).collect();
        Ok(ListHead {
            alternates: Form::alternates_of(&data, &address, &self.wish.filters()),
            structured_data: self.app.structured_data(&self.document)?,
            ..second_list::head(&self.document, view, &self.wish.filters(), &self.wish.selection())
        })
    }

    fn table(&self, view: &Surroundings<'_>) -> Result<Vec<u8>, Problem> {
        let found = self.present.second_list(&self.filter)?;
        Ok(write_table(&suitability_rows(self.present, view.base, &found, &self.filter, view.reader)?)?)
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
