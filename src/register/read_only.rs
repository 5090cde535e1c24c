//! Opening a register for reading alone: beside the server that owns it, or where nobody may write.

use super::location::{Location, register_file};
use super::lock::DataLock;
use super::migrate;
use super::open::{OpenError, Register, connect, uri_path};
use rusqlite::ErrorCode;
use std::path::Path;

impl Register {
    /// Opens a register to read it. Nothing is made, locked or changed, so a server may own it; what is committed
    /// while it is open is seen by the next snapshot.
    ///
    /// Where the directory cannot be written, SQLite reads the file as one that does not change, which is right as
    /// long as nobody else has it open.
    ///
    /// # Errors
    /// See [`OpenError`]; a register of another form than this program's is refused, since bringing it to the present
    /// one would be a change.
    pub fn open_to_read(location: &Location) -> Result<Self, OpenError> {
        let Location::Directory(directory) = location else {
            return Err(OpenError::NoRegister { location: location.clone() });
        };
        let file = register_file(directory);
        if !file.exists() {
            return Err(OpenError::NoRegister { location: location.clone() });
        }
        let uri = format!("file:{}?mode=ro", uri_path(&file));
        match Self::read(&uri, directory) {
            Err(OpenError::Sqlite(error)) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) => {
                Self::read_unchanging(&uri, directory)
            }
            opened => opened,
        }
    }

    /// Reads a file that SQLite cannot make its own files beside: nobody may have it open, and nothing may be left in
    /// a write-ahead log.
    fn read_unchanging(uri: &str, directory: &Path) -> Result<Self, OpenError> {
        DataLock::expect_free(directory)?;
        let log = register_file(directory).with_extension("sqlite-wal");
        if log.metadata().is_ok_and(|log| log.len() > 0) {
            return Err(OpenError::UnfinishedLog { directory: directory.to_owned() });
        }
        Self::read(&format!("{uri}&immutable=1"), directory)
    }

    fn read(uri: &str, directory: &Path) -> Result<Self, OpenError> {
        let connection = connect(uri)?;
        migrate::expect_present(&connection)?;
        Ok(Self::of(uri.to_owned(), connection, Some(directory.to_owned()), None))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::Content;
    use crate::register::{Change, Commit};
    use rusqlite::Connection;
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    use tempfile::TempDir;

    const BASE: &str = "http://one.example/";

    fn location(folder: &TempDir) -> Location {
        Location::Directory(folder.path().join("a % odd? name#"))
    }

    fn write(register: &Register, iri: &str) {
        let content = Content::parse(&format!("<{iri}> <a:p> <a:o> .\n")).unwrap();
        let change = Change { iri: iri.to_owned(), kind: "function".to_owned(), number: None, content };
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    }

    #[test]
    fn a_register_is_read_beside_its_owner_and_shows_what_is_committed_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let owner = Register::open(&location(&folder), BASE).unwrap();
        write(&owner, "a:1");
        let reader = Register::open_to_read(&location(&folder)).unwrap();
        assert_eq!(reader.snapshot().unwrap().revision().unwrap().number, 1);
        write(&owner, "a:2");
        assert!(reader.snapshot().unwrap().has("a:2").unwrap());
    }

    #[test]
    fn what_was_opened_to_read_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        drop(Register::open(&location(&folder), BASE).unwrap());
        let reader = Register::open_to_read(&location(&folder)).unwrap();
        let error = reader.commit(&Commit::default()).unwrap_err().to_string();
        assert!(error.contains("readonly"), "{error}");
    }

    #[test]
    fn a_register_where_nobody_may_write_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(&location(&folder), BASE).unwrap();
        write(&register, "a:1");
        drop(register);
        let directory = folder.path().join("a % odd? name#");
        // Whoever runs the tests as root may write everywhere: there this says no more than the first test.
        set_permissions(&directory, Permissions::from_mode(0o500)).unwrap();
        let reader = Register::open_to_read(&location(&folder));
        let read = reader.map(|reader| reader.snapshot().unwrap().has("a:1").unwrap());
        set_permissions(&directory, Permissions::from_mode(0o700)).unwrap();
        assert!(read.unwrap());
    }

    #[test]
    fn a_register_of_another_form_is_left_as_it_is_and_the_refusal_says_what_to_do() {
        for (form, remedy) in [(2, "start it once"), (99, "use the release that made it")] {
            let folder = tempfile::tempdir().unwrap();
            drop(Register::open(&location(&folder), BASE).unwrap());
            let file = register_file(&folder.path().join("a % odd? name#"));
            let connection = Connection::open(&file).unwrap();
            connection.pragma_update(None, "user_version", form).unwrap();
            let error = Register::open_to_read(&location(&folder)).unwrap_err().to_string();
            assert!(error.contains(remedy), "{error}");
            let left: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
            assert_eq!(left, form);
        }
    }

    #[test]
    fn where_there_is_no_register_none_is_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Register::open_to_read(&location(&folder)), Err(OpenError::NoRegister { .. })));
        assert!(!folder.path().join("a % odd? name#").exists());
    }
}
