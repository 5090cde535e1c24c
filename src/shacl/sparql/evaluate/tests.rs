use super::*;
use crate::shacl::data::Node;
use crate::shacl::sparql::memory::Memory;
use crate::shacl::sparql::query::Form;
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedOrBlankNode, Triple};
use std::time::{Duration, Instant};

fn iri(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{name}"))
}

fn graph(triples: &[(&str, &str, &str)]) -> Graph {
    let node = |name: &str| match name.strip_prefix("_:") {
        Some(label) => NamedOrBlankNode::from(BlankNode::new_unchecked(label)),
        None => iri(name).into(),
    };
    let object = |name: &str| match name.strip_prefix('"') {
        Some(text) => Term::from(Literal::new_simple_literal(text)),
        None => node(name).into(),
    };
    triples.iter().map(|(s, p, o)| Triple::new(node(s), iri(p), object(o))).collect()
}

fn select(text: &str) -> Query {
    let prefixes = [("e".to_owned(), "http://e/".to_owned())];
    Query::parse(text, &prefixes, &["this", "shapesGraph", "currentShape", "param"], Form::Select).unwrap()
}

/// The rows of the solutions with their values of `?value`.
fn values<D: Data>(scope: &Scope<'_, D>, text: &str, shared: &[(&str, Value)], focus: &[Value]) -> Vec<String> {
    let value = |solution: Result<Solution, EvaluationError>| {
        let solution = solution.unwrap();
        format!("{} {}", solution.row, solution.get("value").map(ToString::to_string).unwrap_or_default())
    };
    let mut values: Vec<String> = scope.select(&select(text), shared, focus).unwrap().map(value).collect();
    values.sort();
    values
}

fn scope(memory: &Memory) -> Scope<'_, Memory> {
    Scope { data: memory, shapes: None, limits: Limits::default() }
}

#[test]
fn a_blank_node_as_focus_node_is_that_very_node() {
    let memory = Memory::from(&graph(&[("_:a", "p", "x"), ("_:b", "p", "y"), ("x", "q", "_:b")]));
    let focus: Vec<Value> = ["a", "b"].map(|label| Term::from(BlankNode::new_unchecked(label)).into()).to_vec();
    let (a, b) = ("0 <http://e/x>", "1 <http://e/y>");
    assert_eq!(values(&scope(&memory), "SELECT $this ?value { $this e:p ?value }", &[], &focus), [a, b]);
    assert_eq!(
        values(&scope(&memory), "SELECT $this ?value { $this e:p ?value FILTER EXISTS { ?x e:q $this } }", &[], &focus),
        [b]
    );
    let shared = [("param", focus[0].clone())];
    assert_eq!(
        values(&scope(&memory), "SELECT $this ?value { $param e:p ?value FILTER ($this != $param) }", &shared, &focus),
        ["1 <http://e/x>"]
    );
}

#[test]
fn aggregates_and_limits_count_for_each_focus_node() {
    let memory = Memory::from(&graph(&[("a", "p", "x"), ("a", "p", "y"), ("b", "p", "x"), ("b", "p", "z")]));
    let focus: Vec<Value> = ["a", "b", "c"].map(|name| Term::from(iri(name)).into()).to_vec();
    let count = "SELECT $this (STR(COUNT(?x)) AS ?value) { $this e:p ?x } GROUP BY $this";
    assert_eq!(values(&scope(&memory), count, &[], &focus), ["0 \"2\"", "1 \"2\""]);
    let first = "SELECT $this ?value { $this e:p ?value } ORDER BY DESC(?value) LIMIT 1";
    assert_eq!(values(&scope(&memory), first, &[], &focus), ["0 <http://e/y>", "1 <http://e/z>"]);
}

#[test]
fn lexical_forms_are_kept_and_values_that_no_data_have_are_terms_like_others() {
    let integer = |text: &str| Term::from(Literal::new_typed_literal(text, xsd::INTEGER));
    let mut memory = Memory::default();
    memory.insert(&Triple::new(iri("a"), iri("p"), integer("007")));
    let scope = scope(&memory);
    let all = "SELECT $this ?value { $this e:p ?value }";
    assert_eq!(values(&scope, all, &[], &[Term::from(iri("a")).into()]), [format!("0 {}", integer("007"))]);
    let focus: Vec<Value> = [integer("007"), integer("7"), integer("8")].map(Value::from).to_vec();
    let equal = "SELECT $this ?value { ?value e:p ?x FILTER ($this = ?x) }";
    assert_eq!(values(&scope, equal, &[], &focus), ["0 <http://e/a>", "1 <http://e/a>"]);
    let same = "SELECT $this ?value { ?value e:p $this }";
    assert_eq!(values(&scope, same, &[], &focus), ["0 <http://e/a>"]);
}

#[test]
fn the_shapes_graph_is_read_by_its_name_alone() {
    let memory = Memory::from(&graph(&[("a", "p", "x")]));
    let (shapes, name) = (graph(&[("s", "p", "\"y")]), NamedOrBlankNode::from(iri("shapes")));
    let scope =
        Scope { data: &memory, shapes: Some(ShapesGraph { graph: &shapes, name: &name }), limits: Limits::default() };
    let shared = [("shapesGraph", Term::from(name.clone()).into()), ("currentShape", Term::from(iri("s")).into())];
    let focus = [Value::from(Term::from(iri("a")))];
    let in_shapes = "SELECT $this ?value { GRAPH $shapesGraph { $currentShape e:p ?value } }";
    assert_eq!(values(&scope, in_shapes, &shared, &focus), ["0 \"y\""]);
    assert_eq!(values(&scope, "SELECT $this ?value { GRAPH ?g { ?s e:p ?value } }", &shared, &focus), ["0 \"y\""]);
    assert_eq!(values(&scope, "SELECT $this ?value { ?s e:p ?value }", &shared, &focus), ["0 <http://e/x>"]);
    let other = "SELECT $this ?value { GRAPH <http://e/a> { ?s e:p ?value } }";
    assert_eq!(values(&scope, other, &shared, &focus), Vec::<String>::new());
}

#[test]
fn a_reported_failure_is_an_error() {
    let memory = Memory::from(&graph(&[("b", "p", "x")]));
    let query = select("SELECT $this ?failure { $this e:p ?x BIND (true AS ?failure) }");
    let focus: Vec<Value> = ["a", "b"].map(|name| Term::from(iri(name)).into()).to_vec();
    let mut solutions = scope(&memory).select(&query, &[], &focus).unwrap();
    assert!(matches!(solutions.next(), Some(Err(EvaluationError::Failure { row: 1 }))));
    assert!(solutions.next().is_none());
}

#[test]
fn pairs_are_asked_one_by_one() {
    let memory = Memory::from(&graph(&[("a", "p", "x"), ("b", "p", "y")]));
    let read =
        |text| Query::parse(text, &[("e".to_owned(), "http://e/".to_owned())], &["this", "value"], Form::Ask).unwrap();
    let term = |name| Value::from(Term::from(iri(name)));
    let (focus, values) = (["a", "b", "a"].map(term), ["x", "x", "y"].map(term));
    let ask = |text| scope(&memory).ask(&read(text), &[], &focus, &values).unwrap();
    assert_eq!(ask("ASK { $this e:p $value }"), [true, false, false]);
    assert_eq!(ask("ASK { FILTER ($value = e:x) }"), [true, true, false]);
    assert_eq!(ask("ASK { ?x e:p $value . ?y e:p $value }"), [true, true, true]);
    assert_eq!(ask("ASK { }"), [true, true, true]);
}

/// A hundred nodes that all point at each other.
fn dense() -> (Memory, Vec<Value>) {
    let mut memory = Memory::default();
    for from in 0..100 {
        for to in 0..100 {
            memory.insert(&Triple::new(iri(&from.to_string()), iri("p"), iri(&to.to_string())));
        }
    }
    (memory, vec![Node(0).into()])
}

fn ends_with(scope: &Scope<'_, Memory>, text: &str, focus: &[Value]) -> Option<Interrupted> {
    let last = scope.select(&select(text), &[], focus).unwrap().last();
    match last {
        Some(Err(EvaluationError::Interrupted(interrupted))) => Some(interrupted),
        _ => None,
    }
}

#[test]
fn products_are_interrupted_whatever_is_done_with_them() {
    let (memory, focus) = dense();
    for text in [
        "SELECT $this (COUNT(*) AS ?n) { ?a e:p ?b . ?c e:p ?d . ?f e:p ?g } GROUP BY $this",
        "SELECT $this { ?a e:p ?b . ?c e:p ?d . ?f e:p ?g FILTER (STR(?a) = CONCAT(STR(?d), STR(?g))) }",
        "SELECT $this { $this e:p ?x FILTER NOT EXISTS { ?a e:p ?b . ?c e:p ?d . ?f e:p ?g FILTER (STR(?a) = CONCAT(STR(?d), STR(?g))) } }",
        "SELECT DISTINCT $this { ?a e:p ?b . ?c e:p ?d . ?f e:p ?g }",
        "SELECT $this ?a { ?a e:p ?b . ?c e:p ?d . ?f e:p ?g } ORDER BY ?g LIMIT 1",
    ] {
        let start = Instant::now();
        let deadline = Some(start + Duration::from_millis(100));
        let limits = Limits { deadline, reads: u64::MAX, ..Limits::default() };
        let late = Scope { data: &memory, shapes: None, limits };
        assert_eq!(ends_with(&late, text, &focus), Some(Interrupted::Deadline), "{text}");
        assert!(start.elapsed() < Duration::from_secs(5), "{text}");
        let limits = Limits { reads: 50_000, ..Limits::default() };
        let bounded = Scope { data: &memory, shapes: None, limits };
        let expected = Interrupted::Reads { row: 0, limit: 50_000 };
        assert_eq!(ends_with(&bounded, text, &focus), Some(expected), "{text}");
    }
}

#[test]
fn a_focus_node_has_no_more_solutions_than_the_limit() {
    let (memory, focus) = dense();
    let text = "SELECT $this ?a { $this e:p ?a . ?a e:p ?b }";
    let with = |solutions| Scope { data: &memory, shapes: None, limits: Limits { solutions, ..Limits::default() } };
    assert_eq!(ends_with(&with(9_999), text, &focus), Some(Interrupted::Answers { row: 0, limit: 9_999 }));
    assert_eq!(
        with(10_000)
            .select(&select(text), &[], &[focus[0].clone(), focus[0].clone()])
            .unwrap()
            .filter_map(Result::ok)
            .count(),
        20_000
    );
}

#[test]
fn an_unknown_function_is_an_error() {
    let memory = Memory::default();
    let query = select("SELECT $this { FILTER (e:unknown($this)) }");
    let result = scope(&memory).select(&query, &[], &[]).map(|_| ());
    assert!(matches!(result, Err(EvaluationError::Engine(_))));
}
