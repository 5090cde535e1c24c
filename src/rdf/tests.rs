//! Arbitrary triples for the property tests of the writers, and a comparison of what was read.

use super::{BlankNode, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::vocab::{rdf, xsd};
use proptest::prelude::*;

/// Whether two sets of triples say the same, whatever their blank nodes are called.
pub fn isomorphic(one: &[Triple], other: &[Triple]) -> bool {
    let canonical = |triples: &[Triple]| {
        let mut graph: oxrdf::Graph = triples.iter().collect();
        graph.canonicalize(CanonicalizationAlgorithm::Unstable);
        graph
    };
    canonical(one) == canonical(other)
}

/// A few triples about few nodes, so that they share them, form lists and run in circles.
pub fn triples() -> impl Strategy<Value = Vec<Triple>> {
    let statements = prop::collection::vec((subject(), predicate(), object()), 0..14)
        .prop_map(|statements| statements.into_iter().map(|(s, p, o)| Triple::new(s, p, o)).collect::<Vec<_>>());
    (statements, prop::collection::vec(list(), 0..3), any::<u64>()).prop_map(|(mut triples, lists, seed)| {
        triples.extend(lists.into_iter().flatten());
        // Some statements get lost, so that lists are broken in every way.
        let mut place = 0_u64;
        triples.retain(|_| {
            place += 1;
            seed.rotate_left(u32::try_from(place % 64).unwrap()) % 16 != 0
        });
        triples
    })
}

/// IRIs with schemes that look like keys and prefixes of a JSON-LD document.
const IRIS: [&str; 16] = [
    "http://e/r",
    "http://e/r#part",
    "http://e/r#part/of",
    "http://e/rest",
    "http://e/ø?x=%20&y='z'#ñ",
    "urn:2nd/",
    "skos:x",
    "id:x",
    "type:x",
    "prefLabel:x",
    "entries://x",
    "urn:a:b",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil",
    "http://www.w3.org/2004/02/skos/core#Concept",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#List",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
];

const PREDICATES: [&str; 22] = [
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#first",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#_1",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#broader",
    "http://www.w3.org/2004/02/skos/core#inScheme",
    "http://purl.org/dc/terms/created",
    "http://purl.org/dc/terms/identifier",
    "http://purl.org/dc/terms/isVersionOf",
    "http://www.w3.org/ns/shacl#or",
    "http://www.w3.org/ns/shacl#in",
    "http://www.w3.org/ns/shacl#closed",
    "http://www.w3.org/ns/shacl#minCount",
    "http://e/p",
    "http://e/2nd",
    "skos:x",
    "id:x",
    "type:x",
    "prefLabel:naïef",
    "urn:x:p.1-2",
];

fn blank() -> impl Strategy<Value = BlankNode> {
    prop::sample::select(vec!["b0", "b1", "b2", "0a", "x.y", "é", "l0", "l1", "l2"]).prop_map(BlankNode::new_unchecked)
}

fn iri() -> impl Strategy<Value = NamedNode> {
    prop::sample::select(IRIS.to_vec()).prop_map(NamedNode::new_unchecked)
}

fn predicate() -> impl Strategy<Value = NamedNode> {
    prop::sample::select(PREDICATES.to_vec()).prop_map(NamedNode::new_unchecked)
}

fn subject() -> impl Strategy<Value = NamedOrBlankNode> {
    prop_oneof![iri().prop_map(NamedOrBlankNode::from), blank().prop_map(NamedOrBlankNode::from)]
}

fn object() -> impl Strategy<Value = Term> {
    prop_oneof![iri().prop_map(Term::from), blank().prop_map(Term::from), literal().prop_map(Term::from)]
}

/// Texts that XML can hold.
fn text() -> impl Strategy<Value = String> {
    let odd = vec![
        "",
        " ",
        "\r",
        "\n\r\n",
        " \t x \t ",
        "]]>",
        "<a&b>\"'",
        "007",
        "_:b0",
        "@id",
        "http://e/r",
        "\u{85}\u{2028}",
    ];
    prop_oneof![
        prop::sample::select(odd).prop_map(str::to_owned),
        any::<String>().prop_map(|text| text
            .chars()
            .filter(|char| super::unwritable_in_xml(&char.to_string()).is_none())
            .collect()),
    ]
}

fn literal() -> impl Strategy<Value = Literal> {
    let tag = prop::sample::select(vec!["en", "nl", "id", "type", "nl-be-x-formal", "zh-hant"]);
    let datatype = prop::sample::select(vec![
        xsd::INTEGER.into_owned(),
        xsd::DATE.into_owned(),
        xsd::BOOLEAN.into_owned(),
        xsd::STRING.into_owned(),
        NamedNode::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"),
        rdf::HTML.into_owned(),
        NamedNode::new_unchecked("type:x"),
    ]);
    prop_oneof![
        text().prop_map(Literal::new_simple_literal),
        (text(), tag).prop_map(|(text, tag)| Literal::new_language_tagged_literal_unchecked(text, tag)),
        (text(), datatype).prop_map(|(text, datatype)| Literal::new_typed_literal(text, datatype)),
    ]
}

/// A list of up to three items that some node holds.
fn list() -> impl Strategy<Value = Vec<Triple>> {
    let items = prop::collection::vec(object(), 1..4);
    (subject(), predicate(), items, any::<u16>()).prop_map(|(holder, property, items, number)| {
        let cell = |place: usize| BlankNode::new_unchecked(format!("c{number}-{place}"));
        let mut triples = vec![Triple::new(holder, property, cell(0))];
        let last = items.len() - 1;
        for (place, item) in items.into_iter().enumerate() {
            triples.push(Triple::new(cell(place), rdf::FIRST, item));
            let rest = if place == last { Term::from(rdf::NIL) } else { cell(place + 1).into() };
            triples.push(Triple::new(cell(place), rdf::REST, rest));
        }
        triples
    })
}
