//! Numbered steps from an empty file to the present form of the register.

use super::chain;
use super::open::OpenError;
use rusqlite::{Connection, Transaction};

/// One step.
struct Migration {
    sql: &'static str,
    /// What SQL alone cannot do, done after it, while versions and the feed may change.
    fill: Option<fn(&Connection) -> rusqlite::Result<()>>,
}

impl Migration {
    const fn of(sql: &'static str) -> Self {
        Self { sql, fill: None }
    }
}

/// The steps, in order; a step that has been published never changes.
const MIGRATIONS: &[Migration] = &[
    Migration::of(include_str!("migrations/0001_register.sql")),
    Migration::of(include_str!("migrations/0002_shown.sql")),
    Migration::of(include_str!("migrations/0003_search.sql")),
    Migration { sql: include_str!("migrations/0004_writing.sql"), fill: Some(chain::link_all) },
    Migration::of(include_str!("migrations/0005_offers.sql")),
    Migration::of(include_str!("migrations/0006_told.sql")),
];

/// The form of a register that has all steps behind it.
pub(super) const PRESENT: usize = MIGRATIONS.len();

/// Marks a file as a register (`PRAGMA application_id`): "EUSL" in ASCII.
const APPLICATION_ID: i32 = 0x4555_534c;

/// Brings the register to the present form, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let done = form(connection)?;
    for (step, migration) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(migration.sql)?;
        if let Some(fill) = migration.fill {
            unbound(&transaction, fill)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", i64::try_from(step + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
    Ok(())
}

/// Fills what a step added to versions and to the feed, which otherwise never change: the triggers that say so are
/// taken away for as long as it takes, in the same transaction.
fn unbound(transaction: &Transaction<'_>, fill: fn(&Connection) -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let promises: Vec<(String, String)> = transaction
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name IN ('version_changed', 'feed_changed')")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (name, _) in &promises {
        transaction.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    fill(transaction)?;
    promises.iter().try_for_each(|(_, sql)| transaction.execute_batch(sql))
}

/// A register without anything in it, in memory: what one that is made now is like.
pub(super) fn made_now() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    MIGRATIONS.iter().try_for_each(|migration| connection.execute_batch(migration.sql))?;
    Ok(connection)
}

/// Holds a register that is not to be changed to the present form.
///
/// # Errors
/// It has another one, or is none.
pub(super) fn expect_present(connection: &Connection) -> Result<(), OpenError> {
    match form(connection)? {
        found if found == PRESENT => Ok(()),
        found => Err(OpenError::TooOld { found, known: PRESENT }),
    }
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
        Ok(done) if done <= PRESENT => Ok(done),
        _ => Err(OpenError::TooNew { found: version, known: PRESENT }),
    }
}

/// Takes the steps from the fourth on back, for tests that make registers of before it out of new ones.
#[cfg(test)]
pub(super) const WITHOUT_WRITING: &str = "
    DROP INDEX told_of_record; DROP INDEX link_to_authority; DROP TRIGGER version_needs_digest; DROP TRIGGER feed_needs_link;
    DROP TABLE answered; DROP TABLE token; DROP TABLE draft; DROP TABLE counter;
    ALTER TABLE feed DROP COLUMN link; ALTER TABLE version DROP COLUMN digest;
    ALTER TABLE revision DROP COLUMN organisation; ALTER TABLE revision DROP COLUMN token;
    ALTER TABLE revision DROP COLUMN reason; PRAGMA user_version = 3;";

#[cfg(test)]
mod tests {
    use super::super::chain::{Digest, FeedEntry, digest};
    use super::*;

    #[test]
    fn a_register_of_before_the_chain_is_chained_and_keeps_its_promises() {
        let mut connection = Connection::open_in_memory().unwrap();
        for migration in MIGRATIONS.iter().take(3) {
            connection.execute_batch(migration.sql).unwrap();
        }
        connection
            .execute_batch(
                "BEGIN;
                 INSERT INTO revision VALUES (1, '2026-01-01T00:00:00.000Z', 'somebody', 'import'),
                                             (2, '2026-01-02T00:00:00.000Z', 'somebody', 'import');
                 INSERT INTO record VALUES (1, 'a:1', 'service-type', 1);
                 INSERT INTO version VALUES (1, 1, 1, 'one');
                 INSERT INTO feed VALUES (1, 1, 1);
                 UPDATE record SET version = 2;
                 INSERT INTO version VALUES (1, 2, 2, 'two');
                 INSERT INTO feed VALUES (2, 1, 2);
                 INSERT INTO number VALUES (12000, 1);
                 COMMIT;",
            )
            .unwrap();
        connection.pragma_update(None, "user_version", 3).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        migrate(&mut connection).unwrap();
        let link = |position: u64| -> Digest {
            connection.query_row("SELECT link FROM feed WHERE position = ?1", [position], |row| row.get(0)).unwrap()
        };
        let entry = |number: u64, text: &str| FeedEntry {
            position: number,
            record: "a:1".to_owned(),
            kind: "service-type".to_owned(),
            version: number,
            digest: digest(text),
            revision: number,
            at: format!("2026-01-0{number}T00:00:00.000Z"),
            agent: "somebody".to_owned(),
            organisation: None,
            token: None,
            activity: "import".to_owned(),
            reason: None,
        };
        assert_eq!(link(1), entry(1, "one").link(None));
        assert_eq!(link(2), entry(2, "two").link(Some(&link(1))));
        let last: u64 = connection.query_row("SELECT last FROM counter", [], |row| row.get(0)).unwrap();
        assert_eq!(last, 12_000, "numbers that were given out count");
        let error = connection.execute("UPDATE version SET content = ''", []).unwrap_err().to_string();
        assert!(error.contains("never changes"), "{error}");
    }
}
