//! Copying the write-ahead log into the register's file, so that it begins anew.
//!
//! SQLite's own checkpoint runs inside a commit, while readers still stay in transactions on the
//! revision before; with one of them always there the log would never begin anew.
//! <https://www.sqlite.org/wal.html#avoiding_excessively_large_wal_files>

use super::open::{BUSY, Register};
use rusqlite::Connection;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Pages of the log beyond which the writer waits until no reader needs them: four megabytes.
const LONG: u64 = 1_000;

/// How long it waits. Readers of this process make way at once; another process that reads, such as a backup, may take
/// minutes, and commits go on meanwhile.
const PATIENCE: Duration = Duration::from_millis(250);

/// Rows written after which the log is copied: a dozen changes of single records. To copy after each would cost as much
/// as to write it.
const ENOUGH: u64 = 256;

/// Pages of the log beyond which the writer waits for readers again: twice as many each time that it waited in vain.
#[derive(Debug)]
pub(super) struct Bearable(AtomicU64);

impl Default for Bearable {
    fn default() -> Self {
        Self(AtomicU64::new(LONG))
    }
}

/// What became of a checkpoint.
struct Copied {
    /// Whether readers still need the log.
    is_needed: bool,
    /// The pages in it.
    pages: u64,
}

impl Register {
    /// Copies the log into the file, where enough was written, as far as readers let it; a long one whole, while
    /// readers make way.
    ///
    /// What was committed is in the log and safe, so a failure is told and a later commit tries again.
    pub(super) fn checkpoint(&self, writer: &Connection) {
        let written = writer.total_changes();
        if written.saturating_sub(self.copied_at.load(Ordering::Relaxed)) < ENOUGH {
            return;
        }
        self.copied_at.store(written, Ordering::Relaxed);
        let copied = copy(writer, "PASSIVE").and_then(|copied| {
            let is_long = copied.pages > self.bearable.0.load(Ordering::Relaxed);
            if is_long { self.restart_log(writer) } else { Ok(()) }
        });
        if let Err(error) = copied {
            tracing::warn!(cause = %error, "the register's log was not copied into its file");
        }
    }

    fn restart_log(&self, writer: &Connection) -> rusqlite::Result<()> {
        self.readers_make_way.store(true, Ordering::SeqCst);
        self.end_idle_readers();
        let copied = writer.busy_timeout(PATIENCE).and_then(|()| copy(writer, "RESTART"));
        self.readers_make_way.store(false, Ordering::SeqCst);
        writer.busy_timeout(BUSY)?;
        let copied = copied?;
        let bearable = if copied.is_needed { copied.pages.saturating_mul(2) } else { LONG };
        self.bearable.0.store(bearable, Ordering::Relaxed);
        Ok(())
    }
}

/// Copies what can be copied.
fn copy(writer: &Connection, mode: &str) -> rusqlite::Result<Copied> {
    writer.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
        // A register in memory has no log, which SQLite tells as -1.
        Ok(Copied { is_needed: row.get(0)?, pages: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0) })
    })
}
