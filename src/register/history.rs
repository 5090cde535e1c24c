//! The history of a record: its versions, who made them and why, as many at a time as are asked for.
//!
//! Versions are found by their numbers, which have no gaps, so however many a record has, a page of them takes no more
//! than that page.

use super::chain::Digest;
use super::open::Unreadable;
use super::record::Revision;
use super::snapshot::{Snapshot, parse, revision};
use crate::rdf::Content;
use rusqlite::{OptionalExtension, Row, params};
use std::ops::RangeInclusive;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is known of a version besides what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionEntry {
    /// 1 for the first version of the record.
    pub number: u64,
    /// The commit that made it.
    pub revision: Revision,
    /// Who made it: an IRI, or a name where that agent has none.
    pub agent: String,
    /// What they did, such as `import esd`.
    pub activity: String,
    /// The IRI of the organisation that they did it for.
    pub organisation: Option<String>,
    /// Why, as they told.
    pub reason: Option<String>,
    /// The SHA-256 of the canonical form of what it says (<https://www.w3.org/TR/rdf-canon/>).
    pub digest: Digest,
}

/// The columns that an entry is read from, in their order.
pub(super) const ENTRY: &str =
    "version.number, made.number, unixepoch(made.at), made.at, agent, activity, organisation, reason, digest";

impl Snapshot<'_> {
    /// How many versions a record has, which is the number of its present one; nothing if there is no such record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn version_count(&self, iri: &str) -> Result<Option<u64>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached("SELECT version FROM record WHERE iri = ?1")?;
        Ok(statement.query_row([iri], |row| row.get(0)).optional()?)
    }

    /// The versions of a record with these numbers, the oldest first. What they say is not read.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn versions(&self, iri: &str, numbers: RangeInclusive<u64>) -> Result<Vec<VersionEntry>, Unreadable> {
        self.rows(
            &format!(
                "SELECT {ENTRY} FROM version JOIN revision AS made ON made.number = version.revision
                 WHERE record = (SELECT id FROM record WHERE iri = ?1) AND version.number BETWEEN ?2 AND ?3
                 ORDER BY version.number"
            ),
            params![iri, numbers.start(), numbers.end()],
            entry,
        )
    }

    /// One version of a record and what it says; nothing if there is none with this number.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn version(&self, iri: &str, number: u64) -> Result<Option<(VersionEntry, Content)>, Unreadable> {
        let Ok(number) = i64::try_from(number) else { return Ok(None) };
        let found = self
            .connection()?
            .prepare_cached(&format!(
                "SELECT {ENTRY}, content FROM version JOIN revision AS made ON made.number = version.revision
                 WHERE record = (SELECT id FROM record WHERE iri = ?1) AND version.number = ?2"
            ))?
            .query_row(params![iri, number], |row| Ok((entry(row)?, row.get::<_, String>(9)?)))
            .optional()?;
        found.map(|(entry, text)| Ok((entry, parse(iri, &text)?))).transpose()
    }

    /// The number of the version that a record had at a moment, to the second: the last of those made in it or before,
    /// or the first version for an earlier moment. Nothing if there is no such record.
    ///
    /// The numbers are halved until one is left, since moments grow with them (unless the clock was set back meanwhile).
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn version_at(&self, iri: &str, moment: SystemTime) -> Result<Option<u64>, Unreadable> {
        let Some(last) = self.version_count(iri)? else { return Ok(None) };
        let seconds = moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let (mut earliest, mut latest) = (1, last);
        while earliest < latest {
            let middle = earliest + (latest - earliest).div_ceil(2);
            if self.second_of(iri, middle)? <= seconds {
                earliest = middle;
            } else {
                latest = middle - 1;
            }
        }
        Ok(Some(earliest))
    }

    /// The second in which a version was made, since the Unix epoch.
    fn second_of(&self, iri: &str, number: u64) -> Result<u64, Unreadable> {
        Ok(self
            .connection()?
            .prepare_cached(
                "SELECT unixepoch(at) FROM version JOIN revision ON revision.number = version.revision
                 WHERE record = (SELECT id FROM record WHERE iri = ?1) AND version.number = ?2",
            )?
            .query_row(params![iri, number], |row| row.get(0))?)
    }
}

/// Reads an entry from a row that begins with [`ENTRY`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<VersionEntry> {
    Ok(VersionEntry {
        number: row.get(0)?,
        revision: revision(row, 1)?,
        agent: row.get(4)?,
        activity: row.get(5)?,
        organisation: row.get(6)?,
        reason: row.get(7)?,
        digest: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Attribution, Change, Commit, Location, Register};
    use super::*;
    use crate::rdf::{Literal, NamedNode, Triple};
    use sha2::{Digest as _, Sha256};
    use std::time::Duration;

    /// A register with one record of so many versions.
    fn register(versions: u64) -> Register {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        let attribution = Attribution {
            agent: "an editor".to_owned(),
            organisation: Some("http://example.eu/town".to_owned()),
            token: Some("a1b2c3d4".to_owned()),
            activity: "edit".to_owned(),
            reason: Some("It was wrong.".to_owned()),
        };
        for number in 1..=versions {
            let (subject, property) = (NamedNode::new_unchecked("a:1"), NamedNode::new_unchecked("a:p"));
            let triple = Triple::new(subject, property, Literal::new_simple_literal(number.to_string()));
            let content = Content::from_iter([triple]);
            let change = Change { iri: "a:1".to_owned(), kind: "function".to_owned(), number: None, content };
            let commit = Commit { changes: vec![change], attribution: attribution.clone(), ..Commit::default() };
            register.commit(&commit).unwrap();
        }
        register
    }

    #[test]
    fn versions_are_read_by_their_numbers_with_who_made_them() {
        let register = register(5);
        let snapshot = register.snapshot().unwrap();
        assert_eq!(snapshot.version_count("a:1").unwrap(), Some(5));
        let some = snapshot.versions("a:1", 2..=4).unwrap();
        assert_eq!(
            some.iter().map(|entry| (entry.number, entry.revision.number)).collect::<Vec<_>>(),
            [(2, 2), (3, 3), (4, 4)]
        );
        let VersionEntry { agent, activity, organisation, reason, .. } = &some[0];
        assert_eq!((agent.as_str(), activity.as_str()), ("an editor", "edit"));
        assert_eq!(
            (organisation.as_deref(), reason.as_deref()),
            (Some("http://example.eu/town"), Some("It was wrong."))
        );
        assert_eq!(snapshot.versions("a:1", 6..=9).unwrap(), []);
        assert_eq!(snapshot.versions("a:2", 1..=9).unwrap(), []);
    }

    #[test]
    fn a_version_says_what_it_said_whatever_came_later() {
        let register = register(3);
        let snapshot = register.snapshot().unwrap();
        let text = |number| snapshot.version("a:1", number).unwrap().map(|(_, content)| content.to_string());
        assert_eq!(text(2).as_deref(), Some("<a:1> <a:p> \"2\" .\n"));
        let (entry, content) = snapshot.version("a:1", 2).unwrap().unwrap();
        assert_eq!(entry.digest, <Digest>::from(Sha256::digest(content.to_string())));
        assert_eq!([text(0), text(4), text(u64::MAX)], [None, None, None]);
        assert_eq!(snapshot.version("a:2", 1).unwrap(), None);
    }

    /// A register whose versions were made at these seconds, written without the writer, which has no clock to set.
    fn made_at(seconds: &[u64]) -> Register {
        let register = register(0);
        let writer = register.writer();
        writer.execute_batch("PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS version_needs_digest").unwrap();
        let at = "strftime('%Y-%m-%dT%H:%M:%fZ', ?2, 'unixepoch')";
        for (number, second) in (1_u64..).zip(seconds) {
            let revision = format!("INSERT INTO revision (number, at, agent, activity) VALUES (?1, {at}, '', '')");
            writer.execute(&revision, [number, *second]).unwrap();
            let version = "INSERT INTO version (record, number, revision, content) VALUES (1, ?1, ?1, '')";
            writer.execute(version, [number]).unwrap();
        }
        let record = "INSERT INTO record (id, iri, kind, version) VALUES (1, 'a:1', 'function', ?1)";
        writer.execute(record, [seconds.len()]).unwrap();
        drop(writer);
        register
    }

    #[test]
    fn the_version_of_a_moment_is_the_last_one_made_by_then() {
        for count in 1..9_usize {
            // Two versions in each second but the first.
            let seconds: Vec<u64> = (0..count as u64).map(|place| 100 + 10 * place.div_ceil(2)).collect();
            let register = made_at(&seconds);
            let snapshot = register.snapshot().unwrap();
            for moment in 90..150 {
                let expected = seconds.iter().filter(|second| **second <= moment).count().max(1) as u64;
                let found = snapshot.version_at("a:1", UNIX_EPOCH + Duration::from_secs(moment)).unwrap();
                assert_eq!(found, Some(expected), "{moment} of {seconds:?}");
            }
        }
    }

    #[test]
    fn no_page_and_no_moment_reads_the_other_versions() {
        let register = register(1);
        let snapshot = register.snapshot().unwrap();
        let plan: Vec<String> = snapshot
            .rows(
                "EXPLAIN QUERY PLAN SELECT 1 FROM version JOIN revision AS made ON made.number = version.revision
                 WHERE record = (SELECT id FROM record WHERE iri = 'a:1') AND version.number BETWEEN 7 AND 9
                 ORDER BY version.number",
                [],
                |row| row.get(3),
            )
            .unwrap();
        assert!(
            plan.iter()
                .any(|step| step.contains("SEARCH version USING PRIMARY KEY (record=? AND number>? AND number<?)")),
            "{plan:?}"
        );
        assert!(!plan.iter().any(|step| step.contains("SCAN version") || step.contains("TEMP B-TREE")), "{plan:?}");
    }
}
