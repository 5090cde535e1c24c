//! Lists of entries, in the orders in which people look for them.

use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Preference, best_literal};
use crate::register::{Listed, Release};
use crate::vocab::skos;
use std::collections::{BTreeMap, BTreeSet};

/// What the front page says of the whole.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Entries of the list.
    pub service_types: u64,
    /// Functions.
    pub functions: u64,
    /// Every list there is, by its IRI.
    pub lists: Vec<Listed>,
    /// The frozen releases.
    pub releases: Vec<Release>,
}

/// Entries under one heading.
#[derive(Clone, Debug)]
pub struct Group {
    /// The record whose name is the heading; none for entries that stand under no record.
    pub heading: Option<Listed>,
    /// 0 for a heading of the top level, 1 for one below it.
    pub depth: u8,
    /// The entries, by name.
    pub entries: Vec<Listed>,
}

impl Present<'_> {
    /// Counts and lists for the front page.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn overview(&self) -> Result<Overview, CatalogueError> {
        Ok(Overview {
            service_types: self.snapshot.count("service-type")?,
            functions: self.snapshot.count("function")?,
            lists: self.snapshot.of_kind("list")?,
            releases: self.snapshot.releases()?,
        })
    }

    /// The entries of a list by name, as the reader spells it; those of a release as it froze them.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn entries(&self, list: &str, reader: &Preference) -> Result<Vec<Listed>, CatalogueError> {
        let entries = match self.members(list)? {
            Some(members) => members.into_iter().map(|member| member.listed).collect(),
            None => self.snapshot.pointing_at(list, skos::IN_SCHEME.as_str(), usize::MAX)?,
        };
        Ok(by_name(entries, reader))
    }

    /// The records of a kind, by IRI; nothing where there are more than `most`.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn few_of_kind(&self, kind: &str, most: u64) -> Result<Option<Vec<Listed>>, CatalogueError> {
        let are_few = self.snapshot.count(kind)? <= most;
        Ok(if are_few { Some(self.snapshot.of_kind(kind)?) } else { None })
    }

    /// The topmost entries of a list by name.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn top_entries(&self, list: &str, reader: &Preference) -> Result<Vec<Listed>, CatalogueError> {
        Ok(by_name(self.snapshot.pointing_at(list, skos::TOP_CONCEPT_OF.as_str(), usize::MAX)?, reader))
    }

    /// The entries of a list under the records they are narrower than, those without one last.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn entries_by_broader(&self, list: &str, reader: &Preference) -> Result<Vec<Group>, CatalogueError> {
        let broader_of = self.broader_of(list)?;
        let mut under: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
        let mut without = Vec::new();
        for entry in self.entries(list, reader)? {
            match broader_of.get(&entry.record) {
                Some(headings) => {
                    for heading in headings {
                        under.entry(heading.clone()).or_default().push(entry.clone());
                    }
                }
                None => without.push(entry),
            }
        }
        let mut groups = Vec::new();
        for (heading, depth) in self.in_tree_order(under.keys().cloned().collect(), reader)? {
            let entries = under.remove(&heading.record).unwrap_or_default();
            groups.push(Group { heading: Some(heading), depth, entries });
        }
        if !without.is_empty() {
            groups.push(Group { heading: None, depth: 0, entries: without });
        }
        Ok(groups)
    }

    /// The service types under a function, or under one below it.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn under(&self, function: &str) -> Result<BTreeSet<String>, CatalogueError> {
        let (mut types, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![function.to_owned()];
        while let Some(iri) = open.pop() {
            if !seen.insert(iri.clone()) {
                continue;
            }
            for below in self.snapshot.subjects(&iri, skos::BROADER.as_str())? {
                let is_type = self.base.record_of(&below).is_some_and(|name| name.number().is_some());
                if is_type {
                    types.insert(below);
                } else {
                    open.push(below);
                }
            }
        }
        Ok(types)
    }

    /// For each entry of a list that stands under records: their IRIs.
    fn broader_of(&self, list: &str) -> Result<BTreeMap<String, Vec<String>>, CatalogueError> {
        if let Some(members) = self.members(list)? {
            let placed = members.into_iter().filter(|member| !member.broader.is_empty());
            return Ok(placed.map(|member| (member.listed.record, member.broader)).collect());
        }
        let mut broader_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (entry, broader) in self.snapshot.pairs(list, skos::IN_SCHEME.as_str(), skos::BROADER.as_str())? {
            broader_of.entry(entry).or_default().push(broader);
        }
        Ok(broader_of)
    }

    /// Records and the records above them, each after the one above it, siblings by name.
    fn in_tree_order(
        &self,
        mut open: BTreeSet<String>,
        reader: &Preference,
    ) -> Result<Vec<(Listed, u8)>, CatalogueError> {
        let mut found: BTreeMap<String, (Listed, Option<String>)> = BTreeMap::new();
        while let Some(iri) = open.pop_first() {
            let above = self.snapshot.object(&iri, skos::BROADER.as_str())?;
            open.extend(above.iter().filter(|above| !found.contains_key(*above)).cloned());
            // What an entry stands under may be no record of ours; its IRI is the heading then.
            let unnamed = || Listed { record: iri.clone(), part: String::new(), names: None };
            let listed = self.snapshot.named(&iri)?.unwrap_or_else(unnamed);
            found.insert(iri, (listed, above));
        }
        // The path of names from the top sorts a tree into reading order; a cycle ends the path.
        let mut placed: Vec<(Vec<(String, String)>, Listed)> = found
            .values()
            .map(|(listed, _)| {
                let mut path = Vec::new();
                let mut next = Some(&listed.record);
                while let Some((listed, above)) = next.and_then(|iri| found.get(iri)) {
                    if path.len() > found.len() {
                        break;
                    }
                    path.push((sort_key(listed, reader), listed.record.clone()));
                    next = above.as_ref();
                }
                path.reverse();
                (path, listed.clone())
            })
            .collect();
        placed.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(placed
            .into_iter()
            .map(|(path, listed)| (listed, u8::try_from(path.len().saturating_sub(1)).unwrap_or(u8::MAX)))
            .collect())
    }
}

fn by_name(mut entries: Vec<Listed>, reader: &Preference) -> Vec<Listed> {
    entries.sort_by_cached_key(|entry| sort_key(entry, reader));
    entries
}

/// Orders names as an index does: without regard to case.
fn sort_key(listed: &Listed, reader: &Preference) -> String {
    let names = listed.names.iter().flat_map(|names| &names.values);
    best_literal(names, reader).map(|name| name.value().to_lowercase()).unwrap_or_default()
}
