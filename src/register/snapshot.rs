//! Reading the register: one unchanging view, whatever is written meanwhile.

use super::names::Names;
use super::open::{Reader, Register, Unreadable};
use super::record::{Listed, RecordVersion, Release, Revision};
use crate::rdf::{Content, Literal, NamedNode};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

/// What each source last said of a record, by its IRI.
pub(super) const TOLD: &str = "SELECT source, content FROM told JOIN record ON told.record = record.id WHERE iri = ?1";

/// A view of the register: at one revision, from a read transaction, or as the transaction that writes has it so far.
#[derive(Debug)]
pub struct Snapshot<'a>(Source<'a>);

#[derive(Debug)]
enum Source<'a> {
    /// A reader, there until the view is dropped, and whom it goes back to.
    Reader(Option<Reader>, &'a Register),
    Writer(&'a Connection),
}

/// The newest revision that a connection sees.
pub(super) fn newest(connection: &Connection) -> Result<Revision, rusqlite::Error> {
    let newest = connection
        .prepare_cached("SELECT number, unixepoch(at), at FROM revision ORDER BY number DESC LIMIT 1")?
        .query_row([], |row| revision(row, 0))
        .optional()?;
    Ok(newest.unwrap_or(Revision {
        number: 0,
        at: SystemTime::UNIX_EPOCH,
        timestamp: "1970-01-01T00:00:00Z".to_owned(),
    }))
}

impl<'a> Snapshot<'a> {
    pub(super) const fn of(reader: Reader, register: &'a Register) -> Self {
        Self(Source::Reader(Some(reader), register))
    }

    pub(super) const fn of_writer(connection: &'a Connection) -> Self {
        Self(Source::Writer(connection))
    }

    pub(super) fn connection(&self) -> Result<&Connection, Unreadable> {
        match &self.0 {
            Source::Reader(Some(reader), _) => Ok(&reader.connection),
            Source::Reader(None, _) => Err(Unreadable::Sqlite(rusqlite::Error::InvalidQuery)),
            Source::Writer(connection) => Ok(connection),
        }
    }

    /// The revision that this view shows.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn revision(&self) -> Result<Revision, Unreadable> {
        match &self.0 {
            Source::Reader(Some(reader), _) => Ok(reader.revision.clone()),
            _ => Ok(newest(self.connection()?)?),
        }
    }

    /// The present version of a record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn record(&self, iri: &str) -> Result<Option<RecordVersion>, Unreadable> {
        self.connection()?
            .prepare_cached(
                "SELECT record.iri, kind, version.number, made.number, unixepoch(made.at), made.at, unixepoch(touched.at), content
                 FROM record JOIN version ON record.id = version.record AND record.version = version.number
                 JOIN revision AS made ON version.revision = made.number
                 JOIN shown ON shown.record = record.id JOIN revision AS touched ON shown.revision = touched.number
                 WHERE iri = ?1",
            )?
            .query_row([iri], |row| {
                let record = RecordVersion {
                    iri: row.get(0)?,
                    kind: row.get(1)?,
                    number: row.get(2)?,
                    revision: revision(row, 3)?,
                    touched: moment(row.get(6)?),
                    content: Content::default(),
                };
                Ok((record, row.get::<_, String>(7)?))
            })
            .optional()?
            .map(|(record, text)| Ok(RecordVersion { content: parse(&record.iri, &text)?, ..record }))
            .transpose()
    }

    /// Whether there is a record with this IRI.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn has(&self, iri: &str) -> Result<bool, Unreadable> {
        Ok(self.connection()?.prepare_cached("SELECT 1 FROM record WHERE iri = ?1")?.exists([iri])?)
    }

    /// The organisation that the first version of a record was written for, if it was for one.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn maker(&self, iri: &str) -> Result<Option<String>, Unreadable> {
        let maker = self
            .connection()?
            .prepare_cached(
                "SELECT organisation FROM record JOIN version ON version.record = record.id AND version.number = 1
                 JOIN revision ON revision.number = version.revision WHERE iri = ?1",
            )?
            .query_row([iri], |row| row.get(0))
            .optional()?;
        Ok(maker.flatten())
    }

    /// What each source last said of a record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn told(&self, iri: &str) -> Result<BTreeMap<String, Content>, Unreadable> {
        let told: Vec<(String, String)> = self.rows(TOLD, [iri], |row| Ok((row.get(0)?, row.get(1)?)))?;
        told.into_iter().map(|(source, text)| Ok((source, parse(iri, &text)?))).collect()
    }

    /// The records that a source has spoken of, and whether it was marked as silent about them.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn spoken_of(&self, source: &str) -> Result<Vec<(String, bool)>, Unreadable> {
        self.rows(
            "SELECT iri, missing_since IS NOT NULL FROM told JOIN record ON told.record = record.id
             WHERE source = ?1 ORDER BY iri",
            [source],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Hands the present text of every record to `each`, in the order of their IRIs.
    ///
    /// # Errors
    /// [`Unreadable`], or what `each` says.
    pub fn each_content<E: From<Unreadable>>(
        &self,
        mut each: impl FnMut(&str, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut visit = || -> Result<Result<(), E>, Unreadable> {
            let mut statement = self.connection()?.prepare_cached(
                "SELECT iri, content FROM record
                 JOIN version ON record.id = version.record AND record.version = version.number ORDER BY iri",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                if let Err(error) = each(text(0)?, text(1)?) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        visit()?
    }

    /// A record as lists name it; nothing if there is no such record.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn named(&self, iri: &str) -> Result<Option<Listed>, Unreadable> {
        let found = self.listed(
            "SELECT iri, '', property, language, value FROM record LEFT JOIN label ON label.record = record.id
             WHERE iri = ?1 ORDER BY language, value",
            [iri],
        )?;
        Ok(found.into_iter().next())
    }

    /// The records that a record or a part of it points at, by their IRIs; by the IRIs of their parts none.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn pointed_at(&self, iri: &str) -> Result<Vec<Listed>, Unreadable> {
        self.listed(
            "SELECT iri, '', property, language, value FROM record LEFT JOIN label ON label.record = record.id
             WHERE iri IN (SELECT object FROM link WHERE link.record = (SELECT id FROM record WHERE iri = ?1))
             ORDER BY iri, language, value",
            [iri],
        )
    }

    /// The properties by which records point at an IRI, each with the number of them.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn incoming(&self, iri: &str) -> Result<Vec<(String, u64)>, Unreadable> {
        self.rows(
            "SELECT property, count(*) FROM link WHERE object = ?1 GROUP BY property ORDER BY property",
            [iri],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The records that point at `object` by `property`, by their IRIs, at most `limit` of them.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn pointing_at(&self, object: &str, property: &str, limit: usize) -> Result<Vec<Listed>, Unreadable> {
        self.listed(
            "SELECT iri, part, label.property, language, value FROM
                 (SELECT record, part FROM link WHERE object = ?1 AND property = ?2 ORDER BY record LIMIT ?3) AS pointing
             JOIN record ON pointing.record = record.id LEFT JOIN label ON label.record = record.id
             ORDER BY length(iri), iri, part, language, value",
            params![object, property, i64::try_from(limit).unwrap_or(i64::MAX)],
        )
    }

    /// Whether anything points at `object` by `property`.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn is_pointed_at(&self, object: &str, property: &str) -> Result<bool, Unreadable> {
        Ok(self
            .connection()?
            .prepare_cached("SELECT 1 FROM link WHERE object = ?1 AND property = ?2")?
            .exists([object, property])?)
    }

    /// The IRIs of the records that point at a record or at a part of it, by whatever property.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn pointing_into(&self, iri: &str) -> Result<Vec<String>, Unreadable> {
        // What starts with `{iri}#` sorts before `{iri}$`.
        self.rows(
            "SELECT DISTINCT iri FROM link JOIN record ON link.record = record.id
             WHERE object = ?1 OR (object > ?1 || '#' AND object < ?1 || '$')",
            [iri],
            |row| row.get(0),
        )
    }

    /// The records of a kind, by their IRIs.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn of_kind(&self, kind: &str) -> Result<Vec<Listed>, Unreadable> {
        self.listed(
            "SELECT iri, '', property, language, value FROM record LEFT JOIN label ON label.record = record.id
             WHERE kind = ?1 ORDER BY iri, language, value",
            [kind],
        )
    }

    /// Collects rows of IRI, part and one name, sorted by IRI and part, into records with their names.
    fn listed(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Listed>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut listed: Vec<Listed> = Vec::new();
        while let Some(row) = rows.next()? {
            let (record, part): (String, String) = (row.get(0)?, row.get(1)?);
            if listed.last().is_none_or(|last| last.record != record || last.part != part) {
                listed.push(Listed { record, part, names: None });
            }
            if let (Some(last), Some(property)) = (listed.last_mut(), row.get::<_, Option<String>>(2)?) {
                let empty = || Names { property: NamedNode::new_unchecked(property), values: Vec::new() };
                last.names.get_or_insert_with(empty).values.push(literal(row, 3)?);
            }
        }
        Ok(listed)
    }

    /// The first IRI that a record points at by a property.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn object(&self, iri: &str, property: &str) -> Result<Option<String>, Unreadable> {
        Ok(self
            .connection()?
            .prepare_cached(
                "SELECT object FROM link JOIN record ON link.record = record.id
                 WHERE iri = ?1 AND part = '' AND property = ?2 ORDER BY object LIMIT 1",
            )?
            .query_row([iri, property], |row| row.get(0))
            .optional()?)
    }

    /// For every record that points at `object` by `property`: what it points at by `other`.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn pairs(&self, object: &str, property: &str, other: &str) -> Result<Vec<(String, String)>, Unreadable> {
        self.rows(
            "SELECT record.iri, second.object FROM link AS first JOIN link AS second ON first.record = second.record
             JOIN record ON record.id = first.record
             WHERE first.object = ?1 AND first.property = ?2 AND first.part = ''
               AND second.property = ?3 AND second.part = '' ORDER BY 1, 2",
            [object, property, other],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// The releases, the oldest first.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn releases(&self) -> Result<Vec<Release>, Unreadable> {
        self.rows(
            "SELECT name, iri, revision FROM release JOIN record ON release.record = record.id ORDER BY revision",
            [],
            |row| Ok(Release { name: row.get(0)?, record: row.get(1)?, revision: row.get(2)? }),
        )
    }

    /// How many records of a kind there are.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn count(&self, kind: &str) -> Result<u64, Unreadable> {
        Ok(self
            .connection()?
            .prepare_cached("SELECT count(*) FROM record WHERE kind = ?1")?
            .query_row([kind], |row| row.get(0))?)
    }

    pub(super) fn rows<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Unreadable> {
        let mut statement = self.connection()?.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if let Source::Reader(reader, register) = &mut self.0
            && let Some(reader) = reader.take()
        {
            register.give_back(reader);
        }
    }
}

pub(super) fn parse(iri: &str, text: &str) -> Result<Content, Unreadable> {
    Content::parse(text).map_err(|source| Unreadable::Content { record: iri.to_owned(), source })
}

pub(super) fn revision(row: &Row<'_>, first: usize) -> rusqlite::Result<Revision> {
    Ok(Revision { number: row.get(first)?, at: moment(row.get(first + 1)?), timestamp: row.get(first + 2)? })
}

fn moment(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn literal(row: &Row<'_>, first: usize) -> rusqlite::Result<Literal> {
    let language: String = row.get(first)?;
    let value: String = row.get(first + 1)?;
    Ok(if language.is_empty() {
        Literal::new_simple_literal(value)
    } else {
        Literal::new_language_tagged_literal_unchecked(value, language)
    })
}
