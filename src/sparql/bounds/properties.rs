//! Properties of the pass over the text: it takes anything, and it misses no bracket.

use super::tests::refused;
use super::{Bounds, BoundsError};
use proptest::prelude::*;
use spargebra::SparqlParser;

/// Texts of what matters to the pass, in any order.
fn fragments() -> impl Strategy<Value = String> {
    let fragment = prop::sample::select(vec![
        "{", "}", "(", ")", "[", "]", "<", ">", "<a:b>", "<<", ">>", "\"", "'", "'''", "\"\"\"", "\\", "\\u0041", "#",
        "\n", " ", "!", "!=", "-", "^", "^^", "||", "&&", "/", "*", "?a", "$", "@en", "é", "\u{2028}", "REGEX",
        "FILTER", "VALUES", "SELECT", "ex:a-b", "_:n", "1.e5", "true", ".",
    ]);
    prop::collection::vec(fragment, 0..60).prop_map(|fragments| fragments.concat())
}

/// Operands and operators whose ends are easily mistaken.
fn tricky() -> impl Strategy<Value = String> {
    let operand = prop::sample::select(vec![
        "?a",
        "<x:a#b>",
        "<x:'>",
        "'s'",
        "'\\''",
        "\"t\"@en-GB",
        "'''q''r'''",
        "\"\"\"'\"\"\"",
        "1.e5",
        "1.5",
        "true",
        "ex:a-b",
        "ex:a\\'",
        "'#'",
        "'1'^^<x:d>",
        "<x:f>('(')",
        "STR(?b)",
        "EXISTS{?s ?p <#'>}",
        "?b#'\n",
        "IF(?a,<x:#'>,1)",
        "?a IN(<x:a#'>)",
        "?a NOT IN (1,<x:#>)",
        "-.5",
        "$b",
        "ex:",
        ":",
        "ex:a.b",
        "ex:%41-",
        "é",
        "xsd:x",
        "ex:é-",
        "COALESCE(<x:a>,'(')",
        "\"\\u0022\"",
        "REGEX(?a,'\\\\')",
        "1e5",
        "FALSE",
        "NOT EXISTS{}",
        "true#\n",
    ]);
    let operator = prop::sample::select(vec![
        "<",
        " < ",
        "<=",
        ">",
        "=",
        "!=",
        "&&",
        "||",
        "+",
        "-",
        "*",
        "/",
        " # ' \n && ",
        "&& 1<",
        "||?a>",
    ]);
    prop::collection::vec((operand, operator), 0..4)
        .prop_map(|parts| parts.iter().flat_map(|(operand, operator)| [*operand, *operator]).collect())
}

/// Terms of a collection, whose ends are easily mistaken.
fn terms() -> impl Strategy<Value = String> {
    let term = prop::sample::select(vec![
        "?a ",
        "<x:a#b>",
        "<x:'>",
        "<#'(>",
        "'s'",
        "''",
        "'''q'r'''",
        "ex:a\\' ",
        "_:n ",
        "1.e5 ",
        "#'\n",
        "true ",
        "[]",
    ]);
    prop::collection::vec(term, 0..6).prop_map(|terms| terms.concat())
}

fn parses(text: &str) -> bool {
    let parser = SparqlParser::new().with_base_iri("x:base").unwrap();
    parser.with_prefix("ex", "x:").unwrap().parse_query(text).is_ok()
}

proptest! {
    /// Where an open bracket matters to the parser, it is counted: a string, an IRI or a comment
    /// does not mind one bracket more.
    #[test]
    fn whatever_brackets_the_parser_reads_are_counted(
        operands in tricky(),
        terms in terms(),
        (before, after, is_list) in prop::sample::select(vec![
            ("FILTER(", ")", false),
            ("FILTER(", ">1)", false),
            ("BIND(", " AS ?n)", false),
            ("FILTER STR(", ")", false),
            ("FILTER ex:f(1,", ")", false),
            ("?s ?p (", ")", true),
            ("?s ?p [ ?q (", ") ]", true),
        ]),
    ) {
        let inside = if is_list { terms } else { operands };
        let with = |brackets: &str| format!("SELECT * {{ ?s ?p ?o . {before}{inside}{brackets}{after} }}");
        let deep = with(&format!("{}1{}", "(".repeat(120), ")".repeat(120)));
        let is_read = parses(&with("(1)")) && !parses(&with("((1)"));
        let is_refused = matches!(refused(&deep), Some(BoundsError::TooDeep { .. }));
        prop_assert!(is_refused || !is_read, "{}", with("(1)"));
    }

    #[test]
    fn any_text_is_checked_without_a_panic(text in ".{0,200}") {
        let _checked = Bounds::default().check_text(&text);
    }

    #[test]
    fn any_order_of_tokens_is_checked_without_a_panic(text in fragments()) {
        let tight = Bounds { depth: 3, reparsing: 40, operators: 6, variables: 4, terms: 9, ..Bounds::default() };
        let _checked = tight.check_text(&text);
        let _checked = Bounds::default().check_text(&text);
    }
}
