//! Rows through a mapping, sorted into records.

use super::mapping::{Mapping, MappingError};
use super::row::{Row, RowError, Table};
use crate::catalogue::{Base, Batch, Ownership, Rejection, Said, split};
use crate::rdf::{Content, ReadError, Triple, read_turtle};
use spareval::QueryEvaluationError;
use std::collections::BTreeMap;

/// A file that cannot be imported; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The mapping is none.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The mapping failed on a row.
    #[error("{file}, line {line}: the mapping failed: {source}")]
    Evaluation {
        /// The file's name.
        file: String,
        /// The row's line.
        line: u64,
        /// What the evaluator said.
        source: QueryEvaluationError,
    },
    /// A file of which the mapping makes nothing at all is another file.
    #[error(
        "{file}: the mapping makes nothing of its {rows} rows; is this the file that it is for? Its columns are {columns}"
    )]
    NothingMapped {
        /// The file's name.
        file: String,
        /// How many rows there are.
        rows: usize,
        /// The columns of the first.
        columns: String,
    },
    /// A Turtle file is none.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Maps rows to what they say of records. A row of which the mapping makes nothing, and a subject
/// that is no record, are rejected by line.
///
/// # Errors
/// [`ImportError`].
pub fn batch(mapping: &Mapping, base: &Base, table: Table) -> Result<Batch, ImportError> {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let mut rejected = Vec::new();
    let Table { file, rows } = table;
    let count = rows.len();
    let columns = rows.first().map_or_else(|| "none".to_owned(), Row::columns);
    for (line, triples) in mapped(mapping, &rows) {
        let triples = triples.map_err(|source| ImportError::Evaluation { file: file.clone(), line, source })?;
        if triples.is_empty() {
            rejected.push(Rejection {
                place: format!("{file}, line {line}"),
                reason: "the mapping makes nothing of this row; does it have the columns that the mapping names?"
                    .to_owned(),
            });
        }
        let (of_row, refused) = split(base, &format!("{file}, line {line}"), triples);
        for Said { record, content, place } in of_row {
            // A record of several rows is where its first one is.
            let whole = said.entry(record.clone()).or_insert(Said { record, content: Content::default(), place });
            whole.content.extend(content);
        }
        rejected.extend(refused);
    }
    if said.is_empty() {
        return Err(ImportError::NothingMapped { file, rows: count, columns });
    }
    Ok(Batch {
        source: mapping.source.clone(),
        title: mapping.title.clone(),
        ownership: mapping.ownership.clone(),
        said: said.into_values().collect(),
        rejected,
        is_whole: false,
    })
}

/// The triples of each row, in the order of the rows, with the line of the row. Rows know nothing of each other, so
/// all cores take their part.
fn mapped(mapping: &Mapping, rows: &[Row]) -> Vec<(u64, Result<Vec<Triple>, QueryEvaluationError>)> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = rows.len().div_ceil(cores).max(1);
    let map = |rows: &[Row]| rows.iter().map(|row| (row.line, mapping.triples(row.clone()))).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let parts: Vec<_> = rows.chunks(share).map(|part| scope.spawn(move || map(part))).collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// What a Turtle text says of records; its relative IRIs stand under `base`. Every property is a set:
/// none is only filled in.
///
/// # Errors
/// [`ImportError::Read`].
pub fn batch_of_turtle(source: &str, title: &str, base: &Base, texts: &[&str]) -> Result<Batch, ImportError> {
    let mut batch = Batch {
        source: source.to_owned(),
        title: title.to_owned(),
        ownership: Ownership::default(),
        ..Batch::default()
    };
    for text in texts {
        let (said, rejected) = split(base, title, read_turtle(text.as_bytes(), base.as_str())?);
        batch.said.extend(said);
        batch.rejected.extend(rejected);
    }
    Ok(batch)
}
