//! Tables as CSV.
//!
//! RFC 4180, with a header. A cell that a spreadsheet would take for a formula begins with an apostrophe
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

mod offers;
mod services;
mod suitability;
mod texts;

pub(super) use offers::Offers;
pub(super) use services::Services;
pub use suitability::suitability_rows;

use std::borrow::Cow;
use std::io;

/// The rows of a table, the names of its columns first.
///
/// # Errors
/// None that writing to memory gives.
pub fn write_table(rows: &[Vec<String>]) -> io::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell).into_owned())).map_err(io::Error::other)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// One row of a table.
pub(super) fn row(cells: Vec<String>) -> io::Result<Vec<u8>> {
    write_table(&[cells])
}

/// A cell that no spreadsheet takes for a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_would_be_a_formula_begins_with_an_apostrophe_and_others_stay_as_they_are() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        for cell in ["", "1-2", "a=b", "'=1", " =1", "372"] {
            assert_eq!(harmless(cell), cell);
        }
    }

    #[test]
    fn cells_with_commas_quotes_and_lines_are_quoted_and_rows_end_as_the_standard_has_it() {
        let rows = [vec!["a,b".to_owned(), "c\"d".to_owned()], vec!["e\nf".to_owned(), "=g".to_owned()]];
        let text = String::from_utf8(write_table(&rows).unwrap()).unwrap();
        assert_eq!(text, "\"a,b\",\"c\"\"d\"\r\n\"e\nf\",'=g\r\n");
    }
}
