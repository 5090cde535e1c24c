//! The members of the list: those that a release froze, those that it has now, and what a record said at a revision.

use super::open::Unreadable;
use super::snapshot::{Snapshot, parse};
use crate::rdf::Content;
use rusqlite::{OptionalExtension, params};

impl Snapshot<'_> {
    /// Hands the IRI, the version and the frozen text of every member of a release to `each`, shorter IRIs first.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn each_member(&self, release: &str, each: impl FnMut(&str, u64, &str)) -> Result<(), Unreadable> {
        self.each_text(
            "SELECT iri, member.version, content FROM release_member AS member JOIN record ON record.id = member.record
             JOIN version ON version.record = member.record AND version.number = member.version
             WHERE release = ?1 ORDER BY length(iri), iri",
            [release],
            each,
        )
    }

    /// The same of the records that point at `object` by `property`, as they are now.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn each_pointing_at(
        &self,
        object: &str,
        property: &str,
        each: impl FnMut(&str, u64, &str),
    ) -> Result<(), Unreadable> {
        self.each_text(
            "SELECT iri, number, content FROM link JOIN record ON record.id = link.record
             JOIN version ON version.record = record.id AND version.number = record.version
             WHERE object = ?1 AND property = ?2 AND part = '' ORDER BY length(iri), iri",
            [object, property],
            each,
        )
    }

    /// The version that a record had at a revision, and what it said; nothing if there was no such record yet.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn as_of(&self, iri: &str, revision: u64) -> Result<Option<(u64, Content)>, Unreadable> {
        let Ok(revision) = i64::try_from(revision) else { return Ok(None) };
        let found: Option<(u64, String)> = self
            .connection()?
            .prepare_cached(
                "SELECT number, content FROM version
                 WHERE record = (SELECT id FROM record WHERE iri = ?1) AND revision <= ?2
                 ORDER BY number DESC LIMIT 1",
            )?
            .query_row(params![iri, revision], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        found.map(|(number, text)| Ok((number, parse(iri, &text)?))).transpose()
    }

    fn each_text(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        mut each: impl FnMut(&str, u64, &str),
    ) -> Result<(), Unreadable> {
        let mut statement = self.connection()?.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            each(text(0)?, row.get(1)?, text(2)?);
        }
        Ok(())
    }
}
