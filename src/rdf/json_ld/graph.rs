//! Triples as nodes and statements, sorted, each once.

use crate::rdf::{Literal, NamedOrBlankNode, Term, Triple};
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

/// The triples of a document, by subject; the same for the same triples in any order.
pub(super) struct Graph<'a> {
    statements: Vec<Statement<'a>>,
    nodes: Vec<Node<'a>>,
    by_name: HashMap<Name<'a>, NodeId>,
}

/// A node of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NodeId(usize);

/// A statement of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct StatementId(usize);

/// How a node is called; IRIs come before blank nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Name<'a> {
    Iri(&'a str),
    Blank(&'a str),
}

impl<'a> Name<'a> {
    /// The IRI, or the label that the blank node came with.
    pub(super) const fn as_str(self) -> &'a str {
        match self {
            Self::Iri(name) | Self::Blank(name) => name,
        }
    }
}

/// One thing said of a node.
#[derive(Clone, Copy)]
pub(super) struct Statement<'a> {
    pub(super) id: StatementId,
    pub(super) subject: NodeId,
    pub(super) property: &'a str,
    pub(super) object: Object<'a>,
}

/// What a statement says.
#[derive(Clone, Copy)]
pub(super) enum Object<'a> {
    Node(NodeId),
    Literal(&'a Literal),
}

struct Node<'a> {
    name: Name<'a>,
    statements: Range<usize>,
    mentions: usize,
}

impl<'a> Graph<'a> {
    pub(super) fn new(triples: impl IntoIterator<Item = &'a Triple>) -> Self {
        let mut triples: Vec<&Triple> = triples.into_iter().collect();
        triples.sort_unstable_by(|one, other| compare(one, other));
        triples.dedup();
        let mut graph =
            Self { statements: Vec::with_capacity(triples.len()), nodes: Vec::new(), by_name: HashMap::new() };
        for triple in triples {
            graph.add(triple);
        }
        graph
    }

    fn add(&mut self, triple: &'a Triple) {
        let place = self.statements.len();
        let subject = self.intern(subject_name(triple));
        if let Some(node) = self.nodes.get_mut(subject.0) {
            let start = if node.statements.is_empty() { place } else { node.statements.start };
            node.statements = start..place + 1;
        }
        let object = match &triple.object {
            Term::NamedNode(node) => Object::Node(self.mention(Name::Iri(node.as_str()))),
            Term::BlankNode(node) => Object::Node(self.mention(Name::Blank(node.as_str()))),
            Term::Literal(literal) => Object::Literal(literal),
        };
        let property = triple.predicate.as_str();
        self.statements.push(Statement { id: StatementId(place), subject, property, object });
    }

    fn mention(&mut self, name: Name<'a>) -> NodeId {
        let id = self.intern(name);
        if let Some(node) = self.nodes.get_mut(id.0) {
            node.mentions += 1;
        }
        id
    }

    fn intern(&mut self, name: Name<'a>) -> NodeId {
        let next = NodeId(self.nodes.len());
        let id = *self.by_name.entry(name).or_insert(next);
        if id == next {
            self.nodes.push(Node { name, statements: 0..0, mentions: 0 });
        }
        id
    }

    /// The node of an IRI, made if nothing names it.
    pub(super) fn node(&mut self, iri: &'a str) -> NodeId {
        self.intern(Name::Iri(iri))
    }

    /// Every node, in an order that depends on the triples alone.
    pub(super) fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId)
    }

    pub(super) fn name(&self, node: NodeId) -> Name<'a> {
        self.nodes.get(node.0).map_or(Name::Iri(""), |node| node.name)
    }

    /// What a node says, by property.
    pub(super) fn statements(&self, node: NodeId) -> &[Statement<'a>] {
        self.nodes.get(node.0).and_then(|node| self.statements.get(node.statements.clone())).unwrap_or_default()
    }

    /// Every statement.
    pub(super) fn all(&self) -> &[Statement<'a>] {
        &self.statements
    }

    /// How many statements have the node as their object.
    pub(super) fn mentions(&self, node: NodeId) -> usize {
        self.nodes.get(node.0).map_or(0, |node| node.mentions)
    }
}

/// One value for each node or each statement.
pub(super) struct Marks<T>(Vec<T>);

impl<T: Clone + Copy + Default> Marks<T> {
    pub(super) fn of_nodes(graph: &Graph<'_>) -> Self {
        Self(vec![T::default(); graph.nodes.len()])
    }

    pub(super) fn of_statements(graph: &Graph<'_>) -> Self {
        Self(vec![T::default(); graph.statements.len()])
    }

    pub(super) fn get(&self, id: impl Place) -> T {
        self.0.get(id.place()).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, id: impl Place, value: T) {
        if let Some(mark) = self.0.get_mut(id.place()) {
            *mark = value;
        }
    }
}

/// What can be marked.
pub(super) trait Place {
    fn place(self) -> usize;
}

impl Place for NodeId {
    fn place(self) -> usize {
        self.0
    }
}

impl Place for StatementId {
    fn place(self) -> usize {
        self.0
    }
}

fn compare(one: &Triple, other: &Triple) -> Ordering {
    subject_name(one)
        .cmp(&subject_name(other))
        .then_with(|| one.predicate.as_str().cmp(other.predicate.as_str()))
        .then_with(|| object_key(&one.object).cmp(&object_key(&other.object)))
}

fn subject_name(triple: &Triple) -> Name<'_> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Name::Iri(node.as_str()),
        NamedOrBlankNode::BlankNode(node) => Name::Blank(node.as_str()),
    }
}

/// Nodes come before literals.
fn object_key(object: &Term) -> (Option<&str>, Name<'_>, &str) {
    match object {
        Term::NamedNode(node) => (None, Name::Iri(node.as_str()), ""),
        Term::BlankNode(node) => (None, Name::Blank(node.as_str()), ""),
        Term::Literal(literal) => {
            (Some(literal.value()), Name::Iri(literal.language().unwrap_or("")), literal.datatype().as_str())
        }
    }
}
