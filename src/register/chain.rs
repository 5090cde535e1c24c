//! The chain along the feed: each entry's link is a digest of the link before it and of all that the entry says, so
//! that nothing in it can be changed, taken out or put in without every later link telling.
//!
//! A link is the SHA-256 of the link before (nothing for the first) and of these fields, each as a netstring
//! (<https://cr.yp.to/proto/netstrings.txt>), an absent one as the empty string: position, IRI of the record, its kind,
//! number of the version, digest of its content, number of the revision, its moment, agent, organisation, token,
//! activity, reason. The digest is the SHA-256 of the content's text, which has no blank nodes and is sorted, and so is
//! its RDFC-1.0 canonical form (<https://www.w3.org/TR/rdf-canon/>).

use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest as _, Sha256};

/// A SHA-256.
pub type Digest = [u8; 32];

/// The digest of a content's text.
pub fn digest(text: &str) -> Digest {
    Sha256::digest(text).into()
}

/// An entry of the feed with all that its link answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// Its place in the feed, from 1.
    pub position: u64,
    /// The record's IRI.
    pub record: String,
    /// The record's kind.
    pub kind: String,
    /// The number of the version.
    pub version: u64,
    /// The digest of its content.
    pub digest: Digest,
    /// The number of the revision that made it.
    pub revision: u64,
    /// When that was, as the register has it.
    pub at: String,
    /// Who made it.
    pub agent: String,
    /// For which organisation.
    pub organisation: Option<String>,
    /// The public prefix of the token that allowed it.
    pub token: Option<String>,
    /// What was done.
    pub activity: String,
    /// Why.
    pub reason: Option<String>,
}

/// The columns that [`FeedEntry::read`] reads, of `feed`, `record`, `version` and `revision`.
pub(super) const COLUMNS: &str = "feed.position, record.iri, record.kind, version.number, version.digest, \
    revision.number, revision.at, revision.agent, revision.organisation, revision.token, revision.activity, \
    revision.reason";

/// Where those columns come from.
pub(super) const TABLES: &str = "feed JOIN record ON record.id = feed.record \
    JOIN version ON version.record = feed.record AND version.number = feed.version \
    JOIN revision ON revision.number = version.revision";

impl FeedEntry {
    /// Reads an entry from a row that begins with [`COLUMNS`].
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            position: row.get(0)?,
            record: row.get(1)?,
            kind: row.get(2)?,
            version: row.get(3)?,
            digest: row.get(4)?,
            revision: row.get(5)?,
            at: row.get(6)?,
            agent: row.get(7)?,
            organisation: row.get(8)?,
            token: row.get(9)?,
            activity: row.get(10)?,
            reason: row.get(11)?,
        })
    }

    /// The link of this entry after the link `before`.
    pub fn link(&self, before: Option<&Digest>) -> Digest {
        let mut hash = Sha256::new();
        hash.update(before.map_or(&[][..], Digest::as_slice));
        let [position, version, revision] =
            [self.position, self.version, self.revision].map(|number| number.to_string());
        let text = |field: &Option<String>| field.clone().unwrap_or_default().into_bytes();
        let fields: [&[u8]; 12] = [
            position.as_bytes(),
            self.record.as_bytes(),
            self.kind.as_bytes(),
            version.as_bytes(),
            &self.digest,
            revision.as_bytes(),
            self.at.as_bytes(),
            self.agent.as_bytes(),
            &text(&self.organisation),
            &text(&self.token),
            self.activity.as_bytes(),
            &text(&self.reason),
        ];
        for field in fields {
            hash.update(format!("{}:", field.len()));
            hash.update(field);
            hash.update(b",");
        }
        hash.finalize().into()
    }
}

/// The last position of the feed and its link; nothing before the first entry.
pub(super) fn end(connection: &Connection) -> rusqlite::Result<Option<(u64, Digest)>> {
    connection
        .prepare_cached("SELECT position, link FROM feed ORDER BY position DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// How many old entries are read at once.
const AT_ONCE: u64 = 1_000;

/// Gives digests and links to the versions and entries of a register that was made before there were any.
pub(super) fn link_all(connection: &Connection) -> rusqlite::Result<()> {
    add_digests(connection)?;
    let mut last: Option<Digest> = None;
    let mut position = 0;
    loop {
        let entries: Vec<FeedEntry> = connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM {TABLES} WHERE feed.position > ?1 ORDER BY feed.position LIMIT ?2"
            ))?
            .query_map([position, AT_ONCE], FeedEntry::read)?
            .collect::<Result<_, _>>()?;
        if entries.is_empty() {
            return Ok(());
        }
        for entry in entries {
            let link = entry.link(last.as_ref());
            connection
                .prepare_cached("UPDATE feed SET link = ?2 WHERE position = ?1")?
                .execute(params![entry.position, link])?;
            (position, last) = (entry.position, Some(link));
        }
    }
}

fn add_digests(connection: &Connection) -> rusqlite::Result<()> {
    let mut update = connection.prepare("UPDATE version SET digest = ?3 WHERE record = ?1 AND number = ?2")?;
    let mut versions = connection.prepare("SELECT record, number FROM version")?;
    let versions: Vec<(i64, i64)> =
        versions.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut content = connection.prepare("SELECT content FROM version WHERE record = ?1 AND number = ?2")?;
    for (record, number) in versions {
        let digest = content.query_row([record, number], |row| Ok(digest(row.get_ref(0)?.as_str()?)))?;
        update.execute(params![record, number, digest])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The link of an entry, by Python:
    /// `import hashlib; n = lambda *f: b''.join(b'%d:%s,' % (len(x), x) for x in f);
    /// hashlib.sha256(b'\x01' * 32 + n(b'2', b'a:1', b'thing', b'1', b'\x02' * 32, b'3', b'2026-11-28T10:00:00.000Z',
    /// b'Editors', b'a:org', b'', b'PUT', 'Schluß'.encode())).hexdigest()`
    const BY_PYTHON: &str = "d5cfaedd28846aa9c54ceecfd47d6860a55716f48600b22e4f392c51c7370c93";

    #[test]
    fn a_link_is_the_digest_that_another_program_makes_of_the_same_fields() {
        let entry = FeedEntry {
            position: 2,
            record: "a:1".to_owned(),
            kind: "thing".to_owned(),
            version: 1,
            digest: [2; 32],
            revision: 3,
            at: "2026-11-28T10:00:00.000Z".to_owned(),
            agent: "Editors".to_owned(),
            organisation: Some("a:org".to_owned()),
            token: None,
            activity: "PUT".to_owned(),
            reason: Some("Schluß".to_owned()),
        };
        let link = u128::from_str_radix(&BY_PYTHON[..32], 16).unwrap();
        assert_eq!(entry.link(Some(&[1; 32]))[..16], link.to_be_bytes());
    }
}
