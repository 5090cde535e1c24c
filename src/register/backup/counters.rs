//! The counters of numbers of a register that nobody has open: after a restore no number is given a second time,
//! though the backup does not know which were given out after it.

use rusqlite::{Connection, OpenFlags, params};
use std::path::Path;

/// How far a counter is raised beyond what the backup has.
const GAP: u64 = 1_000;

/// A counter that was raised: the numbers in between are never given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaisedCounter {
    /// The kind of the records that are named by it.
    pub kind: String,
    /// The last number that the backup knows to have been given.
    pub from: u64,
    /// What counts as the last from now on.
    pub to: u64,
}

/// The base of a register and its counters; of a register of an earlier form, the largest number.
pub(super) fn read(file: &Path) -> rusqlite::Result<(String, Vec<(String, u64)>)> {
    // Not to be written: SQLite would throw away the log of a register that it cannot read.
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let base = connection.query_row("SELECT value FROM setting WHERE name = 'base'", [], |row| row.get(0))?;
    let has_counters = connection.table_exists(None, "counter")?;
    let counters = if has_counters { all(&connection)? } else { Vec::new() };
    let largest: u64 = connection.query_row("SELECT coalesce(max(number), 0) FROM number", [], |row| row.get(0))?;
    Ok((base, counters.into_iter().chain([("service-type".to_owned(), largest)]).collect()))
}

fn all(connection: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    let mut statement = connection.prepare("SELECT kind, last FROM counter ORDER BY kind")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Raises every counter of a register by the gap, and above those of the one that it replaces.
pub(super) fn raise(file: &Path, replaced: &[(String, u64)]) -> rusqlite::Result<Vec<RaisedCounter>> {
    let mut connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    // One file, which can be renamed.
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction()?;
    let before = all(&transaction)?;
    // What counts a single number that was retired (draft.rs) goes no further.
    let is_of_many = |kind: &str| !kind.contains('/');
    for (kind, last) in before.iter().filter(|(kind, _)| is_of_many(kind)) {
        transaction.execute("UPDATE counter SET last = ?2 WHERE kind = ?1", params![kind, last + GAP])?;
    }
    for (kind, last) in replaced {
        let raise = "UPDATE counter SET last = max(last, ?2) WHERE kind = ?1";
        if transaction.execute(raise, params![kind, last])? == 0 {
            transaction.execute("INSERT INTO counter (kind, last) VALUES (?1, ?2)", params![kind, last])?;
        }
    }
    let raised = all(&transaction)?.into_iter().filter(|(kind, _)| is_of_many(kind)).map(|(kind, to)| {
        let from = before.iter().find(|(known, _)| *known == kind).map_or(0, |(_, last)| *last);
        RaisedCounter { kind, from, to }
    });
    let raised = raised.collect();
    transaction.commit()?;
    Ok(raised)
}

/// Copies the write-ahead log of a register into its file, after which the log goes.
pub(super) fn close_in_order(file: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)
}
