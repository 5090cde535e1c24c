//! The graph as it would be once records were written, without a triple of theirs being in it.

use super::interned::Interned;
use super::published::GraphError;
use super::shown::Shown;
use crate::rdf::{Content, NamedNodeRef, NamedOrBlankNode, Term};
use crate::shacl::{Data, Node};
use crate::snapshot::Snapshot;
use oxigraph::model::{GraphNameRef, NamedOrBlankNodeRef, Quad, TermRef};
use oxigraph::store::StorageError;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

/// A record as the graph has it and as it shall be.
#[derive(Clone, Copy, Debug)]
pub struct Rewritten<'r> {
    /// What the graph shows of it, with literals as they were written.
    pub shown: &'r Content,
    /// What it says, where that is later than what the graph shows; otherwise the same.
    pub before: &'r Content,
    /// What it shall say.
    pub after: &'r Content,
}

impl<'r> Rewritten<'r> {
    /// A record that the graph shows as it is.
    pub const fn of(before: &'r Content, after: &'r Content) -> Self {
        Self { shown: before, before, after }
    }
}

/// The published graph with records rewritten, and with the code-list closure.
///
/// What the records say stands as it was written; other triples have their literals as the graph keeps them: a snapshot
/// as they were written, Oxigraph's store by value, which writes `"007"^^xsd:integer` as `"7"` and gives `xsd:int` as
/// `xsd:integer`.
pub(super) struct Overlay<'o> {
    shown: &'o Shown,
    closure: &'o Snapshot,
    terms: RefCell<Terms>,
    /// Subjects of the records, before and after: the store is not asked for them.
    rewritten: FxHashSet<Node>,
    written: Vec<[Node; 3]>,
    by_subject: FxHashMap<Node, Vec<usize>>,
    by_object: FxHashMap<Node, Vec<usize>>,
    failure: RefCell<Option<GraphError>>,
}

/// The terms met so far, as nodes.
#[derive(Default)]
struct Terms(Interned);

impl Terms {
    fn node(&mut self, term: TermRef<'_>) -> Node {
        // One change does not meet two thousand million terms.
        Node(self.0.number(term).min(Node::FIRST_FOREIGN - 1))
    }

    fn term(&self, node: Node) -> Option<&Term> {
        self.0.get(node.0)
    }
}

impl<'o> Overlay<'o> {
    /// The graph with records rewritten.
    pub(super) fn new<'r>(
        shown: &'o Shown,
        closure: &'o Snapshot,
        records: impl IntoIterator<Item = Rewritten<'r>>,
    ) -> Self {
        let mut terms = Terms::default();
        let mut rewritten = FxHashSet::default();
        let mut written = Vec::new();
        for record in records {
            for triple in record.shown.iter() {
                rewritten.insert(terms.node(triple.subject.as_ref().into()));
            }
            for triple in record.after.iter() {
                let subject = terms.node(triple.subject.as_ref().into());
                let predicate = terms.node(triple.predicate.as_ref().into());
                rewritten.insert(subject);
                written.push([subject, predicate, terms.node(triple.object.as_ref())]);
            }
        }
        let mut overlay = Self {
            shown,
            closure,
            terms: RefCell::new(terms),
            rewritten,
            written,
            by_subject: FxHashMap::default(),
            by_object: FxHashMap::default(),
            failure: RefCell::default(),
        };
        for (place, [subject, _, object]) in overlay.written.iter().enumerate() {
            overlay.by_subject.entry(*subject).or_default().push(place);
            overlay.by_object.entry(*object).or_default().push(place);
        }
        overlay
    }

    /// What went wrong while the store was read, if anything did.
    pub(super) fn into_failure(self) -> Option<GraphError> {
        self.failure.into_inner()
    }

    /// The triples of the records.
    fn of_records(&self, pattern: [Option<Node>; 3], found: &mut Vec<[Node; 3]>) {
        let fits = |triple: &&[Node; 3]| {
            triple.iter().zip(pattern).all(|(node, asked)| asked.is_none_or(|asked| asked == *node))
        };
        let places = match pattern {
            [Some(subject), ..] => self.by_subject.get(&subject),
            [None, _, Some(object)] => self.by_object.get(&object),
            [None, _, None] => return found.extend(self.written.iter().filter(fits)),
        };
        let triples = places.into_iter().flatten().filter_map(|place| self.written.get(*place));
        found.extend(triples.filter(fits));
    }

    /// The triples of the store whose subjects are not rewritten.
    fn of_store(&self, pattern: [Option<Node>; 3], found: &mut Vec<[Node; 3]>) {
        for quad in self.quads(pattern) {
            match quad {
                Ok(quad) => {
                    let triple = self.nodes(&quad);
                    if triple.first().is_none_or(|subject| !self.rewritten.contains(subject)) {
                        found.push(triple);
                    }
                }
                Err(error) => {
                    self.failure.borrow_mut().get_or_insert(error.into());
                }
            }
        }
    }

    /// What the store has of a pattern, read whole: terms that are met are numbered afterwards.
    fn quads(&self, pattern: [Option<Node>; 3]) -> Vec<Result<Quad, StorageError>> {
        let terms = self.terms.borrow();
        let [subject, predicate, object] = pattern.map(|node| node.and_then(|node| terms.term(node)));
        let (Ok(subject), Ok(predicate)) = (as_subject(subject), as_predicate(predicate)) else { return Vec::new() };
        let graph = Some(GraphNameRef::DefaultGraph);
        self.shown.quads(subject, predicate, object.map(Term::as_ref), graph).collect()
    }

    fn nodes(&self, quad: &Quad) -> [Node; 3] {
        let mut terms = self.terms.borrow_mut();
        let subject = terms.node(quad.subject.as_ref().into());
        [subject, terms.node(quad.predicate.as_ref().into()), terms.node(quad.object.as_ref())]
    }

    /// The triples of the closure; those that are there already are not given twice.
    fn of_closure(&self, pattern: [Option<Node>; 3], found: &mut Vec<[Node; 3]>) {
        let mut ids = [None; 3];
        for (id, node) in ids.iter_mut().zip(pattern) {
            if let Some(node) = node {
                *id = self.terms.borrow().term(node).and_then(|term| self.closure.id(term.as_ref()));
                if id.is_none() {
                    return;
                }
            }
        }
        let [subject, predicate, object] = ids;
        let before = found.len();
        for triple in self.closure.matching(subject, predicate, object) {
            let mut terms = self.terms.borrow_mut();
            found.extend(self.closure_terms(triple).map(|triple| triple.map(|term| terms.node(term))));
        }
        if found.len() > before {
            found.sort_unstable();
            found.dedup();
        }
    }

    fn closure_terms(&self, triple: [crate::snapshot::TermId; 3]) -> Option<[TermRef<'_>; 3]> {
        let [subject, predicate, object] = triple.map(|id| self.closure.term(id));
        Some([subject?, predicate?, object?])
    }
}

impl Data for Overlay<'_> {
    fn node(&self, term: TermRef<'_>) -> Option<Node> {
        Some(self.terms.borrow_mut().node(term))
    }

    fn read<T>(&self, node: Node, read: impl FnOnce(TermRef<'_>) -> T) -> T {
        let terms = self.terms.borrow();
        let nothing = TermRef::Literal(oxigraph::model::LiteralRef::new_simple_literal(""));
        read(terms.term(node).map_or(nothing, Term::as_ref))
    }

    fn triples(
        &self,
        subject: Option<Node>,
        predicate: Option<Node>,
        object: Option<Node>,
    ) -> impl Iterator<Item = [Node; 3]> {
        let pattern = [subject, predicate, object];
        let mut found = Vec::new();
        self.of_records(pattern, &mut found);
        if subject.is_none_or(|subject| !self.rewritten.contains(&subject)) {
            self.of_store(pattern, &mut found);
            self.of_closure(pattern, &mut found);
        }
        found.into_iter()
    }
}

/// A term that cannot stand where it is asked for: nothing matches.
pub(super) struct Nowhere;

pub(super) fn as_subject(term: Option<&Term>) -> Result<Option<NamedOrBlankNodeRef<'_>>, Nowhere> {
    match term {
        None => Ok(None),
        Some(Term::NamedNode(iri)) => Ok(Some(iri.as_ref().into())),
        Some(Term::BlankNode(node)) => Ok(Some(node.as_ref().into())),
        Some(Term::Literal(_)) => Err(Nowhere),
    }
}

pub(super) fn as_predicate(term: Option<&Term>) -> Result<Option<NamedNodeRef<'_>>, Nowhere> {
    match term {
        None => Ok(None),
        Some(Term::NamedNode(iri)) => Ok(Some(iri.as_ref())),
        Some(_) => Err(Nowhere),
    }
}

/// The subjects that records speak of once they are rewritten.
pub(super) fn subjects(records: &[Rewritten<'_>]) -> FxHashSet<Term> {
    let subject = |subject: &NamedOrBlankNode| Term::from(subject.clone());
    records.iter().flat_map(|record| record.after.iter()).map(|triple| subject(&triple.subject)).collect()
}
