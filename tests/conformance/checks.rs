//! The comparison of reports, tried on small reports: a harness that lets differences pass is no harness.

use crate::report::{Expected, compare};
use libtest_mimic::{Failed, Trial};
use oxrdf::{BlankNode, Graph, NamedOrBlankNodeRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::HashSet;

const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://town.example.eu/> . ";

const FOCUS: &str = "a sh:ValidationResult ; sh:resultSeverity sh:Violation ; \
    sh:sourceConstraintComponent sh:InConstraintComponent ; sh:sourceShape e:Shape ; sh:focusNode";

/// A comparison of the results of two reports: its name, whether they are the same, and the results
/// of each, in which `§` stands for what all results have.
const COMPARISONS: [(&str, bool, &[&str], &[&str]); 18] = [
    ("the_same_results_in_another_order_are_the_same", true, &["§ e:a", "§ e:b"], &["§ e:b", "§ e:a"]),
    ("a_missing_result_is_noticed", false, &["§ e:a", "§ e:b"], &["§ e:a"]),
    ("a_result_too_many_is_noticed", false, &["§ e:a"], &["§ e:a", "§ e:b"]),
    ("results_that_say_the_same_are_counted", false, &["§ e:a", "§ e:a"], &["§ e:a"]),
    ("another_value_is_noticed", false, &["§ e:a ; sh:value 1"], &["§ e:a ; sh:value 1.0"]),
    ("a_value_too_many_is_noticed", false, &["§ e:a"], &["§ e:a ; sh:value 1"]),
    ("a_source_constraint_too_many_is_noticed", false, &["§ e:a"], &["§ e:a ; sh:sourceConstraint e:c"]),
    ("properties_of_others_do_not_matter", true, &["§ e:a"], &["§ e:a ; e:line 12"]),
    ("messages_that_are_not_expected_do_not_matter", true, &["§ e:a"], &["§ e:a ; sh:resultMessage 'No.'"]),
    (
        "expected_messages_have_their_language",
        false,
        &["§ e:a ; sh:resultMessage 'No.'@en"],
        &["§ e:a ; sh:resultMessage 'No.'"],
    ),
    ("blank_nodes_may_have_other_names", true, &["§ _:x ; sh:value _:x"], &["§ _:y ; sh:value _:y"]),
    ("one_blank_node_is_not_two", false, &["§ _:x ; sh:value _:x"], &["§ _:y ; sh:value _:z"]),
    ("blank_nodes_of_two_results_are_told_apart", false, &["§ _:x", "§ _:x"], &["§ _:y", "§ _:z"]),
    ("a_known_blank_node_is_itself", false, &["§ _:known"], &["§ _:known2"]),
    (
        "paths_are_compared_by_structure",
        true,
        &["§ e:a ; sh:resultPath ( _:p _:p )"],
        &["§ e:a ; sh:resultPath ( [ sh:inversePath e:q ] [ sh:inversePath e:q ] )"],
    ),
    (
        "the_order_of_a_sequence_matters",
        false,
        &["§ e:a ; sh:resultPath ( e:p e:q )"],
        &["§ e:a ; sh:resultPath ( e:q e:p )"],
    ),
    ("expected_details_are_compared", false, &["§ e:a ; sh:detail [ § e:b ]"], &["§ e:a ; sh:detail [ § e:c ]"]),
    ("a_path_without_end_ends", false, &["§ e:a ; sh:resultPath e:p"], &["§ e:a ; sh:resultPath _:endless"]),
];

/// A test for each comparison, and some for reports that are none.
pub(crate) fn trials() -> Vec<Trial> {
    let comparisons = COMPARISONS.into_iter().map(|(name, same, expected, actual)| {
        Trial::test(format!("comparison/{name}"), move || {
            let result = compare_results(expected, actual);
            if result.is_ok() == same { Ok(()) } else { Err(format!("{result:?}").into()) }
        })
    });
    comparisons
        .chain([
            Trial::test("comparison/a_graph_without_a_report_is_noticed", || {
                refused(&Graph::new(), false, "0 nodes of type sh:ValidationReport")
            }),
            Trial::test("comparison/an_interface_that_contradicts_the_report_is_noticed", || {
                refused(&report(&["§ e:a"]), true, "its interface says true")
            }),
        ])
        .collect()
}

fn compare_results(expected: &[&str], actual: &[&str]) -> Result<(), String> {
    let expected = report(expected);
    let known = ["known", "known2"].map(BlankNode::new_unchecked);
    compare_with(&expected, HashSet::from(known), &report(actual), actual.is_empty())
}

/// Whether a report is refused for a reason, where an empty one is expected.
fn refused(actual: &Graph, conforms: bool, reason: &str) -> Result<(), Failed> {
    match compare_with(&report(&[]), HashSet::new(), actual, conforms) {
        Err(text) if text.contains(reason) => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn compare_with(expected: &Graph, shared: HashSet<BlankNode>, actual: &Graph, conforms: bool) -> Result<(), String> {
    let node = BlankNode::new_unchecked("report");
    compare(&Expected { graph: expected, report: NamedOrBlankNodeRef::from(&node), shared }, actual, conforms)
}

/// A report with these results.
#[expect(clippy::unwrap_used, reason = "a check fails by panicking")]
fn report(results: &[&str]) -> Graph {
    let results = results.iter().fold(String::new(), |text, result| text + "; sh:result [ " + result + " ]");
    let conforms = results.is_empty();
    let turtle = format!(
        "{PREFIXES} _:report a sh:ValidationReport ; sh:conforms {conforms} {} . \
         _:p sh:inversePath e:q . _:endless sh:inversePath _:endless .",
        results.replace('§', FOCUS)
    );
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    quads.map(|quad| Triple::from(quad.unwrap())).collect()
}
