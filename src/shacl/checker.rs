//! Checking one focus node against one shape, and what is kept between checks.

use super::clock::Clock;
use super::data::{Data, Node};
use super::limits::{Failure, Limits, Room};
use super::path::{Step, Walk};
use super::report::{ResultPath, Source, ValidationResult};
use super::scan::{Classes, Scan};
use super::shapes::{Shape, ShapeId, Shapes};
use super::sparql::Value;
use super::target::Target;
use super::terms::Nodes;
use super::validate::Group;
use oxrdf::{Literal, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Where a constraint is checked.
pub(super) struct At<'s> {
    pub(super) id: ShapeId,
    /// The place of the constraint among those of the shape.
    pub(super) place: usize,
    /// The shape that has it.
    pub(super) shape: &'s Shape,
    /// What its results have in common.
    pub(super) source: &'s Arc<Source>,
    pub(super) focus: Node,
    /// The value nodes, each once.
    pub(super) values: &'s [Node],
    /// The properties of the focus node.
    pub(super) scan: &'s Scan,
}

/// What results are for.
enum Sink {
    /// A report: all of them, up to a number, and how many there were beyond.
    Report {
        kept: Vec<ValidationResult>,
        room: Room,
        omitted: usize,
        /// Whether it is the report itself, and not the details of one result.
        is_whole: bool,
    },
    /// The question whether there is any.
    Any(bool),
}

/// How many answers of [`Checker::conforms`] are remembered before all are forgotten.
const MOST_REMEMBERED: usize = 1 << 16;

/// How many details a result has, those of its details too: shapes within shapes would double them at each level.
const MOST_DETAILS: usize = 100;

/// One thread's validation.
pub(super) struct Checker<'a, D> {
    pub(super) shapes: &'a Shapes,
    pub(super) data: &'a D,
    pub(super) nodes: Nodes<'a, D>,
    pub(super) classes: Classes<'a, D>,
    pub(super) limits: Limits,
    pub(super) clock: Rc<Clock>,
    sink: Sink,
    conforming: FxHashMap<(ShapeId, Node), bool>,
    spare: Vec<Scan>,
    /// How many details the result at hand may still have.
    details_left: usize,
    /// Constraints that wait for more focus nodes: shape, place in it, focus node.
    waiting: Vec<(ShapeId, usize, Node)>,
}

impl<'a, D: Data> Checker<'a, D> {
    pub(super) fn new(shapes: &'a Shapes, data: &'a D, limits: Limits) -> Self {
        let nodes = Nodes::new(data, &shapes.constants);
        let clock = Rc::new(Clock::new(limits.deadline));
        let classes = Classes::new(
            data,
            Rc::clone(&clock),
            nodes.of(shapes.footprint.typed),
            nodes.of(shapes.footprint.sub_class_of),
        );
        let sink = Sink::Report { kept: Vec::new(), room: Room::of(limits.results), omitted: 0, is_whole: true };
        Self {
            shapes,
            data,
            nodes,
            classes,
            limits,
            clock,
            sink,
            conforming: FxHashMap::default(),
            spare: Vec::new(),
            details_left: 0,
            waiting: Vec::new(),
        }
    }

    /// Takes the results since the last taking.
    pub(super) fn take_results(&mut self) -> Vec<ValidationResult> {
        match &mut self.sink {
            Sink::Report { kept, .. } => std::mem::take(kept),
            Sink::Any(_) => Vec::new(),
        }
    }

    /// How many results there were beyond the limit.
    pub(super) fn omitted(&self) -> usize {
        match self.sink {
            Sink::Report { omitted, .. } => omitted,
            Sink::Any(_) => 0,
        }
    }

    /// Checks focus nodes of a group of shapes.
    pub(super) fn check_task(&mut self, group: &Group, focus_nodes: &[Node]) -> Result<(), Failure> {
        for focus in focus_nodes {
            let scan = self.scan(*focus);
            let checked = group.shapes.iter().try_for_each(|shape| self.check(*shape, *focus, &scan));
            self.spare.push(scan);
            checked?;
        }
        self.check_waiting()
    }

    /// Whether a constraint may wait until the focus nodes at hand are done, to be checked for all at once.
    pub(super) fn can_wait(&mut self, at: &At<'_>) -> bool {
        let can_wait = matches!(self.sink, Sink::Report { is_whole: true, .. });
        if can_wait {
            self.waiting.push((at.id, at.place, at.focus));
        }
        can_wait
    }

    /// Checks the constraints that waited.
    pub(super) fn check_waiting(&mut self) -> Result<(), Failure> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable();
        let (shapes, scan) = (self.shapes, Scan::default());
        for same in waiting.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((id, place, focus)) = same.first().copied() else { continue };
            let Some(shape) = shapes.get(id) else { continue };
            let (Some(constraint), Some(source)) = (shape.constraints.get(place), shape.sources.get(place)) else {
                continue;
            };
            let focus_nodes: Vec<Node> = same.iter().map(|(.., focus)| *focus).collect();
            let at = At { id, place, shape, source, focus, values: &[], scan: &scan };
            constraint.check_all(self, &at, &focus_nodes)?;
            self.in_time(&shape.term)?;
        }
        Ok(())
    }

    /// A node as a value that a query is given.
    pub(super) fn value_of(&self, node: Node) -> Value {
        if node.is_foreign() { Value::Term(self.nodes.term(node)) } else { Value::Node(node) }
    }

    /// Checks a node against every shape that has it as a focus node.
    pub(super) fn check_where_targeted(&mut self, node: Node) -> Result<(), Failure> {
        let scan = self.scan(node);
        let mut classes = FxHashSet::default();
        for class in self.classes.of(node) {
            classes.extend(self.classes.above(class).iter().copied());
        }
        let shapes = self.shapes;
        for group in &shapes.groups {
            if group.targets.iter().any(|target| self.is_target(*target, node, &classes, &scan)) {
                group.shapes.iter().try_for_each(|shape| self.check(*shape, node, &scan))?;
            }
        }
        self.spare.push(scan);
        Ok(())
    }

    fn is_target(&self, target: Target, node: Node, classes: &FxHashSet<Node>, scan: &Scan) -> bool {
        match target {
            Target::Node(only) => self.nodes.of(only) == node,
            Target::Class(class) => classes.contains(&self.nodes.of(class)),
            Target::SubjectsOf(property) => !scan.objects(self.nodes.of(property)).is_empty(),
            Target::ObjectsOf(property) => {
                let property = self.nodes.of(property);
                let is_known = !property.is_foreign() && !node.is_foreign();
                is_known && self.data.triples(None, Some(property), Some(node)).next().is_some()
            }
        }
    }

    /// Checks a node against a shape. `scan` has the properties of the node.
    pub(super) fn check(&mut self, id: ShapeId, focus: Node, scan: &Scan) -> Result<(), Failure> {
        let shapes = self.shapes;
        let Some(shape) = shapes.get(id).filter(|shape| !shape.is_deactivated) else { return Ok(()) };
        self.clock.step();
        let reached;
        let values = match &shape.path {
            None => std::slice::from_ref(&focus),
            Some(Step::Predicate(predicate)) => scan.objects(self.nodes.of(*predicate)),
            Some(path) => {
                reached = self.follow(path, focus);
                &reached
            }
        };
        self.in_time(&shape.term)?;
        for (place, (constraint, source)) in shape.constraints.iter().zip(&shape.sources).enumerate() {
            constraint.check(self, &At { id, place, shape, source, focus, values, scan })?;
            self.in_time(&shape.term)?;
            if matches!(self.sink, Sink::Any(true)) {
                break;
            }
        }
        Ok(())
    }

    /// Checks a value node against a shape.
    pub(super) fn check_value(&mut self, id: ShapeId, value: Node, at: &At<'_>) -> Result<(), Failure> {
        self.with_scan(value, at, |checker, scan| checker.check(id, value, scan))
    }

    /// Reads the properties of a value node, unless it is the focus node itself.
    pub(super) fn with_scan(
        &mut self,
        value: Node,
        at: &At<'_>,
        check: impl FnOnce(&mut Self, &Scan) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if value == at.focus {
            return check(self, at.scan);
        }
        let scan = self.scan(value);
        let checked = check(self, &scan);
        self.spare.push(scan);
        checked
    }

    /// Whether a value node conforms to a shape. <https://www.w3.org/TR/shacl/#conformance-definition>
    pub(super) fn conforms(&mut self, id: ShapeId, value: Node, at: &At<'_>) -> Result<bool, Failure> {
        self.clock.step();
        if let Some(known) = self.conforming.get(&(id, value)) {
            return Ok(*known);
        }
        let (sink, checked) = self.apart(Sink::Any(false), |checker| checker.check_value(id, value, at));
        checked?;
        let conforms = matches!(sink, Sink::Any(false));
        if self.conforming.len() >= MOST_REMEMBERED {
            self.conforming.clear();
        }
        self.conforming.insert((id, value), conforms);
        Ok(conforms)
    }

    /// The results that say why a value node does not conform to a shape; none where nobody will read them.
    pub(super) fn details(&mut self, id: ShapeId, value: Node, at: &At<'_>) -> Result<Vec<ValidationResult>, Failure> {
        let Sink::Report { room, is_whole, .. } = self.sink else { return Ok(Vec::new()) };
        if is_whole {
            self.details_left = MOST_DETAILS;
        }
        if self.details_left == 0 || !room.is_open() {
            return Ok(Vec::new());
        }
        let sink = Sink::Report { kept: Vec::new(), room, omitted: 0, is_whole: false };
        let (sink, checked) = self.apart(sink, |checker| checker.check_value(id, value, at));
        checked?;
        match sink {
            Sink::Report { kept, .. } => Ok(kept),
            Sink::Any(_) => Ok(Vec::new()),
        }
    }

    /// Checks with results going elsewhere.
    fn apart<T>(&mut self, sink: Sink, check: impl FnOnce(&mut Self) -> T) -> (Sink, T) {
        let before = std::mem::replace(&mut self.sink, sink);
        let checked = check(self);
        (std::mem::replace(&mut self.sink, before), checked)
    }

    /// Reports every value node that `is_right` does not hold for.
    pub(super) fn expect(
        &mut self,
        at: &At<'_>,
        mut is_right: impl FnMut(&mut Self, Node) -> Result<bool, Failure>,
    ) -> Result<(), Failure> {
        for value in at.values {
            if self.clock.step() {
                break;
            }
            if !is_right(self, *value)? {
                self.found(at, Some(*value));
            }
        }
        Ok(())
    }

    /// Reports every value node whose term `is_right` does not hold for.
    pub(super) fn expect_term(&mut self, at: &At<'_>, is_right: impl Fn(TermRef<'_>) -> bool) -> Result<(), Failure> {
        self.expect(at, |checker, value| Ok(checker.nodes.read(value, &is_right)))
    }

    /// Whether a result would be kept, so that it is worth being put into words.
    pub(super) fn has_room(&self) -> bool {
        match self.sink {
            Sink::Report { room, is_whole, .. } => room.is_open() && (is_whole || self.details_left > 0),
            Sink::Any(_) => false,
        }
    }

    /// Reports a result.
    pub(super) fn found(&mut self, at: &At<'_>, value: Option<Node>) {
        self.report(at, value, |_| {});
    }

    /// Reports a result, with what `more` adds to it.
    pub(super) fn report(&mut self, at: &At<'_>, value: Option<Node>, more: impl FnOnce(&mut ValidationResult)) {
        let text = match &self.sink {
            Sink::Report { room, .. } if !room.is_unlimited() => self.text_of(at, value),
            _ => 0,
        };
        match &mut self.sink {
            Sink::Any(is_found) => *is_found = true,
            Sink::Report { is_whole: false, omitted, .. } if self.details_left == 0 => *omitted += 1,
            Sink::Report { kept, room, omitted, is_whole } => {
                if !room.take(at.source.is_violation(), text) {
                    *omitted += 1;
                    return;
                }
                self.details_left -= usize::from(!*is_whole);
                let mut result = ValidationResult {
                    focus: self.nodes.term(at.focus),
                    value: value.map(|value| self.nodes.term(value)),
                    source: Arc::clone(at.source),
                    own_path: None,
                    own_messages: Vec::<Literal>::new(),
                    details: Vec::new(),
                    is_dangling: false,
                };
                more(&mut result);
                kept.push(result);
            }
        }
    }

    /// How many bytes the terms of a result take.
    fn text_of(&self, at: &At<'_>, value: Option<Node>) -> usize {
        let length = |node: Node| self.nodes.read(node, length);
        length(at.focus) + value.map_or(0, length) + at.source.length()
    }

    /// A predicate as the path of a result.
    pub(super) fn path_of(&self, predicate: Node) -> Option<ResultPath> {
        self.nodes.read(predicate, |term| match term {
            TermRef::NamedNode(iri) => Some(ResultPath::Predicate(iri.into_owned())),
            _ => None,
        })
    }

    /// What a path leads to from a node, each node once and in order.
    pub(super) fn follow(&self, path: &Step, from: Node) -> Vec<Node> {
        let mut reached = FxHashSet::default();
        Walk { data: self.data, nodes: &self.nodes, clock: &self.clock }.follow(path, from, &mut reached);
        let mut reached: Vec<Node> = reached.into_iter().collect();
        reached.sort_unstable();
        reached
    }

    /// Whether the data have no triple of a node as a subject.
    pub(super) fn says_nothing_of(&self, node: Node) -> bool {
        node.is_foreign() || self.data.triples(Some(node), None, None).next().is_none()
    }

    fn scan(&mut self, node: Node) -> Scan {
        let mut scan = self.spare.pop().unwrap_or_default();
        scan.read(self.data, node);
        scan
    }

    /// Whether there is still time; `place` is what is being checked.
    pub(super) fn in_time(&self, place: &dyn std::fmt::Display) -> Result<(), Failure> {
        if self.clock.is_late() { Err(Failure::TooLong { place: place.to_string() }) } else { Ok(()) }
    }
}

/// How many bytes the text of a term has.
fn length(term: TermRef<'_>) -> usize {
    match term {
        TermRef::NamedNode(iri) => iri.as_str().len(),
        TermRef::BlankNode(node) => node.as_str().len(),
        TermRef::Literal(literal) => literal.value().len(),
    }
}
