//! What is derived from present versions, held to what they say: links, labels, the index of searches.

use super::super::derived::{self, LABELS, LINKS};
use super::super::open::Unreadable;
use super::super::search::{self, Text};
use super::super::snapshot::Snapshot;
use super::finding::{Findings, Remedy};
use crate::rdf::Content;
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;
use std::fmt::Debug;

impl Snapshot<'_> {
    /// Makes anew what is derived from each present version that can be read, and compares; says how many records
    /// there are.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn verify_derived(&self, findings: &mut Findings) -> Result<u64, Unreadable> {
        let connection = self.connection()?;
        let mut statement = connection.prepare(
            "SELECT id, iri, kind, record.version, content FROM record
             LEFT JOIN version ON version.record = id AND version.number = record.version ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        let mut records = 0;
        while let Some(row) = rows.next()? {
            records += 1;
            compare(connection, row, findings)?;
        }
        if !search::is_of_this_form(connection)? {
            findings.add("the index of searches has another form than this program's".to_owned(), Remedy::Reopen);
        }
        Ok(records)
    }
}

/// Compares what is derived from one record.
fn compare(connection: &Connection, row: &Row<'_>, findings: &mut Findings) -> rusqlite::Result<()> {
    let (id, iri, kind, version): (i64, String, String, u64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
    let Ok(Ok(content)) = row.get_ref(4)?.as_str().map(Content::parse) else {
        findings.add_of(&iri, Some(version), "its content cannot be read".to_owned(), Remedy::Restore);
        return Ok(());
    };
    let mut tell = |what: &str, difference: Option<String>, remedy| {
        if let Some(difference) = difference {
            findings.add_of(&iri, Some(version), format!("{what} {difference}"), remedy);
        }
    };
    let links = difference(&derived::links(&iri, &content), &LINKS.rows_of(connection, id)?);
    tell("among what it points at, the table of links", links, Remedy::MakeAnew);
    let labels = difference(&derived::labels(&iri, &content), &LABELS.rows_of(connection, id)?);
    tell("among its names, the table of labels", labels, Remedy::MakeAnew);
    let texts = |texts: Vec<Text>| texts.into_iter().collect::<BTreeSet<Text>>();
    let searched = difference(&texts(derived::texts(&iri, &kind, &content)), &texts(search::texts_of(connection, id)?));
    tell("among what it is found by, the index of searches", searched, Remedy::MakeAnew);
    Ok(())
}

/// The first thing that one set lacks or has beside the other.
fn difference<T: Ord + Debug>(said: &BTreeSet<T>, kept: &BTreeSet<T>) -> Option<String> {
    let lacks = said.difference(kept).next().map(|one| format!("lacks {one:?}"));
    lacks.or_else(|| kept.difference(said).next().map(|one| format!("has {one:?}, which it does not say")))
}
