//! A commit, and how it is written into the register's tables.

use super::chain::{self, FeedEntry};
use super::derived::{self, LABELS, LINKS};
use super::fail_point;
use super::search;
use super::touched::Touched;
use crate::rdf::Content;
use rusqlite::{Connection, OptionalExtension, params};

/// A record's new content.
#[derive(Clone, Debug)]
pub struct Change {
    /// The record's IRI.
    pub iri: String,
    /// Its kind.
    pub kind: String,
    /// The number it bears, if it is a service type.
    pub number: Option<u64>,
    /// What it says from now on.
    pub content: Content,
}

/// What a source says of a record; `None` if its newest file no longer speaks of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// The source's IRI.
    pub source: String,
    /// The record's IRI.
    pub record: String,
    /// What it says.
    pub content: Option<Content>,
}

/// A release to be frozen: every record of `members` as this commit leaves it.
#[derive(Clone, Debug)]
pub struct FrozenRelease {
    /// Its name, such as `4.00`.
    pub name: String,
    /// The IRI of its record.
    pub record: String,
    /// The IRIs of its members.
    pub members: Vec<String>,
}

/// Who writes, for whom, with whose leave, what they do and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who writes.
    pub agent: String,
    /// The IRI of the organisation that they write for.
    pub organisation: Option<String>,
    /// The public prefix of the token that allows it; a command of the operator needs none.
    pub token: Option<String>,
    /// What they do, such as `import esd`.
    pub activity: String,
    /// Why, in their words.
    pub reason: Option<String>,
}

/// Everything that enters the register at once.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    /// Whose it is.
    pub attribution: Attribution,
    /// The new versions.
    pub changes: Vec<Change>,
    /// What sources said.
    pub told: Vec<Told>,
    /// A release to freeze.
    pub release: Option<FrozenRelease>,
    /// The documents that show something else afterwards, beside those of the changed records.
    pub touched: Touched,
}

/// A commit that the register refused; nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The disk, or a promise that the commit would have broken.
    #[error("the register refused the commit, nothing was written: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The disk failed in it, and SQLite ended it with all that it had written.
    #[error("the disk failed, so nothing of the transaction was written; make room or mend it, and try again")]
    Ended,
}

/// Writes a commit as the next revision, whose number it returns.
pub(super) fn write(connection: &Connection, commit: &Commit) -> rusqlite::Result<u64> {
    let Attribution { agent, organisation, token, activity, reason } = &commit.attribution;
    let (revision, at): (u64, String) = connection
        .prepare_cached(
            // Each commit is later than the one before by a thousandth of a second or more, whatever the clock says:
            // harvesters order by moments, and know no finer ones.
            "INSERT INTO revision (number, at, agent, organisation, token, activity, reason)
             VALUES ((SELECT coalesce(max(number), 0) + 1 FROM revision),
                 max(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
                     coalesce((SELECT strftime('%Y-%m-%dT%H:%M:%fZ', at, '+0.001 seconds')
                         FROM revision ORDER BY number DESC LIMIT 1), '')),
                 ?1, ?2, ?3, ?4, ?5) RETURNING number, at",
        )?
        .query_row(params![agent, organisation, token, activity, reason], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let made = Made { revision, at, by: commit.attribution.clone() };
    for (place, change) in commit.changes.iter().enumerate() {
        write_version(connection, &made, change)?;
        if place == commit.changes.len() / 2 {
            fail_point::reach("register-half-written");
        }
    }
    for told in &commit.told {
        write_told(connection, revision, told)?;
    }
    if let Some(release) = &commit.release {
        write_release(connection, revision, release)?;
    }
    write_touched(connection, revision, &commit.touched)?;
    Ok(revision)
}

/// The revision that versions belong to.
pub(super) struct Made {
    /// Its number.
    pub revision: u64,
    /// Its moment.
    pub at: String,
    /// Whose it is.
    pub by: Attribution,
}

/// Writes the next version of a record, and all that is derived from it.
pub(super) fn write_version(connection: &Connection, made: &Made, change: &Change) -> rusqlite::Result<()> {
    let present: Option<(i64, u64)> = connection
        .prepare_cached("UPDATE record SET version = version + 1 WHERE iri = ?1 RETURNING id, version")?
        .query_row([&change.iri], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (record, number) = match present {
        Some(present) => present,
        None => (insert_record(connection, change)?, 1),
    };
    let text = change.content.to_string();
    let digest = chain::digest(&text);
    connection
        .prepare_cached("INSERT INTO version (record, number, revision, content, digest) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![record, number, made.revision, text, digest])?;
    append_to_feed(connection, made, record, change, number, digest)?;
    connection
        .prepare_cached("INSERT INTO shown (record, revision) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET revision = ?2")?
        .execute(params![record, made.revision])?;
    LINKS.become_those(connection, record, &derived::links(&change.iri, &change.content))?;
    LABELS.become_those(connection, record, &derived::labels(&change.iri, &change.content))?;
    if search::KINDS.contains(&change.kind.as_str()) {
        search::index(connection, record, &change.iri, &change.content)?;
    }
    Ok(())
}

fn append_to_feed(
    connection: &Connection,
    made: &Made,
    record: i64,
    change: &Change,
    version: u64,
    digest: chain::Digest,
) -> rusqlite::Result<()> {
    let (last, before) = chain::end(connection)?.unzip();
    let by = made.by.clone();
    let entry = FeedEntry {
        position: last.unwrap_or(0) + 1,
        record: change.iri.clone(),
        kind: change.kind.clone(),
        version,
        digest,
        revision: made.revision,
        at: made.at.clone(),
        agent: by.agent,
        organisation: by.organisation,
        token: by.token,
        activity: by.activity,
        reason: by.reason,
    };
    connection
        .prepare_cached("INSERT INTO feed (position, record, version, link) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![entry.position, record, version, entry.link(before.as_ref())])?;
    Ok(())
}

fn insert_record(connection: &Connection, change: &Change) -> rusqlite::Result<i64> {
    let record = connection
        .prepare_cached("INSERT INTO record (iri, kind, version) VALUES (?1, ?2, 1) RETURNING id")?
        .query_row([&change.iri, &change.kind], |row| row.get(0))?;
    if let Some(number) = change.number {
        connection
            .prepare_cached("INSERT INTO number (number, record) VALUES (?1, ?2)")?
            .execute(params![number, record])?;
        connection
            .prepare_cached("UPDATE counter SET last = ?2 WHERE kind = ?1 AND last < ?2")?
            .execute(params![change.kind, number])?;
    }
    Ok(record)
}

fn write_touched(connection: &Connection, revision: u64, touched: &Touched) -> rusqlite::Result<()> {
    match touched {
        Touched::Documents(iris) => {
            let mut note = connection.prepare_cached(
                "INSERT INTO shown (record, revision) SELECT id, ?2 FROM record WHERE iri = ?1
                 ON CONFLICT DO UPDATE SET revision = excluded.revision",
            )?;
            for iri in iris {
                note.execute(params![iri, revision])?;
            }
        }
        Touched::Everything => {
            connection.execute(
                "INSERT INTO shown (record, revision) SELECT id, ?1 FROM record WHERE true
                 ON CONFLICT DO UPDATE SET revision = excluded.revision",
                [revision],
            )?;
        }
    }
    Ok(())
}

fn write_told(connection: &Connection, revision: u64, told: &Told) -> rusqlite::Result<()> {
    match &told.content {
        Some(content) => connection
            .prepare_cached(
                "INSERT INTO told (source, record, content)
                 VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3)
                 ON CONFLICT DO UPDATE SET content = excluded.content, missing_since = NULL",
            )?
            .execute([&told.source, &told.record, &content.to_string()])?,
        None => connection
            .prepare_cached(
                "UPDATE told SET missing_since = coalesce(missing_since, ?3)
                 WHERE source = ?1 AND record = (SELECT id FROM record WHERE iri = ?2)",
            )?
            .execute(params![told.source, told.record, revision])?,
    };
    Ok(())
}

fn write_release(connection: &Connection, revision: u64, release: &FrozenRelease) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO release (name, record, revision, members) VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3, ?4)",
        params![release.name, release.record, revision, release.members.len()],
    )?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO release_member (release, record, version) SELECT ?1, id, version FROM record WHERE iri = ?2",
    )?;
    for member in &release.members {
        insert.execute([&release.name, member])?;
    }
    Ok(())
}
