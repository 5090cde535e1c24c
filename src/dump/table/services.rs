//! The list: a row for each service type, by number.

use super::texts::{Languages, TextColumn, codes, iris};
use crate::catalogue::{Base, Status, code_of};
use crate::dump::copy::Copy;
use crate::dump::error::DumpError;
use crate::rdf::{Content, NamedNodeRef};
use crate::vocab::{dct, eusl, skos};
use std::collections::HashMap;

/// The columns that hold no text of any language, besides number, IRI and status.
const CODES: [(&str, NamedNodeRef<'static>); 7] = [
    ("replaced_by", dct::IS_REPLACED_BY),
    ("function", skos::BROADER),
    ("scopes", eusl::SCOPE),
    ("government_levels", eusl::GOVERNMENT_LEVEL),
    ("delivery_pattern", eusl::DELIVERY_PATTERN),
    ("interactions", eusl::INTERACTION),
    ("channels", eusl::TYPICAL_CHANNEL),
];

/// The columns that there are of each language.
const TEXTS: [TextColumn; 4] = [
    ("name", skos::PREF_LABEL),
    ("definition", skos::DEFINITION),
    ("scope_note", skos::SCOPE_NOTE),
    ("other_names", skos::ALT_LABEL),
];

/// What a function is called, in the columns of its service types.
const FUNCTION: [TextColumn; 1] = [("function_name", skos::PREF_LABEL)];

/// What is known before the first row: the languages, and what functions are called. They are as many as the list has, and
/// not as many as organisations offer.
pub(in crate::dump) struct Services {
    languages: Languages,
    functions: HashMap<String, Content>,
    of_functions: Languages,
}

impl Services {
    /// Reads what must be known first.
    pub(in crate::dump) fn of(copy: &Copy, base: &Base, is_ended: &dyn Fn() -> bool) -> Result<Self, DumpError> {
        let mut known =
            Self { languages: Languages::default(), functions: HashMap::new(), of_functions: Languages::default() };
        copy.each(is_ended, |record| {
            let iri = record.iri.as_str();
            match record.kind(base).as_deref() {
                Some("service-type") => known.languages.add(&record.content()?, iri, &TEXTS),
                Some("function") => {
                    let content = record.content()?;
                    known.of_functions.add(&content, iri, &FUNCTION);
                    known.functions.insert(iri.to_owned(), content);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(known)
    }

    /// The names of the columns.
    pub(in crate::dump) fn headings(&self) -> Vec<String> {
        let mut headings = vec!["number".to_owned(), "iri".to_owned(), "status".to_owned()];
        headings.extend(CODES.map(|(name, _)| name.to_owned()));
        headings.push("exact_matches".to_owned());
        headings.extend(self.languages.headings(&TEXTS));
        headings.extend(self.of_functions.headings(&FUNCTION));
        headings
    }

    /// The rows, by number.
    pub(in crate::dump) fn rows(
        &self,
        copy: &Copy,
        base: &Base,
        is_ended: &dyn Fn() -> bool,
    ) -> Result<Vec<Vec<String>>, DumpError> {
        let mut rows = Vec::new();
        copy.each(is_ended, |record| {
            if record.kind(base).as_deref() == Some("service-type") {
                let number = base.record_of(record.iri.as_str()).and_then(|name| name.number());
                rows.push((number, self.row(record.iri.as_str(), &record.content()?)));
            }
            Ok(())
        })?;
        rows.sort_by_key(|(number, _)| *number);
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    }

    fn row(&self, iri: &str, content: &Content) -> Vec<String> {
        let status = Status::of(iri, content).unwrap_or(Status::Stable).name();
        let mut row = vec![code_of(iri).to_owned(), iri.to_owned(), status.to_owned()];
        row.extend(CODES.map(|(_, property)| codes(content, iri, property)));
        row.push(iris(content, iri, skos::EXACT_MATCH));
        row.extend(self.languages.cells(content, iri, &TEXTS));
        let function = content.iris(iri, skos::BROADER).find_map(|function| self.functions.get_key_value(function));
        let empty = Content::default();
        let (function, named) = function.map_or(("", &empty), |(function, named)| (function.as_str(), named));
        row.extend(self.of_functions.cells(named, function, &FUNCTION));
        row
    }
}
