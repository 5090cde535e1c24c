//! Rows of esd's XML download of a list that is mapped to another.
//!
//! The download nests items in items. It is read into the same rows as esd's CSV export of a
//! mapping: one row for each item and each item of the other list under it, with the item above
//! it as `Parent identifiers`. So one mapping serves both.

use super::row::{Row, RowError};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::BufRead;

/// An item that is being read.
#[derive(Debug, Default)]
struct Item {
    line: u64,
    cells: Vec<(String, String)>,
    mapped: Vec<Vec<(String, String)>>,
}

impl Item {
    fn get(&self, name: &str) -> Option<&str> {
        self.cells.iter().find(|(cell, _)| cell == name).map(|(_, value)| value.as_str())
    }
}

/// Reads the items of an XML download.
///
/// # Errors
/// [`RowError`], with the line.
pub(super) fn xml_rows(file: &str, mut input: impl BufRead) -> Result<Vec<Row>, RowError> {
    let mut text = Vec::new();
    input.read_to_end(&mut text).map_err(|source| RowError::Io { file: file.to_owned(), source })?;
    let mut reader = Reader::from_reader(text.as_slice());
    let line_at = |position: u64| {
        let before = text.iter().take(usize::try_from(position).unwrap_or(usize::MAX));
        1 + before.filter(|byte| **byte == b'\n').count() as u64
    };
    let mut open: Vec<String> = Vec::new();
    let mut items: Vec<(usize, Item)> = Vec::new();
    let mut value = String::new();
    let mut rows = Vec::new();
    loop {
        let position = reader.buffer_position();
        let failed = |reason: String| RowError::Syntax { file: file.to_owned(), line: line_at(position), reason };
        match reader.read_event().map_err(|error| failed(error.to_string()))? {
            Event::Start(element) => {
                open.push(String::from_utf8_lossy(element.name().as_ref()).into_owned());
                value.clear();
            }
            Event::Text(part) => value.push_str(&part.unescape().map_err(|error| failed(error.to_string()))?),
            Event::CData(part) => value.push_str(&String::from_utf8_lossy(&part)),
            Event::End(_) => {
                let name = open.pop().unwrap_or_default();
                if items.last().is_some_and(|(depth, _)| *depth == open.len() + 1) {
                    close(&mut items, &mut rows);
                } else if name == "Identifier" {
                    let cells = vec![(name, std::mem::take(&mut value))];
                    items.push((open.len(), Item { line: line_at(position), cells, mapped: Vec::new() }));
                } else if let Some((depth, item)) = items.last_mut()
                    && *depth == open.len()
                    && !value.trim().is_empty()
                {
                    item.cells.push((name, std::mem::take(&mut value)));
                }
            }
            Event::Eof if open.is_empty() => return Ok(rows),
            Event::Eof => return Err(failed(format!("the file ends inside <{}>", open.join("><")))),
            _ => {}
        }
    }
}

/// Ends the innermost item: into its rows, or into the item that it is mapped to.
fn close(items: &mut Vec<(usize, Item)>, rows: &mut Vec<Row>) {
    let Some((_, item)) = items.pop() else { return };
    if let Some((_, parent)) = items.last_mut()
        && parent.get("Type") != item.get("Type")
    {
        parent.mapped.push(item.cells);
        return;
    }
    let above = items.last().map(|(_, parent)| parent);
    let mut cells = item.cells;
    for (column, name) in [("Parent identifiers", "Identifier"), ("Parent labels", "Label")] {
        if let Some(value) = above.and_then(|parent| parent.get(name)) {
            cells.push((column.to_owned(), value.to_owned()));
        }
    }
    if item.mapped.is_empty() {
        rows.push(Row { line: item.line, cells, parts: Vec::new() });
        return;
    }
    for mapped in item.mapped {
        let mut cells = cells.clone();
        cells.push(("Mapping type".to_owned(), "contains".to_owned()));
        cells.extend(mapped.into_iter().filter_map(|(name, value)| {
            let column = match name.as_str() {
                "Identifier" => "Mapped identifier",
                "Label" => "Mapped label",
                "Type" => "Mapped type",
                _ => return None,
            };
            Some((column.to_owned(), value))
        }));
        rows.push(Row { line: item.line, cells, parts: Vec::new() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOWNLOAD: &str = "<Functions><URI>x</URI>\n<Function><Identifier>1</Identifier><Label>Advice &amp; help</Label>\
        <Type>Function</Type><Functions>\n<Function><Identifier>2</Identifier><Label>Benefits</Label><Type>Function</Type>\
        <Services><Service><Identifier>190</Identifier><Label>A</Label><Type>Service</Type></Service>\
        <Service><Identifier>328</Identifier><Label>B</Label><Type>Service</Type></Service></Services>\
        </Function></Functions></Function></Functions>";

    #[test]
    fn an_item_has_a_row_for_each_item_mapped_to_it_and_names_the_one_above() {
        let rows = xml_rows("test.xml", DOWNLOAD.as_bytes()).unwrap();
        let told: Vec<_> = rows
            .iter()
            .map(|row| (row.get("Identifier"), row.get("Parent identifiers"), row.get("Mapped identifier"), row.line))
            .collect();
        assert_eq!(
            told,
            [
                (Some("2"), Some("1"), Some("190"), 3),
                (Some("2"), Some("1"), Some("328"), 3),
                (Some("1"), None, None, 2)
            ],
        );
        assert_eq!(rows[2].get("Label"), Some("Advice & help"));
    }

    #[test]
    fn a_file_that_is_cut_is_refused_with_its_line() {
        let cut = &DOWNLOAD[..DOWNLOAD.len() / 2];
        let error = xml_rows("test.xml", cut.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with("test.xml, line 3: "), "{error}");
    }
}
