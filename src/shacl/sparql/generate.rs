//! Random queries and small graphs, for tests of properties.

use super::query::{Form, Query};
use oxrdf::{NamedNode, Triple};
use proptest::prelude::*;

/// How many nodes the graphs have.
pub(super) const NODES: u8 = 4;

pub(super) fn node(number: u8) -> NamedNode {
    NamedNode::new_unchecked(format!("http://e/{number}"))
}

fn triple((subject, predicate, object): (u8, u8, u8)) -> Triple {
    let predicate = ["p", "q", "r"][predicate as usize];
    Triple::new(node(subject), NamedNode::new_unchecked(format!("http://e/{predicate}")), node(object))
}

pub(super) fn triples(most: usize) -> impl Strategy<Value = Vec<Triple>> {
    prop::collection::vec((0..NODES, 0_u8..3, 0..NODES).prop_map(triple), 0..most)
}

/// Where the focus node stands in a generated text.
const TERM: &str = "§term§";
const SELECTED: &str = "§selected§";
const KEY: &str = "§key§";
const BOUND: &str = "§bound§";

/// A generated query, with places for the focus node.
#[derive(Clone, Debug)]
pub(super) struct Generated(String);

impl Generated {
    /// The query with `$this`.
    pub(super) fn prebound(&self) -> Option<Query> {
        let text = self.0.replace(TERM, "$this").replace(SELECTED, "$this").replace(KEY, "$this");
        Query::parse(&text.replace(BOUND, "BOUND($this)"), &prefixes(), &["this"], Form::Select).ok()
    }

    /// The text of the query about one focus node, with its IRI in place of `$this`.
    pub(super) fn substituted(&self, focus: &NamedNode) -> String {
        let text = self.0.replace(TERM, &focus.to_string()).replace(SELECTED, "");
        text.replace(KEY, &format!("({focus} AS ?key)")).replace(BOUND, "true")
    }
}

fn prefixes() -> Vec<(String, String)> {
    vec![("e".to_owned(), "http://e/".to_owned())]
}

pub(super) fn queries() -> impl Strategy<Value = Generated> {
    let all = group().prop_map(|group| format!("SELECT {SELECTED} ?a ?b ?c {group}"));
    let distinct = group().prop_map(|group| format!("SELECT DISTINCT {SELECTED} ?b {group}"));
    let grouped = group().prop_map(|group| format!("SELECT {SELECTED} ?a (COUNT(?b) AS ?n) {group} GROUP BY {KEY} ?a"));
    prop_oneof![4 => all, 1 => distinct, 1 => grouped].prop_map(|text| Generated(named_apart(&text)))
}

/// Each computed variable with a name of its own: what it means to compute a variable inside
/// EXISTS that has a value outside is not defined.
fn named_apart(text: &str) -> String {
    let (mut named, mut number) = (text.to_owned(), 0);
    while named.contains("AS ?n)") {
        named = named.replacen("AS ?n)", &format!("AS ?n{number})"), 1);
        number += 1;
    }
    named
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(TERM.to_owned()),
        5 => prop::sample::select(vec!["?a", "?b", "?c"]).prop_map(str::to_owned),
        1 => (0..NODES).prop_map(|number| format!("e:{number}")),
    ]
}

/// No path that has one pair of nodes several times: how often depends on the engine's plan.
fn predicate() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        6 => prop::sample::select(vec!["e:p", "e:q", "e:r"]),
        2 => prop::sample::select(vec!["e:p*", "e:q+", "e:r?", "e:p/e:q", "^e:p/e:r*", "(e:p/e:q?)+", "?c"]),
    ]
}

fn basic() -> impl Strategy<Value = String> {
    (term(), predicate(), term()).prop_map(|(subject, predicate, object)| format!("{subject} {predicate} {object} . "))
}

fn condition() -> impl Strategy<Value = String> {
    let comparison =
        (term(), prop::sample::select(vec!["=", "!="]), term()).prop_map(|(a, sign, b)| format!("{a} {sign} {b}"));
    prop_oneof![
        3 => comparison,
        1 => prop::sample::select(vec!["BOUND(?a)", "!BOUND(?b)", BOUND]).prop_map(str::to_owned),
    ]
}

fn group() -> impl Strategy<Value = String> {
    let leaf = prop::collection::vec(basic(), 1..4).prop_map(|patterns| format!("{{ {} }}", patterns.concat()));
    leaf.prop_recursive(3, 12, 3, |group| {
        let part = prop_oneof![
            5 => basic(),
            2 => group.clone().prop_map(|group| format!("OPTIONAL {group} ")),
            1 => (group.clone(), group.clone()).prop_map(|(left, right)| format!("{left} UNION {right} ")),
            1 => group.clone().prop_map(|group| format!("{group} ")),
            2 => condition().prop_map(|condition| format!("FILTER ({condition}) ")),
            3 => (prop::sample::select(vec!["", "NOT "]), group.clone())
                .prop_map(|(not, group)| format!("FILTER {not}EXISTS {group} ")),
            1 => group.clone().prop_map(|group| format!("BIND (EXISTS {group} AS ?n) ")),
            1 => group.clone().prop_map(|group| format!("{{ SELECT {SELECTED} ?a {group} }} ")),
            1 => group.clone().prop_map(|group| format!("{{ SELECT DISTINCT {SELECTED} ?b {group} ORDER BY ?b LIMIT 2 }} ")),
            1 => group.prop_map(|group| format!("{{ SELECT {SELECTED} ?a (COUNT(?c) AS ?n) {group} GROUP BY {KEY} ?a }} ")),
        ];
        prop::collection::vec(part, 1..4).prop_map(|parts| format!("{{ {} }}", parts.concat()))
    })
}
