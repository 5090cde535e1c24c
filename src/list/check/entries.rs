//! Whether every entry is there, once, under its own name and with its days.

use super::{Findings, by_number};
use crate::import::{Row, Table};
use crate::list::Tables;
use crate::rdf::{Literal, is_ill_typed};
use crate::vocab::xsd;
use std::collections::BTreeMap;

/// The longest name that lists and menus show whole, in characters.
const LONGEST_NAME: usize = 80;

pub(super) fn check(tables: &Tables, findings: &mut Findings) {
    names(&tables.service_types, findings);
    for table in
        [&tables.functions, &tables.service_types, &tables.definitions, &tables.structure, &tables.search_words]
    {
        twice(table, &["number"], findings);
    }
    twice(&tables.decision_table, &["rule"], findings);
    twice(&tables.exceptions, &["number", "channel"], findings);
    functions(tables, findings);
    for (table, what) in [(&tables.definitions, "definition"), (&tables.structure, "structure")] {
        let there = by_number(table);
        let missing = tables.service_types.rows.iter().filter(|row| !there.contains_key(number(row)));
        for row in missing {
            let text = format!("it has no {what}; add a row to {}", table.file);
            findings.add(&tables.service_types, row, "missing", text);
        }
        table.rows.iter().for_each(|row| day(table, row, &["proposed", "reviewed"], findings));
    }
    for table in [&tables.decision_table, &tables.exceptions] {
        table.rows.iter().for_each(|row| day(table, row, &["date"], findings));
    }
    let entries = by_number(&tables.service_types);
    for table in [&tables.definitions, &tables.structure, &tables.search_words, &tables.exceptions] {
        known(table, &entries, findings);
    }
}

/// Functions that rows name are there, and none stands above itself.
fn functions(tables: &Tables, findings: &mut Findings) {
    let there = by_number(&tables.functions);
    for (table, column) in [(&tables.functions, "parent"), (&tables.service_types, "function")] {
        for row in &table.rows {
            if let Some(function) = row.get(column).filter(|function| !there.contains_key(function)) {
                let text = format!("there is no function {function}; correct its {column}");
                findings.add(table, row, "unknown-code", text);
            }
        }
    }
    let above = |row: &&Row| row.get("parent").and_then(|parent| there.get(parent).copied());
    for row in &tables.functions.rows {
        let mut line = std::iter::successors(Some(row), above).skip(1).take(there.len());
        if line.any(|higher| higher.get("number") == row.get("number")) {
            findings.add(&tables.functions, row, "circle", "it stands above itself; correct its parent");
        }
    }
}

fn number(row: &Row) -> &str {
    row.get("number").unwrap_or_default()
}

/// Names are there, short enough, and no two entries share one.
fn names(table: &Table, findings: &mut Findings) {
    let mut first: BTreeMap<String, &Row> = BTreeMap::new();
    for row in &table.rows {
        let Some(name) = row.get("name@en") else {
            findings.add(table, row, "empty", "it has no name; give it one");
            continue;
        };
        let length = name.chars().count();
        if length > LONGEST_NAME {
            let text = format!("its name has {length} characters; lists show {LONGEST_NAME}, so shorten it");
            findings.add(table, row, "long-name", text);
        }
        if let Some(other) = first.insert(name.to_lowercase(), row) {
            let text = format!("{} has the same name, {name:?}; tell them apart", number(other));
            findings.add(table, row, "same-name", text);
        }
    }
}

/// No two rows have the same values in these columns.
fn twice(table: &Table, columns: &[&str], findings: &mut Findings) {
    let mut first: BTreeMap<Vec<Option<&str>>, u64> = BTreeMap::new();
    for row in &table.rows {
        let key = columns.iter().map(|column| row.get(column)).collect();
        if let Some(line) = first.insert(key, row.line) {
            findings.add(table, row, "number-twice", format!("it stands on line {line} as well; keep one of the two"));
        }
    }
}

/// Rows are about entries of the list and repeat their names, for the sake of whoever reads the table.
fn known(table: &Table, entries: &BTreeMap<&str, &Row>, findings: &mut Findings) {
    for row in &table.rows {
        match entries.get(number(row)) {
            None => {
                findings.add(table, row, "unknown-number", "the list has no such entry; correct the number");
            }
            Some(entry) if entry.get("name@en") != row.get("name") => {
                let name = entry.get("name@en").unwrap_or_default();
                findings.add(table, row, "other-name", format!("the entry is called {name:?}; write it here as well"));
            }
            Some(_) => {}
        }
    }
}

/// Every row has a day in one of these columns.
fn day(table: &Table, row: &Row, columns: &[&str], findings: &mut Findings) {
    let days: Vec<&str> = columns.iter().filter_map(|column| row.get(column)).collect();
    if days.is_empty() || !days.iter().all(|day| is_day(day)) {
        let text = format!("it needs a day such as 2026-11-28 in {}", columns.join(" or "));
        findings.add(table, row, "date", text);
    }
}

/// Whether a text is a calendar day `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    text.len() == 10 && !is_ill_typed(Literal::new_typed_literal(text, xsd::DATE).as_ref())
}
