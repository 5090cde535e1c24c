//! Writing to the register: one commit, one transaction, one sync.

use super::fail_point;
use super::names::Names;
use super::open::Register;
use super::search;
use super::touched::Touched;
use crate::rdf::{Content, NamedOrBlankNode, Term};
use rusqlite::{OptionalExtension, Transaction, params};

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

/// Everything that enters the register at once.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    /// Who writes.
    pub agent: String,
    /// What they do, such as `import esd`.
    pub activity: String,
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
}

impl Register {
    /// Writes a commit and returns its revision once it is on disk.
    ///
    /// # Errors
    /// [`CommitError`]; the register is then as it was.
    pub fn commit(&self, commit: &Commit) -> Result<u64, CommitError> {
        let mut writer = self.writer();
        self.end_idle_readers();
        let transaction = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        fail_point::reach("register-begun");
        let revision: u64 = transaction.query_row(
            "INSERT INTO revision (number, agent, activity)
             VALUES ((SELECT coalesce(max(number), 0) + 1 FROM revision), ?1, ?2) RETURNING number",
            [&commit.agent, &commit.activity],
            |row| row.get(0),
        )?;
        for (place, change) in commit.changes.iter().enumerate() {
            write_version(&transaction, revision, change)?;
            if place == commit.changes.len() / 2 {
                fail_point::reach("register-half-written");
            }
        }
        for told in &commit.told {
            write_told(&transaction, revision, told)?;
        }
        if let Some(release) = &commit.release {
            write_release(&transaction, revision, release)?;
        }
        write_touched(&transaction, revision, &commit.touched)?;
        fail_point::reach("register-written");
        transaction.commit()?;
        fail_point::reach("register-synced");
        self.set_latest(revision);
        self.checkpoint(&writer);
        Ok(revision)
    }
}

fn write_version(transaction: &Transaction<'_>, revision: u64, change: &Change) -> rusqlite::Result<()> {
    let present: Option<(i64, i64)> = transaction
        .prepare_cached("UPDATE record SET version = version + 1 WHERE iri = ?1 RETURNING id, version")?
        .query_row([&change.iri], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (record, number) = match present {
        Some(present) => present,
        None => (insert_record(transaction, change)?, 1),
    };
    transaction
        .prepare_cached("INSERT INTO version (record, number, revision, content) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![record, number, revision, change.content.to_string()])?;
    transaction
        .prepare_cached(
            "INSERT INTO feed (position, record, version)
             VALUES ((SELECT coalesce(max(position), 0) + 1 FROM feed), ?1, ?2)",
        )?
        .execute([record, number])?;
    transaction
        .prepare_cached("INSERT INTO shown (record, revision) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET revision = ?2")?
        .execute(params![record, revision])?;
    write_links(transaction, record, change)?;
    write_labels(transaction, record, change)?;
    if search::KINDS.contains(&change.kind.as_str()) {
        search::index(transaction, record, &change.iri, &change.content)?;
    }
    Ok(())
}

fn insert_record(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<i64> {
    let record = transaction
        .prepare_cached("INSERT INTO record (iri, kind, version) VALUES (?1, ?2, 1) RETURNING id")?
        .query_row([&change.iri, &change.kind], |row| row.get(0))?;
    if let Some(number) = change.number {
        transaction
            .prepare_cached("INSERT INTO number (number, record) VALUES (?1, ?2)")?
            .execute(params![number, record])?;
    }
    Ok(record)
}

fn write_links(transaction: &Transaction<'_>, record: i64, change: &Change) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM link WHERE record = ?1")?.execute([record])?;
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO link (record, part, property, object) VALUES (?1, ?2, ?3, ?4)")?;
    for triple in change.content.iter() {
        if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) = (&triple.subject, &triple.object) {
            let part = subject.as_str().strip_prefix(change.iri.as_str()).unwrap_or_default();
            insert.execute(params![record, part, triple.predicate.as_str(), object.as_str()])?;
        }
    }
    Ok(())
}

fn write_labels(transaction: &Transaction<'_>, record: i64, change: &Change) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM label WHERE record = ?1")?.execute([record])?;
    let mut insert = transaction
        .prepare_cached("INSERT OR IGNORE INTO label (record, property, language, value) VALUES (?1, ?2, ?3, ?4)")?;
    let Some(names) = Names::of(&change.iri, &change.content) else { return Ok(()) };
    for name in &names.values {
        insert.execute(params![record, names.property.as_str(), name.language().unwrap_or(""), name.value()])?;
    }
    Ok(())
}

fn write_touched(transaction: &Transaction<'_>, revision: u64, touched: &Touched) -> rusqlite::Result<()> {
    match touched {
        Touched::Documents(iris) => {
            let mut note = transaction.prepare_cached(
                "INSERT INTO shown (record, revision) SELECT id, ?2 FROM record WHERE iri = ?1
                 ON CONFLICT DO UPDATE SET revision = excluded.revision",
            )?;
            for iri in iris {
                note.execute(params![iri, revision])?;
            }
        }
        Touched::Everything => {
            transaction.execute(
                "INSERT INTO shown (record, revision) SELECT id, ?1 FROM record WHERE true
                 ON CONFLICT DO UPDATE SET revision = excluded.revision",
                [revision],
            )?;
        }
    }
    Ok(())
}

fn write_told(transaction: &Transaction<'_>, revision: u64, told: &Told) -> rusqlite::Result<()> {
    match &told.content {
        Some(content) => transaction
            .prepare_cached(
                "INSERT INTO told (source, record, content)
                 VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3)
                 ON CONFLICT DO UPDATE SET content = excluded.content, missing_since = NULL",
            )?
            .execute([&told.source, &told.record, &content.to_string()])?,
        None => transaction
            .prepare_cached(
                "UPDATE told SET missing_since = coalesce(missing_since, ?3)
                 WHERE source = ?1 AND record = (SELECT id FROM record WHERE iri = ?2)",
            )?
            .execute(params![told.source, told.record, revision])?,
    };
    Ok(())
}

fn write_release(transaction: &Transaction<'_>, revision: u64, release: &FrozenRelease) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO release (name, record, revision, members) VALUES (?1, (SELECT id FROM record WHERE iri = ?2), ?3, ?4)",
        params![release.name, release.record, revision, release.members.len()],
    )?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO release_member (release, record, version) SELECT ?1, id, version FROM record WHERE iri = ?2",
    )?;
    for member in &release.members {
        insert.execute([&release.name, member])?;
    }
    Ok(())
}
