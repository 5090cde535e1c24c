//! From what changed of the list to the values that its page shows.

use super::{ChangeRow, ChangeSection, ListChangesPage, has_values};
use crate::catalogue::{ChangeKind, ChangedEntry, EntryChange, ListChanges};
use crate::pages::fact::Value;
use crate::pages::language::name_of_tag;
use crate::pages::lists::release_title;
use crate::pages::property;
use crate::pages::record::Surroundings;
use crate::pages::site::{Alternate, Link, Text};
use crate::rdf::Term;
use crate::register::{Listed, Release};
use std::collections::{BTreeMap, BTreeSet};

/// The link from a list or a release of it to what changed since an earlier release.
pub fn way_to_changes(iri: &str, earlier: &Release, view: &Surroundings<'_>) -> Link {
    let words = &view.language.words().list_changes;
    Link {
        href: format!("{}?changes-since={}", view.href(iri), earlier.name),
        label: view.language.text((words.since)(&earlier.name)),
        notation: None,
    }
}

/// The values of the page; `list` is the list as it is called now, and `others` are the names of what changes point at.
pub fn list_changes_page(
    changes: &ListChanges,
    list: &Listed,
    others: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> ListChangesPage {
    let release = |release: &Release| Link {
        href: view.href(&release.record),
        label: release_title(view.language, &release.name),
        notation: None,
    };
    let present = || Link {
        href: view.href(&changes.list),
        label: view.language.text(view.language.words().list_changes.list_as_it_is),
        notation: None,
    };
    ListChangesPage {
        canonical: Some(format!("{}?changes-since={}", view.href(changes.until()), changes.earlier.name)),
        list: view.link(list),
        earlier: release(&changes.earlier),
        later: changes.later.as_ref().map_or_else(present, |(later, _)| release(later)),
        sections: ChangeKind::ALL.into_iter().filter_map(|kind| section(kind, changes, others, view)).collect(),
        alternates,
    }
}

/// The changes of a kind; nothing if there are none.
fn section(
    kind: ChangeKind,
    changes: &ListChanges,
    others: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> Option<ChangeSection> {
    let mut found: Vec<(&ChangedEntry, &EntryChange)> = Vec::new();
    for entry in &changes.entries {
        found.extend(entry.changes.iter().filter(|change| change.kind == kind).map(|change| (entry, change)));
    }
    if kind == ChangeKind::Merged {
        // Those that were merged into the same one stand together.
        found.sort_by_key(|(entry, _)| &entry.successors);
    }
    let entries: BTreeSet<&str> = found.iter().map(|(entry, _)| entry.name.iri.as_str()).collect();
    (!found.is_empty()).then(|| ChangeSection {
        kind,
        count: entries.len(),
        rows: found.iter().map(|(entry, change)| row(entry, change, others, view)).collect(),
    })
}

fn row(
    entry: &ChangedEntry,
    change: &EntryChange,
    others: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
) -> ChangeRow {
    let listed = Listed { record: entry.name.iri.clone(), part: String::new(), names: entry.names.clone() };
    let has_values = has_values(change.kind);
    let values = |values: &[Term]| -> Vec<Value> {
        let shown = values.iter().filter(|_| has_values);
        shown.map(|value| self::value(value, others, view)).collect()
    };
    let is_told_by_kind = matches!(change.kind, ChangeKind::Renamed | ChangeKind::Moved);
    let is_replaced = matches!(
        change.kind,
        ChangeKind::Deprecated
            | ChangeKind::Superseded
            | ChangeKind::Split
            | ChangeKind::Merged
            | ChangeKind::Withdrawn
            | ChangeKind::Removed
    );
    let successors = entry.successors.iter().filter(|_| is_replaced);
    ChangeRow {
        entry: view.link(&listed),
        property: (has_values && !is_told_by_kind).then(|| property::name(change.property.as_str(), view.language)),
        language: change.language.as_deref().map(name_of_tag),
        before: values(&change.from),
        after: values(&change.to),
        successors: successors.map(|iri| link(iri, others, view)).collect(),
        more: more(entry, view),
    }
}

/// Where more is told of an entry: what else changed of it, or its first version where it is new.
fn more(entry: &ChangedEntry, view: &Surroundings<'_>) -> Option<String> {
    let version = |number: u64| format!("{}/v/{number}", view.href(&entry.name.iri));
    match (entry.before, entry.after) {
        (Some(before), Some(after)) if before < after => Some(format!("{}?changes-since={before}", version(after))),
        (_, after) => after.map(version),
    }
}

fn value(value: &Term, others: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> Value {
    match value {
        Term::NamedNode(node) => Value::Link(link(node.as_str(), others, view)),
        Term::Literal(literal) => {
            Value::Text(Text { value: literal.value().to_owned(), language: literal.language().map(str::to_owned) })
        }
        Term::BlankNode(node) => Value::Text(Text::plain(node.to_string())),
    }
}

fn link(iri: &str, others: &BTreeMap<String, Listed>, view: &Surroundings<'_>) -> Link {
    let unnamed = || Listed { record: iri.to_owned(), part: String::new(), names: None };
    view.link(&others.get(iri).cloned().unwrap_or_else(unnamed))
}
