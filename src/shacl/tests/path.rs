//! Property paths: read, followed, and turned round.

use super::{assert_refused, results, triples};
use crate::shacl::clock::Clock;
use crate::shacl::data::{Data, Node};
use crate::shacl::path::{Path, Step, Walk};
use crate::shacl::terms::{Constants, Nodes};
use crate::snapshot::Snapshot;
use oxrdf::{NamedNode, Term};
use proptest::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// What a path leads to from `:s`: nothing is allowed there, so all of it is reported.
fn reached(path: &str, data: &str) -> Vec<String> {
    let lines = results(&format!(":S sh:targetNode :s ; sh:property [ sh:path {path} ; sh:in () ] . {data}"));
    lines.iter().map(|line| line.rsplit(' ').next().unwrap().to_owned()).collect()
}

#[test]
fn each_kind_of_path_leads_where_sparql_says() {
    let data = ":s :p :a , :b ; :q :c . :a :q :c . :b :p :d . :d :p :b . :e :p :s .";
    for (path, expected) in [
        (":p", vec![":a", ":b"]),
        ("[ sh:inversePath :p ]", vec![":e"]),
        ("( :p :q )", vec![":c"]),
        ("( [ sh:inversePath :p ] :p )", vec![":s"]),
        ("[ sh:alternativePath ( :q :p ) ]", vec![":a", ":b", ":c"]),
        ("[ sh:zeroOrMorePath :p ]", vec![":a", ":b", ":d", ":s"]),
        ("[ sh:oneOrMorePath :p ]", vec![":a", ":b", ":d"]),
        ("[ sh:zeroOrOnePath :p ]", vec![":a", ":b", ":s"]),
        ("[ sh:inversePath ( :p :p ) ]", vec![]),
        ("( [ sh:zeroOrMorePath :p ] :q )", vec![":c"]),
        (":r", vec![]),
        ("[ sh:zeroOrMorePath :r ]", vec![":s"]),
    ] {
        assert_eq!(reached(path, data), expected, "{path}");
    }
}

#[test]
fn a_path_leads_from_a_node_that_the_data_do_not_know_to_itself_at_most() {
    assert_eq!(reached(":p", ""), [""; 0]);
    assert_eq!(reached("[ sh:zeroOrMorePath :p ]", ""), [":s"]);
    assert_eq!(reached("[ sh:oneOrMorePath :p ]", ""), [""; 0]);
}

#[test]
fn a_path_that_is_of_no_form_is_refused() {
    // A property shape with a second path, so that it is the inner one that is wrong.
    let inner = |path: &str| format!("sh:property [ sh:path {path} ]");
    for (path, reason) in [
        ("\"p\"", "a literal stands where"),
        ("[]", "a blank node needs one of"),
        ("[ sh:inversePath :p ; sh:zeroOrMorePath :p ]", "a blank node is of one form only"),
        ("[ sh:inversePath :p , :q ]", "a blank node is of one form only"),
        ("( :p )", "a list of paths has at least two members"),
        ("[ sh:alternativePath () ]", "a list of paths has at least two members"),
        ("[ sh:alternativePath :p ]", "is no well-formed list"),
        ("( :p 1 )", "a literal stands where"),
        (":p , :q", "sh:path: has 2 values"),
    ] {
        assert_refused(&[(&inner(path), reason)]);
    }
}

/// A relation, as pairs of numbers of nodes.
type Relation = BTreeSet<(usize, usize)>;

const NODES: usize = 5;

/// What a path means, told by relations: the definition that following is held to.
fn meaning(path: &Path<usize>, edges: &[Relation]) -> Relation {
    let compose = |one: &Relation, other: &Relation| -> Relation {
        let from = |(start, middle): &(usize, usize)| {
            let (start, middle) = (*start, *middle);
            other.iter().filter(move |(next, _)| *next == middle).map(move |(_, end)| (start, *end))
        };
        one.iter().flat_map(from).collect()
    };
    let same: Relation = (0..NODES).map(|node| (node, node)).collect();
    // No chain without a circle is longer than there are nodes.
    let repeated = |step: &Relation| (0..NODES).fold(step.clone(), |all, _| &all | &compose(&all, step));
    match path {
        Path::Predicate(predicate) => edges[*predicate].clone(),
        Path::Inverse(step) => meaning(step, edges).into_iter().map(|(start, end)| (end, start)).collect(),
        Path::Sequence(steps) => steps.iter().fold(same, |all, step| compose(&all, &meaning(step, edges))),
        Path::Alternative(steps) => steps.iter().flat_map(|step| meaning(step, edges)).collect(),
        Path::ZeroOrMore(step) => &same | &repeated(&meaning(step, edges)),
        Path::OneOrMore(step) => repeated(&meaning(step, edges)),
        Path::ZeroOrOne(step) => &same | &meaning(step, edges),
    }
}

fn paths() -> impl Strategy<Value = Path<usize>> {
    (0_usize..2).prop_map(Path::Predicate).prop_recursive(3, 12, 3, |inner| {
        let one = inner.clone().prop_map(Box::new);
        let many = prop::collection::vec(inner, 2..4);
        prop_oneof![
            one.clone().prop_map(Path::Inverse),
            many.clone().prop_map(Path::Sequence),
            many.prop_map(Path::Alternative),
            one.clone().prop_map(Path::ZeroOrMore),
            one.clone().prop_map(Path::OneOrMore),
            one.prop_map(Path::ZeroOrOne),
        ]
    })
}

/// Two relations, of the predicates `:p0` and `:p1`.
fn graphs() -> impl Strategy<Value = Vec<Relation>> {
    prop::collection::vec(prop::collection::btree_set((0..NODES, 0..NODES), 0..7), 2)
}

/// The pairs that following a path finds in a graph.
fn followed(step: &Step, constants: &Constants, data: &Snapshot) -> Relation {
    let name = |number: usize| Term::from(NamedNode::new_unchecked(format!("a:n{number}")));
    let node_of = |term: &Term| data.node(term.as_ref());
    let nodes: Vec<Node> = (0..NODES).map(|number| node_of(&name(number)).unwrap()).collect();
    let (nodes_of, clock) = (Nodes::new(data, constants), Clock::new(None));
    let walk = Walk { data, nodes: &nodes_of, clock: &clock };
    let mut found = Relation::new();
    for (start, node) in nodes.iter().enumerate() {
        let mut ends = FxHashSet::default();
        walk.follow(step, *node, &mut ends);
        found.extend(nodes.iter().enumerate().filter(|(_, end)| ends.contains(*end)).map(|(end, _)| (start, end)));
    }
    found
}

proptest! {
    #[test]
    fn a_path_is_followed_as_it_means_straightened_and_turned_round(path in paths(), edges in graphs()) {
        let mut text = String::new();
        text.extend((0..NODES).map(|node| format!(":n{node} a :Node . ")));
        for (predicate, relation) in edges.iter().enumerate() {
            text.extend(relation.iter().map(|(start, end)| format!(":n{start} :p{predicate} :n{end} . ")));
        }
        let (data, mut constants) = (Snapshot::of(triples(&text)), Constants::default());
        let predicates = [0, 1].map(|number| {
            constants.of(Term::from(NamedNode::new_unchecked(format!("a:p{number}"))).as_ref())
        });
        let step = path.map(&|number| predicates[*number]);
        let expected = meaning(&path, &edges);
        let turned: Relation = expected.iter().map(|(start, end)| (*end, *start)).collect();
        prop_assert_eq!(&followed(&step, &constants, &data), &expected);
        prop_assert_eq!(&followed(&step.straight(), &constants, &data), &expected);
        prop_assert_eq!(followed(&step.turned(), &constants, &data), turned);
    }
}
