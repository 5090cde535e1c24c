//! The second list: a row for each assessment and channel.

use crate::catalogue::{Assessment, Base, CatalogueError, Filter, Present, SecondListEntry};
use crate::rdf::{Content, NamedNodeRef, Preference, best_literal};
use crate::register::Listed;
use crate::vocab::{prov, skos};
use std::collections::BTreeMap;

/// The columns: codes stand beside what they are called.
const COLUMNS: [&str; 20] = [
    "number",
    "name",
    "channel_code",
    "channel",
    "degree_code",
    "degree",
    "handling_codes",
    "handling",
    "reason_codes",
    "reasons",
    "phase",
    "phase_name",
    "confidence_code",
    "rule_code",
    "rule",
    "argument",
    "assessor_code",
    "assessor",
    "date",
    "iri",
];

/// The rows of the judgements that a filter left, the names of the columns first. Where no channel was asked for, those of a judgement's channels that
/// the filter leaves too follow its whole.
///
/// # Errors
/// See [`CatalogueError`].
pub fn suitability_rows(
    present: &Present<'_>,
    base: &Base,
    found: &[SecondListEntry],
    filter: &Filter,
    reader: &Preference,
) -> Result<Vec<Vec<String>>, CatalogueError> {
    let mut names = present.names_in(found.iter().map(|found| &found.judgement))?;
    names.extend(present.names(filter.channel.as_deref())?);
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for SecondListEntry { judgement, shown } in found {
        let words = Words { names: &names, base, reader, content: present.content(&judgement.record)? };
        let row = |assessment, channel| words.row((&judgement.service_type, &judgement.assessor), assessment, channel);
        if let Some(channel) = filter.channel.as_deref() {
            rows.push(row(shown, Some(channel)));
        } else {
            let left = judgement.assessments().filter(|each| filter.leaves(each));
            rows.extend(left.map(|each| row(each, each.channel.as_deref())));
        }
    }
    Ok(rows)
}

/// What codes are called, and what an assessment says in words.
struct Words<'a> {
    names: &'a BTreeMap<String, Listed>,
    base: &'a Base,
    reader: &'a Preference,
    content: Content,
}

impl Words<'_> {
    fn row(&self, (service_type, assessor): (&str, &str), of: &Assessment, channel: Option<&str>) -> Vec<String> {
        let all = |iris: &[String], tell: &dyn Fn(&str) -> String, between| {
            iris.iter().map(|iri| tell(iri)).collect::<Vec<_>>().join(between)
        };
        let code = |iri: &str| self.code(iri);
        let name = |iri: &str| self.name(iri);
        let one = |iri: Option<&str>, tell: &dyn Fn(&str) -> String| iri.map(tell).unwrap_or_default();
        let (phase, rule) = (of.phase.as_deref(), of.rule.as_deref());
        vec![
            code(service_type),
            name(service_type),
            one(channel, &code),
            one(channel, &name),
            code(&of.degree),
            name(&of.degree),
            all(&of.handling, &code, " "),
            all(&of.handling, &name, "; "),
            all(&of.reasons, &code, " "),
            all(&of.reasons, &name, "; "),
            one(phase, &code),
            one(phase, &name),
            one(of.confidence.as_deref(), &code),
            one(rule, &code),
            one(rule, &name),
            self.literal(&of.iri, skos::NOTE),
            code(assessor),
            name(assessor),
            self.literal(&of.iri, prov::GENERATED_AT_TIME).chars().take(10).collect(),
            of.iri.clone(),
        ]
    }

    /// The last part of an IRI of ours; another's IRI.
    fn code(&self, iri: &str) -> String {
        self.base.record_of(iri).map_or_else(|| iri.to_owned(), |name| name.reference)
    }

    /// What a record is called; nothing where it has no name.
    fn name(&self, iri: &str) -> String {
        let names = self.names.get(iri).and_then(|listed| listed.names.as_ref());
        names
            .and_then(|names| best_literal(&names.values, self.reader))
            .map_or_else(String::new, |name| name.value().to_owned())
    }

    /// The value of a property that serves the reader best.
    fn literal(&self, iri: &str, property: NamedNodeRef<'static>) -> String {
        let values = self.content.literals(iri, property);
        best_literal(values, self.reader).map_or_else(String::new, |literal| literal.value().to_owned())
    }
}
