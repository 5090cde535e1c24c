//! When something last changed, from tables alone: no content is parsed.

use super::links::end_of;
use super::open::Unreadable;
use super::record::Revision;
use super::snapshot::{Snapshot, revision};
use rusqlite::OptionalExtension;

impl Snapshot<'_> {
    /// The last commit at which what an IRI has changed: a record that points at it by a property said something else
    /// or came to point at it or ceased to, or its own record, where it has one, changed; nothing where there was none.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn last_change_around(&self, iri: &str, property: &str) -> Result<Option<Revision>, Unreadable> {
        let sql = "SELECT number, unixepoch(at), at FROM revision WHERE number = (SELECT max(last) FROM (
                 SELECT version.revision AS last FROM link
                     JOIN record ON record.id = link.record
                     JOIN version ON version.record = record.id AND version.number = record.version
                     WHERE link.object = ?1 AND link.property = ?2 AND link.part = ''
                 UNION ALL SELECT shown.revision FROM record JOIN shown ON shown.record = record.id
                     WHERE record.iri = ?1))";
        let mut statement = self.connection()?.prepare_cached(sql)?;
        Ok(statement.query_row([iri, property], |row| revision(row, 0)).optional()?)
    }

    /// The kinds of the records that the last `depth` entries of the feed are of, each with its last commit.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn last_changes(&self, depth: u32) -> Result<Vec<(String, Revision)>, Unreadable> {
        self.rows(
            "SELECT kind, number, unixepoch(at), at FROM (
                 SELECT kind, max(version.revision) AS last FROM
                     (SELECT record, version FROM feed ORDER BY position DESC LIMIT ?1) AS fed
                     JOIN record ON record.id = fed.record
                     JOIN version ON version.record = fed.record AND version.number = fed.version
                     GROUP BY kind) JOIN revision ON revision.number = last",
            [depth],
            |row| Ok((row.get(0)?, revision(row, 1)?)),
        )
    }

    /// How many links lead by a property to what begins with `space`, which ends with `/`.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn count_links_into(&self, space: &str, property: &str) -> Result<u64, Unreadable> {
        let sql = "SELECT count(*) FROM link WHERE object >= ?1 AND object < ?2 AND property = ?3";
        let mut statement = self.connection()?.prepare_cached(sql)?;
        Ok(statement.query_row([space, &end_of(space), property], |row| row.get(0))?)
    }
}
