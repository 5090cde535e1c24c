//! How definitions are written: that they say more than the name, and not what others say.

use super::Findings;
use crate::import::{Row, Table};
use crate::list::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// How many words a definition has at least and at most.
const WORDS: std::ops::RangeInclusive<usize> = 9..=60;

/// How many words in a row make a formula, and how many definitions may have the same.
const RUN: usize = 8;
const SHARED_BY: usize = 3;

/// Words of a definition that its name does not have: fewer say nothing new.
const NEW_WORDS: usize = 4;

/// Words that carry no meaning of their own.
const EMPTY: [&str; 24] = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "by",
    "for",
    "from",
    "in",
    "is",
    "it",
    "of",
    "on",
    "or",
    "provision",
    "service",
    "services",
    "that",
    "the",
    "this",
    "to",
    "which",
    "with",
];

pub(super) fn check(tables: &Tables, findings: &mut Findings) {
    let table = &tables.definitions;
    for row in &table.rows {
        let Some(definition) = row.get("definition@en") else {
            findings.add(table, row, "empty", "it has no definition; write one");
            continue;
        };
        sentence(table, row, definition, findings);
        new_words(table, row, definition, findings);
    }
    same(table, findings);
    formulas(table, findings);
    for row in &tables.search_words.rows {
        search_words(&tables.search_words, row, findings);
    }
}

/// Search words are several phrases, each once, and none of them is the name.
fn search_words(table: &Table, row: &Row, findings: &mut Findings) {
    let name = words(row.get("name").unwrap_or_default());
    let phrases = row.get("search-words@en").unwrap_or_default().split(';').map(words);
    let phrases: Vec<Vec<String>> = phrases.collect();
    let once: BTreeSet<&Vec<String>> = phrases.iter().collect();
    if once.len() < phrases.len() || phrases.iter().any(|phrase| phrase.is_empty() || *phrase == name) {
        let text = "its search words have an empty phrase, one that is there twice, or its name; take it out";
        findings.add(table, row, "search-words", text);
    }
}

fn sentence(table: &Table, row: &Row, definition: &str, findings: &mut Findings) {
    let starts = definition.starts_with(|first: char| first.is_uppercase());
    if !starts || !definition.ends_with('.') || definition.contains("  ") {
        let text = "a definition starts with a capital, ends with a full stop and has single spaces; mend it";
        findings.add(table, row, "sentence", text);
    }
    let count = words(definition).len();
    if !WORDS.contains(&count) {
        let text = format!("the definition has {count} words; {} to {} will do", WORDS.start(), WORDS.end());
        findings.add(table, row, "length", text);
    }
}

fn new_words(table: &Table, row: &Row, definition: &str, findings: &mut Findings) {
    let name = row.get("name").unwrap_or_default();
    // Inflected forms of the name's words say nothing new either.
    let stems: Vec<String> = words(name).iter().map(|word| word.chars().take(4).collect()).collect();
    let new = words(definition).into_iter().filter(|word| {
        !EMPTY.contains(&word.as_str()) && !stems.iter().any(|stem| stem.len() > 3 && word.starts_with(stem.as_str()))
    });
    if new.collect::<BTreeSet<_>>().len() < NEW_WORDS {
        findings.add(
            table,
            row,
            "repeats-name",
            "the definition says no more than the name; say what is done for whom",
        );
    }
}

fn same(table: &Table, findings: &mut Findings) {
    let mut first: BTreeMap<String, &Row> = BTreeMap::new();
    for row in &table.rows {
        let key = words(row.get("definition@en").unwrap_or_default()).join(" ");
        if let Some(other) = first.insert(key, row) {
            let text = format!("{} has the same definition; tell them apart", other.get("number").unwrap_or_default());
            findings.add(table, row, "same-definition", text);
        }
    }
}

/// Finds runs of words that too many definitions share. Each definition is named once.
fn formulas(table: &Table, findings: &mut Findings) {
    let mut having: BTreeMap<Vec<String>, BTreeSet<usize>> = BTreeMap::new();
    for (place, row) in table.rows.iter().enumerate() {
        for run in words(row.get("definition@en").unwrap_or_default()).windows(RUN) {
            having.entry(run.to_vec()).or_default().insert(place);
        }
    }
    let mut told = BTreeSet::new();
    for (run, places) in having.iter().filter(|(_, places)| places.len() > SHARED_BY) {
        for place in places {
            if let Some(row) = table.rows.get(*place).filter(|_| told.insert(*place)) {
                let text = format!("{} definitions say {:?}; vary them", places.len(), run.join(" "));
                findings.add(table, row, "formula", text);
            }
        }
    }
}

/// The words of a text, in small letters.
fn words(text: &str) -> Vec<String> {
    text.split(|each: char| !each.is_alphanumeric() && each != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_eight_words_may_stand_in_three_definitions_and_not_in_four() {
        let formula = "help with all that one has to do";
        let row = |number: usize| format!("{number},Name {number},Number{number} {formula} on day{number}.\n");
        let count = |rows: usize| {
            let text: String = (1..=rows).map(row).collect();
            let table = Table::of_csv("t.csv", &format!("number,name,definition@en\n{text}")).unwrap();
            let mut findings = Findings::default();
            formulas(&table, &mut findings);
            findings.0.len()
        };
        assert_eq!((count(3), count(4)), (0, 4));
    }
}
