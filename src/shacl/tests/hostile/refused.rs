//! Shapes graphs that are refused, each with the place and the reason.

use super::{each, shapes};

/// Holds if the shapes are refused with all of these words.
fn refused(text: &str, words: &[&str]) {
    let error = shapes(text).unwrap_err().to_string();
    for word in words {
        assert!(error.contains(word), "{word} is not in: {}", error.chars().take(400).collect::<String>());
    }
}

#[test]
fn shapes_that_need_themselves_are_refused_with_the_circle() {
    refused(
        "e:S sh:targetNode e:x ; sh:node e:T . e:T sh:property e:U . e:U sh:path e:p ; sh:not e:S .",
        &["<http://e/S> → <http://e/T> → <http://e/U> → <http://e/S>"],
    );
}

#[test]
fn shapes_ten_thousand_deep_are_refused() {
    let nested = each(10_000, |level| format!("e:S{level} sh:node e:S{} .", level + 1));
    refused(&format!("{nested} e:S0 sh:targetNode e:x ."), &["<http://e/S0>", "deeper than 64"]);
}

#[test]
fn a_path_ten_thousand_deep_is_refused() {
    let path = format!("{}e:p{}", "[ sh:inversePath ".repeat(10_000), " ]".repeat(10_000));
    refused(&format!("e:S sh:targetNode e:x ; sh:path {path} ."), &["<http://e/S>, sh:path", "deeper than 64"]);
}

#[test]
fn a_path_that_doubles_at_each_level_is_refused() {
    let levels = each(60, |level| format!("_:p{level} sh:alternativePath ( _:p{0} _:p{0} ) .", level + 1));
    let shape = "e:S sh:targetNode e:x ; sh:path _:p0 ; sh:minCount 1 . _:p60 sh:inversePath e:p .";
    refused(&format!("{shape} {levels}"), &["<http://e/S>, sh:path", "more than 1000 parts"]);
}

#[test]
fn a_path_with_ten_thousand_steps_is_refused() {
    let path = "e:p ".repeat(10_000);
    refused(&format!("e:S sh:targetNode e:x ; sh:path ( {path} ) ."), &["<http://e/S>, sh:path", "1000 parts"]);
}

#[test]
fn patterns_that_explode_look_back_or_are_too_many_are_refused() {
    let pattern = |pattern: &str| format!("e:S sh:targetNode e:x ; sh:pattern {pattern:?} .");
    refused(&pattern("a{1000}{1000}"), &["<http://e/S>, sh:pattern", "needs more than 1048576 bytes"]);
    refused(
        &pattern(&each(100_000, |word| format!("word{word}|"))),
        &["<http://e/S>, sh:pattern", "longer than 50000 bytes"],
    );
    refused(&pattern("(?<=a)b"), &["<http://e/S>, sh:pattern", "look-behind"]);
    refused(&pattern("(a)\\1"), &["<http://e/S>, sh:pattern", "backreferences"]);
    refused(&pattern(&"(".repeat(10_000)), &["<http://e/S>, sh:pattern"]);
    let many = |pattern: &str| {
        each(300, |shape| format!("e:S{shape} sh:targetNode e:x ; sh:pattern {:?} .", format!("{pattern}{shape}")))
    };
    assert!(shapes(&many("[a-z]{20}")).is_ok(), "small patterns may be many");
    refused(&many("\\w{20}"), &["sh:pattern", "too much memory together"]);
}

#[test]
fn texts_that_would_be_said_again_with_each_result_may_not_be_long() {
    let text = "long ".repeat(10_000);
    refused(
        &format!("e:S sh:targetNode e:x ; sh:nodeKind sh:IRI ; sh:message \"{text}\" ."),
        &["<http://e/S>, sh:message", "50000 bytes"],
    );
    refused(
        &format!(
            "e:S sh:targetNode e:x ; sh:sparql e:Q . e:Q sh:message \"{text}\" ; sh:select \"SELECT $this {{ }}\" ."
        ),
        &["<http://e/Q>, sh:message", "50000 bytes"],
    );
}

#[test]
fn a_component_with_too_many_combinations_of_values_is_refused() {
    let parameters = each(8, |number| format!("sh:parameter [ sh:path e:p{number} ] ;"));
    let values = each(8, |number| format!("e:p{number} 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 ;"));
    refused(
        &format!(
            "e:C a sh:ConstraintComponent ; {parameters} sh:validator [ sh:ask \"ASK {{ }}\" ] .
             e:S {values} sh:targetNode e:x ."
        ),
        &["<http://e/S>, <http://e/p3>", "more than 1000 combinations"],
    );
}

#[test]
fn a_query_with_a_hundred_thousand_prefixes_is_refused() {
    let prefixes = each(2_000, |number| {
        format!("e:O sh:declare [ sh:prefix \"p{number}\" ; sh:namespace \"http://e/{number}/\" ] .")
    });
    refused(
        &format!(
            "{prefixes} e:S sh:targetNode e:x ; sh:sparql e:Q . e:Q sh:prefixes e:O ; sh:select \"SELECT $this {{ }}\" ."
        ),
        &["<http://e/Q>, sh:prefixes", "more than 1000 prefixes"],
    );
}

/// Each would be planned on a thread with a stack like any other.
#[test]
fn queries_that_nest_chain_or_grow_are_refused() {
    let query = |query: &str| {
        format!("e:S sh:targetNode e:x ; sh:sparql e:Q . e:Q sh:select {:?} .", format!("SELECT $this {{ {query} }}"))
    };
    let or = each(1_000, |number| format!("?o = {number} ||"));
    refused(&query(&format!("$this ?p ?o FILTER({or} false)")), &["<http://e/Q>, sh:select", "100 operators"]);
    let union = each(1_000, |number| format!("{{ $this e:p{number} ?o }} UNION"));
    refused(&query(&format!("{union} {{}}")), &["<http://e/Q>, sh:select", "100 operators"]);
    let nested = format!("{}$this ?p ?o{}", "{".repeat(60), "}".repeat(60));
    refused(&query(&nested), &["<http://e/Q>, sh:select", "deeper than 40"]);
    let concat = "?t, ".repeat(900);
    refused(
        &query(&format!("$this ?p ?t BIND(CONCAT({concat} ?t) AS ?all)")),
        &["<http://e/Q>, sh:select", "200 times"],
    );
    refused(&query("VALUES ?a { 1 }"), &["<http://e/Q>, sh:select", "VALUES"]);
}
