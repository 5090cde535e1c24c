//! The feed walked from its first entry to its last: every version digested again, every link made again.

use super::super::chain::{COLUMNS, Digest, FeedEntry, TABLES, digest};
use super::super::open::Unreadable;
use super::super::snapshot::Snapshot;
use super::finding::{Findings, Remedy};
use rusqlite::Row;

/// What a walk along the feed passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// How many versions.
    pub versions: u64,
    /// The position and the link of the last entry.
    pub end: Option<(u64, Digest)>,
}

/// The entry that was passed last.
struct Passed {
    position: u64,
    /// Its link; nothing where it has none that can be read.
    link: Option<Digest>,
    revision: u64,
}

impl Snapshot<'_> {
    /// Walks the feed, and hands each version that is whole, with its text, to `each`.
    ///
    /// One entry that is changed is one finding: what follows is held to the links that are there.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn verify_history(
        &self,
        findings: &mut Findings,
        mut each: impl FnMut(FeedEntry, &str),
    ) -> Result<Walked, Unreadable> {
        let sql = format!("SELECT {COLUMNS}, feed.link, version.content FROM {TABLES} ORDER BY feed.position");
        let mut statement = self.connection()?.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut walked = Walked::default();
        let mut passed = Passed { position: 0, link: None, revision: 0 };
        while let Some(row) = rows.next()? {
            walked.versions += 1;
            passed = pass(row, &passed, findings, &mut each)?;
            walked.end = passed.link.map(|link| (passed.position, link));
        }
        Ok(walked)
    }
}

/// Holds one entry to its link, and its version to its digest.
fn pass(
    row: &Row<'_>,
    before: &Passed,
    findings: &mut Findings,
    each: &mut impl FnMut(FeedEntry, &str),
) -> rusqlite::Result<Passed> {
    let (position, revision): (u64, u64) = (row.get(0)?, row.get(5)?);
    let link: Option<Digest> = row.get(12).ok();
    let is_next = position == before.position + 1;
    if !is_next {
        let (first, last) = (before.position + 1, position - 1);
        findings
            .add(format!("the feed has no entries {first} to {last}, or what they name is not there"), Remedy::Restore);
    }
    if let Ok(entry) = FeedEntry::read(row) {
        let told = |what: &str| (entry.record.clone(), Some(entry.version), what.to_owned());
        let mut wrong = Vec::new();
        let text = row.get_ref(13)?.as_str().unwrap_or_default();
        if digest(text) != entry.digest {
            wrong.push(told("its content is not the one that its digest was made of"));
        }
        let knows_before = position == 1 || is_next && before.link.is_some();
        if knows_before && link != Some(entry.link(before.link.as_ref())) {
            wrong.push(told(&format!(
                "the link of its entry {position} in the feed is not the one that the chain comes to"
            )));
        }
        if entry.revision < before.revision {
            wrong.push(told("it is of an earlier revision than the entry before it in the feed"));
        }
        let is_whole = wrong.is_empty();
        for (record, version, what) in wrong {
            findings.add_of(&record, version, what, Remedy::Restore);
        }
        if is_whole {
            each(entry, text);
        }
    } else {
        let (record, version): (String, u64) = (row.get(1)?, row.get(3)?);
        findings.add_of(&record, Some(version), "it has no digest".to_owned(), Remedy::Restore);
    }
    Ok(Passed { position, link, revision })
}
