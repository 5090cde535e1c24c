//! Rows of CSV, as real exports have it.
//!
//! They come with a byte order mark or without, with a trailing empty column, with rows longer or
//! shorter than their header, and with line ends of two kinds inside one file.

use super::row::{Row, RowError};
use std::io::Read;

/// Reads the rows of a CSV text whose first row names the columns.
///
/// # Errors
/// [`RowError`], with the line.
pub(super) fn csv_rows(file: &str, mut input: impl Read) -> Result<Vec<Row>, RowError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(|source| RowError::Io { file: file.to_owned(), source })?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_slice());
    let failed = |error: &csv::Error| RowError::Syntax {
        file: file.to_owned(),
        line: error.position().map_or(1, |position| line_at(&text, position)),
        reason: error.to_string(),
    };
    let columns: Vec<String> = reader
        .headers()
        .map_err(|error| failed(&error))?
        .iter()
        .map(|column| column.trim_start_matches('\u{feff}').trim().to_owned())
        .collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| failed(&error))?;
        let cells: Vec<(String, String)> = record
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(place, value)| (column_name(&columns, place), value.to_owned()))
            .collect();
        if !cells.is_empty() {
            let line = record.position().map_or(0, |position| line_at(&text, position));
            rows.push(Row { line, cells, parts: Vec::new() });
        }
    }
    Ok(rows)
}

/// The line of a record. Its position may stand inside the line end before it, so the reader's own
/// count is one short where lines end in two characters.
fn line_at(text: &[u8], position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = text.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let rest_of_line_end = ends.filter(|byte| **byte == b'\n').count() as u64;
    let is_inside_line_end = start > 0 && text.get(start - 1) == Some(&b'\r');
    position.line() + if is_inside_line_end { rest_of_line_end } else { 0 }
}

/// The header's name for a column, or `column5` for one that the header leaves unnamed.
fn column_name(columns: &[String], place: usize) -> String {
    match columns.get(place) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => format!("column{}", place + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &[u8]) -> Vec<Row> {
        csv_rows("test.csv", text).unwrap()
    }

    fn cells(row: &Row) -> Vec<(&str, &str)> {
        row.cells.iter().map(|(column, value)| (column.as_str(), value.as_str())).collect()
    }

    #[test]
    fn a_trailing_empty_column_and_a_byte_order_mark_do_no_harm() {
        let rows = rows("\u{feff}Identifier,Label,\r\n372,Abandoned vehicles,\r\n".as_bytes());
        assert_eq!(cells(&rows[0]), [("Identifier", "372"), ("Label", "Abandoned vehicles")]);
    }

    #[test]
    fn a_cell_of_several_lines_stays_whole_and_the_next_row_knows_its_line() {
        let rows = rows(b"a,b\r\n1,\"one\ntwo\"\r\n2,x\r\n");
        assert_eq!(cells(&rows[0]), [("a", "1"), ("b", "one\ntwo")]);
        assert_eq!(rows[1].line, 4);
    }

    #[test]
    fn a_row_longer_than_its_header_keeps_its_cells_and_a_shorter_one_is_read() {
        let rows = rows(b"a,b\n1,2,3\n4\n");
        assert_eq!(cells(&rows[0]), [("a", "1"), ("b", "2"), ("column3", "3")]);
        assert_eq!(cells(&rows[1]), [("a", "4")]);
    }

    #[test]
    fn bytes_that_are_no_utf8_are_refused_with_their_line() {
        let error = csv_rows("test.csv", b"a,b\n1,\xff\n".as_slice()).unwrap_err().to_string();
        assert!(error.starts_with("test.csv, line 2: "), "{error}");
    }
}
