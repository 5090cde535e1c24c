//! Following the register: what each record says now, in the order in which the feed came to it.

use super::chain::{self, Digest};
use super::open::Unreadable;
use super::snapshot::Snapshot;
use rusqlite::OptionalExtension;

/// A record as it is now, and where the feed has that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The place of its present version in the feed.
    pub position: u64,
    /// The record's IRI.
    pub record: String,
    /// The text of what it says.
    pub content: String,
}

impl Snapshot<'_> {
    /// The last position of the feed and its link; nothing before the first entry.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn feed_end(&self) -> Result<Option<(u64, Digest)>, Unreadable> {
        Ok(chain::end(self.connection()?)?)
    }

    /// The link at a position of the feed; nothing where it does not reach so far.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn feed_link(&self, position: u64) -> Result<Option<Digest>, Unreadable> {
        let Ok(position) = i64::try_from(position) else { return Ok(None) };
        let mut statement = self.connection()?.prepare_cached("SELECT link FROM feed WHERE position = ?1")?;
        Ok(statement.query_row([position], |row| row.get(0)).optional()?)
    }

    /// The present versions that the feed has after a position, at most `limit` of them. Versions that another has
    /// followed are passed over.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn present_after(&self, position: u64, limit: usize) -> Result<Vec<Followed>, Unreadable> {
        self.rows(
            // CROSS JOIN keeps the feed in front, so that its order needs no sorting.
            "SELECT position, iri, content FROM feed
             CROSS JOIN record ON record.id = feed.record AND record.version = feed.version
             JOIN version ON version.record = feed.record AND version.number = feed.version
             WHERE position > ?1 ORDER BY position LIMIT ?2",
            rusqlite::params![position, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| Ok(Followed { position: row.get(0)?, record: row.get(1)?, content: row.get(2)? }),
        )
    }
}
