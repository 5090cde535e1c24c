//! The document of a record: what it says, what it points at, what points at it.

use super::address::RecordName;
use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{NamedNode, Term, Triple};
use crate::register::{Listed, RecordVersion};
use crate::vocab::skos;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// What is shown of one record at one revision of the register.
#[derive(Clone, Debug)]
pub struct Document {
    /// The record's name.
    pub name: RecordName,
    /// Its present version.
    pub version: RecordVersion,
    /// Every record that it points at, by IRI.
    pub pointed_at: BTreeMap<String, Listed>,
    /// What points at it.
    pub incoming: Vec<Incoming>,
    /// The revision that all of this was read at.
    pub revision: u64,
    /// When what is shown here last changed, to the second.
    pub moment: SystemTime,
}

/// The records that point at this one by one property.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The property's IRI.
    pub property: String,
    /// How many there are.
    pub total: u64,
    /// The first of them, at most 2,000.
    pub from: Vec<Listed>,
}

/// How many records that point here a document names for each property. The list with its 1,519
/// entries fits; what a whole country's offers point at does not, and is SPARQL's to answer.
const INCOMING_LIMIT: usize = 2_000;

impl Present<'_> {
    /// The document of a record, or nothing if there is no such record.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn document(&self, iri: &str) -> Result<Option<Document>, CatalogueError> {
        let Some(name) = self.base.record_of(iri).filter(|name| name.iri == iri) else {
            return Ok(None);
        };
        let Some(version) = self.snapshot.record(iri)? else {
            return Ok(None);
        };
        let pointed_at = self.pointed_at(&version)?;
        let incoming = self.incoming(iri)?;
        let moment = version.touched;
        Ok(Some(Document { name, version, pointed_at, incoming, revision: self.revision(), moment }))
    }

    /// The documents of all records of a kind of which there are few.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn documents(&self, kind: &str) -> Result<Vec<Document>, CatalogueError> {
        let records = self.snapshot.of_kind(kind)?;
        let documents = records.iter().map(|listed| self.document(&listed.record));
        documents.filter_map(Result::transpose).collect()
    }

    /// The records that a version points at.
    fn pointed_at(&self, version: &RecordVersion) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        let listed = self.snapshot.pointed_at(&version.iri)?;
        let others = listed.into_iter().filter(|listed| listed.record != version.iri);
        let mut found: BTreeMap<_, _> = others.map(|listed| (listed.record.clone(), listed)).collect();
        // A link to a part of another record shows that record's name.
        for triple in version.content.iter() {
            let Term::NamedNode(object) = &triple.object else { continue };
            let is_part = object.as_str().contains('#') && !object.as_str().starts_with(&version.iri);
            if is_part
                && let Some(name) = self.base.record_of(object.as_str())
                && !found.contains_key(&name.iri)
                && let Some(listed) = self.snapshot.named(&name.iri)?
            {
                found.insert(name.iri, listed);
            }
        }
        Ok(found)
    }

    /// What points at a record; what a release says of its members stands as it was frozen.
    fn incoming(&self, iri: &str) -> Result<Vec<Incoming>, CatalogueError> {
        let mut incoming = Vec::new();
        for (property, total) in self.snapshot.incoming(iri)? {
            let frozen = if property == skos::IN_SCHEME.as_str() { self.members(iri)? } else { None };
            let from = match frozen {
                Some(members) => members.into_iter().take(INCOMING_LIMIT).map(|member| member.listed).collect(),
                None => self.snapshot.pointing_at(iri, &property, INCOMING_LIMIT)?,
            };
            incoming.push(Incoming { property, total, from });
        }
        Ok(incoming)
    }
}

impl Document {
    /// The document as triples: the record's own, the names of what it points at, and what
    /// points at it with its names.
    pub fn triples(&self) -> Vec<Triple> {
        let about = NamedNode::new_unchecked(&self.name.iri);
        let incoming = self.incoming.iter().flat_map(|incoming| {
            let property = NamedNode::new_unchecked(&incoming.property);
            let about = &about;
            incoming.from.iter().flat_map(move |from| {
                let link = Triple::new(NamedNode::new_unchecked(from.iri()), property.clone(), about.clone());
                std::iter::once(link).chain(name_triples(from))
            })
        });
        self.outgoing().chain(incoming).collect()
    }

    /// The record's own triples, and the names of what it points at.
    pub fn outgoing(&self) -> impl Iterator<Item = Triple> {
        self.version.content.iter().cloned().chain(self.pointed_at.values().flat_map(name_triples))
    }
}

fn name_triples(listed: &Listed) -> impl Iterator<Item = Triple> {
    listed.names.iter().flat_map(|names| names.triples(&listed.record))
}
