//! Opening a register, and handing out snapshots of it.

use super::checkpoint::Bearable;
use super::location::{Location, register_file};
use super::lock::{DataLock, LockError};
use super::migrate;
use super::record::Revision;
use super::search;
use super::snapshot::{Snapshot, newest};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

/// A register that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory cannot be made.
    #[error("cannot make the data directory {}: {source}", directory.display())]
    Directory {
        /// The directory.
        directory: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process owns it.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The file is an SQLite database of something else.
    #[error("register.sqlite is a database of another program; name another directory with --data")]
    NotARegister,
    /// There is none, and reading makes none.
    #[error("there is no register ({location}); `eusl` makes one, and --data names another directory")]
    NoRegister {
        /// Where it was looked for.
        location: Location,
    },
    /// An earlier release made it, and it was opened to read.
    #[error(
        "the register has form {found}, this release reads form {known}; \
         start it once with this release, which brings it to that form, or use the release that made it"
    )]
    TooOld {
        /// Its form.
        found: usize,
        /// The form that is read.
        known: usize,
    },
    /// It was not closed in order, and its directory cannot be written.
    #[error(
        "the register in {} was not closed in order and cannot be read where nobody may write; \
         copy the directory to where you may write", directory.display()
    )]
    UnfinishedLog {
        /// Its directory.
        directory: PathBuf,
    },
    /// A later release of the product made it.
    #[error("the register has form {found}, this release knows up to {known}; use the release that made it")]
    TooNew {
        /// Its form.
        found: i64,
        /// The latest form known.
        known: usize,
    },
    /// It was made for other IRIs.
    #[error(
        "the register was made for the base {made_for}, not {asked}: its IRIs start with the former. \
         Start with --base {made_for}; where documents shall answer at another address, add --site {asked}. \
         To publish under new IRIs, make a new register with --base {asked} in another --data directory and import into it"
    )]
    OtherBase {
        /// The base it was made for.
        made_for: String,
        /// The base asked for.
        asked: String,
    },
    /// SQLite refused.
    #[error("cannot open the register: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

/// A register that cannot be read: the disk or the file is broken.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// SQLite failed.
    #[error("cannot read the register: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored version is no N-Triples.
    #[error("a stored version of {record} cannot be read: {source}")]
    Content {
        /// The record's IRI.
        record: String,
        /// What is wrong with it.
        source: oxrdfio::RdfSyntaxError,
    },
}

/// An open register: one connection that writes, and as many that read as are in use at once.
#[derive(Debug)]
pub struct Register {
    pub(super) file: String,
    writer: Mutex<Connection>,
    idle_readers: Mutex<Vec<Idle>>,
    /// How many transactions were written since it was opened; not each is a revision.
    written: AtomicU64,
    /// Whether readers leave their transactions when they are given back.
    pub(super) readers_make_way: AtomicBool,
    pub(super) bearable: Bearable,
    /// How many rows the writer had written when the log was last copied.
    pub(super) copied_at: AtomicU64,
    directory: Option<PathBuf>,
    lock: Option<DataLock>,
}

/// A connection that reads, inside a transaction on the revision it shows.
#[derive(Debug)]
pub(super) struct Reader {
    pub(super) connection: Connection,
    pub(super) revision: Revision,
    /// How many transactions it surely shows.
    shows: u64,
}

impl Reader {
    /// `written` was counted before.
    fn begin(connection: Connection, written: u64) -> Result<Self, rusqlite::Error> {
        // The transaction begins with its first read.
        connection.execute_batch("BEGIN DEFERRED")?;
        let revision = newest(&connection)?;
        Ok(Self { connection, revision, shows: written })
    }
}

/// A connection that nobody reads through now.
#[derive(Debug)]
enum Idle {
    /// Still inside its transaction.
    Reading(Reader),
    /// Outside of any.
    Resting(Connection),
}

impl Idle {
    /// Ends its transaction; nothing if that fails, so that the connection closes.
    fn rest(self) -> Option<Self> {
        let connection = match self {
            Self::Reading(reader) => reader.connection,
            Self::Resting(connection) => return Some(Self::Resting(connection)),
        };
        connection.execute_batch("COMMIT").ok()?;
        Some(Self::Resting(connection))
    }
}

/// How long a reader that comes while readers make way waits before it begins.
const COURTESY: Duration = Duration::from_millis(1);

/// Idle reading connections that are kept; more are closed when given back.
const KEPT_READERS: usize = 8;

impl Register {
    /// Opens a register for writing, or makes one for the IRIs under `base`.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(location: &Location, base: &str) -> Result<Self, OpenError> {
        let (file, directory, lock) = match location {
            Location::Directory(directory) => {
                // Drafts and tokens will stand here: a new directory is its owner's alone.
                std::fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(directory)
                    .map_err(|source| OpenError::Directory { directory: directory.clone(), source })?;
                let lock = DataLock::take(directory)?;
                let file = format!("file:{}", uri_path(&register_file(directory)));
                (file, Some(directory.clone()), Some(lock))
            }
            Location::Memory => {
                static MADE: AtomicU64 = AtomicU64::new(0);
                let name = MADE.fetch_add(1, Ordering::Relaxed);
                (format!("file:/eusl-{name}?vfs=memdb"), None, None)
            }
        };
        let mut writer = connect(&file)?;
        // A full sync at each commit: what was acknowledged outlives a power failure.
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "foreign_keys", "ON")?;
        // `commit` does it when readers have made way.
        writer.pragma_update(None, "wal_autocheckpoint", 0)?;
        // What a savepoint may have to take back is kept in memory, not in a file for each.
        writer.pragma_update(None, "temp_store", "MEMORY")?;
        migrate::migrate(&mut writer)?;
        keep_base(&writer, base)?;
        search::keep_whole(&mut writer)?;
        Ok(Self::of(file, writer, directory, lock))
    }

    /// A register of a connection that writes, or, where it was opened to read, refuses to.
    pub(super) fn of(file: String, writer: Connection, directory: Option<PathBuf>, lock: Option<DataLock>) -> Self {
        Self {
            file,
            writer: Mutex::new(writer),
            idle_readers: Mutex::default(),
            written: AtomicU64::new(0),
            readers_make_way: AtomicBool::new(false),
            bearable: Bearable::default(),
            copied_at: AtomicU64::new(0),
            directory,
            lock,
        }
    }

    /// The data directory, where there is one.
    pub fn directory(&self) -> Option<&Path> {
        self.directory.as_deref()
    }

    /// One unchanging view of the present state.
    ///
    /// A reader that was given back still shows all that was written, or would not be idle; so a
    /// view mostly begins without a word to SQLite.
    ///
    /// # Errors
    /// SQLite's.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, Unreadable> {
        if self.readers_make_way.load(Ordering::SeqCst) {
            // One reader after the other would keep the writer waiting for a moment without any.
            std::thread::sleep(COURTESY);
        }
        let (written, idle) = (self.written.load(Ordering::Acquire), self.idle().pop());
        let reader = match idle {
            Some(Idle::Reading(reader)) => reader,
            Some(Idle::Resting(connection)) => Reader::begin(connection, written)?,
            None => Reader::begin(connect(&self.file)?, written)?,
        };
        Ok(Snapshot::of(reader, self))
    }

    /// Takes a reader back. It stays in its transaction if that shows all that was written and is in
    /// nobody's way: in memory there is no write-ahead log, and readers keep the writer waiting; of what another
    /// process writes nobody tells them.
    pub(super) fn give_back(&self, reader: Reader) {
        let mut idle = self.idle();
        let is_latest = reader.shows == self.written.load(Ordering::Acquire);
        let reading = Idle::Reading(reader);
        let may_stay = self.lock.is_some() && !self.readers_make_way.load(Ordering::SeqCst);
        let kept = if is_latest && may_stay { Some(reading) } else { reading.rest() };
        if idle.len() < KEPT_READERS {
            idle.extend(kept);
        }
    }

    /// Ends the readers that are idle: their transactions would keep SQLite from starting its
    /// write-ahead log anew.
    pub(super) fn end_idle_readers(&self) {
        let mut idle = self.idle();
        let rested: Vec<Idle> = idle.drain(..).filter_map(Idle::rest).collect();
        *idle = rested;
    }

    /// Notes that a transaction was written: no view that begins from now on shows what was before.
    pub(super) fn note_written(&self) {
        self.written.fetch_add(1, Ordering::AcqRel);
        self.end_idle_readers();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle_readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that writes. A panic while it was held left no open transaction:
    /// dropping one rolls it back.
    pub(super) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether something is being written.
    pub fn is_writing(&self) -> bool {
        matches!(self.writer.try_lock(), Err(TryLockError::WouldBlock))
    }
}

/// How long a connection waits for another that holds a lock.
pub(super) const BUSY: Duration = Duration::from_secs(10);

pub(super) fn connect(file: &str) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    // Eight megabytes: a list of two thousand records with its indexes is read from memory.
    connection.pragma_update(None, "cache_size", -8_192)?;
    // A statement keeps its plan whatever is bound to it; without this each execution plans anew.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// Writes the base into a new register; holds an old one to its own.
fn keep_base(connection: &Connection, base: &str) -> Result<(), OpenError> {
    connection.execute(
        "INSERT INTO setting (name, value) SELECT 'base', ?1 WHERE NOT EXISTS (SELECT 1 FROM setting WHERE name = 'base')",
        [base],
    )?;
    let made_for: String =
        connection.query_row("SELECT value FROM setting WHERE name = 'base'", [], |row| row.get(0))?;
    if made_for == base { Ok(()) } else { Err(OpenError::OtherBase { made_for, asked: base.to_owned() }) }
}

/// A path as the path of an SQLite URI: `%`, `?` and `#` have a meaning there.
pub(super) fn uri_path(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_base_is_refused_with_the_way_out() {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().join("a % odd? name#"));
        drop(Register::open(&location, "http://one.example/").unwrap());
        let error = Register::open(&location, "http://two.example/").unwrap_err().to_string();
        assert!(error.contains("--base http://one.example/"), "{error}");
        assert!(error.contains("--site http://two.example/"), "{error}");
        Register::open(&location, "http://one.example/").unwrap();
    }

    #[test]
    fn another_programs_database_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("register.sqlite");
        Connection::open(&file).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        let location = Location::Directory(directory.path().to_owned());
        assert!(matches!(Register::open(&location, "http://one.example/"), Err(OpenError::NotARegister)));
    }

    #[test]
    fn a_register_of_a_later_release_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let location = Location::Directory(directory.path().to_owned());
        drop(Register::open(&location, "http://one.example/").unwrap());
        Connection::open(directory.path().join("register.sqlite"))
            .unwrap()
            .pragma_update(None, "user_version", 99)
            .unwrap();
        assert!(matches!(Register::open(&location, "http://one.example/"), Err(OpenError::TooNew { found: 99, .. })));
    }
}
