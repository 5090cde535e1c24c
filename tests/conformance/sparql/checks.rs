//! The comparison of results, tried on small ones: a harness that lets differences pass is no harness.

use super::matching::{Cardinality, compare};
use super::results::{Results, Solutions};
use libtest_mimic::Trial;
use oxrdf::Term;
use std::str::FromStr;

use Cardinality::{Bag, Lax, Sequence};

/// A comparison: its name, whether the results are the same, how they are counted, and the solutions of each, which are
/// terms for `?a` and `?b`.
type Comparison = (&'static str, bool, Cardinality, &'static [&'static str], &'static [&'static str]);

const COMPARISONS: [Comparison; 17] = [
    ("the_order_of_a_bag_is_free", true, Bag, &["1 2", "3 4"], &["3 4", "1 2"]),
    ("the_order_of_a_sequence_is_not", false, Sequence, &["1 2", "3 4"], &["3 4", "1 2"]),
    ("a_missing_solution_is_noticed", false, Bag, &["1 2", "3 4"], &["1 2"]),
    ("a_solution_too_many_is_noticed", false, Bag, &["1 2"], &["1 2", "3 4"]),
    ("a_missing_end_of_a_sequence_is_noticed", false, Sequence, &["1 2", "3 4"], &["1 2"]),
    ("repetitions_are_counted", false, Bag, &["1 2", "1 2", "3 4"], &["1 2", "3 4", "3 4"]),
    ("repetitions_may_be_left_out_where_the_count_is_lax", true, Lax, &["1 2", "1 2"], &["1 2"]),
    ("a_repetition_too_many_is_noticed_there_too", false, Lax, &["1 2"], &["1 2", "1 2"]),
    ("a_solution_that_is_left_out_is_noticed_there_too", false, Lax, &["1 2", "3 4"], &["1 2"]),
    ("an_unbound_variable_is_noticed", false, Bag, &["1 2"], &["1"]),
    ("another_datatype_is_noticed", false, Bag, &["1 2"], &["1 2.0"]),
    ("a_number_written_otherwise_is_the_same", true, Bag, &["1 2.0E1"], &["1 20.0E0"]),
    ("a_string_written_otherwise_is_not", false, Bag, &["1 \"2.0\""], &["1 \"2\""]),
    ("blank_nodes_may_have_other_names", true, Bag, &["_:x _:y", "_:y _:x"], &["_:q _:p", "_:p _:q"]),
    ("one_blank_node_is_not_two", false, Bag, &["_:x _:x"], &["_:p _:q"]),
    ("two_blank_nodes_are_not_one", false, Bag, &["_:x _:y"], &["_:p _:p"]),
    (
        "the_first_renaming_that_fits_a_row_need_not_be_the_one",
        true,
        Bag,
        &["_:x 1", "_:y 1", "_:y 2"],
        &["_:p 1", "_:p 2", "_:q 1"],
    ),
];

/// A test for each comparison, and one for variables.
pub(crate) fn trials() -> Vec<Trial> {
    let comparisons = COMPARISONS.into_iter().map(|(name, same, cardinality, expected, actual)| {
        Trial::test(format!("results/{name}"), move || {
            let result = compare(&solutions(expected, &["a", "b"]), &solutions(actual, &["a", "b"]), cardinality);
            if result.is_ok() == same { Ok(()) } else { Err(format!("{result:?}").into()) }
        })
    });
    let variables = Trial::test("results/a_variable_too_many_is_noticed", || {
        match compare(&solutions(&["1"], &["a"]), &solutions(&["1"], &["a", "b"]), Bag) {
            Err(reason) if reason.contains("variables") => Ok(()),
            other => Err(format!("{other:?}").into()),
        }
    });
    comparisons.chain([variables]).collect()
}

#[expect(clippy::unwrap_used, reason = "a check fails by panicking")]
fn solutions(rows: &[&str], variables: &[&str]) -> Results {
    let row = |row: &&str| {
        let terms = row.split(' ').map(|term| Term::from_str(term).unwrap());
        variables.iter().map(|name| (*name).to_owned()).zip(terms).collect()
    };
    Results::Solutions(Solutions {
        variables: variables.iter().map(|name| (*name).to_owned()).collect(),
        rows: rows.iter().map(row).collect(),
    })
}
