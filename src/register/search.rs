//! The index of what service types and organisations are searched by: names, former names, search words, definitions.
//!
//! It is derived: written with each version, and made anew when the register is opened by a program
//! that makes it in another form, or where it lacks a record that has a name. SQLite's FTS5 finds the rows
//! (<https://www.sqlite.org/fts5.html>); which of them serve best is the catalogue's to say.

use super::names::Names;
use super::open::Unreadable;
use super::snapshot::Snapshot;
use crate::rdf::{Content, Literal, NamedNodeRef, Term, words};
use crate::vocab::skos;
use rusqlite::{Connection, Transaction, params};

/// The kinds of the records that are indexed.
pub(super) const KINDS: [&str; 2] = ["service-type", "organisation"];

/// The properties whose values are indexed beside what a record is called.
const SEARCHED: [NamedNodeRef<'static>; 3] = [skos::ALT_LABEL, skos::HIDDEN_LABEL, skos::DEFINITION];

/// The form in which this program makes the index; another one for any change of [`KINDS`], of [`SEARCHED`],
/// of [`Names::of`] or of [`words`].
const FORM: i64 = 3;

/// How many rows are set apart for each record; `migrations/0003_search.sql` says it too.
const ROWS: i64 = 4096;

/// One word of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoughtWord {
    /// The forms that serve, as [`words`] folds them; the first is the one that was typed.
    pub forms: Vec<String>,
    /// Whether words that begin with the first form serve too.
    pub begins: bool,
}

/// A text of a record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The IRI of the record that it is of.
    pub record: String,
    /// The IRI of the property that gives it.
    pub property: String,
    /// The name or definition as it is written.
    pub name: Literal,
}

impl Snapshot<'_> {
    /// The texts of records of a kind, service types or organisations, that have any of these words; none where no
    /// word is asked for.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn search(&self, kind: &str, sought: &[SoughtWord]) -> Result<Vec<Hit>, Unreadable> {
        if sought.iter().all(|word| word.forms.is_empty()) {
            return Ok(Vec::new());
        }
        self.rows(
            "SELECT iri, property, language, value FROM search JOIN record ON record.id = search.rowid / 4096
             WHERE search MATCH ?1 AND kind = ?2 ORDER BY search.rowid",
            [expression(sought).as_str(), kind],
            |row| {
                let (language, value): (String, String) = (row.get(2)?, row.get(3)?);
                let name = match language.as_str() {
                    "" => Literal::new_simple_literal(value),
                    _ => Literal::new_language_tagged_literal_unchecked(value, language),
                };
                Ok(Hit { record: row.get(0)?, property: row.get(1)?, name })
            },
        )
    }
}

/// The FTS5 expression of a search. Every word stands in quotes that nothing in it can end, so none of it is syntax.
fn expression(sought: &[SoughtWord]) -> String {
    let quoted = |form: &String| format!("\"{}\"", form.replace(['"', '\0'], " "));
    let words = sought.iter().filter_map(|word| {
        let beginning = word.forms.first().filter(|_| word.begins).map(|form| format!("{} *", quoted(form)));
        let forms: Vec<String> = word.forms.iter().map(quoted).chain(beginning).collect();
        (!forms.is_empty()).then(|| format!("({})", forms.join(" OR ")))
    });
    let words: Vec<String> = words.collect();
    words.join(" OR ")
}

/// A row of the index, but for its number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text {
    /// Its words, folded.
    words: String,
    property: String,
    language: String,
    /// As it is written.
    value: String,
}

/// What a record of one of these kinds is searched by.
pub(super) fn texts(iri: &str, content: &Content) -> Vec<Text> {
    let called = Names::of(iri, content);
    let called = called.iter().flat_map(|names| names.values.iter().map(|name| (names.property.as_ref(), name)));
    let others = SEARCHED.into_iter().flat_map(|property| {
        let values = content.values(NamedNodeRef::new_unchecked(iri), property);
        values.filter_map(move |value| match value {
            Term::Literal(name) => Some((property, name)),
            _ => None,
        })
    });
    let texts = called.chain(others).map(|(property, name)| Text {
        words: words(name.value()).join(" "),
        property: property.as_str().to_owned(),
        language: name.language().unwrap_or("").to_owned(),
        value: name.value().to_owned(),
    });
    texts.take(usize::try_from(ROWS).unwrap_or(usize::MAX)).collect()
}

/// The rows that the index has of a record.
pub(super) fn texts_of(connection: &Connection, record: i64) -> rusqlite::Result<Vec<Text>> {
    connection
        .prepare_cached(
            "SELECT words, property, language, value FROM search WHERE rowid >= ?1 AND rowid < ?2 ORDER BY rowid",
        )?
        .query_map([record * ROWS, (record + 1) * ROWS], |row| {
            Ok(Text { words: row.get(0)?, property: row.get(1)?, language: row.get(2)?, value: row.get(3)? })
        })?
        .collect()
}

/// Indexes the present names of a record.
pub(super) fn index(connection: &Connection, record: i64, iri: &str, content: &Content) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM search WHERE rowid >= ?1 AND rowid < ?2")?
        .execute([record * ROWS, (record + 1) * ROWS])?;
    let mut insert = connection
        .prepare_cached("INSERT INTO search (rowid, words, property, language, value) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (row, Text { words, property, language, value }) in (record * ROWS..).zip(texts(iri, content)) {
        insert.execute(params![row, words, property, language, value])?;
    }
    Ok(())
}

/// Makes the index anew where it is not known to be whole.
pub(super) fn keep_whole(connection: &mut Connection) -> rusqlite::Result<()> {
    if !is_whole(connection)? {
        let transaction = connection.transaction()?;
        rebuild(&transaction)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Whether the index has this program's form, and rows for each record that has a name.
fn is_whole(connection: &Connection) -> rusqlite::Result<bool> {
    let lacks_one: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM record WHERE kind IN (?1, ?2)
             AND EXISTS (SELECT 1 FROM label WHERE label.record = record.id)
             AND NOT EXISTS (SELECT 1 FROM search WHERE rowid >= id * 4096 AND rowid < (id + 1) * 4096))",
        KINDS,
        |row| row.get(0),
    )?;
    Ok(is_of_this_form(connection)? && !lacks_one)
}

/// Whether the index has this program's form.
pub(super) fn is_of_this_form(connection: &Connection) -> rusqlite::Result<bool> {
    let form: i64 = connection.query_row("SELECT form FROM search_form", [], |row| row.get(0))?;
    Ok(form == FORM)
}

fn rebuild(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM search", [])?;
    let mut present = transaction.prepare(
        "SELECT id, iri, content FROM record
         JOIN version ON record.id = version.record AND record.version = version.number WHERE kind IN (?1, ?2)",
    )?;
    let mut rows = present.query(KINDS)?;
    while let Some(row) = rows.next()? {
        let (record, iri, text): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        // A version that cannot be read is told where the graph is built from it.
        if let Ok(content) = Content::parse(&text) {
            index(transaction, record, &iri, &content)?;
        }
    }
    transaction.execute("UPDATE search_form SET form = ?1", [FORM])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::migrate;
    use super::*;
    use crate::register::{Change, Commit, Location, Register};

    fn change(number: u64, names: &str) -> Change {
        let iri = format!("http://example.eu/id/service-type/{number}");
        let prefixes = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .";
        let turtle = format!("{prefixes}\n<{iri}> {names} .");
        let triples = crate::rdf::read_turtle(turtle.as_bytes(), "http://example.eu/").unwrap();
        Change { iri, kind: KINDS[0].to_owned(), number: Some(number), content: triples.into_iter().collect() }
    }

    fn open(folder: &tempfile::TempDir) -> Register {
        Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap()
    }

    fn write(register: &Register, change: Change) {
        register.commit(&Commit { changes: vec![change], ..Commit::default() }).unwrap();
    }

    fn found(register: &Register, word: &str) -> Vec<String> {
        let sought = [SoughtWord { forms: vec![word.to_owned()], begins: false }];
        let hits = register.snapshot().unwrap().search(KINDS[0], &sought).unwrap();
        hits.into_iter().map(|hit| hit.name.value().to_owned()).collect()
    }

    #[test]
    fn a_record_is_found_by_what_it_says_now_and_no_longer_by_what_it_said() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        write(&register, change(1, "skos:prefLabel \"Bins\"@en ; skos:hiddenLabel \"Mülltonne\"@de"));
        write(&register, change(2, "skos:prefLabel \"Bins, large\"@en"));
        assert_eq!(found(&register, "mulltonne"), ["Mülltonne"]);
        write(&register, change(1, "skos:prefLabel \"Dustbins\"@en"));
        assert_eq!(found(&register, "mulltonne"), Vec::<String>::new());
        assert_eq!(found(&register, "bins"), ["Bins, large"]);
        assert_eq!(found(&register, "dustbins"), ["Dustbins"]);
    }

    #[test]
    fn an_index_of_another_form_or_with_a_gap_is_made_anew_when_the_register_is_opened() {
        for harm in ["UPDATE search_form SET form = 0", "DELETE FROM search", "DELETE FROM search WHERE rowid < 8192"] {
            let folder = tempfile::tempdir().unwrap();
            let register = open(&folder);
            write(&register, change(1, "skos:prefLabel \"Bins\"@en"));
            write(&register, change(2, "skos:prefLabel \"Bins, large\"@en"));
            drop(register);
            let connection = Connection::open(folder.path().join("register.sqlite")).unwrap();
            connection.execute_batch(&format!("{harm}; UPDATE search SET words = 'gone'")).unwrap();
            drop(connection);
            assert_eq!(found(&open(&folder), "bins"), ["Bins", "Bins, large"], "{harm}");
        }
    }

    #[test]
    fn a_register_from_before_the_index_has_it_after_it_was_opened() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        write(&register, change(1, "skos:prefLabel \"Bins\"@en"));
        drop(register);
        let connection = Connection::open(folder.path().join("register.sqlite")).unwrap();
        connection.execute_batch(migrate::WITHOUT_WRITING).unwrap();
        connection.execute_batch("DROP TABLE search; DROP TABLE search_form; PRAGMA user_version = 2").unwrap();
        drop(connection);
        assert_eq!(found(&open(&folder), "bins"), ["Bins"]);
    }

    #[test]
    fn organisations_are_found_by_what_they_are_called_and_are_no_service_types() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        write(&register, change(1, "skos:prefLabel \"Bins\"@en"));
        let town = change(2, "<http://purl.org/dc/terms/title> \"Town of Bins\"@en");
        write(&register, Change { kind: "organisation".to_owned(), number: None, ..town });
        let sought = [SoughtWord { forms: vec!["bins".to_owned()], begins: false }];
        let snapshot = register.snapshot().unwrap();
        for (kind, name) in [("service-type", "Bins"), ("organisation", "Town of Bins")] {
            let hits = snapshot.search(kind, &sought).unwrap();
            assert_eq!(hits.iter().map(|hit| hit.name.value()).collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn nothing_in_a_word_is_syntax() {
        let folder = tempfile::tempdir().unwrap();
        let register = open(&folder);
        write(&register, change(1, "skos:prefLabel \"Bins\"@en"));
        for hostile in ["\"", "*", "bins\" OR \"", "words:bins", "NEAR(bins bins)", "^bins", "-", "", "(", "\0"] {
            let sought = [SoughtWord { forms: vec![hostile.to_owned()], begins: true }];
            register.snapshot().unwrap().search(KINDS[0], &sought).unwrap();
        }
    }
}
