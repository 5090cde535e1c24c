//! Writing to the register: a transaction of any number of commits, and one sync for all of them.

use super::commit::{self, Commit, CommitError};
use super::fail_point;
use super::open::Register;
use super::snapshot::Snapshot;
use rusqlite::{Connection, TransactionBehavior};
use std::cell::Cell;

/// An open transaction of the one connection that writes.
pub struct Transaction<'t> {
    pub(super) connection: &'t Connection,
    /// Whether there is anything to be kept.
    wrote: Cell<bool>,
}

impl Register {
    /// Lets `work` write. What it wrote is on disk when this returns; if it fails, or the disk does, nothing is.
    ///
    /// # Errors
    /// What `work` says, or [`CommitError`].
    pub fn transact<T, E: From<CommitError>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = self.writer();
        self.end_idle_readers();
        let begun = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(CommitError::from)?;
        fail_point::reach("register-begun");
        let transaction = Transaction { connection: &begun, wrote: Cell::new(false) };
        let done = work(&transaction)?;
        let wrote = transaction.wrote.get();
        if wrote {
            fail_point::reach("register-written");
            begun.commit().map_err(CommitError::from)?;
            fail_point::reach("register-synced");
        } else {
            drop(begun);
        }
        if wrote {
            self.note_written();
            self.checkpoint(&writer);
        }
        Ok(done)
    }

    /// Writes one commit and returns its revision once it is on disk.
    ///
    /// # Errors
    /// [`CommitError`]; the register is then as it was.
    pub fn commit(&self, commit: &Commit) -> Result<u64, CommitError> {
        self.transact(|transaction| transaction.commit(commit))
    }
}

impl Transaction<'_> {
    /// The present state, with what this transaction has written so far.
    pub fn snapshot(&self) -> Snapshot<'_> {
        Snapshot::of_writer(self.connection)
    }

    /// Writes a commit as the next revision and returns its number.
    ///
    /// # Errors
    /// [`CommitError`]; what this transaction wrote before stands.
    pub fn commit(&self, commit: &Commit) -> Result<u64, CommitError> {
        self.write(|connection| commit::write(connection, commit))
    }

    /// Lets `work` write a part, and takes back what it wrote if it fails. Parts may stand in parts.
    ///
    /// # Errors
    /// What `work` says, or [`CommitError`].
    pub fn part<T, E: From<CommitError>>(&self, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let run = |sql| -> Result<(), CommitError> {
            self.connection.prepare_cached(sql)?.execute([])?;
            Ok(())
        };
        let wrote = self.wrote.get();
        run("SAVEPOINT part")?;
        let done = work();
        if done.is_err() {
            run("ROLLBACK TO part")?;
            self.wrote.set(wrote);
        }
        run("RELEASE part")?;
        done
    }

    /// Lets `write` write, whole or not at all.
    pub(super) fn write<T>(&self, write: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, CommitError> {
        self.part(|| {
            let written = write(self.connection)?;
            self.wrote.set(true);
            Ok(written)
        })
    }
}
