//! The terms that shapes speak of, numbered once, and their nodes in the data at hand.

use super::data::{Data, Node};
use oxrdf::{NamedNode, Term, TermRef};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell, RefCell};

/// A term of the shapes graph: a class, a predicate, an allowed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Constant(u32);

/// Every constant of a shapes graph.
#[derive(Debug, Default)]
pub(super) struct Constants {
    terms: Vec<Term>,
    numbers: FxHashMap<Term, Constant>,
}

impl Constants {
    /// The constant of a term.
    pub(super) fn of(&mut self, term: TermRef<'_>) -> Constant {
        let term = term.into_owned();
        if let Some(known) = self.numbers.get(&term) {
            return *known;
        }
        // A shapes graph of four thousand million terms does not fit into memory.
        let constant = Constant(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        self.terms.push(term.clone());
        self.numbers.insert(term, constant);
        constant
    }

    pub(super) fn find(&self, term: &Term) -> Option<Constant> {
        self.numbers.get(term).copied()
    }

    pub(super) fn term(&self, constant: Constant) -> Option<&Term> {
        self.terms.get(constant.0 as usize)
    }

    fn all(&self) -> impl Iterator<Item = Constant> {
        (0..).take(self.terms.len()).map(Constant)
    }

    /// A constant that is an IRI, such as a predicate.
    pub(super) fn iri(&self, constant: Constant) -> NamedNode {
        match self.term(constant) {
            Some(Term::NamedNode(iri)) => iri.clone(),
            _ => NamedNode::new_unchecked(""),
        }
    }
}

/// Among so many constants one is found soonest by looking at each.
const FEW: usize = 16;

/// The nodes of constants and of terms that the data do not know, found when first asked for.
pub(super) struct Nodes<'a, D> {
    data: &'a D,
    constants: &'a Constants,
    found: Vec<Cell<Option<Node>>>,
    /// The constants of nodes that the data know, once they were asked for.
    known: OnceCell<FxHashMap<Node, Constant>>,
    others: RefCell<Others>,
}

/// Terms that neither data nor shapes have, such as those that a query makes.
#[derive(Default)]
struct Others {
    terms: Vec<Term>,
    nodes: FxHashMap<Term, Node>,
}

impl<'a, D: Data> Nodes<'a, D> {
    pub(super) fn new(data: &'a D, constants: &'a Constants) -> Self {
        let found = vec![Cell::new(None); constants.terms.len()];
        Self { data, constants, found, known: OnceCell::new(), others: RefCell::default() }
    }

    /// The node of a constant.
    pub(super) fn of(&self, constant: Constant) -> Node {
        let Some(place) = self.found.get(constant.0 as usize) else { return Node(u32::MAX) };
        if let Some(node) = place.get() {
            return node;
        }
        let node = self.constants.term(constant).map_or(Node(u32::MAX), |term| self.of_term(term.as_ref()));
        place.set(Some(node));
        node
    }

    /// Whether a node is one of some constants, which are in order.
    pub(super) fn is_one_of(&self, node: Node, constants: &[Constant]) -> bool {
        if constants.len() <= FEW {
            return constants.iter().any(|constant| self.of(*constant) == node);
        }
        let known = self.known.get_or_init(|| self.constants.all().map(|it| (self.of(it), it)).collect());
        known.get(&node).is_some_and(|constant| constants.binary_search(constant).is_ok())
    }

    /// The node of any term, foreign if the data do not know it.
    pub(super) fn of_term(&self, term: TermRef<'_>) -> Node {
        if let Some(node) = self.data.node(term) {
            return node;
        }
        let term = term.into_owned();
        if let Some(constant) = self.constants.find(&term) {
            return foreign(constant.0 as usize);
        }
        let mut others = self.others.borrow_mut();
        if let Some(node) = others.nodes.get(&term) {
            return *node;
        }
        let node = foreign(self.constants.terms.len() + others.terms.len());
        others.terms.push(term.clone());
        others.nodes.insert(term, node);
        node
    }

    /// Lets `read` look at the term of a node.
    pub(super) fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> T {
        if !node.is_foreign() {
            return self.data.read(node, read);
        }
        let others = self.others.borrow();
        let nothing = TermRef::Literal(oxrdf::LiteralRef::new_simple_literal(""));
        let place = (node.0 - Node::FIRST_FOREIGN) as usize;
        let constants = &self.constants.terms;
        let term = constants.get(place).or_else(|| others.terms.get(place - constants.len()));
        read(term.map_or(nothing, Term::as_ref))
    }

    /// The term of a node.
    pub(super) fn term(&self, node: Node) -> Term {
        self.read(node, own)
    }
}

fn own(term: TermRef<'_>) -> Term {
    term.into_owned()
}

/// The node of a term that the data do not know. Those of constants are the same for every thread.
fn foreign(place: usize) -> Node {
    let place = u32::try_from(place).unwrap_or(u32::MAX);
    Node(Node::FIRST_FOREIGN.saturating_add(place))
}
