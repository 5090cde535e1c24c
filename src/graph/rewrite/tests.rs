//! Which form each shape of query gets.

use super::rewrite;
use crate::graph::differential::{Planner, dataset, solutions};
use crate::sparql::algebra::{operands, parts};
use oxrdf::NamedNode;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::TriplePattern;
use spargebra::{Query, SparqlParser};

const PREFIXES: &str = "PREFIX : <http://example.org/> ";

fn parsed(text: &str) -> Query {
    SparqlParser::new().parse_query(&format!("{PREFIXES}{text}")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The forms that a query holds, counted over the whole algebra.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Forms {
    pub(super) minus: usize,
    pub(super) distinct: usize,
    /// EXISTS over one pattern, or over one pattern and a filter.
    pub(super) simple: usize,
    /// EXISTS over several patterns: what should have been rewritten, or could not be.
    composite: usize,
}

pub(super) fn forms(query: &Query) -> Forms {
    let (Query::Select { pattern, .. }
    | Query::Ask { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }) = query;
    let mut found = Forms::default();
    count_pattern(pattern, &mut found);
    found
}

fn count_pattern(pattern: &GraphPattern, found: &mut Forms) {
    match pattern {
        GraphPattern::Minus { .. } => found.minus += 1,
        GraphPattern::Distinct { .. } => found.distinct += 1,
        _ => {}
    }
    let (children, expressions) = parts(pattern);
    for child in children {
        count_pattern(child, found);
    }
    for expression in expressions {
        count_expression(expression, found);
    }
}

fn count_expression(expression: &Expression, found: &mut Forms) {
    if let Expression::Exists(body) = expression {
        if super::is_composite(body) {
            found.composite += 1;
        } else {
            found.simple += 1;
        }
        count_pattern(body, found);
    }
    for operand in operands(expression) {
        count_expression(operand, found);
    }
}

fn after(text: &str) -> Forms {
    forms(&rewrite(parsed(text), None))
}

fn joined_not() -> Forms {
    Forms { minus: 1, distinct: 1, ..Forms::default() }
}

fn nested(levels: usize) -> Forms {
    Forms { simple: levels, ..Forms::default() }
}

#[test]
fn not_exists_over_a_path_of_two_steps_becomes_minus() {
    assert_eq!(after("SELECT ?s { ?s a :Service FILTER NOT EXISTS { ?s :channel/:kind :web } }"), joined_not());
}

#[test]
fn exists_over_two_patterns_becomes_a_join_with_distinct_rows() {
    let found = after("SELECT ?s { ?s a :Service FILTER EXISTS { ?s :channel ?c . ?c :kind :web } }");
    assert_eq!(found, Forms { distinct: 1, ..Forms::default() });
}

#[test]
fn a_given_subject_makes_it_nested() {
    assert_eq!(after("SELECT ?c { :s :channel ?c FILTER NOT EXISTS { ?c :kind ?k . ?k :broader :web } }"), nested(2));
}

#[test]
fn a_given_object_makes_a_forward_chain_nested() {
    assert_eq!(after("SELECT ?s { ?s :by :town FILTER NOT EXISTS { ?s :channel ?c . ?c :kind :web } }"), nested(2));
}

#[test]
fn a_given_object_leaves_a_pattern_that_fans_out_to_minus() {
    assert_eq!(
        after("SELECT ?s { ?s :by :town FILTER NOT EXISTS { ?s :event ?e . ?x :event ?e . ?x :cost ?c } }"),
        joined_not()
    );
}

#[test]
fn a_short_page_of_a_large_list_is_nested_unless_it_is_sorted() {
    let body = "{ ?s a :Service FILTER NOT EXISTS { ?s :channel ?c . ?c :kind :web } }";
    assert_eq!(after(&format!("SELECT ?s {body} LIMIT 10")), nested(2));
    assert_eq!(after(&format!("SELECT ?s {body} ORDER BY ?s LIMIT 10")), joined_not());
    assert_eq!(after(&format!("ASK {body}")), nested(2));
}

#[test]
fn what_the_data_count_decides_where_they_do() {
    let text = "SELECT ?s { ?s a :Service ; :by :town FILTER NOT EXISTS { ?s :channel ?c . ?c :kind :web } }";
    for (tested, matches, expected) in
        [(50, 10, nested(2)), (200, 1_000, nested(2)), (1_000, 200, joined_not()), (1_000_000, 200, joined_not())]
    {
        let counts = |triple: &TriplePattern| match triple.to_string() {
            text if text.contains("town") => tested,
            text if text.contains("web") => matches,
            _ => 5_000_000,
        };
        assert_eq!(forms(&rewrite(parsed(text), Some(&counts))), expected, "{tested} {matches}");
    }
    let everything = |_: &TriplePattern| 1_000_000;
    assert_eq!(forms(&rewrite(parsed(&format!("{text} LIMIT 10")), Some(&everything))), nested(2), "a page");
}

#[test]
fn one_pattern_is_left_alone() {
    let query = parsed("SELECT ?s { ?s a :Service FILTER NOT EXISTS { ?s :channel ?c FILTER(?c != :x) } }");
    assert_eq!(rewrite(query.clone(), None), query);
}

#[test]
fn a_conjunct_is_rewritten_and_its_neighbours_stay() {
    let text = "SELECT ?s { ?s a :Service ; :n ?n FILTER(?n > 3 && NOT EXISTS { ?s :channel/:kind :web } && ?n < 9) }";
    assert_eq!(after(text), joined_not());
    let Query::Select { pattern, .. } = rewrite(parsed(text), None) else { panic!("a SELECT stays one") };
    let text = pattern.to_string();
    assert!(text.contains('>') && text.contains('<'), "both comparisons stay: {text}");
}

#[test]
fn a_variable_unbound_in_some_solutions_forbids_minus() {
    for left in
        ["OPTIONAL { ?s :other ?c }", "VALUES ?c { :x UNDEF }", "BIND(1/0 AS ?c)", "{ ?s :p ?c } UNION { ?s :q ?d }"]
    {
        let found = after(&format!(
            "SELECT * {{ ?s a :Service {left} FILTER NOT EXISTS {{ ?s :channel ?c . ?c :kind :web }} }}"
        ));
        assert_eq!((found.minus, found.composite), (0, 0), "{left}");
    }
}

#[test]
fn a_filter_on_a_variable_of_outside_forbids_minus() {
    let found =
        after("SELECT * { ?s a :Service ; :n ?n FILTER NOT EXISTS { ?s :channel ?c . ?c :rank ?r FILTER(?r > ?n) } }");
    assert_eq!(found, nested(2));
}

#[test]
fn no_shared_variable_forbids_minus() {
    let found = after("SELECT * { ?s a :Service FILTER NOT EXISTS { ?x :channel ?c . ?c :kind :web } }");
    assert_eq!(found, nested(2));
}

#[test]
fn a_branch_without_the_shared_variable_forbids_minus() {
    let found = after(
        "SELECT * { ?s a :Service FILTER NOT EXISTS { { ?s :channel ?c . ?c :kind :web } UNION { ?x :closed ?y . ?y :q ?z } } }",
    );
    assert_eq!(found, nested(3), "the union, and one more step in each branch");
}

#[test]
fn a_path_that_may_have_no_step_forbids_minus_when_it_starts_at_the_solution() {
    let started = after("SELECT * { ?s a :Service FILTER NOT EXISTS { ?s :broader* ?c . ?c :kind :web } }");
    assert_eq!(started, nested(2));
    let further = after("SELECT * { ?s a :Service FILTER NOT EXISTS { ?s :by/:part* :land } }");
    assert_eq!(further, joined_not());
}

#[test]
fn what_hides_variables_or_asks_elsewhere_is_left_alone() {
    for body in [
        "?s :p ?c MINUS { ?c :q ?d }",
        "?s :p ?c . { SELECT ?c { ?c :q ?d } LIMIT 1 }",
        "?s :p ?c . GRAPH :g { ?c :q ?d }",
        "?s :p ?c . SERVICE :e { ?c :q ?d }",
        "?s :p ?c . ?c :q ?d FILTER(RAND() < 0.5)",
        "?s :p ?c . ?c :q ?d FILTER(:f(?d))",
    ] {
        let query = parsed(&format!("SELECT * {{ ?s a :Service FILTER NOT EXISTS {{ {body} }} }}"));
        assert_eq!(rewrite(query.clone(), None), query, "{body}");
    }
}

#[test]
fn a_filter_that_looks_out_of_its_own_group_is_left_alone() {
    let query = parsed("SELECT * { ?s a :Service FILTER NOT EXISTS { ?s :p ?c . { ?c :q ?d FILTER(?d != ?s) } } }");
    assert_eq!(rewrite(query.clone(), None), query);
}

#[test]
fn paths_that_may_have_no_step_are_left_alone_where_they_meet() {
    let query = parsed("SELECT * { ?s a :Service FILTER NOT EXISTS { ?s :p* ?y . ?y :q* ?z } }");
    assert_eq!(rewrite(query.clone(), None), query);
}

#[test]
fn exists_inside_a_service_is_left_to_the_service() {
    let query = parsed("SELECT * { SERVICE :e { ?s a :Service FILTER NOT EXISTS { ?s :channel/:kind :web } } }");
    assert_eq!(rewrite(query.clone(), None), query);
}

#[test]
fn it_applies_inside_optional_union_subqueries_and_groups() {
    let inner = "?s a :Service FILTER NOT EXISTS { ?s :channel/:kind :web }";
    for text in [
        format!("SELECT * {{ ?x a :Town OPTIONAL {{ {{ {inner} }} }} }}"),
        format!("SELECT * {{ {{ ?x a :Town }} UNION {{ {inner} }} }}"),
        format!("SELECT * {{ ?x a :Town {{ SELECT ?s {{ {inner} }} }} }}"),
        format!("SELECT ?k (COUNT(*) AS ?n) {{ ?s :kind ?k . {inner} }} GROUP BY ?k"),
        format!("CONSTRUCT {{ ?s a :Offline }} WHERE {{ {inner} }}"),
        format!("SELECT * {{ GRAPH :g {{ {inner} }} }}"),
    ] {
        assert_eq!(after(&text), joined_not(), "{text}");
    }
}

#[test]
fn it_is_nested_where_it_is_evaluated_for_each_solution() {
    let inner = "?s a :Service FILTER NOT EXISTS { ?s :channel/:kind :web }";
    for text in [
        format!("SELECT * {{ ?x a :Town LATERAL {{ {inner} }} }}"),
        format!("SELECT * {{ GRAPH ?g {{ {inner} }} }}"),
        "SELECT * { ?x a :Town OPTIONAL { ?s :by ?x FILTER NOT EXISTS { ?s :channel/:kind :web } } }".to_owned(),
        "SELECT * { ?s a :Service BIND(EXISTS { ?s :channel/:kind :web } AS ?web) }".to_owned(),
        "SELECT * { ?s a :Service FILTER(?s = :x || EXISTS { ?s :channel/:kind :web }) }".to_owned(),
    ] {
        assert_eq!(after(&text), nested(2), "{text}");
    }
}

#[test]
fn a_blank_node_of_exists_does_not_meet_one_of_the_same_name_outside() {
    let node = oxrdf::BlankNode::new_unchecked("same");
    let triple = |predicate: &str, object: spargebra::term::TermPattern| TriplePattern {
        subject: oxrdf::Variable::new_unchecked("s").into(),
        predicate: NamedNode::new_unchecked(predicate).into(),
        object,
    };
    let onward = TriplePattern {
        subject: node.clone().into(),
        predicate: NamedNode::new_unchecked("p:1").into(),
        object: NamedNode::new_unchecked("x:2").into(),
    };
    let body = GraphPattern::Bgp { patterns: vec![triple("p:0", node.clone().into()), onward] };
    let outside = GraphPattern::Bgp { patterns: vec![triple("p:2", node.into())] };
    let pattern = GraphPattern::Filter {
        expr: Expression::Not(Box::new(Expression::Exists(Box::new(body)))),
        inner: Box::new(outside),
    };
    let variables = vec![oxrdf::Variable::new_unchecked("s")];
    let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
    let query = Query::Select { dataset: None, pattern, base_iri: None };
    // x:0 has a channel of kind x:2, but reaches it by another node than its own p:2.
    let data = dataset(&[(0, 0, 1, 0), (1, 1, 2, 0), (0, 2, 3, 0)]);
    let rewritten = rewrite(query.clone(), None);
    assert_ne!(rewritten, query);
    assert!(solutions(&query, &data, Planner::On).is_empty());
    assert!(solutions(&rewritten, &data, Planner::On).is_empty());
}

#[test]
fn a_join_with_distinct_rows_does_not_multiply_solutions() {
    let data = dataset(&[(0, 0, 1, 0), (0, 0, 2, 0), (1, 1, 3, 0), (2, 1, 3, 0)]);
    let query = SparqlParser::new()
        .parse_query("SELECT ?a { ?a <p:0> ?b FILTER EXISTS { ?a <p:0> ?x . ?x <p:1> ?y } }")
        .unwrap();
    assert_eq!(forms(&rewrite(query.clone(), None)).distinct, 1);
    assert_eq!(solutions(&rewrite(query, None), &data, Planner::On).len(), 2, "one for each ?b");
}
