//! A view as Oxigraph's evaluator reads it.

use super::terms::FIRST_MADE;
use super::triples::Triples;
use super::view::View;
use crate::graph::expression_term::expression_term;
use crate::graph::interned::Interned;
use crate::rdf::Term;
use crate::snapshot::TermId;
use oxigraph::model::TermRef;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};
use std::cell::{Cell, RefCell};
use std::num::NonZeroU32;

/// How many bytes of a term are read in a step.
const BYTES: usize = 256;

/// A view, and the terms that expressions make while one query reads it.
///
/// Those terms are kept until the query ends, each once, so that equal ones have the same number.
pub(in crate::graph) struct Reading<'v> {
    view: &'v View,
    made: RefCell<Interned>,
    /// How much may still be read.
    left: Cell<usize>,
}

impl<'v> Reading<'v> {
    /// A reading for one query.
    pub(in crate::graph) fn new(view: &'v View) -> Self {
        Self::within(view, usize::MAX)
    }

    /// A reading that fails once it has taken `most` steps: a look for a pattern is one, so is each quad that is found, and each
    /// [`BYTES`] of a term that is read.
    pub(in crate::graph) fn within(view: &'v View, most: usize) -> Self {
        Self { view, made: RefCell::default(), left: Cell::new(most) }
    }

    /// Whether it took as many steps as it may, so that what was found may lack something.
    pub(in crate::graph) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    #[inline]
    fn spend(&self, steps: usize) -> Result<(), ReadingError> {
        let left = self.left.get().saturating_sub(steps);
        self.left.set(left);
        if left == 0 { Err(ReadingError::Spent) } else { Ok(()) }
    }

    fn node_of(&self, term: Term) -> Result<Node, ReadingError> {
        match self.view.id(term.as_ref()) {
            Some(id) => Node::of(id.number()),
            None => Node::of(
                self.made.borrow_mut().number_of(term).checked_add(FIRST_MADE).ok_or(ReadingError::NoSuchTerm)?,
            ),
        }
    }

    /// Calls `read` with a term.
    fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> Result<T, ReadingError> {
        let read = |term: TermRef<'_>| self.spend(length(term) / BYTES).map(|()| read(term));
        let number = node.number();
        if let Some(place) = number.checked_sub(FIRST_MADE) {
            return self.made.borrow().get(place).map(|term| read(term.as_ref())).ok_or(ReadingError::NoSuchTerm)?;
        }
        self.view.term(TermId::of(number)).map(read).ok_or(ReadingError::NoSuchTerm)?
    }
}

/// A term in four bytes, one less than which are the number of a term of the view or, from [`FIRST_MADE`] on, of one that
/// an expression made; so that an unbound variable takes no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::graph) struct Node(NonZeroU32);

impl Node {
    #[inline]
    fn of(number: u32) -> Result<Self, ReadingError> {
        number.checked_add(1).and_then(NonZeroU32::new).map(Self).ok_or(ReadingError::NoSuchTerm)
    }

    #[inline]
    fn number(self) -> u32 {
        self.0.get() - 1
    }

    /// The number in the view; nothing of a term that was made, which is in no triple.
    #[inline]
    fn id(self) -> Option<TermId> {
        Some(self.number()).filter(|number| *number < FIRST_MADE).map(TermId::of)
    }
}

/// Why a query cannot read on.
#[derive(Debug, thiserror::Error)]
pub(in crate::graph) enum ReadingError {
    /// A number stands for no term: more were made than can be numbered.
    #[error("the query makes more terms than can be told apart ({FIRST_MADE}); make it more selective")]
    NoSuchTerm,
    /// It took as many steps as it may.
    #[error("the query reads more than it may here")]
    Spent,
}

/// The quads of a pattern, each of which is a step.
struct Read<'a> {
    reading: &'a Reading<'a>,
    quads: Quads<'a>,
}

impl Iterator for Read<'_> {
    type Item = Result<InternalQuad<Node>, ReadingError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let next = self.quads.next()?;
        if let Err(error) = self.reading.spend(1) {
            // An evaluator that goes on after an error finds nothing more.
            self.quads = Quads::None;
            return Some(Err(error));
        }
        Some(next)
    }
}

/// The same without a bound.
enum Quads<'a> {
    None,
    Of(Option<Node>, Triples<'a>),
    /// Those of several named graphs.
    Named(Box<dyn Iterator<Item = (TermId, [TermId; 3])> + 'a>),
}

impl Iterator for Quads<'_> {
    type Item = Result<InternalQuad<Node>, ReadingError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::None => None,
            Self::Of(graph, triples) => triples.next().map(|triple| quad(*graph, triple)),
            Self::Named(quads) => {
                quads.next().map(|(graph, triple)| Node::of(graph.number()).and_then(|graph| quad(Some(graph), triple)))
            }
        }
    }
}

#[inline]
fn quad(
    graph_name: Option<Node>,
    [subject, predicate, object]: [TermId; 3],
) -> Result<InternalQuad<Node>, ReadingError> {
    Ok(InternalQuad {
        subject: Node::of(subject.number())?,
        predicate: Node::of(predicate.number())?,
        object: Node::of(object.number())?,
        graph_name,
    })
}

impl<'a> QueryableDataset<'a> for &'a Reading<'a> {
    type InternalTerm = Node;
    type Error = ReadingError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Node>,
        predicate: Option<&Node>,
        object: Option<&Node>,
        graph: Option<Option<&Node>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Node>, ReadingError>> + use<'a> {
        // One that is spent fails at its next quad.
        drop(self.spend(1));
        let view = self.view;
        let quads = match (pattern([subject, predicate, object]), graph) {
            (None, _) => Quads::None,
            (Some(pattern), Some(None)) => Quads::Of(None, view.triples(pattern)),
            (Some(pattern), Some(Some(graph))) => match graph.id() {
                Some(name) => Quads::Of(Some(*graph), view.triples_of(name, pattern)),
                None => Quads::None,
            },
            (Some(pattern), None) => {
                let of = move |name| view.triples_of(name, pattern).map(move |triple| (name, triple));
                Quads::Named(Box::new(view.named_graphs().flat_map(of)))
            }
        };
        Read { reading: self, quads }
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Node, ReadingError>> + use<'a> {
        self.view.named_graphs().map(|name| Node::of(name.number()))
    }

    fn contains_internal_graph_name(&self, name: &Node) -> Result<bool, ReadingError> {
        Ok(name.id().is_some_and(|name| self.view.has_named_graph(name)))
    }

    fn internalize_term(&self, term: Term) -> Result<Node, ReadingError> {
        self.node_of(term)
    }

    fn externalize_term(&self, term: Node) -> Result<Term, ReadingError> {
        self.read(term, owned)
    }

    fn externalize_expression_term(&self, term: Node) -> Result<ExpressionTerm, ReadingError> {
        self.read(term, expression_term)
    }
}

/// The numbers of a pattern; nothing where a term was made, which is in no triple.
#[inline]
fn pattern(nodes: [Option<&Node>; 3]) -> Option<[Option<TermId>; 3]> {
    let mut pattern = [None; 3];
    for (id, node) in pattern.iter_mut().zip(nodes) {
        if let Some(node) = node {
            *id = Some(node.id()?);
        }
    }
    Some(pattern)
}

/// The bytes of a term, in about.
#[inline]
fn length(term: TermRef<'_>) -> usize {
    match term {
        TermRef::NamedNode(iri) => iri.as_str().len(),
        TermRef::BlankNode(node) => node.as_str().len(),
        TermRef::Literal(literal) => literal.value().len(),
    }
}

fn owned(term: TermRef<'_>) -> Term {
    term.into_owned()
}
