//! Numbered steps from an empty file to the present form of the register.

use super::open::OpenError;
use rusqlite::Connection;

/// The steps, in order; a step that has been published never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_register.sql"),
    include_str!("migrations/0002_shown.sql"),
    include_str!("migrations/0003_search.sql"),
];

/// Marks a file as a register (`PRAGMA application_id`): "EUSL" in ASCII.
const APPLICATION_ID: i32 = 0x4555_534c;

/// Brings the register to the present form, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let done = form(connection)?;
    for (step, sql) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", i64::try_from(step + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
    Ok(())
}

/// How many steps the register has behind it.
///
/// # Errors
/// The file is something else, or was made by a later release of the product.
pub(super) fn form(connection: &Connection) -> Result<usize, OpenError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(OpenError::NotARegister);
    }
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(version) {
        Ok(done) if done <= MIGRATIONS.len() => Ok(done),
        _ => Err(OpenError::TooNew { found: version, known: MIGRATIONS.len() }),
    }
}
