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
            transaction.stands()?;
        }
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
        self.transact(|transaction| {
            // Without a savepoint, since the whole transaction is kept or is not: at the end of each statement SQLite would
            // walk over all that the savepoint remembers, which takes minutes for some thousand records.
            let revision = commit::write(transaction.connection, commit)?;
            transaction.wrote.set(true);
            Ok(revision)
        })
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
        self.stands()?;
        let wrote = self.wrote.get();
        run("SAVEPOINT part")?;
        let done = work();
        if done.is_err() {
            // Whoever has this error tells why; the parts before and after hear that the transaction ended.
            if self.stands().is_err() {
                return done;
            }
            run("ROLLBACK TO part")?;
            self.wrote.set(wrote);
        }
        run("RELEASE part")?;
        done
    }

    /// Holds that the transaction was not ended by SQLite itself, as a disk that is full or fails makes it do: a
    /// savepoint would begin another one, which nobody would let the graph follow.
    /// <https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction>
    fn stands(&self) -> Result<(), CommitError> {
        if self.connection.is_autocommit() { Err(CommitError::Ended) } else { Ok(()) }
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

#[cfg(test)]
mod tests {
    use super::super::{Attribution, Change, Location};
    use super::*;
    use crate::rdf::{Content, Literal, NamedNode, Triple};

    /// One record that says a text of so many bytes.
    fn saying(record: &str, length: usize) -> Commit {
        let (subject, property) = (NamedNode::new_unchecked(record), NamedNode::new_unchecked("a:says"));
        let triple = Triple::new(subject, property, Literal::new_simple_literal("x".repeat(length)));
        let content = Content::from_iter([triple]);
        let change = Change { iri: record.to_owned(), kind: "thing".to_owned(), number: None, content };
        let attribution = Attribution { agent: "a test".to_owned(), ..Attribution::default() };
        Commit { attribution, changes: vec![change], ..Commit::default() }
    }

    /// Lets the register's file grow by so many pages and no more, as a full disk does.
    fn leave_room(register: &Register, pages: u64) {
        let writer = register.writer();
        let count: u64 = writer.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        writer.pragma_update_and_check(None, "max_page_count", count + pages, |_| Ok(())).unwrap();
    }

    #[test]
    fn what_the_full_disk_ends_in_one_part_no_later_part_begins_anew() {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
        register.commit(&saying("a:before", 10)).unwrap();
        leave_room(&register, 0);
        let told = register.transact::<_, CommitError>(|transaction| {
            let large = transaction.commit(&saying("a:large", 100_000));
            let small = transaction.commit(&saying("a:small", 1));
            Ok((large.is_ok(), small.is_ok()))
        });
        let revision = register.snapshot().unwrap().revision().unwrap().number;
        // Whatever was told as written is there, and nothing else.
        assert_eq!(told.ok(), if revision == 2 { Some((false, true)) } else { Some((false, false)) });
        assert!(register.writer().is_autocommit(), "no transaction stays open");
        leave_room(&register, 1_000);
        let next = register.commit(&saying("a:large", 100_000)).unwrap();
        assert_eq!((next, register.snapshot().unwrap().has("a:large").unwrap()), (revision + 1, true));
    }

    #[test]
    fn a_transaction_that_sqlite_has_ended_keeps_nothing_and_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
        let told = register.transact::<_, CommitError>(|transaction| {
            transaction.commit(&saying("a:1", 10))?;
            // A disk that fails makes SQLite do this by itself. <https://www.sqlite.org/lang_transaction.html>
            let ended = transaction.part(|| Ok::<_, CommitError>(transaction.connection.execute_batch("ROLLBACK")?));
            let later = transaction.commit(&saying("a:2", 10));
            Ok((ended.is_ok(), later.is_ok()))
        });
        assert!(matches!(told, Err(CommitError::Ended)), "{told:?}");
        assert_eq!(register.snapshot().unwrap().revision().unwrap().number, 0);
        assert_eq!(register.commit(&saying("a:3", 10)).unwrap(), 1);
    }
}
