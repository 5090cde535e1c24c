//! The feed: every version once, in the order of commit, and what each record says now in that same order.

use super::chain::{self, Digest};
use super::history::{ENTRY, VersionEntry, entry};
use super::open::Unreadable;
use super::record::Revision;
use super::snapshot::{Snapshot, revision};
use rusqlite::{OptionalExtension, Row, params};
use std::ops::RangeInclusive;
use std::time::{SystemTime, UNIX_EPOCH};

/// A version of a record, and where the feed has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Its place in the feed, from 1.
    pub position: u64,
    /// The record's IRI.
    pub record: String,
    /// The number of the version, who made it, when and why.
    pub version: VersionEntry,
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

    /// The last position of the feed as it was at a revision, and its link; nothing before the first entry.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn feed_end_at(&self, revision: u64) -> Result<Option<(u64, Digest)>, Unreadable> {
        let Ok(revision) = i64::try_from(revision) else { return self.feed_end() };
        let mut statement = self.connection()?.prepare_cached(
            // From the end, where the revision mostly is.
            "SELECT position, link FROM feed
             CROSS JOIN version ON version.record = feed.record AND version.number = feed.version
             WHERE version.revision <= ?1 ORDER BY position DESC LIMIT 1",
        )?;
        Ok(statement.query_row([revision], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
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

    /// The entries of the feed at these positions, in their order.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn feed(&self, positions: RangeInclusive<u64>) -> Result<Vec<Followed>, Unreadable> {
        self.rows(
            &format!(
                "SELECT {ENTRY}, position, iri, content FROM feed JOIN record ON record.id = feed.record
                 JOIN version ON version.record = feed.record AND version.number = feed.version
                 JOIN revision AS made ON made.number = version.revision
                 WHERE position BETWEEN ?1 AND ?2 ORDER BY position"
            ),
            params![positions.start(), positions.end()],
            followed,
        )
    }

    /// The present versions that the feed has after a position, at most `limit` of them. Versions that another has
    /// followed are passed over.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn present_after(&self, position: u64, limit: usize) -> Result<Vec<Followed>, Unreadable> {
        self.rows(
            // CROSS JOIN keeps the feed in front, so that its order needs no sorting.
            &format!(
                "SELECT {ENTRY}, position, iri, content FROM feed
                 CROSS JOIN record ON record.id = feed.record AND record.version = feed.version
                 JOIN version ON version.record = feed.record AND version.number = feed.version
                 JOIN revision AS made ON made.number = version.revision
                 WHERE position > ?1 ORDER BY position LIMIT ?2"
            ),
            params![position, i64::try_from(limit).unwrap_or(i64::MAX)],
            followed,
        )
    }

    /// Where the feed has the present version of a record; nothing if there is no such record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn followed(&self, iri: &str) -> Result<Option<Followed>, Unreadable> {
        let sql = format!(
            "SELECT {ENTRY}, position, iri, content FROM record
             JOIN feed ON feed.record = record.id AND feed.version = record.version
             JOIN version ON version.record = record.id AND version.number = record.version
             JOIN revision AS made ON made.number = version.revision WHERE iri = ?1"
        );
        Ok(self.connection()?.prepare_cached(&sql)?.query_row([iri], followed).optional()?)
    }

    /// The commit that an entry of the feed is of; nothing where the feed does not reach so far.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn committed(&self, position: u64) -> Result<Option<Revision>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(
            "SELECT made.number, unixepoch(made.at), made.at FROM feed
             JOIN version ON version.record = feed.record AND version.number = feed.version
             JOIN revision AS made ON made.number = version.revision WHERE position = ?1",
        )?;
        Ok(statement.query_row([position], |row| revision(row, 0)).optional()?)
    }

    /// The first position of the feed that was committed in the second of a moment or later, or the one after the last.
    ///
    /// Positions are halved until one is left, since moments never run backwards along the feed.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn first_position_from(&self, moment: SystemTime) -> Result<u64, Unreadable> {
        let from = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let (mut first, mut after) = (1, self.feed_end()?.map_or(0, |(position, _)| position) + 1);
        while first < after {
            let middle = first + (after - first) / 2;
            let second = self.committed(middle)?.and_then(|made| made.at.duration_since(UNIX_EPOCH).ok());
            if second.is_some_and(|second| second.as_secs() < from) {
                first = middle + 1;
            } else {
                after = middle;
            }
        }
        Ok(first)
    }
}

/// Reads a version with its place in the feed.
fn followed(row: &Row<'_>) -> rusqlite::Result<Followed> {
    Ok(Followed { position: row.get(9)?, record: row.get(10)?, version: entry(row)?, content: row.get(11)? })
}

#[cfg(test)]
mod tests {
    use super::super::{Attribution, Change, Commit, Location, Register};
    use super::*;
    use crate::rdf::Content;
    use std::time::Duration;

    /// A commit that has each of some records say the same word.
    fn commit(register: &Register, records: &[&str], word: &str) {
        let change = |record: &&str| {
            let iri = format!("http://example.eu/id/thing/{record}");
            let content = Content::parse(&format!("<{iri}> <a:says> \"{word}\" .\n")).unwrap();
            Change { iri, kind: "thing".to_owned(), number: None, content }
        };
        let attribution = Attribution { agent: "a test".to_owned(), ..Attribution::default() };
        let changes = records.iter().map(change).collect();
        register.commit(&Commit { attribution, changes, ..Commit::default() }).unwrap();
    }

    fn names(entries: &[Followed]) -> Vec<(u64, &str, u64)> {
        let name = |entry: &'_ Followed| (entry.position, entry.version.number);
        entries.iter().map(|entry| (name(entry).0, entry.record.rsplit('/').next().unwrap(), name(entry).1)).collect()
    }

    #[test]
    fn the_feed_has_each_version_once_and_the_present_ones_apart() {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        commit(&register, &["a", "b"], "one");
        commit(&register, &["a"], "two");
        let snapshot = register.snapshot().unwrap();
        assert_eq!(names(&snapshot.feed(1..=9).unwrap()), [(1, "a", 1), (2, "b", 1), (3, "a", 2)]);
        assert_eq!(names(&snapshot.feed(2..=2).unwrap()), [(2, "b", 1)]);
        assert_eq!(names(&snapshot.present_after(0, 9).unwrap()), [(2, "b", 1), (3, "a", 2)]);
        assert_eq!(names(&snapshot.present_after(0, 1).unwrap()), [(2, "b", 1)]);
        assert_eq!(snapshot.followed("http://example.eu/id/thing/a").unwrap().unwrap().position, 3);
        assert!(snapshot.followed("http://example.eu/id/thing/c").unwrap().is_none());
        assert!(snapshot.feed(3..=3).unwrap()[0].content.contains("two"));
    }

    #[test]
    fn each_commit_is_later_than_the_one_before_though_the_clock_is_not() {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        commit(&register, &["a"], "one");
        let sql = "INSERT INTO revision (number, at, agent, activity) VALUES (2, ?1, 'a test', '')";
        register.writer().execute(sql, ["2998-12-31T23:59:59.999Z"]).unwrap();
        commit(&register, &["a", "b"], "two");
        commit(&register, &["a"], "three");
        let snapshot = register.snapshot().unwrap();
        let committed = |position| snapshot.committed(position).unwrap().map(|made| (made.number, made.timestamp));
        assert_eq!(committed(2), Some((3, "2999-01-01T00:00:00.000Z".to_owned())));
        assert_eq!(committed(3), committed(2), "records of one commit have one moment");
        assert_eq!(committed(4), Some((4, "2999-01-01T00:00:00.001Z".to_owned())));
        assert_eq!(committed(5), None);
    }

    #[test]
    fn the_first_entry_of_a_second_is_found() {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        assert_eq!(register.snapshot().unwrap().first_position_from(UNIX_EPOCH).unwrap(), 1);
        // Each commit is made in a second of its own, as if the clock had gone on in between.
        for (number, at) in [(1, "2990-01-01T00:00:00.000Z"), (4, "2990-01-01T00:00:07.500Z")] {
            for filler in 0..2 {
                let sql = "INSERT INTO revision (number, at, agent, activity) VALUES (?1, ?2, 'a test', '')";
                register.writer().execute(sql, params![number + filler, at]).unwrap();
            }
            commit(&register, &["a", "b"], at);
        }
        let snapshot = register.snapshot().unwrap();
        let first = UNIX_EPOCH + Duration::from_hours(8_941_152);
        let found = |seconds: u64| snapshot.first_position_from(first + Duration::from_secs(seconds)).unwrap();
        assert_eq!([found(0), found(1), found(7), found(8)], [1, 3, 3, 5]);
        assert_eq!(snapshot.first_position_from(UNIX_EPOCH).unwrap(), 1);
    }
}
