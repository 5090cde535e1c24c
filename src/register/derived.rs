//! What is derived from what a record says, so that it can be asked for without reading contents, and the tables that
//! keep it.

use super::names::Names;
use super::search;
use crate::rdf::{Content, NamedOrBlankNode, Term};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What a record and its parts point at: part, property, object.
pub(super) const LINKS: Table = Table {
    present: "SELECT part, property, object FROM link WHERE record = ?1",
    delete: "DELETE FROM link WHERE record = ?1 AND part = ?2 AND property = ?3 AND object = ?4",
    insert: "INSERT OR IGNORE INTO link (record, part, property, object) VALUES (?1, ?2, ?3, ?4)",
};

/// What a record is called: property, language, value.
pub(super) const LABELS: Table = Table {
    present: "SELECT property, language, value FROM label WHERE record = ?1",
    delete: "DELETE FROM label WHERE record = ?1 AND property = ?2 AND language = ?3 AND value = ?4",
    insert: "INSERT OR IGNORE INTO label (record, property, language, value) VALUES (?1, ?2, ?3, ?4)",
};

/// A table in which a record has rows of three texts.
pub(super) struct Table {
    present: &'static str,
    delete: &'static str,
    insert: &'static str,
}

/// A row, but for the record.
pub(super) type Entry = (String, String, String);

impl Table {
    /// The rows that a record has.
    pub(super) fn rows_of(&self, connection: &Connection, record: i64) -> rusqlite::Result<BTreeSet<Entry>> {
        connection
            .prepare_cached(self.present)?
            .query_map([record], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    }

    /// Has a record have these rows. Those that stay are not touched: each that is written changes a page of every index.
    pub(super) fn become_those(
        &self,
        connection: &Connection,
        record: i64,
        rows: &BTreeSet<Entry>,
    ) -> rusqlite::Result<()> {
        let present = self.rows_of(connection, record)?;
        for (statement, rows) in [(self.delete, present.difference(rows)), (self.insert, rows.difference(&present))] {
            let mut statement = connection.prepare_cached(statement)?;
            for (first, second, third) in rows {
                statement.execute(params![record, first, second, third])?;
            }
        }
        Ok(())
    }
}

/// The entries of [`LINKS`] that a record should have.
pub(super) fn links(iri: &str, content: &Content) -> BTreeSet<Entry> {
    let links = content.iter().filter_map(|triple| match (&triple.subject, &triple.object) {
        (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) => {
            let part = subject.as_str().strip_prefix(iri).unwrap_or_default();
            Some((part.to_owned(), triple.predicate.as_str().to_owned(), object.as_str().to_owned()))
        }
        _ => None,
    });
    links.collect()
}

/// The entries of [`LABELS`] that a record should have.
pub(super) fn labels(iri: &str, content: &Content) -> BTreeSet<Entry> {
    let Some(Names { property, values }) = Names::of(iri, content) else { return BTreeSet::new() };
    let label = |name: &crate::rdf::Literal| {
        (property.as_str().to_owned(), name.language().unwrap_or("").to_owned(), name.value().to_owned())
    };
    values.iter().map(label).collect()
}

/// What a record is searched by.
pub(super) fn texts(iri: &str, kind: &str, content: &Content) -> Vec<search::Text> {
    if search::KINDS.contains(&kind) { search::texts(iri, content) } else { Vec::new() }
}
