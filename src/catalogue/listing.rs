//! Lists of entries, in the orders in which people look for them.

use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Literal, NamedNodeRef, Preference, best_literal};
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

    /// The entries of a list by name, as the reader spells it.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn entries(&self, list: &str, reader: &Preference) -> Result<Vec<Listed>, CatalogueError> {
        self.by_name(list, skos::IN_SCHEME, reader)
    }

    /// The topmost entries of a list by name.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn top_entries(&self, list: &str, reader: &Preference) -> Result<Vec<Listed>, CatalogueError> {
        self.by_name(list, skos::TOP_CONCEPT_OF, reader)
    }

    fn by_name(
        &self,
        list: &str,
        property: NamedNodeRef<'_>,
        reader: &Preference,
    ) -> Result<Vec<Listed>, CatalogueError> {
        let mut entries = self.snapshot.pointing_at(list, property.as_str(), usize::MAX)?;
        entries.sort_by_cached_key(|entry| sort_key(&entry.labels, reader));
        Ok(entries)
    }

    /// The entries of a list under the records they are narrower than, those without one last.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn entries_by_broader(&self, list: &str, reader: &Preference) -> Result<Vec<Group>, CatalogueError> {
        let entries = self.entries(list, reader)?;
        let mut broader_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (entry, broader) in self.snapshot.pairs(list, skos::IN_SCHEME.as_str(), skos::BROADER.as_str())? {
            broader_of.entry(entry).or_default().push(broader);
        }
        let mut under: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
        let mut without = Vec::new();
        for entry in entries {
            match broader_of.get(&entry.iri) {
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
            let entries = under.remove(&heading.iri).unwrap_or_default();
            groups.push(Group { heading: Some(heading), depth, entries });
        }
        if !without.is_empty() {
            groups.push(Group { heading: None, depth: 0, entries: without });
        }
        Ok(groups)
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
            let listed = Listed { labels: self.snapshot.labels(&iri)?, iri: iri.clone() };
            found.insert(iri, (listed, above));
        }
        // The path of names from the top sorts a tree into reading order; a cycle ends the path.
        let mut placed: Vec<(Vec<(String, String)>, Listed)> = found
            .values()
            .map(|(listed, _)| {
                let mut path = Vec::new();
                let mut next = Some(&listed.iri);
                while let Some((listed, above)) = next.and_then(|iri| found.get(iri)) {
                    if path.len() > found.len() {
                        break;
                    }
                    path.push((sort_key(&listed.labels, reader), listed.iri.clone()));
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

/// Orders names as an index does: without regard to case.
fn sort_key(labels: &[Literal], reader: &Preference) -> String {
    best_literal(labels, reader).map(|label| label.value().to_lowercase()).unwrap_or_default()
}
