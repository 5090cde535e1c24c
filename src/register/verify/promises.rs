//! The file as SQLite sees it: whole, its keys kept, and its triggers, which keep the promises, all there.

use super::super::migrate;
use super::super::open::Unreadable;
use super::super::snapshot::Snapshot;
use super::finding::{Findings, Remedy};
use super::rules::RULES;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Keys that a rule looks after, and names the record.
const LOOKED_AFTER: &str = "('record', 'version'), ('version', 'feed'), ('version', 'record'), ('feed', 'version')";

impl Snapshot<'_> {
    /// Holds the tables to the rules that SQL can tell.
    ///
    /// # Errors
    /// [`Unreadable`]: the register is too broken to be asked.
    pub fn verify_tables(&self, findings: &mut Findings) -> Result<(), Unreadable> {
        let connection = self.connection()?;
        is_sound(connection, findings)?;
        keeps_keys(connection, findings)?;
        keeps_promises(connection, findings)?;
        for rule in RULES {
            let mut statement = connection.prepare(rule.sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let detail = match row.get(2)? {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    _ => String::new(),
                };
                findings.push(rule.broken(row.get(0)?, row.get(1)?, &detail));
            }
        }
        Ok(())
    }
}

/// <https://www.sqlite.org/pragma.html#pragma_integrity_check>
fn is_sound(connection: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            findings.add(format!("SQLite says of the file: {said}"), Remedy::Restore);
        }
    }
    Ok(())
}

/// <https://www.sqlite.org/pragma.html#pragma_foreign_key_check>
fn keeps_keys(connection: &Connection, findings: &mut Findings) -> rusqlite::Result<()> {
    let sql = format!(
        r#"SELECT "table", coalesce(rowid, '?'), parent FROM pragma_foreign_key_check
           WHERE ("table", parent) NOT IN (VALUES {LOOKED_AFTER})"#
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, place, parent): (String, String, String) = (row.get(0)?, row.get_ref(1).map(text)?, row.get(2)?);
        let remedy =
            if matches!(table.as_str(), "link" | "label" | "shown") { Remedy::MakeAnew } else { Remedy::Restore };
        findings.add(format!("row {place} of the table {table} names something in {parent} that is not there"), remedy);
    }
    Ok(())
}

fn text(value: rusqlite::types::ValueRef<'_>) -> String {
    match value {
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        _ => "?".to_owned(),
    }
}

/// Compares the triggers with those of a register that is made now.
fn keeps_promises(connection: &Connection, findings: &mut Findings) -> Result<(), Unreadable> {
    let made = migrate::made_now()?;
    let here = triggers(connection)?;
    for (name, sql) in triggers(&made)? {
        if here.get(&name) != Some(&sql) {
            findings.add(
                format!("the trigger {name}, which keeps a promise, is not there or is another"),
                Remedy::MakeAnew,
            );
        }
    }
    Ok(())
}

fn triggers(connection: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
