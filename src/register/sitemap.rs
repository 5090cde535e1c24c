//! Records in the order in which they were made, in parts of as many as a sitemap has, with when each last came to be
//! shown otherwise.
//!
//! A record has its place for good, so a new one is in the last part and no other.

use super::open::Unreadable;
use super::record::Revision;
use super::snapshot::{Snapshot, revision};
use crate::vocab::{RETIRED, adms};

/// What keeps records that are withdrawn out, by the index of links.
const IS_PRESENT: &str = "NOT EXISTS (SELECT 1 FROM link
    WHERE link.object = ?1 AND link.property = ?2 AND link.record = shown.record AND link.part = '')";

impl Snapshot<'_> {
    /// The parts of `size` records that have any which is not withdrawn: the number of each, from 1, and when one of
    /// its records last came to be shown otherwise.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn parts_of_records(&self, size: u64) -> Result<Vec<(u64, Revision)>, Unreadable> {
        self.rows(
            &format!(
                "SELECT (shown.record - 1) / ?3 + 1 AS part, made.number, unixepoch(made.at), made.at
                 FROM (SELECT record, max(revision) AS revision FROM shown WHERE {IS_PRESENT}
                     GROUP BY (record - 1) / ?3) AS shown
                 JOIN revision AS made ON made.number = shown.revision ORDER BY part"
            ),
            rusqlite::params![RETIRED, adms::STATUS.as_str(), size],
            |row| Ok((row.get(0)?, revision(row, 1)?)),
        )
    }

    /// The IRIs of the records of a part that are not withdrawn, in the order in which they were made, and when each
    /// last came to be shown otherwise.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn part_of_records(&self, part: u64, size: u64) -> Result<Vec<(String, Revision)>, Unreadable> {
        let first = part.saturating_sub(1).saturating_mul(size).min(u64::MAX >> 2) + 1;
        self.rows(
            &format!(
                "SELECT iri, made.number, unixepoch(made.at), made.at FROM shown
                 JOIN record ON record.id = shown.record JOIN revision AS made ON made.number = shown.revision
                 WHERE {IS_PRESENT} AND shown.record BETWEEN ?3 AND ?4 ORDER BY shown.record"
            ),
            rusqlite::params![RETIRED, adms::STATUS.as_str(), first, first + size - 1],
            |row| Ok((row.get(0)?, revision(row, 1)?)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Attribution, Change, Commit, Location, Register};
    use super::*;
    use crate::rdf::Content;

    fn commit(register: &Register, records: &[u64], status: &str) {
        let change = |record: &u64| {
            let iri = format!("http://example.eu/id/thing/{record}");
            let content = Content::parse(&format!("<{iri}> <{}> <{status}> .\n", adms::STATUS.as_str())).unwrap();
            Change { iri, kind: "thing".to_owned(), number: None, content }
        };
        let attribution = Attribution { agent: "a test".to_owned(), ..Attribution::default() };
        let changes = records.iter().map(change).collect();
        register.commit(&Commit { attribution, changes, ..Commit::default() }).unwrap();
    }

    #[test]
    fn a_new_record_is_in_the_last_part_and_a_withdrawn_one_in_none() {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        commit(&register, &[1, 2, 3, 4, 5], "http://example.eu/current");
        let parts = || {
            let snapshot = register.snapshot().unwrap();
            let parts = snapshot.parts_of_records(2).unwrap();
            let numbered = parts.into_iter().map(|(part, revision)| (part, revision.number));
            let with_records = numbered.map(|(part, revision)| {
                let records = snapshot.part_of_records(part, 2).unwrap();
                let names = records.iter().map(|(iri, _)| iri.rsplit('/').next().unwrap().to_owned());
                (part, revision, names.collect::<Vec<_>>().join(" "))
            });
            with_records.collect::<Vec<_>>()
        };
        let told = |parts: &[(u64, u64, &str)]| -> Vec<(u64, u64, String)> {
            parts.iter().map(|(part, revision, records)| (*part, *revision, (*records).to_owned())).collect()
        };
        assert_eq!(parts(), told(&[(1, 1, "1 2"), (2, 1, "3 4"), (3, 1, "5")]));
        commit(&register, &[6], "http://example.eu/current");
        assert_eq!(parts(), told(&[(1, 1, "1 2"), (2, 1, "3 4"), (3, 2, "5 6")]));
        commit(&register, &[3, 4, 5], RETIRED);
        assert_eq!(parts(), told(&[(1, 1, "1 2"), (3, 2, "6")]));
    }
}
