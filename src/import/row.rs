//! A row of a table: what a mapping sees.

use super::csv_rows::csv_rows;
use super::xml_rows::xml_rows;
use oxrdf::{BlankNode, Dataset, GraphName, Literal, NamedNode, QuadRef, Term};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// The namespace of columns, that of SPARQL Anything: mappings run there too.
/// <https://sparql-anything.readthedocs.io/>
pub(super) const COLUMNS: &str = "http://sparql.xyz/facade-x/data/";

/// A column's name in an IRI: everything but unreserved characters is escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One row, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line of the file that it starts at, from 1.
    pub line: u64,
    /// Column and value; empty cells are left out.
    pub cells: Vec<(String, String)>,
    /// What code read out of a cell: a name, and cells of its own.
    pub parts: Vec<(&'static str, Vec<(&'static str, String)>)>,
}

/// The rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A file that cannot be read as rows.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// The file cannot be opened or read.
    #[error("{file}: {source}")]
    Io {
        /// The file's name.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is no UTF-8, no CSV or no XML there.
    #[error("{file}, line {line}: {reason}")]
    Syntax {
        /// The file's name.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

impl Row {
    /// The value of a column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    }

    /// The words of a column: the values of a cell that holds several.
    pub fn words(&self, column: &str) -> impl Iterator<Item = &str> {
        self.get(column).into_iter().flat_map(str::split_whitespace)
    }

    /// Parts the cells of some columns, so that each piece is a value of its column.
    pub(super) fn split(&mut self, columns: &[String], separator: char) {
        if columns.is_empty() {
            return;
        }
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells
            .into_iter()
            .flat_map(|(column, value)| {
                let pieces: Vec<String> = if columns.contains(&column) {
                    value.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
                } else {
                    vec![value]
                };
                pieces.into_iter().map(move |piece| (column.clone(), piece))
            })
            .collect();
    }

    /// The names of the columns that have a value.
    pub(super) fn columns(&self) -> String {
        self.cells.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The row as RDF: a node with a property for each column.
    pub(super) fn dataset(&self) -> Dataset {
        let mut dataset = Dataset::new();
        let mut say = |subject: &BlankNode, name: &str, value: Term| {
            let property = NamedNode::new_unchecked(format!("{COLUMNS}{}", utf8_percent_encode(name, ESCAPED)));
            dataset.insert(QuadRef::new(subject, &property, &value, &GraphName::DefaultGraph));
        };
        let node = BlankNode::new_unchecked("row");
        for (column, value) in &self.cells {
            say(&node, column, Literal::new_simple_literal(value).into());
        }
        for (place, (name, cells)) in self.parts.iter().enumerate() {
            let part = BlankNode::new_unchecked(format!("part{place}"));
            say(&node, name, part.clone().into());
            for (column, value) in cells {
                say(&part, column, Literal::new_simple_literal(value).into());
            }
        }
        dataset
    }
}

impl Table {
    /// The rows of a CSV text; `file` is its name in messages.
    ///
    /// # Errors
    /// See [`RowError`].
    pub fn of_csv(file: &str, text: &str) -> Result<Self, RowError> {
        Ok(Self { file: file.to_owned(), rows: csv_rows(file, text.as_bytes())? })
    }
}

/// The rows of a CSV file, or of an esd XML download if the name ends in `.xml`.
///
/// # Errors
/// See [`RowError`].
pub fn read_table(path: &Path) -> Result<Table, RowError> {
    let file = path.display().to_string();
    let open = File::open(path).map_err(|source| RowError::Io { file: file.clone(), source })?;
    let is_xml = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"));
    let rows = if is_xml { xml_rows(&file, BufReader::new(open))? } else { csv_rows(&file, open)? };
    Ok(Table { file, rows })
}
