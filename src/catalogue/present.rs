//! The catalogue at one revision.

use super::address::{Base, RecordName};
use super::open::{Catalogue, CatalogueError};
use crate::rdf::Content;
use crate::register::{Listed, Register, Revision, Snapshot, Unreadable, hex};
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

/// The catalogue as it is at one revision: whatever is read through it fits together.
pub struct Present<'a> {
    pub(super) base: &'a Base,
    pub(super) snapshot: Snapshot<'a>,
    revision: Revision,
}

impl Catalogue {
    /// The catalogue as it is now, and stays for the reader however long it reads.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn present(&self) -> Result<Present<'_>, CatalogueError> {
        Present::of(&self.register, &self.base)
    }

    /// The same, and the moment up to which it shows every commit: whatever is committed later bears that moment or a
    /// later one. It is the present moment, or that of the last commit while another is being written, since a commit
    /// bears the moment at which its writing began.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn present_until(&self) -> Result<(Present<'_>, SystemTime), CatalogueError> {
        let now = SystemTime::now();
        let is_writing = self.register.is_writing();
        let present = self.present()?;
        let until = if is_writing { present.moment() } else { present.moment().max(now) };
        Ok((present, until))
    }
}

impl<'a> Present<'a> {
    /// The catalogue that a register shows, for commands that only read.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn of(register: &'a Register, base: &'a Base) -> Result<Self, CatalogueError> {
        let snapshot = register.snapshot()?;
        let revision = snapshot.revision()?;
        Ok(Self { base, snapshot, revision })
    }
}

impl Present<'_> {
    /// The base of our IRIs.
    pub fn base(&self) -> &Base {
        self.base
    }

    /// The revision that everything read here shows.
    pub fn revision(&self) -> u64 {
        self.revision.number
    }

    /// That revision with its moment.
    pub fn last_commit(&self) -> &Revision {
        &self.revision
    }

    /// When that revision was committed.
    pub fn moment(&self) -> SystemTime {
        self.revision.at
    }

    /// The link at the end of the feed in hexadecimal digits, which no other feed has; nothing before the first entry.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn last_link(&self) -> Result<String, CatalogueError> {
        Ok(self.snapshot.feed_end()?.map_or_else(String::new, |(_, link)| hex(&link)))
    }

    /// Hands the text of every record, canonical N-Triples, to `each`, in the order of their IRIs.
    ///
    /// # Errors
    /// The register's, or what `each` says.
    pub fn each_text<E: From<Unreadable>>(&self, mut each: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        self.snapshot.each_content(|_, text| each(text))
    }

    /// The name of the record with this IRI, if there is one.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn record(&self, iri: &str) -> Result<Option<RecordName>, CatalogueError> {
        Ok(self.record_of(iri)?.filter(|name| name.iri == iri))
    }

    /// The name of the record that an IRI belongs to, its own or that of a part; nothing if there is
    /// no such record.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn record_of(&self, iri: &str) -> Result<Option<RecordName>, CatalogueError> {
        let Some(name) = self.base.record_of(iri) else { return Ok(None) };
        Ok(if self.snapshot.has(&name.iri)? { Some(name) } else { None })
    }

    /// What the present version of a record says; nothing if there is no such record.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn content(&self, iri: &str) -> Result<Content, CatalogueError> {
        Ok(self.snapshot.content(iri)?.unwrap_or_default())
    }

    /// The names of records, by IRI; what is no record of ours is named by nothing.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn names<'i>(
        &self,
        iris: impl IntoIterator<Item = &'i str>,
    ) -> Result<BTreeMap<String, Listed>, CatalogueError> {
        let wanted: BTreeSet<&str> = iris.into_iter().collect();
        wanted.into_iter().map(|iri| Ok((iri.to_owned(), self.named_or_bare(iri)?))).collect()
    }
}
