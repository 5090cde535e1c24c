//! Writing the history, line after line, in constant memory.

use super::super::chain;
use super::super::hex::hex;
use super::super::open::Unreadable;
use super::super::snapshot::Snapshot;
use super::{CounterLine, EDITION, FORMAT, Head, HistoryEnd, Line, ReleaseLine, RevisionLine, ToldLine, VersionLine};
use rusqlite::{Connection, Row, Rows};
use std::io::{self, Write};

/// A history that was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// It cannot be written.
    #[error("cannot write the dump: {0}")]
    Io(#[from] io::Error),
    /// A line cannot be made.
    #[error("cannot write the dump: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for DumpError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

/// The lines, and where they go.
struct Lines<'o>(&'o mut dyn Write);

impl Lines<'_> {
    fn write(&mut self, line: &Line) -> Result<(), DumpError> {
        serde_json::to_writer(&mut *self.0, line)?;
        Ok(self.0.write_all(b"\n")?)
    }
}

impl Snapshot<'_> {
    /// Writes the whole history, and says where it ends.
    ///
    /// # Errors
    /// See [`DumpError`].
    pub fn dump_history(&self, out: &mut dyn Write) -> Result<HistoryEnd, DumpError> {
        let connection = self.connection()?;
        let mut lines = Lines(out);
        let base = connection.query_row("SELECT value FROM setting WHERE name = 'base'", [], |row| row.get(0))?;
        lines.write(&Line::Head(Head { format: FORMAT.to_owned(), edition: EDITION, base }))?;
        write_revisions(connection, &mut lines)?;
        self.each_told(|told| {
            lines.write(&Line::Told(ToldLine {
                source: told.source.to_owned(),
                record: told.record.to_owned(),
                content: told.content.to_owned(),
                missing_since: told.missing_since,
            }))
        })?;
        write_counters(connection, &mut lines)?;
        let (versions, link) = chain::end(connection)?.unzip();
        let revision = self.revision()?.number;
        let end = HistoryEnd { revision, versions: versions.unwrap_or(0), link: link.map(|link| hex(&link)) };
        lines.write(&Line::End(end.clone()))?;
        Ok(end)
    }
}

/// Writes the revisions, each with its versions and releases: two cursors go along together.
fn write_revisions(connection: &Connection, lines: &mut Lines<'_>) -> Result<(), DumpError> {
    let mut revisions = connection
        .prepare("SELECT number, at, agent, organisation, token, activity, reason FROM revision ORDER BY number")?;
    let mut revisions = revisions.query([])?;
    let mut versions = connection.prepare(
        "SELECT position, iri, kind, number.number, version.number, content, link, revision
         FROM feed JOIN record ON record.id = feed.record
         JOIN version ON version.record = feed.record AND version.number = feed.version
         LEFT JOIN number ON number.record = feed.record ORDER BY position",
    )?;
    let mut versions = versions.query([])?;
    let mut next = next_version(&mut versions)?;
    while let Some(row) = revisions.next()? {
        let revision = revision(row)?;
        let number = revision.number;
        lines.write(&Line::Revision(revision))?;
        while let Some((version, _)) = next.take_if(|(_, of)| *of <= number) {
            lines.write(&Line::Version(version))?;
            next = next_version(&mut versions)?;
        }
        write_releases(connection, number, lines)?;
    }
    Ok(())
}

fn revision(row: &Row<'_>) -> rusqlite::Result<RevisionLine> {
    Ok(RevisionLine {
        number: row.get(0)?,
        at: row.get(1)?,
        agent: row.get(2)?,
        organisation: row.get(3)?,
        token: row.get(4)?,
        activity: row.get(5)?,
        reason: row.get(6)?,
    })
}

/// The next version, and the revision that made it.
fn next_version(rows: &mut Rows<'_>) -> rusqlite::Result<Option<(VersionLine, u64)>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    let link: chain::Digest = row.get(6)?;
    let version = VersionLine {
        position: row.get(0)?,
        record: row.get(1)?,
        kind: row.get(2)?,
        number: row.get(3)?,
        version: row.get(4)?,
        content: row.get(5)?,
        link: hex(&link),
    };
    Ok(Some((version, row.get(7)?)))
}

fn write_releases(connection: &Connection, revision: u64, lines: &mut Lines<'_>) -> Result<(), DumpError> {
    let releases: Vec<(String, String)> = connection
        .prepare_cached(
            "SELECT name, iri FROM release JOIN record ON id = release.record WHERE revision = ?1 ORDER BY name",
        )?
        .query_map([revision], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (name, record) in releases {
        let members = connection
            .prepare_cached(
                "SELECT iri, member.version FROM release_member AS member JOIN record ON id = member.record
                 WHERE release = ?1 ORDER BY id",
            )?
            .query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        lines.write(&Line::Release(ReleaseLine { name, record, members }))?;
    }
    Ok(())
}

fn write_counters(connection: &Connection, lines: &mut Lines<'_>) -> Result<(), DumpError> {
    let mut counters = connection.prepare("SELECT kind, last FROM counter ORDER BY kind")?;
    let mut rows = counters.query([])?;
    while let Some(row) = rows.next()? {
        lines.write(&Line::Counter(CounterLine { kind: row.get(0)?, last: row.get(1)? }))?;
    }
    Ok(())
}
