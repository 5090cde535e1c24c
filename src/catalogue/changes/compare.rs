//! What became of one entry between two states of the list.

use super::{ChangeKind, EntryChange};
use crate::catalogue::Status;
use crate::rdf::{Content, Literal, NamedNode, NamedNodeRef, Term};
use crate::vocab::{adms, dct, skos};
use std::collections::{BTreeMap, BTreeSet};

/// The properties whose values are compared.
const TOLD: [NamedNodeRef<'static>; 6] =
    [skos::PREF_LABEL, skos::DEFINITION, skos::SCOPE_NOTE, skos::BROADER, adms::STATUS, dct::IS_REPLACED_BY];

/// An entry at one time.
pub(super) struct State<'a> {
    /// The entry's IRI.
    pub iri: &'a str,
    /// The version that it had.
    pub number: u64,
    /// Whether it was on the list.
    pub is_member: bool,
    /// What it said, or what of it is compared.
    pub content: Content,
}

/// The lines of a text that are compared. The lines of a text stand in order, so those of two can be held against each
/// other before anything is parsed: most entries of a release are as they were in the one before.
pub(super) fn told_lines(iri: &str, text: &str) -> String {
    let is_told = |line: &&str| {
        let property = line.strip_prefix('<').and_then(|line| line.strip_prefix(iri)?.strip_prefix("> <"));
        let is = |known: &NamedNodeRef<'_>| {
            property
                .and_then(|property| property.strip_prefix(known.as_str()))
                .is_some_and(|rest| rest.starts_with('>'))
        };
        TOLD.iter().any(is)
    };
    text.split_inclusive('\n').filter(is_told).collect()
}

/// What changed of an entry of a list; that what takes its place takes another's too is found later.
pub(super) fn changes(list: &str, before: Option<&State<'_>>, after: Option<&State<'_>>) -> Vec<EntryChange> {
    let mut changes: Vec<EntryChange> = membership(list, before, after).into_iter().collect();
    changes.extend(life(before, after));
    changes.extend(succession(before, after));
    if let (Some(before), Some(after)) = (before, after) {
        changes.extend(texts(ChangeKind::Renamed, skos::PREF_LABEL, before, after));
        // What is left of a record that is withdrawn has its names alone.
        if before.is_member && after.is_member {
            changes.extend(texts(ChangeKind::Redefined, skos::DEFINITION, before, after));
            changes.extend(texts(ChangeKind::Redefined, skos::SCOPE_NOTE, before, after));
            changes.extend(place(before, after));
        }
    }
    changes.sort_by_key(|change| change.kind);
    changes
}

/// Whether it came onto the list or went from it, otherwise than by a step in its life.
fn membership(list: &str, before: Option<&State<'_>>, after: Option<&State<'_>>) -> Option<EntryChange> {
    let is_member = |state: Option<&State<'_>>| state.is_some_and(|state| state.is_member);
    let list = || vec![NamedNode::new_unchecked(list).into()];
    match (is_member(before), is_member(after)) {
        (false, true) if status(before) != Status::Withdrawn => {
            Some(EntryChange::of(ChangeKind::Added, skos::IN_SCHEME, Vec::new(), list()))
        }
        (true, false) if status(after) != Status::Withdrawn => {
            Some(EntryChange::of(ChangeKind::Removed, skos::IN_SCHEME, list(), Vec::new()))
        }
        _ => None,
    }
}

/// The step in its life that it took; that something took its place is told by its successors.
fn life(before: Option<&State<'_>>, after: Option<&State<'_>>) -> Vec<EntryChange> {
    use Status::{Deprecated, Stable, Superseded, Withdrawn};
    let (was, is) = (status(before), status(after));
    let kinds: &[ChangeKind] = match (was, is) {
        (Deprecated | Superseded | Withdrawn, Stable) | (Withdrawn, Superseded) => &[ChangeKind::Reinstated],
        (Withdrawn, Deprecated) => &[ChangeKind::Reinstated, ChangeKind::Deprecated],
        (_, Deprecated) if was != is => &[ChangeKind::Deprecated],
        (_, Withdrawn) if was != is => &[ChangeKind::Withdrawn],
        _ => &[],
    };
    let codes = |state| values(state, adms::STATUS);
    let change = |kind: &ChangeKind| EntryChange::of(*kind, adms::STATUS, codes(before), codes(after));
    kinds.iter().map(change).collect()
}

/// Whether something else takes its place.
fn succession(before: Option<&State<'_>>, after: Option<&State<'_>>) -> Option<EntryChange> {
    let (from, to) = (successors(before), successors(after));
    let kind = if to.len() > 1 { ChangeKind::Split } else { ChangeKind::Superseded };
    (from != to && !to.is_empty()).then(|| EntryChange::of(kind, dct::IS_REPLACED_BY, from, to))
}

/// What takes the place of an entry.
pub(super) fn successors(state: Option<&State<'_>>) -> Vec<Term> {
    match status(state) {
        Status::Superseded | Status::Withdrawn => values(state, dct::IS_REPLACED_BY),
        _ => Vec::new(),
    }
}

/// Whether it stands under something else.
fn place(before: &State<'_>, after: &State<'_>) -> Option<EntryChange> {
    let (from, to) = (values(Some(before), skos::BROADER), values(Some(after), skos::BROADER));
    (from != to).then(|| EntryChange::of(ChangeKind::Moved, skos::BROADER, from, to))
}

/// What one property says otherwise in each language. A first text in a language is a translation of the others.
fn texts(kind: ChangeKind, property: NamedNodeRef<'static>, before: &State<'_>, after: &State<'_>) -> Vec<EntryChange> {
    let (was, is) = (by_language(before, property), by_language(after, property));
    let languages: BTreeSet<&Option<String>> = was.keys().chain(is.keys()).collect();
    let values = |texts: Option<&Vec<Literal>>| -> Vec<Term> {
        texts.into_iter().flatten().cloned().map(Term::Literal).collect()
    };
    let change = |language: &Option<String>| {
        let (from, to) = (was.get(language), is.get(language));
        let kind = if from.is_none() && !was.is_empty() { ChangeKind::Translated } else { kind };
        let change = EntryChange::of(kind, property, values(from), values(to));
        (from != to).then_some(EntryChange { language: language.clone(), ..change })
    };
    languages.into_iter().filter_map(change).collect()
}

/// The texts of a property by their language tags in lower case.
fn by_language(state: &State<'_>, property: NamedNodeRef<'static>) -> BTreeMap<Option<String>, Vec<Literal>> {
    let mut texts: BTreeMap<Option<String>, Vec<Literal>> = BTreeMap::new();
    for value in values(Some(state), property) {
        if let Term::Literal(text) = value {
            texts.entry(text.language().map(str::to_ascii_lowercase)).or_default().push(text);
        }
    }
    texts
}

/// What an entry's life had come to; one that was not there yet had nothing against it.
fn status(state: Option<&State<'_>>) -> Status {
    state.and_then(|state| Status::of(state.iri, &state.content).ok()).unwrap_or(Status::Stable)
}

fn values(state: Option<&State<'_>>, property: NamedNodeRef<'static>) -> Vec<Term> {
    let of =
        |state: &State<'_>| state.content.values(NamedNodeRef::new_unchecked(state.iri), property).cloned().collect();
    state.map_or_else(Vec::new, of)
}
