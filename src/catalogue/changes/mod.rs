//! What changed of the list between a release and a later one, or the list as it is now.
//!
//! Both states are read as they were frozen, so what is told between two releases is the same whenever it is asked
//! for. An entry that is not on the list at one of the two times is looked up as it was then, which tells whether it
//! was withdrawn.

mod compare;
mod describe;
mod kind;

pub use kind::ChangeKind;

use super::address::RecordName;
use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Content, NamedNodeRef, Term};
use crate::register::{Names, Release, Revision, Unreadable};
use crate::vocab::{adms, dct, skos};
use compare::{State, changes, successors, told_lines};
use std::collections::{BTreeMap, HashMap};

/// What changed of the list between a release and a later state of it.
#[derive(Clone, Debug)]
pub struct ListChanges {
    /// The IRI of the list.
    pub list: String,
    /// The release that it changed from.
    pub earlier: Release,
    /// The release that it changed to, and when that was made; nothing for the list as it is now.
    pub later: Option<(Release, Revision)>,
    /// The entries that changed, shorter IRIs first, which puts numbers in order.
    pub entries: Vec<ChangedEntry>,
}

/// An entry that changed.
#[derive(Clone, Debug)]
pub struct ChangedEntry {
    /// Its name.
    pub name: RecordName,
    /// What it was called in the later state, or in the earlier if it said nothing in the later.
    pub names: Option<Names>,
    /// The version that it had in the earlier state; nothing if it was not there yet.
    pub before: Option<u64>,
    /// The version that it had in the later state.
    pub after: Option<u64>,
    /// The IRIs of what takes its place in the later state.
    pub successors: Vec<String>,
    /// What changed, one or more, in the order of [`ChangeKind::ALL`].
    pub changes: Vec<EntryChange>,
}

/// One thing that changed of an entry: the values that a property lost and gained, in one language where they have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryChange {
    /// In which way it changed.
    pub kind: ChangeKind,
    /// The property that tells it.
    pub property: NamedNodeRef<'static>,
    /// The language tag of the values, in lower case; nothing for values without one.
    pub language: Option<String>,
    /// The values that went.
    pub from: Vec<Term>,
    /// The values that came.
    pub to: Vec<Term>,
}

/// What is compared of an entry that is on the list: its version and lines.
type Told = (u64, String);

impl Present<'_> {
    /// The releases of a list, the oldest first.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn releases_of(&self, list: &str) -> Result<Vec<Release>, CatalogueError> {
        let is_of_list = |release: &Release| release.record.rsplit_once('/').is_some_and(|(of, _)| of == list);
        Ok(self.snapshot.releases()?.into_iter().filter(is_of_list).collect())
    }

    /// What changed of a list between a release of it and a later one, or the list as it is now.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn list_changes(
        &self,
        list: &str,
        earlier: &Release,
        later: Option<&Release>,
    ) -> Result<ListChanges, CatalogueError> {
        let until = later.map_or_else(|| self.revision(), |release| release.revision);
        let mut entries = Vec::new();
        for (iri, [before, after]) in self.differing(list, earlier, later)? {
            let before = self.state(&iri, before, earlier.revision)?;
            let after = self.state(&iri, after, until)?;
            entries.extend(self.changed_entry(list, before.as_ref(), after.as_ref()));
        }
        entries.sort_by(|one, other| (one.name.iri.len(), &one.name.iri).cmp(&(other.name.iri.len(), &other.name.iri)));
        tell_mergers(&mut entries);
        let made = |release: &Release| Ok::<_, CatalogueError>(self.made(release)?.map(|at| (release.clone(), at)));
        let later = later.map(made).transpose()?.flatten();
        Ok(ListChanges { list: list.to_owned(), earlier: earlier.clone(), later, entries })
    }

    /// The entries that are not the same in both states, with what each state has of them.
    fn differing(
        &self,
        list: &str,
        earlier: &Release,
        later: Option<&Release>,
    ) -> Result<BTreeMap<String, [Option<Told>; 2]>, CatalogueError> {
        let mut entries: BTreeMap<String, [Option<Told>; 2]> = BTreeMap::new();
        self.snapshot.each_member(&earlier.name, |iri, number, text| {
            entries.insert(iri.to_owned(), [Some((number, told_lines(iri, text))), None]);
        })?;
        let compare = |iri: &str, number: u64, text: &str| {
            let told = told_lines(iri, text);
            match entries.remove(iri) {
                Some([Some((_, before)), _]) if before == told => {}
                found => {
                    let [before, _] = found.unwrap_or_default();
                    entries.insert(iri.to_owned(), [before, Some((number, told))]);
                }
            }
        };
        match later {
            Some(release) => self.snapshot.each_member(&release.name, compare)?,
            None => self.snapshot.each_pointing_at(list, skos::IN_SCHEME.as_str(), compare)?,
        }
        Ok(entries)
    }

    /// An entry in a state of the list, or as it was at that revision where it is not on the list.
    fn state<'i>(&self, iri: &'i str, told: Option<Told>, revision: u64) -> Result<Option<State<'i>>, CatalogueError> {
        let is_member = told.is_some();
        let found = match told {
            Some((number, lines)) => {
                let parsed = Content::parse(&lines);
                Some((number, parsed.map_err(|source| Unreadable::Content { record: iri.to_owned(), source })?))
            }
            None => self.snapshot.as_of(iri, revision)?,
        };
        Ok(found.map(|(number, content)| State { iri, number, is_member, content }))
    }

    /// An entry with what changed of it; nothing if it says the same otherwise.
    fn changed_entry(&self, list: &str, before: Option<&State<'_>>, after: Option<&State<'_>>) -> Option<ChangedEntry> {
        let changes = changes(list, before, after);
        let shown = after.or(before)?;
        let name = self.base.record_of(shown.iri)?;
        (!changes.is_empty()).then(|| ChangedEntry {
            name,
            names: Names::of(shown.iri, &shown.content),
            before: before.map(|state| state.number),
            after: after.map(|state| state.number),
            successors: successors(after).iter().filter_map(iri_of).map(str::to_owned).collect(),
            changes,
        })
    }

    /// The revision that made a release.
    fn made(&self, release: &Release) -> Result<Option<Revision>, CatalogueError> {
        let first = self.snapshot.versions(&release.record, 1..=1)?.into_iter().next();
        Ok(first.map(|entry| entry.revision))
    }
}

/// Finds the entries whose place the same other one takes: those that came to be replaced by it between the two
/// states. One that is split may be merged too.
fn tell_mergers(entries: &mut [ChangedEntry]) {
    let mut predecessors: HashMap<Term, usize> = HashMap::new();
    let replaced = |change: &&mut EntryChange| change.property == dct::IS_REPLACED_BY;
    for change in entries.iter_mut().flat_map(|entry| &mut entry.changes).filter(replaced) {
        for successor in change.to.iter().filter(|successor| !change.from.contains(successor)) {
            *predecessors.entry(successor.clone()).or_default() += 1;
        }
    }
    let takes_several = |successor: &Term| predecessors.get(successor).is_some_and(|count| *count > 1);
    for entry in entries {
        let Some(place) = entry
            .changes
            .iter()
            .position(|change| change.property == dct::IS_REPLACED_BY && change.to.iter().any(takes_several))
        else {
            continue;
        };
        if let Some(change) = entry.changes.get_mut(place) {
            let merged = EntryChange { kind: ChangeKind::Merged, ..change.clone() };
            if change.kind == ChangeKind::Superseded {
                *change = merged;
            } else {
                entry.changes.insert(place + 1, merged);
            }
        }
    }
}

impl ListChanges {
    /// The IRIs of what changes and successors point at besides statuses, for those who want their names.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|entry| {
            let told = entry.changes.iter().filter(|change| change.property != adms::STATUS);
            let values = told.flat_map(|change| change.from.iter().chain(&change.to)).filter_map(iri_of);
            values.chain(entry.successors.iter().map(String::as_str))
        })
    }
}

impl EntryChange {
    fn of(kind: ChangeKind, property: NamedNodeRef<'static>, from: Vec<Term>, to: Vec<Term>) -> Self {
        Self { kind, property, language: None, from, to }
    }
}

/// The IRI that a value is.
fn iri_of(value: &Term) -> Option<&str> {
    match value {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}
