//! Reading resources by what they point at: from the table of links alone, no content is parsed.

use super::open::Unreadable;
use super::snapshot::{Snapshot, parse};
use crate::rdf::Content;
use rusqlite::{OptionalExtension, params};

/// A record, or a part of one, with everything that it points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedResource {
    /// The record's IRI.
    pub record: String,
    /// What follows it in the IRI of the part: empty for the record itself, or `#` and a name.
    pub part: String,
    /// Properties and the IRIs that they point at.
    pub links: Vec<(String, String)>,
}

impl Snapshot<'_> {
    /// The resources that point at an object by a property, and by another property at another object
    /// where one is asked for, in the order in which their records were made.
    ///
    /// Name what fewest resources point at first: the index of links is entered there.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn linked_resources(
        &self,
        (property, object): (&str, &str),
        also: Option<(&str, &str)>,
    ) -> Result<Vec<LinkedResource>, Unreadable> {
        let (also_property, also_object) = also.unzip();
        let mut statement = self.connection()?.prepare_cached(
            "SELECT iri, link.part, link.property, link.object FROM link AS found
             JOIN link ON link.record = found.record AND link.part = found.part
             JOIN record ON record.id = found.record
             WHERE found.object = ?1 AND found.property = ?2
               AND (?3 IS NULL OR EXISTS (SELECT 1 FROM link AS other WHERE other.record = found.record
                   AND other.part = found.part AND other.property = ?4 AND other.object = ?3))
             ORDER BY found.record, found.part",
        )?;
        let mut rows = statement.query(params![object, property, also_object, also_property])?;
        let mut resources: Vec<LinkedResource> = Vec::new();
        while let Some(row) = rows.next()? {
            let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
            let (record, part) = (text(0)?, text(1)?);
            if resources.last().is_none_or(|last| last.record != record || last.part != part) {
                resources.push(LinkedResource { record: record.to_owned(), part: part.to_owned(), links: Vec::new() });
            }
            if let Some(last) = resources.last_mut() {
                last.links.push((row.get(2)?, row.get(3)?));
            }
        }
        Ok(resources)
    }

    /// What the present version of a record says, without its history; nothing if there is no such record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn content(&self, iri: &str) -> Result<Option<Content>, Unreadable> {
        let text: Option<String> = self
            .connection()?
            .prepare_cached(
                "SELECT content FROM record
                 JOIN version ON record.id = version.record AND record.version = version.number WHERE iri = ?1",
            )?
            .query_row([iri], |row| row.get(0))
            .optional()?;
        text.map(|text| parse(iri, &text)).transpose()
    }

    /// Whether any resource points at an object by a property, and at another by another.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn has_linked_resource(
        &self,
        (property, object): (&str, &str),
        (also_property, also_object): (&str, &str),
    ) -> Result<bool, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(
            "SELECT 1 FROM link AS found JOIN link AS other ON other.record = found.record AND other.part = found.part
             WHERE found.object = ?1 AND found.property = ?2 AND other.property = ?4 AND other.object = ?3",
        )?;
        Ok(statement.exists([object, property, also_object, also_property])?)
    }

    /// The IRIs of the records that point at an object by a property, in their own name.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn subjects(&self, object: &str, property: &str) -> Result<Vec<String>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(
            "SELECT iri FROM link JOIN record ON record.id = link.record
             WHERE object = ?1 AND property = ?2 AND part = ''",
        )?;
        let subjects = statement.query_map([object, property], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(subjects)
    }

    /// The records under a path, which ends with `/`, that point at no record by a property, by their IRIs, at most
    /// `limit` of them.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn heads(&self, path: &str, property: &str, limit: usize) -> Result<Vec<String>, Unreadable> {
        self.rows(
            "SELECT iri FROM record WHERE iri >= ?1 AND iri < ?2
               AND NOT EXISTS (SELECT 1 FROM link JOIN record AS above ON above.iri = link.object
                   WHERE link.record = record.id AND link.part = '' AND link.property = ?3)
             ORDER BY iri LIMIT ?4",
            params![path, end_of(path), property, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| row.get(0),
        )
    }

    /// The IRIs of the records under a path, which ends with `/`.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn under(&self, path: &str) -> Result<Vec<String>, Unreadable> {
        self.rows("SELECT iri FROM record WHERE iri >= ?1 AND iri < ?2 ORDER BY iri", [path, &end_of(path)], |row| {
            row.get(0)
        })
    }

    /// The IRIs under a path, which ends with `/`, that anything points at; each step finds the next one in the index.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn objects_under(&self, path: &str) -> Result<Vec<String>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(
            "WITH RECURSIVE next (object) AS (
                 SELECT min(object) FROM link WHERE object >= ?1 AND object < ?2
                 UNION ALL SELECT (SELECT min(object) FROM link WHERE object > next.object AND object < ?2)
                     FROM next WHERE object IS NOT NULL)
             SELECT object FROM next WHERE object IS NOT NULL",
        )?;
        let objects = statement.query_map([path, &end_of(path)], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(objects)
    }
}

/// What sorts behind everything under a path that ends with `/`: `0` is what follows `/`.
pub(super) fn end_of(path: &str) -> String {
    format!("{}0", path.trim_end_matches('/'))
}
