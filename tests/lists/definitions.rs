//! Our definitions beside the descriptions that esd gave the same numbers: meant to say the same thing, in
//! words of our own.

use crate::shared;
use eu_service_list::import::{Row, read_table};
use eu_service_list::list::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// How many words in a row nobody writes twice by chance.
const RUN: usize = 8;

fn words(text: &str) -> Vec<String> {
    let words = text.split(|each: char| !each.is_alphanumeric() && each != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// Every run of so many words in a text.
fn runs(text: &str, length: usize) -> BTreeSet<Vec<String>> {
    words(text).windows(length).map(<[String]>::to_vec).collect()
}

#[test]
fn no_definition_shares_eight_words_in_a_row_with_the_description_of_the_same_number() {
    let Some(lists) = shared("data/lists/uk") else { return };
    let export = read_table(&lists.join("esl-all-services-list-2015-02.csv")).unwrap();
    let cell = |row: &Row, column: &str| row.get(column).unwrap_or_default().to_owned();
    let theirs: BTreeMap<String, String> =
        export.rows.iter().map(|row| (cell(row, "Identifier"), cell(row, "Description"))).collect();
    let ours = Tables::built_in().unwrap().definitions;
    let mut compared = 0;
    let mut shared_runs = Vec::new();
    for row in &ours.rows {
        let number = cell(row, "number");
        let description = &theirs[&number];
        compared += usize::from(!description.is_empty());
        let their_runs = runs(description, RUN);
        for text in [cell(row, "definition@en"), cell(row, "scope-note@en")] {
            shared_runs.extend(runs(&text, RUN).intersection(&their_runs).map(|run| (number.clone(), run.join(" "))));
        }
    }
    // The README of the lists counts 1,505 descriptions.
    assert_eq!((ours.rows.len(), compared), (1_519, 1_505));
    assert_eq!(shared_runs, []);
}

#[test]
fn a_shared_run_is_found() {
    let one = "The council will come and take away what was left behind by somebody.";
    let other = "Somebody said the council will come and take away what remains.";
    assert_eq!(runs(one, RUN).intersection(&runs(other, RUN)).count(), 1);
}
