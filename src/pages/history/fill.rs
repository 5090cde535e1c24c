//! From the history of a record to the values that its pages show.

use super::{ChangedFact, ComparisonPage, HistoryPage, PastVersion, VersionRow};
use crate::catalogue::{ChangedProperty, Comparison, Document, History, RecordName, Version};
use crate::pages::fact::Value;
use crate::pages::language::name_of_tag;
use crate::pages::lists::pagination;
use crate::pages::property;
use crate::pages::record::Surroundings;
use crate::pages::site::{Alternate, Link, Text};
use crate::rdf::{NamedNode, Term, Triple};
use crate::register::{Listed, VersionEntry};
use crate::vocab;
use std::collections::BTreeMap;

/// The values of the page that lists the versions of a record; `record` is the record as it is called now, and `names`
/// are those of agents and organisations.
pub fn history_page(
    history: &History,
    record: &Listed,
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> HistoryPage {
    let address = address(&history.name, view);
    let number = |page: u64| usize::try_from(page).unwrap_or(usize::MAX);
    // The newest page is the one of the address without a number.
    let (current, last) = (number(history.page), number(history.pages));
    let href = |page: usize| if page == last { address.clone() } else { format!("{address}?page={page}") };
    HistoryPage {
        canonical: Some(href(current)),
        record: view.link(record),
        versions: history.versions.iter().rev().map(|entry| version_row(entry, &history.name, names, view)).collect(),
        pagination: (last > 1).then(|| pagination(href, current, last)),
        alternates,
    }
}

/// What the page of a version says of it.
pub fn past_version(version: &Version, names: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> PastVersion {
    let page = |entry: &VersionEntry| version_page(&version.name, entry.number, view);
    PastVersion {
        version: version_row(&version.entry, &version.name, names, view),
        status: version.status(),
        last: version.ends.last.number,
        present: view.href(&version.name.iri),
        history: address(&version.name, view),
        previous: version.previous.as_ref().map(page),
        next: version.next.as_ref().map(page),
    }
}

/// The values of the page of what changed from one version to another; `from` and `to` are the documents of the two.
pub fn comparison_page(
    comparison: &Comparison,
    (from, to): (&Document, &Document),
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> ComparisonPage {
    let name = &comparison.to.name;
    let mut changed = comparison.properties();
    changed.sort_by_key(|change| {
        // The record before its parts; of each its names first.
        let is_name = vocab::NAMING.iter().any(|naming| naming.as_str() == change.property);
        let place = (!is_name, property::place(&change.property), change.property.clone());
        (change.subject != name.iri, change.subject.clone(), place)
    });
    let (title, _) = view.titles(to);
    let page = version_page(name, comparison.to.entry.number, view);
    ComparisonPage {
        canonical: Some(format!("{page}?changes-since={}", comparison.from.entry.number)),
        record: Link {
            href: view.href(&name.iri),
            label: title,
            notation: name.number().map(|number| number.to_string()),
        },
        history: address(name, view),
        from: version_row(&comparison.from.entry, name, names, view),
        to: version_row(&comparison.to.entry, name, names, view),
        changes: changed.iter().map(|change| fact(change, (from, to), view)).collect(),
        alternates,
    }
}

fn fact(change: &ChangedProperty, (from, to): (&Document, &Document), view: &Surroundings<'_>) -> ChangedFact {
    let values = |document: &Document, objects: &[Term]| -> Vec<Value> {
        let subject = NamedNode::new_unchecked(&change.subject);
        let property = NamedNode::new_unchecked(&change.property);
        let triple = |object: &Term| Triple::new(subject.clone(), property.clone(), object.clone());
        objects.iter().map(|object| view.value(document, &triple(object), 1)).collect()
    };
    ChangedFact {
        part: (change.subject != to.name.iri).then(|| change.subject.clone()),
        property: property::name(&change.property, view.language),
        property_href: view.href(&change.property),
        language: change.language.as_deref().map(name_of_tag),
        before: values(from, &change.from),
        after: values(to, &change.to),
    }
}

/// Where the versions of a record are listed.
fn address(name: &RecordName, view: &Surroundings<'_>) -> String {
    format!("{}/versions", view.href(&name.iri))
}

fn version_page(name: &RecordName, number: u64, view: &Surroundings<'_>) -> String {
    format!("{}/v/{number}", view.href(&name.iri))
}

/// A version as tables show it; `names` are those of agents and organisations.
pub(in crate::pages) fn version_row(
    entry: &VersionEntry,
    name: &RecordName,
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> VersionRow {
    let unnamed = |iri: &str| Listed { record: iri.to_owned(), part: String::new(), names: None };
    let link = |iri: &str| view.link(&names.get(iri).cloned().unwrap_or_else(|| unnamed(iri)));
    let has_an_iri = NamedNode::new(&entry.agent).is_ok();
    let href = version_page(name, entry.number, view);
    VersionRow {
        number: entry.number,
        made: entry.revision.timestamp.clone(),
        agent: if has_an_iri { Value::Link(link(&entry.agent)) } else { Value::Text(Text::plain(&entry.agent)) },
        organisation: entry.organisation.as_deref().map(link),
        activity: entry.activity.clone(),
        reason: entry.reason.clone(),
        comparison: (entry.number > 1).then(|| format!("{href}?changes-since={}", entry.number - 1)),
        href,
    }
}
