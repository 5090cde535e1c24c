use super::*;
use crate::shacl::data::{Data, Node};
use crate::shacl::sparql::Value;
use crate::shacl::sparql::evaluate::Scope;
use crate::shacl::sparql::generate::{NODES, node, queries, triples};
use crate::shacl::sparql::limits::Limits;
use crate::shacl::sparql::memory::Memory;
use crate::shacl::sparql::query::Form;
use oxrdf::{Graph, Term, Triple};
use proptest::prelude::*;

fn query(text: &str) -> Query {
    let prefixes = [("e".to_owned(), "http://e/".to_owned())];
    Query::parse(text, &prefixes, &["this"], Form::Select).unwrap_or_else(|refusal| panic!("{text}: {refusal}"))
}

/// What the answers depend on for a focus node.
fn of_this(query: &Query) -> Option<Vec<Dependency>> {
    dependencies(query, &[("this", vec![Vec::new()])])
}

/// A dependency as text: the way, then the predicate with `<` where the way arrives at its object.
fn shown(text: &str) -> Option<Vec<String>> {
    let name = |iri: &NamedNode| iri.as_str().trim_start_matches("http://e/").to_owned();
    let step = |step: &Step| {
        let sign = if step.direction == Direction::Forward { "" } else { "^" };
        format!("{sign}{}{}/", name(&step.predicate), if step.repeated { "*" } else { "" })
    };
    let dependency = |dependency: Dependency| {
        let way: String = dependency.way.iter().map(step).collect();
        let end = if dependency.end == End::Subject { "" } else { "<" };
        format!("{way}{end}{}", dependency.predicate.as_ref().map_or("any".to_owned(), name))
    };
    let mut shown: Vec<String> = of_this(&query(text))?.into_iter().map(dependency).collect();
    shown.sort();
    Some(shown)
}

#[test]
fn a_pattern_depends_on_what_leads_to_it() {
    for (text, expected) in [
        ("SELECT $this { $this e:p ?x . ?y e:q ?x . ?y e:r 'a' }", &["p", "p/<q", "p/^q/r"][..]),
        ("SELECT $this { ?x e:p $this . OPTIONAL { ?x e:q ?y . ?y e:r ?z } }", &["<p", "^p/q", "^p/q/r"]),
        ("SELECT $this { $this e:p ?x { ?x e:q ?y } UNION { ?x e:r ?y } }", &["p", "p/q", "p/r"]),
        ("SELECT $this { FILTER NOT EXISTS { $this e:p/e:q ?x } }", &["p", "p/q"]),
        ("SELECT $this { $this e:p* ?x . ?x e:q 'a' }", &["p*/p", "p*/q"]),
        ("SELECT $this { $this (e:p|^e:q) ?x . ?x e:r ?y }", &["<q", "^q/r", "p", "p/r"]),
        ("SELECT $this { $this !e:p ?x }", &["any"]),
        ("SELECT $this { $this ?p ?x . $this e:q ?x . ?x ?r 'a' }", &["any", "q", "q/any"]),
        (
            "SELECT $this { { SELECT $this (COUNT(?y) AS ?n) { $this e:p ?x . ?x e:q ?y } GROUP BY $this } }",
            &["p", "p/q"],
        ),
        ("SELECT $this { $this e:p <http://e/c> . <http://e/c> e:q ?x }", &["p", "p/q"]),
        ("SELECT $this { GRAPH ?g { ?x e:p ?y } }", &[]),
        ("SELECT $this { FILTER (STRLEN(STR($this)) > 9) }", &[]),
    ] {
        let expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(shown(text), Some(expected), "{text}");
    }
}

#[test]
fn what_no_chain_leads_to_makes_the_answer_depend_on_anything() {
    for text in [
        "SELECT $this { ?x e:p ?y }",
        "SELECT $this { $this ?p ?x . ?x e:q ?y }",
        "SELECT $this { $this e:p ?x . ?y e:q ?z FILTER (?x = ?z) }",
        "SELECT $this { BIND (IRI(CONCAT(STR($this), '#')) AS ?x) ?x e:p ?y }",
        "SELECT $this { $this (e:p/e:q)* ?x }",
        "SELECT $this { $this e:p ?x . { SELECT $this ?y { ?x e:q ?y } } }",
        "SELECT $this { $this e:p ?x . OPTIONAL { $this e:q ?y } OPTIONAL { ?y e:r ?z } }",
        "SELECT $this { $this e:p ?x . { SELECT $this ?x { ?x e:q ?y } LIMIT 1 } }",
    ] {
        assert_eq!(shown(text), None, "{text}");
    }
}

#[test]
fn the_queries_of_the_service_list_can_be_told() {
    let shapes = include_str!("../../../../shapes/service-list.ttl");
    let prefixes: Vec<(String, String)> = [
        ("dct", "http://purl.org/dc/terms/"),
        ("eusl", "https://w3id.org/eu-service-list/def#"),
        ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ]
    .map(|(prefix, namespace)| (prefix.to_owned(), namespace.to_owned()))
    .to_vec();
    let texts: Vec<&str> =
        shapes.split("sh:select \"\"\"").skip(1).filter_map(|rest| rest.split("\"\"\"").next()).collect();
    assert_eq!(texts.len(), 6);
    for text in texts {
        let query = Query::parse(text, &prefixes, &["this", "shapesGraph", "currentShape"], Form::Select).unwrap();
        assert!(of_this(&query).is_some(), "{text}");
    }
}

/// Queries whose dependencies can be told, of all kinds.
const QUERIES: &[&str] = &[
    "SELECT $this ?x { $this e:p ?x . ?x e:q ?y }",
    "SELECT $this ?x { ?x e:p $this . ?y e:q ?x . ?y e:r ?z }",
    "SELECT $this ?x { $this e:p ?x . OPTIONAL { ?x e:q ?y . ?y e:r ?z } }",
    "SELECT $this ?y ?z { $this e:p ?x . OPTIONAL { ?x e:q ?y } OPTIONAL { ?x e:r ?z . FILTER NOT EXISTS { ?z e:p ?y } } }",
    "SELECT $this ?y { $this e:p ?x { ?x e:q ?y } UNION { ?x e:r ?w . ?w e:q ?y } }",
    "SELECT $this { $this e:p ?x FILTER NOT EXISTS { ?x e:q ?y . ?y e:r $this } }",
    "SELECT $this { FILTER NOT EXISTS { $this e:p ?x FILTER NOT EXISTS { ?x e:q ?y } } }",
    "SELECT $this ?x { $this e:p* ?x . ?x e:q ?y }",
    "SELECT $this ?x { $this e:p+ ?x . ?x e:q* ?y . ?y e:r $this }",
    "SELECT $this ?y { $this e:p* ?x { ?x e:q* ?y } UNION { ?x e:r? ?y } }",
    "SELECT $this ?x { ?x e:p* $this . FILTER EXISTS { ?x (e:q|^e:r) ?y } }",
    "SELECT $this ?y { $this e:p? ?x . ?x e:q/^e:p ?y }",
    "SELECT $this ?x { $this !e:p ?x . $this e:q ?y . ?y !(e:p|^e:q) ?z }",
    "SELECT $this ?p { $this ?p ?x . $this e:q ?x . ?x ?r ?y }",
    "SELECT $this ?n { $this e:q ?z . { SELECT $this (COUNT(?y) AS ?n) { $this e:p ?x . ?x e:q ?y } GROUP BY $this } }",
    "SELECT $this (COUNT(?y) AS ?n) { $this e:p ?x OPTIONAL { ?x e:q ?y } } GROUP BY $this HAVING (COUNT(?y) < 2)",
    "SELECT $this ?y { { SELECT $this ?y { $this e:p ?x . ?x e:q ?y } ORDER BY ?y LIMIT 1 } ?y e:r ?z }",
    "SELECT DISTINCT $this ?w { { SELECT DISTINCT $this ?x { $this e:p ?x FILTER NOT EXISTS { ?x e:r $this } } } ?x e:q ?w }",
    "SELECT $this ?b { $this e:p ?x BIND (EXISTS { ?x e:q ?y . ?y e:q ?z } AS ?b) }",
    "SELECT $this { $this e:p <http://e/1> . <http://e/1> e:q ?x . FILTER NOT EXISTS { ?x e:r <http://e/2> } }",
    "SELECT $this ?c { $this e:p ?x, ?y . ?x e:q ?c . ?y e:r ?d FILTER (?x != ?y) }",
];

/// The answers for each focus node, one that no triple mentions among them.
fn answers(query: &Query, graph: &Graph) -> Vec<Vec<String>> {
    let memory = Memory::from(graph);
    let focus: Vec<Value> = (0..NODES).map(|number| Term::from(node(number)).into()).collect();
    let mut answers = vec![Vec::new(); focus.len()];
    let scope = Scope { data: &memory, shapes: None, limits: Limits::default() };
    for solution in scope.select(query, &[], &focus).unwrap() {
        let solution = solution.unwrap();
        let mut bindings: Vec<String> = solution.iter().map(|(name, value)| format!("{name} {value}")).collect();
        bindings.sort();
        answers[solution.row].push(bindings.join(", "));
    }
    for answers in &mut answers {
        answers.sort();
    }
    answers
}

/// The focus nodes to which dependencies lead from the changes.
fn reached(dependencies: &[Dependency], graph: &Graph, changes: &[Triple]) -> HashSet<u8> {
    let mut memory = Memory::from(graph);
    let focus: Vec<Node> = (0..NODES).map(|number| memory.add(node(number).into())).collect();
    let mut nodes = HashSet::new();
    for change in changes {
        let ends = [change.subject.clone().into(), change.predicate.clone().into(), change.object.clone()];
        let change = ends.map(|term: Term| memory.add(term));
        nodes.extend(dependencies.iter().flat_map(|dependency| dependency.focus_nodes(&memory, change)));
    }
    (0..NODES).filter(|number| nodes.contains(&focus[usize::from(*number)])).collect()
}

/// The focus nodes whose answers a write changes though no dependency leads to them.
fn missed(query: &Query, before: &Graph, changes: &[Triple]) -> HashSet<u8> {
    let Some(dependencies) = of_this(query) else { return HashSet::new() };
    let mut after = before.clone();
    for change in changes {
        if !after.remove(change) {
            after.insert(change);
        }
    }
    let (old, new) = (answers(query, before), answers(query, &after));
    let changed: HashSet<u8> =
        (0..NODES).filter(|number| old[usize::from(*number)] != new[usize::from(*number)]).collect();
    let reached = &reached(&dependencies, before, changes) & &reached(&dependencies, &after, changes);
    &changed - &reached
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_focus_node_whose_answer_changes_is_reached_from_a_changed_triple(
        before in triples(12),
        changes in triples(4),
    ) {
        let before: Graph = before.into_iter().collect();
        for text in QUERIES {
            let query = query(text);
            prop_assert!(of_this(&query).is_some(), "{text}");
            prop_assert_eq!(missed(&query, &before, &changes), HashSet::new(), "{}", text);
        }
    }

    #[test]
    fn the_same_holds_for_any_query_whose_dependencies_can_be_told(
        generated in queries(),
        before in triples(10),
        changes in triples(4),
    ) {
        if let Some(query) = generated.prebound() {
            prop_assert_eq!(missed(&query, &before.into_iter().collect(), &changes), HashSet::new());
        }
    }
}

impl Dependency {
    /// The focus nodes from which the way leads to a triple that was added or removed, each once:
    /// none if the triple has another predicate.
    fn focus_nodes(&self, data: &impl Data, [subject, predicate, object]: [Node; 3]) -> Vec<Node> {
        let concerns = self.predicate.as_ref().is_none_or(|own| data.node(own.as_ref().into()) == Some(predicate));
        if !concerns {
            return Vec::new();
        }
        let end = match self.end {
            End::Subject => subject,
            End::Object => object,
        };
        self.way.iter().rev().fold(vec![end], |nodes, step| step.back(data, nodes))
    }
}

impl Step {
    /// The nodes from which the step leads to one of `nodes`, each once.
    fn back(&self, data: &impl Data, nodes: Vec<Node>) -> Vec<Node> {
        let Some(predicate) = data.node(self.predicate.as_ref().into()) else {
            return if self.repeated { nodes } else { Vec::new() };
        };
        let mut seen: HashSet<Node> = if self.repeated { nodes.iter().copied().collect() } else { HashSet::new() };
        let mut found = if self.repeated { nodes.clone() } else { Vec::new() };
        let mut rest = nodes;
        while let Some(node) = rest.pop() {
            let (subject, object) = match self.direction {
                Direction::Forward => (None, Some(node)),
                Direction::Backward => (Some(node), None),
            };
            for [subject, _, object] in data.triples(subject, Some(predicate), object) {
                let before = if self.direction == Direction::Forward { subject } else { object };
                if seen.insert(before) {
                    found.push(before);
                    if self.repeated {
                        rest.push(before);
                    }
                }
            }
        }
        found
    }
}
