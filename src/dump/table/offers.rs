//! What organisations offer: a row for each public service.

use super::texts::{Languages, TextColumn, codes, iris, values};
use crate::catalogue::{Base, Status};
use crate::dump::copy::{Copied, Copy};
use crate::dump::error::DumpError;
use crate::rdf::{Content, NamedNodeRef, Preference, best_literal};
use crate::vocab::{NAMING, cpsv, cv, dct, eusl, foaf, rdf};
use std::collections::HashMap;

/// The columns that there are of each language.
const TEXTS: [TextColumn; 2] = [("name", dct::TITLE), ("description", dct::DESCRIPTION)];

/// The columns before those.
const COLUMNS: [&str; 9] = [
    "iri",
    "identifier",
    "status",
    "service_types",
    "organisations",
    "organisation_names",
    "countries",
    "areas",
    "pages",
];

/// What the name of a country's dataset begins with.
const COUNTRY: &str = "public-services-";

/// What is known before the first row: the languages, and what organisations are called. There are as many names in memory
/// as organisations, and not as many as they offer services.
pub(in crate::dump) struct Offers {
    languages: Languages,
    organisations: HashMap<String, String>,
}

impl Offers {
    /// Reads what must be known first.
    pub(in crate::dump) fn of(copy: &Copy, base: &Base, is_ended: &dyn Fn() -> bool) -> Result<Self, DumpError> {
        let mut known = Self { languages: Languages::default(), organisations: HashMap::new() };
        copy.each(is_ended, |record| {
            let iri = record.iri.as_str();
            if record.kind(base).as_deref() == Some("organisation") {
                let name = name(&record.content()?, iri).map(|name| (iri.to_owned(), name));
                known.organisations.extend(name);
            } else if let Some(content) = offer(record)? {
                known.languages.add(&content, iri, &TEXTS);
            }
            Ok(())
        })?;
        Ok(known)
    }

    /// The names of the columns.
    pub(in crate::dump) fn headings(&self) -> Vec<String> {
        let fixed = COLUMNS.map(str::to_owned);
        fixed.into_iter().chain(self.languages.headings(&TEXTS)).collect()
    }

    /// Hands each row to `each`.
    pub(in crate::dump) fn each_row(
        &self,
        copy: &Copy,
        is_ended: &dyn Fn() -> bool,
        mut each: impl FnMut(Vec<String>) -> Result<(), DumpError>,
    ) -> Result<(), DumpError> {
        copy.each(is_ended, |record| {
            let Some(content) = offer(record)? else { return Ok(()) };
            let names = record.datasets.iter().filter_map(|place| copy.datasets().get(*place));
            let countries = names.filter_map(|name| name.strip_prefix(COUNTRY)).map(str::to_ascii_uppercase);
            each(self.row(record.iri.as_str(), &content, &countries.collect::<Vec<_>>().join(" ")))
        })
    }

    fn row(&self, iri: &str, content: &Content, countries: &str) -> Vec<String> {
        let of = cv::HAS_COMPETENT_AUTHORITY;
        let named = content.iris(iri, of).filter_map(|organisation| self.organisations.get(organisation));
        let row = [
            iri.to_owned(),
            values(content, iri, dct::IDENTIFIER),
            Status::of(iri, content).unwrap_or(Status::Stable).name().to_owned(),
            codes(content, iri, eusl::SERVICE_TYPE),
            iris(content, iri, of),
            named.map(String::as_str).collect::<Vec<_>>().join("; "),
            countries.to_owned(),
            iris(content, iri, dct::SPATIAL),
            iris(content, iri, foaf::PAGE),
        ];
        row.into_iter().chain(self.languages.cells(content, iri, &TEXTS)).collect()
    }
}

/// What an organisation is called: in English, or else in its own language.
fn name(content: &Content, iri: &str) -> Option<String> {
    let reader = Preference::default();
    let by = |property: &NamedNodeRef<'static>| {
        best_literal(content.literals(iri, *property), &reader).map(|name| name.value().to_owned())
    };
    NAMING.iter().find_map(by)
}

/// What a record says, if it is a public service that is offered.
fn offer(record: &Copied) -> Result<Option<Content>, DumpError> {
    // Most records are told apart without parsing what they say.
    if record.is_withdrawn || !record.text.contains(cpsv::PUBLIC_SERVICE.as_str()) {
        return Ok(None);
    }
    let content = record.content()?;
    let is_offer = content.iris(record.iri.as_str(), rdf::TYPE).any(|class| class == cpsv::PUBLIC_SERVICE.as_str());
    Ok(Some(content).filter(|_| is_offer))
}
