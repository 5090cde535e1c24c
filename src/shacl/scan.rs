//! What is looked at again and again: the properties of a node, and the classes of nodes.

use super::clock::Clock;
use super::data::{Data, Node};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The triples of one subject, read once for all constraints on it.
#[derive(Default)]
pub(super) struct Scan {
    /// Predicates in order, and the object at the same place.
    predicates: Vec<Node>,
    objects: Vec<Node>,
    /// The predicate that was looked for last, and where: constraints come predicate by predicate.
    last: Cell<Option<(Node, (usize, usize))>>,
}

impl Scan {
    /// Reads the triples of a subject.
    pub(super) fn read<D: Data>(&mut self, data: &D, subject: Node) {
        self.predicates.clear();
        self.objects.clear();
        self.last.set(None);
        if subject.is_foreign() {
            return;
        }
        let mut is_sorted = true;
        for [_, predicate, object] in data.triples(Some(subject), None, None) {
            let last = self.predicates.last().copied().zip(self.objects.last().copied());
            is_sorted &= last.is_none_or(|last| last <= (predicate, object));
            self.predicates.push(predicate);
            self.objects.push(object);
        }
        if !is_sorted {
            self.sort();
        }
    }

    fn sort(&mut self) {
        let mut pairs: Vec<(Node, Node)> = self.pairs().collect();
        pairs.sort_unstable();
        (self.predicates, self.objects) = pairs.into_iter().unzip();
    }

    /// Every predicate with its object.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Node, Node)> + '_ {
        self.predicates.iter().copied().zip(self.objects.iter().copied())
    }

    /// The objects of one predicate, each once and in order.
    pub(super) fn objects(&self, predicate: Node) -> &[Node] {
        let (start, end) = match self.last.get() {
            Some((last, place)) if last == predicate => place,
            _ => {
                let start = self.predicates.partition_point(|other| *other < predicate);
                let rest = self.predicates.get(start..).unwrap_or_default();
                let place = (start, start + rest.iter().take_while(|other| **other == predicate).count());
                self.last.set(Some((predicate, place)));
                place
            }
        };
        self.objects.get(start..end).unwrap_or_default()
    }
}

/// Classes, each with those that belong to it.
type Closures = FxHashMap<Node, Rc<FxHashSet<Node>>>;

/// How many answers are remembered before all are forgotten: some megabyte.
const MOST_REMEMBERED: usize = 1 << 16;

/// How many classes are remembered above and below others before all are forgotten: some ten megabytes.
const MOST_IN_CLOSURES: usize = 1 << 20;

/// Classes of nodes, with `rdfs:subClassOf` as the data have it. Answers are remembered.
pub(super) struct Classes<'a, D> {
    data: &'a D,
    clock: Rc<Clock>,
    /// Nodes of `rdf:type` and `rdfs:subClassOf`, where the data have them.
    typed: Option<Node>,
    sub_class_of: Option<Node>,
    below: RefCell<Closures>,
    above: RefCell<Closures>,
    members: RefCell<FxHashMap<(Node, Node), bool>>,
    /// How many classes are in `below` and `above`.
    remembered: Cell<usize>,
}

impl<'a, D: Data> Classes<'a, D> {
    pub(super) fn new(data: &'a D, clock: Rc<Clock>, typed: Node, sub_class_of: Node) -> Self {
        let known = |node: Node| Some(node).filter(|node| !node.is_foreign());
        Self {
            data,
            clock,
            typed: known(typed),
            sub_class_of: known(sub_class_of),
            below: RefCell::default(),
            above: RefCell::default(),
            members: RefCell::default(),
            remembered: Cell::new(0),
        }
    }

    /// A class and every class below it.
    pub(super) fn below(&self, class: Node) -> Rc<FxHashSet<Node>> {
        if let Some(known) = self.below.borrow().get(&class) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.closure(class, |node, property| {
            self.data.triples(None, Some(property), Some(node)).map(|[subject, ..]| subject).collect()
        }));
        self.remember(&self.below, class, &found);
        found
    }

    /// A class and every class above it.
    pub(super) fn above(&self, class: Node) -> Rc<FxHashSet<Node>> {
        if let Some(known) = self.above.borrow().get(&class) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.closure(class, |node, property| {
            self.data.triples(Some(node), Some(property), None).map(|[.., object]| object).collect()
        }));
        self.remember(&self.above, class, &found);
        found
    }

    fn remember(&self, closures: &RefCell<Closures>, class: Node, found: &Rc<FxHashSet<Node>>) {
        self.remembered.set(self.remembered.get() + found.len());
        if self.remembered.get() > MOST_IN_CLOSURES {
            self.below.borrow_mut().clear();
            self.above.borrow_mut().clear();
            self.remembered.set(found.len());
        }
        closures.borrow_mut().insert(class, Rc::clone(found));
    }

    fn closure(&self, class: Node, next: impl Fn(Node, Node) -> Vec<Node>) -> FxHashSet<Node> {
        let mut found: FxHashSet<Node> = [class].into_iter().collect();
        let mut frontier = vec![class];
        while let (Some(node), Some(property)) = (frontier.pop(), self.sub_class_of) {
            if self.clock.step() {
                break;
            }
            if !node.is_foreign() {
                frontier.extend(next(node, property).into_iter().filter(|node| found.insert(*node)));
            }
        }
        found
    }

    /// The nodes that bear a class itself.
    pub(super) fn instances(&self, class: Node) -> impl Iterator<Item = Node> + '_ {
        let pattern = self.typed.filter(|_| !class.is_foreign());
        pattern
            .into_iter()
            .flat_map(move |typed| self.data.triples(None, Some(typed), Some(class)))
            .map(|[subject, ..]| subject)
    }

    /// The classes that a node bears itself.
    pub(super) fn of(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        let pattern = self.typed.filter(|_| !node.is_foreign());
        pattern
            .into_iter()
            .flat_map(move |typed| self.data.triples(Some(node), Some(typed), None))
            .map(|[.., object]| object)
    }

    /// Whether a node is a [SHACL instance](https://www.w3.org/TR/shacl/#dfn-shacl-instance) of a class.
    pub(super) fn is_instance(&self, node: Node, class: Node) -> bool {
        if let Some(known) = self.members.borrow().get(&(node, class)) {
            return *known;
        }
        let below = self.below(class);
        let is_instance = self.of(node).any(|bears| below.contains(&bears));
        let mut members = self.members.borrow_mut();
        // Codes and organisations are asked for again and again, most parts of a service once.
        if members.len() >= MOST_REMEMBERED {
            members.clear();
        }
        members.insert((node, class), is_instance);
        is_instance
    }
}
