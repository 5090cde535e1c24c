//! Copying the write-ahead log into the register's file, so that it begins anew.
//!
//! SQLite's own checkpoint runs inside a commit, while readers still stay in transactions on the
//! revision before; with one of them always there the log would never begin anew.
//! <https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files>

use super::open::Register;
use rusqlite::Connection;
use std::sync::atomic::Ordering;

/// Pages of the log beyond which the writer waits until no reader needs them: four megabytes.
const LONG: u64 = 1_000;

impl Register {
    /// Copies the log into the file as far as readers let it; a long one whole, while readers make way.
    ///
    /// What was committed is in the log and safe, so a failure is told and the next commit tries again.
    pub(super) fn checkpoint(&self, writer: &Connection) {
        let copied = copy(writer, "PASSIVE").and_then(|pages| {
            if pages <= LONG {
                return Ok(pages);
            }
            self.readers_make_way.store(true, Ordering::SeqCst);
            self.end_idle_readers();
            let copied = copy(writer, "RESTART");
            self.readers_make_way.store(false, Ordering::SeqCst);
            copied
        });
        if let Err(error) = copied {
            tracing::warn!(cause = %error, "the register's log was not copied into its file");
        }
    }
}

/// Copies what can be copied; gives the number of pages in the log.
fn copy(writer: &Connection, mode: &str) -> rusqlite::Result<u64> {
    writer.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        // A register in memory has no log, which SQLite tells as -1.
        Ok(u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0))
    })
}
