//! The feed of the catalogue: every version of every record once, in the order of commit, with what it did.
//!
//! Event stream, OAI-PMH and Atom are made from it. Nothing is kept for them: an entry has its position for good, so
//! a range of positions is a page that never changes once it is full.

use super::address::{Base, RecordName};
use super::open::CatalogueError;
use super::present::Present;
use super::provenance::{activity_iri, version_iri};
use super::writer::Status;
use crate::rdf::{Content, Literal, NamedNode};
use crate::register::{Followed, Names, Revision, Unreadable, VersionEntry};
use std::ops::RangeInclusive;
use std::time::SystemTime;

/// What an entry of the feed did to its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedChange {
    /// It is there from now on.
    Create,
    /// It says something else, or is there again.
    Update,
    /// It is withdrawn.
    Delete,
}

/// An entry of the feed: one version of one record.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// Its place in the feed, from 1.
    pub position: u64,
    /// The record's name.
    pub name: RecordName,
    /// The number of the version, who made it, when and why.
    pub version: VersionEntry,
    /// What it did to the record.
    pub change: FeedChange,
    /// What the version says.
    pub content: Content,
}

impl FeedEntry {
    /// The IRI of the version.
    pub fn version_iri(&self, base: &Base) -> NamedNode {
        version_iri(base, &self.name, self.version.number)
    }

    /// The IRI of the activity that made the version.
    pub fn activity_iri(&self, base: &Base) -> NamedNode {
        activity_iri(&self.version_iri(base))
    }

    /// What the version calls its record, in every language.
    pub fn names(&self) -> Vec<Literal> {
        Names::of(&self.name.iri, &self.content).map_or_else(Vec::new, |names| names.values)
    }
}

impl Present<'_> {
    /// The last position of the feed; 0 before the first.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn feed_end(&self) -> Result<u64, CatalogueError> {
        Ok(self.snapshot.feed_end()?.map_or(0, |(position, _)| position))
    }

    /// The link of the feed at a position, which no other feed has there; nothing where it does not reach so far.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn feed_link(&self, position: u64) -> Result<Option<[u8; 32]>, CatalogueError> {
        Ok(self.snapshot.feed_link(position)?)
    }

    /// The entries of the feed at these positions, in their order.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn feed(&self, positions: RangeInclusive<u64>) -> Result<Vec<FeedEntry>, CatalogueError> {
        self.snapshot.feed(positions)?.into_iter().map(|followed| self.fed(followed)).collect()
    }

    /// The entries of the present versions after a position, at most `limit` of them, in the order of the feed: each
    /// record once, withdrawn ones too.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn present_after(&self, position: u64, limit: usize) -> Result<Vec<FeedEntry>, CatalogueError> {
        self.snapshot.present_after(position, limit)?.into_iter().map(|followed| self.fed(followed)).collect()
    }

    /// The entry of the present version of a record; nothing if there is no such record.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn present_entry(&self, iri: &str) -> Result<Option<FeedEntry>, CatalogueError> {
        self.snapshot.followed(iri)?.map(|followed| self.fed(followed)).transpose()
    }

    /// When an entry of the feed was committed; nothing where the feed does not reach so far.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn committed(&self, position: u64) -> Result<Option<Revision>, CatalogueError> {
        Ok(self.snapshot.committed(position)?)
    }

    /// The first position of the feed that was committed in the second of a moment or later, or the one after the last.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn first_position_from(&self, moment: SystemTime) -> Result<u64, CatalogueError> {
        Ok(self.snapshot.first_position_from(moment)?)
    }

    pub(super) fn fed(&self, followed: Followed) -> Result<FeedEntry, CatalogueError> {
        let Followed { position, record, version, content: text } = followed;
        let unreadable = |source| Unreadable::Content { record: record.clone(), source };
        let content = Content::parse(&text).map_err(unreadable)?;
        let change = match version.number {
            _ if Status::of(&record, &content) == Ok(Status::Withdrawn) => FeedChange::Delete,
            1 => FeedChange::Create,
            _ => FeedChange::Update,
        };
        let name = self.base.record_of(&record).ok_or_else(|| CatalogueError::Unnamed(record))?;
        Ok(FeedEntry { position, name, version, change, content })
    }
}
