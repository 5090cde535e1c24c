//! What is refused, what passes, and that both end in time.

use super::{Bounds, BoundsError};
use spargebra::SparqlParser;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The stack, in bytes, of a thread that answers a query.
const STACK: usize = 256 << 20;

/// What became of a query.
#[derive(Debug)]
pub(super) enum Fate {
    Refused(BoundsError),
    NoQuery,
    Planned(Duration),
}

/// Checks, parses and plans a query as the server does; planning is reached through an evaluation
/// over no triples.
pub(super) fn fate(text: String) -> Fate {
    let work = move || {
        let started = Instant::now();
        let bounds = Bounds::default();
        if let Err(refused) = bounds.check_text(&text) {
            return Fate::Refused(refused);
        }
        let Ok(query) = SparqlParser::new().parse_query(&text) else { return Fate::NoQuery };
        if let Err(refused) = bounds.check_algebra(&query) {
            return Fate::Refused(refused);
        }
        let nothing = oxrdf::Dataset::new();
        let evaluator = spareval::QueryEvaluator::new();
        assert!(evaluator.prepare(&query).execute(&nothing).is_ok(), "{text}");
        drop(query);
        Fate::Planned(started.elapsed())
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap();
    thread.join().unwrap()
}

pub(super) fn refused(text: &str) -> Option<BoundsError> {
    Bounds::default().check_text(text).err()
}

pub(super) fn filter(condition: &str) -> String {
    format!("SELECT * {{ ?s ?p ?o FILTER({condition}) }}")
}

/// A query that is planned at all is planned within a second by a release build on a quiet machine;
/// the killers took minutes or for ever. The bound stands between, so that a busy machine passes.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn each_known_killer_is_refused_or_planned() {
    let nested = |open: &str, inner: &str, close: &str, depth: usize| {
        format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
    };
    let chain = |link: &str, between: &str, length: usize| vec![link; length].join(between);
    let mut killers = Vec::new();
    for depth in [50, 99, 200, 400, 1_600, 20_000] {
        killers.push(format!("SELECT * {}", nested("{", "?s ?p ?o", "}", depth)));
        killers.push(filter(&nested("(", "1=1", ")", depth)));
        killers.push(filter(&format!("{}true", "!".repeat(depth))));
        killers.push(format!("SELECT * {{ ?s ?p {} }}", nested("(", "1", ")", depth)));
        killers.push(format!("SELECT * {{ ?s ?p {} }}", nested("[ <a:b> ", "1", "]", depth)));
        killers.push(filter(&nested("!(", "?o", ")", depth)));
        killers.push(filter(&nested("REGEX(", "?o", ",\"a\")", depth)));
        killers.push(format!("SELECT * {{ ?s ?p ?o {} }}", nested("OPTIONAL { ?s <a:b> ?x ", "", "}", depth)));
        killers.push(format!("SELECT * {{ ?s {} ?o }}", nested("(", "<a:b>", ")*", depth)));
    }
    for length in [99, 900, 1_900, 10_000, 20_000] {
        killers.push(format!("SELECT * {{ {} }}", chain("{?s ?p ?o}", " UNION ", length)));
        killers.push(filter(&chain("?s=?o", "||", length)));
        killers.push(format!("SELECT * {{ ?s {} ?o }}", chain("<a:b>", "/", length)));
        killers.push(format!("SELECT * {{ ?s {} ?o }}", chain("<a:b>", "|", length)));
        killers.push(format!("SELECT * {{ {} }}", chain("{?s ?p ?o}", " ", length)));
        killers.push(format!("SELECT * {{ ?s ?p ?o {} }}", chain("OPTIONAL{?s <a:b> ?x}", " ", length)));
        killers.push(format!("SELECT * {{ ?s ?p ?o {} }}", chain("FILTER(?s=?o)", " ", length)));
        killers.push(format!("SELECT * {{ ?s ?p {} }}", chain("?o", ",", length)));
        killers.push(format!("DESCRIBE {}", chain("<a:b>", " ", length)));
        let steps: Vec<String> = (0..length).map(|i| format!("?a{i} <a:b> ?a{} .", i + 1)).collect();
        killers.push(format!("SELECT * {{ {} }}", steps.concat()));
        let star: Vec<String> = (0..length).map(|i| format!("?a <a:{i}> ?a{i} .")).collect();
        killers.push(format!("SELECT * {{ {} }}", star.concat()));
        let columns: Vec<String> = (0..length).map(|i| format!("(?s AS ?x{i})")).collect();
        killers.push(format!("SELECT {} {{ ?s ?p ?o }}", columns.concat()));
    }
    for killer in killers {
        let beginning: String = killer.chars().take(60).collect();
        let length = killer.len();
        let started = Instant::now();
        if let Fate::Planned(time) = fate(killer) {
            assert!(time < PATIENCE, "{beginning}… of {length} bytes took {time:?}");
        }
        assert!(started.elapsed() < PATIENCE, "{beginning}… of {length} bytes");
    }
}

#[test]
fn ordinary_queries_and_large_flat_ones_pass() {
    let patterns: Vec<String> = (0..100).map(|i| format!("?s <a:{i}> ?v{i} .")).collect();
    let values = "<https://example.org/a/b-c+d> 1 -1 ".repeat(20_000);
    for text in [
        "ASK { ?s ?p ?o }".to_owned(),
        format!("SELECT * {{ {} }}", patterns.concat()),
        format!("SELECT * {{ ?s ?p ?o VALUES ?o {{ {values} }} }}"),
        format!("SELECT * {{ ?s ?p ?o VALUES (?o ?p) {{ {} }} }}", "(<a:b> -1)".repeat(60_000)),
        filter(&format!("?o IN ({})", vec!["1"; 60_000].join(","))),
        filter(&format!("{}?o{}", "REPLACE(".repeat(10), ",\"a\",\"b\")".repeat(10))),
        "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o } GROUP BY ?p HAVING (COUNT(?s) > 3)".to_owned(),
    ] {
        let beginning: String = text.chars().take(60).collect();
        assert!(matches!(fate(text), Fate::Planned(_)), "{beginning}");
    }
}

#[test]
fn a_text_that_is_too_long_is_refused_with_its_length() {
    let bounds = Bounds { length: 10, ..Bounds::default() };
    assert_eq!(bounds.check_text("ASK {     }"), Err(BoundsError::TooLong { length: 11, limit: 10 }));
    assert_eq!(bounds.check_text("ASK {    }"), Ok(()));
}

#[test]
fn the_place_of_the_bracket_that_is_too_deep_is_given() {
    let bounds = Bounds { depth: 2, ..Bounds::default() };
    let found = bounds.check_text("ASK {\n  é {\n {} } }");
    assert_eq!(found, Err(BoundsError::TooDeep { line: 3, column: 2, limit: 2 }));
}

#[test]
fn brackets_and_operators_in_strings_iris_and_comments_do_not_count() {
    let brackets = "([{!|&".repeat(1_000);
    for text in [
        format!("ASK {{ ?s ?p \"{brackets}\" }}"),
        format!("ASK {{ ?s ?p '{brackets}\\'{brackets}' }}"),
        format!("ASK {{ ?s ?p '''{brackets}''\n{brackets}''' }}"),
        format!("ASK {{ ?s ?p \"\"\"{brackets}\\\"\"\" {brackets}\"\"\" }}"),
        format!("ASK {{ # {brackets}\n }}"),
        format!("ASK {{ ?s ?p <http://example.org/{}> }}", "(+&!".repeat(1_000)),
        format!("ASK {{ ?s ?p <a:{}'> . ?s ?p '{brackets}' }}", "#(".repeat(1_000)),
        filter(&format!("?o = <a:{}>", "((&&".repeat(1_000))),
        format!("ASK {{ ?s ?p \"x\"@en-{} }}", "a-b-".repeat(1_000)),
    ] {
        assert_eq!(refused(&text), None, "{}", &text[..40]);
    }
}

#[test]
fn brackets_cannot_hide_behind_a_comparison_or_a_broken_string() {
    let deep = "(".repeat(1_000);
    for text in [
        filter(&format!("?a<{deep}1>2")),
        filter(&format!("?a<'x>y' && {deep}'")),
        filter(&format!("?a <b:c#>\n {deep}")),
        filter(&format!("1.e5<b:c#> {deep}\n {deep}")),
        filter(&format!("true<b:c'> || ' {deep}")),
        filter(&format!("REGEX(?a<b:c'> || ' {deep})")),
        format!("SELECT (?a<b:c'> || ' {deep}) {{}}"),
        format!("SELECT * {{ ?s ?p ('''a' {deep} \\q ''' ) }}"),
        format!("SELECT * {{ ?s ?p ('a\n {deep} ) }}"),
        format!("SELECT * {{ ?s ?p ex:a\\'{deep} ' }}"),
        format!("SELECT * {{ ?s ?p <http://x\\u0041#a> {deep} }}"),
        format!("SELECT * {{ {} }}", "<< ".repeat(1_000)),
    ] {
        assert!(matches!(refused(&text), Some(BoundsError::TooDeep { .. })), "{}", &text[..40]);
    }
}

#[test]
fn operands_that_the_parser_reads_twice_are_bounded_by_their_nesting() {
    for (open, close) in
        [("!(", ")"), ("! (", ")"), ("SUBSTR(", ",1)"), ("!regex (", ",\"a\")"), ("GROUP_CONCAT(", ")")]
    {
        let nested = |depth: usize| filter(&format!("{}?o{}", open.repeat(depth), close.repeat(depth)));
        assert_eq!(refused(&nested(6)), None, "{open}");
        assert!(matches!(refused(&nested(30)), Some(BoundsError::TooEntangled { .. })), "{open}");
    }
    assert_eq!(refused(&filter(&"!(?a) && ".repeat(500))), None, "side by side they are harmless");
}

#[test]
fn a_list_of_too_many_terms_is_refused() {
    let list = |length: usize| filter(&format!("?o IN ({})", "1,".repeat(length)));
    assert_eq!(refused(&list(390_000)), None);
    assert_eq!(refused(&list(410_000)), Some(BoundsError::TooManyTerms { limit: 400_000 }));
    let head = format!("SELECT * {{ VALUES ({}) {{}} }}", "?a ".repeat(5_001));
    assert_eq!(refused(&head), Some(BoundsError::TooManyVariables { limit: 5_000 }));
}

#[test]
fn many_groups_that_are_small_one_by_one_are_refused_together() {
    let star: Vec<String> = (0..90).map(|i| format!("?s <a:{i}> ?v{i} .")).collect();
    let group = format!("{{ {} }}", star.concat());
    let text = [group.as_str(); 4].join(" UNION ");
    assert!(matches!(fate(format!("SELECT * {{ {text} }}")), Fate::Refused(BoundsError::TooCostly { .. })));
}

#[test]
fn a_group_of_too_many_patterns_is_refused_also_when_it_is_divided_by_braces_and_graphs() {
    let star: Vec<String> = (0..60).map(|i| format!("?s <a:{i}> ?v{i} .")).collect();
    let star = star.concat();
    for text in [
        format!("SELECT * {{ {star} {star} }}"),
        format!("SELECT * {{ {{ {star} }} {{ {star} }} }}"),
        format!("SELECT * {{ GRAPH <g:a> {{ {star} }} GRAPH <g:b> {{ {star} }} }}"),
        format!("SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {star} {star} }} }}"),
    ] {
        assert!(matches!(fate(text), Fate::Refused(BoundsError::TooManyPatterns { count: 120, .. })));
    }
}

/// The queries in `folder` and below it; nothing, with a line that says so, where it is absent.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
fn queries_below(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(folder);
    if !root.is_dir() {
        println!("SKIPPED: {} is absent", root.display());
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rq") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn the_benchmark_queries_are_planned() {
    for path in queries_below("tools/queries") {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(matches!(fate(text), Fate::Planned(_)), "{}", path.display());
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "how much was compared belongs to the result")]
fn no_query_of_the_conformance_suites_is_refused() {
    let bounds = Bounds::default();
    let (mut queries, mut others) = (0, 0);
    for path in queries_below("suites/sparql") {
        // Some tests of bad syntax are no UTF-8.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        assert_eq!(bounds.check_text(&text), Ok(()), "{}", path.display());
        let parser = SparqlParser::new().with_base_iri("http://example.org/").unwrap();
        match parser.parse_query(&text) {
            Ok(query) => {
                queries += 1;
                assert_eq!(bounds.check_algebra(&query), Ok(()), "{}", path.display());
            }
            Err(_) => others += 1,
        }
    }
    println!("{queries} queries and {others} texts that are none pass");
}

#[test]
fn a_long_namespace_with_many_names_is_refused_and_many_ordinary_iris_pass() {
    let hostile =
        format!("PREFIX p: <http://a/{}> SELECT * {{ VALUES ?x {{ {} }} }}", "x".repeat(60_000), "p:b ".repeat(20_000));
    assert!(matches!(refused(&hostile), Some(BoundsError::TooLongNames { .. })));
    let iris: Vec<String> = (0..60_000).map(|i| format!("<http://services.example.eu/id/service/{i}>")).collect();
    let iris = iris.join(" ");
    assert_eq!(refused(&format!("SELECT * {{ VALUES ?x {{ {iris} }} }}")), None);
}
