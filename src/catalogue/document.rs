//! The document of a record: what it says, what it points at, what points at it.

use super::address::RecordName;
use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Literal, NamedNode, Term, Triple};
use crate::register::{Listed, RecordVersion, Snapshot};
use crate::vocab::skos;
use std::collections::BTreeMap;

/// What is shown of one record at one revision of the register.
#[derive(Clone, Debug)]
pub struct Document {
    /// The record's name.
    pub name: RecordName,
    /// Its present version.
    pub version: RecordVersion,
    /// The names of every record that it points at.
    pub labels: BTreeMap<String, Vec<Literal>>,
    /// What points at it.
    pub incoming: Vec<Incoming>,
    /// The revision that all of this was read at.
    pub revision: u64,
}

/// The records that point at this one by one property.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The property's IRI.
    pub property: String,
    /// How many there are.
    pub total: u64,
    /// The first of them, at most [`INCOMING_LIMIT`].
    pub from: Vec<Listed>,
}

/// How many records that point here a document names for each property. The list with its 1,519
/// entries fits; what a whole country's offers point at does not, and is SPARQL's to answer.
pub const INCOMING_LIMIT: usize = 2_000;

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
        let labels = self.labels(&version)?;
        let incoming = incoming(&self.snapshot, iri)?;
        Ok(Some(Document { name, version, labels, incoming, revision: self.revision() }))
    }

    /// The names of the records that a version points at.
    fn labels(&self, version: &RecordVersion) -> Result<BTreeMap<String, Vec<Literal>>, CatalogueError> {
        let mut labels = BTreeMap::new();
        for triple in version.content.iter() {
            let Term::NamedNode(object) = &triple.object else { continue };
            let Some(name) = self.base.record_of(object.as_str()) else { continue };
            if name.iri != version.iri && !labels.contains_key(&name.iri) {
                let found = self.snapshot.labels(&name.iri)?;
                labels.insert(name.iri, found);
            }
        }
        Ok(labels)
    }
}

fn incoming(snapshot: &Snapshot<'_>, iri: &str) -> Result<Vec<Incoming>, CatalogueError> {
    snapshot
        .incoming(iri)?
        .into_iter()
        .map(|(property, total)| {
            let from = snapshot.pointing_at(iri, &property, INCOMING_LIMIT)?;
            Ok(Incoming { property, total, from })
        })
        .collect()
}

impl Document {
    /// The document as triples: the record's own, the names of what it points at, and what
    /// points at it with its names.
    pub fn triples(&self) -> Vec<Triple> {
        let own = self.version.content.iter().cloned();
        let named = self.labels.iter().flat_map(|(iri, labels)| label_triples(iri, labels));
        let incoming = self.incoming.iter().flat_map(|incoming| {
            incoming.from.iter().flat_map(|from| {
                let link = Triple::new(
                    NamedNode::new_unchecked(&from.iri),
                    NamedNode::new_unchecked(&incoming.property),
                    NamedNode::new_unchecked(&self.name.iri),
                );
                std::iter::once(link).chain(label_triples(&from.iri, &from.labels))
            })
        });
        own.chain(named).chain(incoming).collect()
    }

    /// Whether more records point here than the document names.
    pub fn is_cut(&self) -> bool {
        self.incoming.iter().any(|incoming| incoming.total > incoming.from.len() as u64)
    }
}

fn label_triples(iri: &str, labels: &[Literal]) -> impl Iterator<Item = Triple> {
    labels.iter().map(move |label| Triple::new(NamedNode::new_unchecked(iri), skos::PREF_LABEL, label.clone()))
}
