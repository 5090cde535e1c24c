//! Data in memory, for tests.

use crate::shacl::data::{Data, Node};
use oxrdf::{Graph, Term, TermRef, Triple};
use std::collections::HashMap;

/// Triples with an index for each position.
#[derive(Default)]
pub struct Memory {
    terms: Vec<Term>,
    nodes: HashMap<Term, Node>,
    triples: Vec<[Node; 3]>,
    by_subject: HashMap<Node, Vec<[Node; 3]>>,
    by_predicate: HashMap<Node, Vec<[Node; 3]>>,
    by_object: HashMap<Node, Vec<[Node; 3]>>,
}

impl Memory {
    /// Adds a triple that is not there yet.
    pub fn insert(&mut self, triple: &Triple) {
        let triple = [Term::from(triple.subject.clone()), triple.predicate.clone().into(), triple.object.clone()];
        let triple = triple.map(|term| self.add(term));
        let [subject, predicate, object] = triple;
        self.triples.push(triple);
        self.by_subject.entry(subject).or_default().push(triple);
        self.by_predicate.entry(predicate).or_default().push(triple);
        self.by_object.entry(object).or_default().push(triple);
    }

    /// The node of a term, which is made if there is none.
    pub fn add(&mut self, term: Term) -> Node {
        if let Some(node) = self.nodes.get(&term) {
            return *node;
        }
        let node = Node(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        self.nodes.insert(term.clone(), node);
        self.terms.push(term);
        node
    }
}

impl From<&Graph> for Memory {
    fn from(graph: &Graph) -> Self {
        let mut memory = Self::default();
        for triple in graph {
            memory.insert(&triple.into_owned());
        }
        memory
    }
}

impl Data for Memory {
    fn node(&self, term: TermRef<'_>) -> Option<Node> {
        self.nodes.get(&term.into_owned()).copied()
    }

    fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> T {
        read(self.terms[node.0 as usize].as_ref())
    }

    fn triples(
        &self,
        subject: Option<Node>,
        predicate: Option<Node>,
        object: Option<Node>,
    ) -> impl Iterator<Item = [Node; 3]> {
        let none = &[][..];
        let list = |index: &'_ HashMap<Node, Vec<[Node; 3]>>, node: &Node| index.get(node).map_or(0, Vec::len);
        let indexes = [(subject, &self.by_subject), (predicate, &self.by_predicate), (object, &self.by_object)];
        let shortest = indexes
            .into_iter()
            .filter_map(|(node, index)| Some((node?, index)))
            .min_by_key(|(node, index)| list(index, node));
        let candidates = match shortest {
            Some((node, index)) => index.get(&node).map_or(none, Vec::as_slice),
            None => &self.triples,
        };
        let fits = move |triple: &&[Node; 3]| {
            let asked = [subject, predicate, object];
            asked.iter().zip(triple.iter()).all(|(asked, node)| asked.is_none_or(|asked| asked == *node))
        };
        candidates.iter().filter(fits).copied()
    }
}
