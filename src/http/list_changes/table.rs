//! What changed of the list as CSV: a row for each change.

use crate::catalogue::{ChangedEntry, EntryChange, ListChanges, code_of};
use crate::dump::write_table;
use crate::pages::record::Surroundings;
use crate::rdf::Term;
use crate::vocab::PREFIXES;
use std::io;

const COLUMNS: [&str; 11] = [
    "number",
    "name",
    "change",
    "property",
    "language",
    "from",
    "to",
    "successors",
    "earlier_version",
    "later_version",
    "iri",
];

/// The rows of the changes, those of one entry together. Nothing in them depends on what came later.
///
/// # Errors
/// None that writing to memory gives.
pub(super) fn table(changes: &ListChanges, view: &Surroundings<'_>) -> io::Result<Vec<u8>> {
    let rows = changes.entries.iter().flat_map(|entry| entry.changes.iter().map(|change| row(entry, change, view)));
    let rows: Vec<Vec<String>> = std::iter::once(COLUMNS.map(str::to_owned).to_vec()).chain(rows).collect();
    write_table(&rows)
}

fn row(entry: &ChangedEntry, change: &EntryChange, view: &Surroundings<'_>) -> Vec<String> {
    let names = entry.names.as_ref().map_or(&[][..], |names| &names.values);
    let successors: Vec<&str> = entry.successors.iter().map(|iri| code(iri, view)).collect();
    let version = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    vec![
        entry.name.reference.clone(),
        view.best(names).map_or_else(String::new, |name| name.value),
        change.kind.name().to_owned(),
        prefixed(change.property.as_str()),
        change.language.clone().unwrap_or_default(),
        values(&change.from, view),
        values(&change.to, view),
        successors.join(" "),
        version(entry.before),
        version(entry.after),
        entry.name.iri.clone(),
    ]
}

/// Values in one cell: texts as they are, what is ours by its number or code, codes of other lists by their last part.
fn values(values: &[Term], view: &Surroundings<'_>) -> String {
    let text = |value: &Term| match value {
        Term::NamedNode(node) => code(node.as_str(), view).to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    };
    values.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn code<'i>(iri: &'i str, view: &Surroundings<'_>) -> &'i str {
    let is_known = view.base.record_of(iri).is_some() || iri.contains("/authority/");
    if is_known { code_of(iri) } else { iri }
}

/// A property as it is written with a prefix.
fn prefixed(iri: &str) -> String {
    let of = |(prefix, namespace): &(&str, &str)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?));
    PREFIXES.iter().find_map(of).unwrap_or_else(|| iri.to_owned())
}
