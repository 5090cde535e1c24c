//! Strings that a query builds: those that multiply are refused, ordinary ones pass, and none is
//! longer than its estimate.

use super::tests::{Fate, fate, filter};
use super::{Bounds, BoundsError};
use spargebra::SparqlParser;

/// A query whose BINDs each build `?a1`, `?a2` … of the one before, `?a0` being `first`.
fn doubling(first: &str, step: impl Fn(&str) -> String, times: usize) -> String {
    let steps: Vec<String> = (0..times).map(|i| format!("BIND({} AS ?a{})", step(&format!("?a{i}")), i + 1)).collect();
    format!("SELECT (STRLEN(?a{times}) AS ?n) {{ {first} {} }}", steps.concat())
}

#[test]
fn strings_that_multiply_are_refused_however_they_are_built() {
    let sixteen = "BIND('aaaaaaaaaaaaaaaa' AS ?a0)";
    let long = "b".repeat(2_000);
    let twice = |a: &str| format!("CONCAT({a},{a})");
    let deep = format!("{}?o{}", "ENCODE_FOR_URI(".repeat(30), ")".repeat(30));
    let grouping = "{ SELECT (GROUP_CONCAT(?b) AS ?c) { ?s ?p ?o { SELECT (GROUP_CONCAT(?o) AS ?b) { ?s ?p ?o } } } }";
    let subselects = (0..12).fold("{ VALUES ?a0 { 'a' } }".to_owned(), |inner, i| {
        format!("{{ SELECT (CONCAT(?a{i},?a{i}) AS ?a{}) {{ {inner} }} }}", i + 1)
    });
    for text in [
        doubling(sixteen, twice, 40),
        doubling("?s ?p ?a0", twice, 40),
        doubling("VALUES ?a0 { 'a' 'bb' }", twice, 40),
        doubling(sixteen, |a| format!("REPLACE({a},'a','{long}')"), 2),
        doubling(sixteen, |a| format!("REPLACE({a},'','aaaaaaaaa')"), 4),
        doubling(sixteen, |a| format!("REPLACE({a},'(.*)','$1$1')"), 8),
        doubling(sixteen, |a| format!("REPLACE({a},'a','$0$0')"), 8),
        doubling(sixteen, |a| format!("REPLACE({a},' a ','bb','x')"), 20),
        doubling(sixteen, |a| format!("REPLACE({a},'a',{a})"), 2),
        doubling(sixteen, |a| format!("ENCODE_FOR_URI({a})"), 40),
        doubling(sixteen, |a| format!("UCASE({a})"), 40),
        doubling(sixteen, |a| format!("STR(STRDT('a',IRI(CONCAT('x:',STR({a}),STR({a})))))"), 40),
        doubling(sixteen, |a| format!("STRLANG(CONCAT(STR({a}),STR({a})),'en')"), 40),
        doubling(sixteen, |a| format!("IRI(CONCAT('x:',STR({a}),STR({a})))"), 40),
        doubling(sixteen, |a| format!("IF(true,CONCAT({a},{a}),1)"), 40),
        doubling(sixteen, |a| format!("IF(false,1,CONCAT({a},{a}))"), 40),
        doubling(sixteen, |a| format!("COALESCE(1/0,CONCAT({a},{a}))"), 40),
        doubling(sixteen, |a| format!("SUBSTR(CONCAT({a},{a}),2)"), 40),
        doubling("?s ?p ?a0", |a| format!("<http://www.w3.org/2001/XMLSchema#string>(CONCAT({a},{a}))"), 40),
        // Each is long and none is too long, but together they are.
        doubling("?s ?p ?a0", |a| format!("CONCAT({a}{})", ",?o".repeat(60)), 30),
        filter(&format!("STRLEN({deep}) > 1")),
        filter(&format!("EXISTS {{ {} }}", doubling("?s ?p ?a0", twice, 40))),
        format!("SELECT * {{ ?s ?p ?o OPTIONAL {{ ?s ?q ?r FILTER(STRLEN({deep}) > 1) }} }}"),
        format!("SELECT * {{ ?s ?p ?o }} ORDER BY {deep}"),
        format!("SELECT ?k {{ ?s ?p ?o }} GROUP BY ({deep} AS ?k)"),
        format!("ASK {{ {} }}", doubling("?s ?p ?a0", twice, 40)),
        format!("CONSTRUCT {{ <a:b> <a:c> ?n }} {{ {{ {} }} }}", doubling("?s ?p ?a0", twice, 40)),
        format!("DESCRIBE ?n {{ {{ {} }} }}", doubling("?s ?p ?a0", twice, 40)),
        format!("SELECT * {{ {subselects} }}"),
        format!("SELECT * {{ {grouping} }}"),
        format!("SELECT (MAX(?c) AS ?d) {{ {grouping} }}"),
        format!("BASE <http://example.org/{}> SELECT (IRI(?o) AS ?i) {{ ?s ?p ?o }}", "a".repeat(1_100_000)),
        format!("SELECT (GROUP_CONCAT(?o; SEPARATOR='{}') AS ?g) {{ ?s ?p ?o }}", "a".repeat(40_000)),
    ] {
        let beginning: String = text.chars().take(100).collect();
        let length = text.len();
        let fate = fate(text);
        assert!(matches!(fate, Fate::Refused(BoundsError::GrowsTooMuch { .. })), "{beginning}… ({length}): {fate:?}");
    }
}

#[test]
fn ordinary_strings_pass() {
    let labels = doubling("?s ?p ?a0 ; ?q ?o", |a| format!("CONCAT({a}, ', ', ?o)"), 12);
    let slug =
        [("é", "e"), ("ü", "ue"), ("ß", "ss"), (" ", "-"), ("&", "and"), ("[^a-z-]+", ""), ("-+", "-"), ("^-|-$", "")]
            .iter()
            .fold("LCASE(STR(?o))".to_owned(), |inner, (old, new)| format!("REPLACE({inner},'{old}','{new}')"));
    for text in [
        labels.replacen("STRLEN(?a12)", "GROUP_CONCAT(?a12)", 1),
        format!(
            "SELECT (GROUP_CONCAT(DISTINCT CONCAT({}); SEPARATOR=' | ') AS ?all) {{ ?s ?p ?o }} GROUP BY ?s",
            "?o,".repeat(24) + "''"
        ),
        format!("SELECT ({slug} AS ?slug) {{ ?s ?p ?o }}"),
        "SELECT (REPLACE('Dear NAME of PLACE', 'NAME', ?o) AS ?letter) { ?s ?p ?o }".to_owned(),
        "SELECT (CONCAT(UCASE(SUBSTR(?o,1,1)), LCASE(SUBSTR(?o,2))) AS ?title) { ?s ?p ?o }".to_owned(),
        "SELECT (IRI(CONCAT('http://example.org/', ENCODE_FOR_URI(STR(?o)))) AS ?i) { ?s ?p ?o }".to_owned(),
        filter(&vec!["STR(?o) = LCASE('a')"; 400].join(" || ")),
        format!("SELECT * {{ {} }}", vec!["{ ?s ?p ?o BIND(CONCAT(STR(?s), '#', ?o) AS ?x) }"; 100].join(" UNION ")),
        doubling("?s ?p ?a0", str::to_owned, 900),
    ] {
        let beginning: String = text.chars().take(100).collect();
        let fate = fate(text);
        assert!(matches!(fate, Fate::Planned(_)), "{beginning}: {fate:?}");
    }
}

/// Expressions over `?a` and `?b`, one a line.
const EXPRESSIONS: &str = "CONCAT(?a,?b)
ENCODE_FOR_URI(?a)
CONCAT(ENCODE_FOR_URI(?a),UCASE(?b))
UCASE(?a)
LCASE(?a)
REPLACE(?a,'','xyz')
REPLACE(?a,'a','$0$0')
REPLACE(?a,'','$0$0$0')
REPLACE(?a,'aaaaaaaa','$0$0')
REPLACE(?a,'(.*)','$1$1$1')
REPLACE(?a,'a','bbb')
REPLACE(?a,'aa','bbb')
REPLACE(?a,'A','bbb','i')
REPLACE(?a,' a ','bbb','x')
REPLACE(?a,'b','')
REPLACE(?a,'a',?b)
REPLACE(?a,'',?b)
REPLACE(?a,'^.*$',?b)
REPLACE('aaa','',?b)
SUBSTR(?a,2)
STRAFTER(?a,'a')
IF(true,CONCAT(?a,?b),?a)
COALESCE(1/0,CONCAT(?a,?b))
STR(IRI(CONCAT('x:',?a)))
STR(DATATYPE(STRDT(?b,IRI(CONCAT('x:',?a)))))";

/// The literal `?x` that a query makes of constants.
fn built(query: &spargebra::Query) -> Option<oxrdf::Literal> {
    let nothing = oxrdf::Dataset::new();
    let evaluator = spareval::QueryEvaluator::new();
    let spareval::QueryResults::Solutions(mut solutions) = evaluator.prepare(query).execute(&nothing).unwrap() else {
        return None;
    };
    match solutions.next()?.unwrap().get("x")? {
        oxrdf::Term::Literal(literal) => Some(literal.clone()),
        _ => None,
    }
}

#[test]
fn no_string_that_the_evaluator_builds_is_longer_than_its_estimate() {
    // With its datatype, each is one unit.
    let inputs = ["a".repeat(980), "\u{390}".repeat(490), "\u{23a} b%".repeat(190), "$0".repeat(490), "x".to_owned()];
    let mut compared = 0;
    for (expression, a, b) in EXPRESSIONS
        .lines()
        .flat_map(|expression| inputs.iter().map(move |a| (expression, a)))
        .flat_map(|(expression, a)| inputs.iter().map(move |b| (expression, a, b)))
    {
        let text = format!("SELECT ({expression} AS ?x) {{ VALUES (?a ?b) {{ ('{a}' '{b}') }} }}");
        let query = SparqlParser::new().parse_query(&text).unwrap();
        let Some(literal) = built(&query) else { continue };
        let units = literal.value().len().div_ceil(1_024).max(1);
        let tight = Bounds { growth: units - 1, ..Bounds::default() };
        assert!(tight.check_algebra(&query).is_err(), "{expression} makes {units} units");
        compared += 1;
    }
    assert!(compared > 400, "{compared}");
}

#[test]
fn no_letter_grows_more_than_the_estimate_when_its_case_changes() {
    for letter in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
        let upper: usize = letter.to_uppercase().map(char::len_utf8).sum();
        let lower: usize = letter.to_lowercase().map(char::len_utf8).sum();
        assert!(upper <= 3 * letter.len_utf8() && lower <= 2 * letter.len_utf8(), "{letter}");
    }
}
