//! Which triples a verdict depends on, told once for all shapes.
//!
//! A verdict on a focus node comes from triples that are reached from it along paths. So for each predicate
//! that stands on such a path the way back is kept: from the changed triple to the focus nodes it matters to.
//! It is enough to walk back in the data as they are after the change: of the changed triples between a focus
//! node and a place on a path, the nearest one is reached over triples that did not change, and leads back by
//! itself.

use super::path::Step;
use super::shapes::{Draft, Shape, ShapeId};
use super::target::Target;
use super::terms::Constant;
use rustc_hash::{FxHashMap, FxHashSet};

/// The ways back from changed triples to focus nodes.
#[derive(Debug)]
pub(super) struct Footprint {
    /// From triples of a predicate.
    by_predicate: FxHashMap<Constant, FxHashSet<Way>>,
    /// From triples of whatever predicate.
    from_any: FxHashSet<Way>,
    /// Shapes whose verdicts may depend on anything: they are checked again at all their focus nodes.
    pub(super) unbounded: Vec<ShapeId>,
    /// `rdf:type`.
    pub(super) typed: Constant,
    /// `rdfs:subClassOf`.
    pub(super) sub_class_of: Constant,
    /// How many steps the ways have, and those that were made to find them.
    steps: usize,
}

/// A way back from a changed triple.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Way {
    /// Where it starts.
    pub(super) from: End,
    /// Where it goes; nowhere if the focus node is the end of the triple itself.
    pub(super) back: Option<Step>,
    /// The triple matters if it makes its subject an instance of this class.
    pub(super) class: Option<Constant>,
}

/// An end of a triple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum End {
    Subject,
    Object,
}

/// Beyond so many steps in all ways together, some ten megabytes, shapes are taken as depending on anything.
const MOST_STEPS: usize = 500_000;

impl Footprint {
    /// The footprint of all shapes that have targets.
    pub(super) fn of(draft: &Draft, typed: Constant, sub_class_of: Constant) -> Self {
        let mut footprint = Self {
            by_predicate: FxHashMap::default(),
            from_any: FxHashSet::default(),
            unbounded: Vec::new(),
            typed,
            sub_class_of,
            steps: 0,
        };
        for id in draft.ids() {
            let Some(shape) = draft.get(id).filter(|shape| !shape.targets.is_empty()) else { continue };
            footprint.add_targets(shape);
            let mut reach =
                Reach { footprint: &mut footprint, focus: Vec::new(), values: Vec::new(), is_bounded: true };
            reach.walk(draft, id, &mut FxHashSet::default());
            if !reach.is_bounded || footprint.is_full() {
                footprint.unbounded.push(id);
            }
        }
        footprint
    }

    /// The ways back from a triple of a predicate.
    pub(super) fn ways(&self, predicate: Option<Constant>) -> impl Iterator<Item = &Way> {
        let own = predicate.and_then(|predicate| self.by_predicate.get(&predicate));
        own.into_iter().flatten().chain(&self.from_any)
    }

    fn add_targets(&mut self, shape: &Shape) {
        for target in &shape.targets {
            match *target {
                Target::Node(_) => {}
                Target::Class(class) => self.add_target(self.typed, End::Subject, Some(class)),
                Target::SubjectsOf(property) => self.add_target(property, End::Subject, None),
                Target::ObjectsOf(property) => self.add_target(property, End::Object, None),
            }
        }
    }

    /// Targets are followed however much else there is: a node that leaves one is found in no other way.
    fn add_target(&mut self, predicate: Constant, from: End, class: Option<Constant>) {
        self.by_predicate.entry(predicate).or_default().insert(Way { from, back: None, class });
    }

    fn add(&mut self, predicate: Constant, from: End, way: &[Step], class: Option<Constant>) {
        if self.has_room_for(way) {
            self.by_predicate.entry(predicate).or_default().insert(Way { from, back: back(way), class });
        }
    }

    fn add_any(&mut self, from: End, way: &[Step]) {
        if self.has_room_for(way) {
            self.from_any.insert(Way { from, back: back(way), class: None });
        }
    }

    /// Counts the steps of a way.
    fn has_room_for(&mut self, way: &[Step]) -> bool {
        if !self.is_full() {
            self.steps += 1 + way.iter().map(Step::size).sum::<usize>();
        }
        !self.is_full()
    }

    fn is_full(&self) -> bool {
        self.steps > MOST_STEPS
    }
}

/// The way from its end to its start.
fn back(way: &[Step]) -> Option<Step> {
    match way {
        [] => None,
        [step] => Some(step.turned()),
        steps => Some(Step::Sequence(steps.to_vec()).turned()),
    }
}

/// Where a constraint stands, seen from the focus node of a shape that has targets.
pub(super) struct Reach<'f> {
    footprint: &'f mut Footprint,
    /// The way to the node that the constraint's shape is checked at.
    focus: Vec<Step>,
    /// The way to its value nodes.
    values: Vec<Step>,
    is_bounded: bool,
}

impl Reach<'_> {
    /// The verdict depends on whether value nodes are instances of a class.
    pub(super) fn on_class_of_values(&mut self, class: Constant) {
        self.footprint.add(self.footprint.typed, End::Subject, &self.values, Some(class));
    }

    /// The verdict depends on another property of the focus node.
    pub(super) fn on_property_of_focus(&mut self, property: Constant) {
        self.footprint.add(property, End::Subject, &self.focus, None);
    }

    /// The verdict depends on every property of value nodes.
    pub(super) fn on_all_of_values(&mut self) {
        self.footprint.add_any(End::Subject, &self.values);
    }

    /// The verdict depends on triples of a predicate at the end of a way from the focus node.
    pub(super) fn on_triple_of_focus(&mut self, way: &[Step], predicate: Constant, from: End) {
        let whole: Vec<Step> = self.focus.iter().chain(way).cloned().collect();
        self.footprint.add(predicate, from, &whole, None);
    }

    /// The verdict depends on triples of whatever predicate at the end of a way from the focus node.
    pub(super) fn on_any(&mut self, way: &[Step], from: End) {
        let whole: Vec<Step> = self.focus.iter().chain(way).cloned().collect();
        self.footprint.add_any(from, &whole);
    }

    /// The verdict may depend on anything.
    pub(super) fn on_anything(&mut self) {
        self.is_bounded = false;
    }

    /// Walks through a shape and the shapes within it.
    fn walk(&mut self, draft: &Draft, id: ShapeId, seen: &mut FxHashSet<(ShapeId, Vec<Step>)>) {
        let Some(shape) = draft.get(id) else { return };
        if !self.footprint.has_room_for(&self.focus) {
            self.is_bounded = false;
        }
        if !self.is_bounded || !seen.insert((id, self.focus.clone())) {
            return;
        }
        let before = self.values.clone();
        self.values = self.focus.clone();
        if let Some(path) = &shape.path {
            self.on_path(&mut self.focus.clone(), path);
            self.values.push(path.clone());
        }
        for constraint in &shape.constraints {
            constraint.depends(self);
            let focus = std::mem::replace(&mut self.focus, self.values.clone());
            constraint.shapes().into_iter().for_each(|inner| self.walk(draft, inner, seen));
            self.focus = focus;
        }
        self.values = before;
    }

    /// Adds every predicate of a path, with the way to where it stands.
    fn on_path(&mut self, way: &mut Vec<Step>, path: &Step) {
        match path {
            Step::Predicate(predicate) => self.footprint.add(*predicate, End::Subject, way, None),
            Step::Inverse(step) => match **step {
                Step::Predicate(predicate) => self.footprint.add(predicate, End::Object, way, None),
                ref other => self.on_path(way, &other.turned()),
            },
            Step::Sequence(steps) => {
                let length = way.len();
                for step in steps {
                    if self.footprint.is_full() {
                        break;
                    }
                    self.on_path(way, step);
                    way.push(step.clone());
                }
                way.truncate(length);
            }
            Step::Alternative(steps) => steps.iter().for_each(|step| self.on_path(way, step)),
            Step::ZeroOrOne(step) => self.on_path(way, step),
            Step::ZeroOrMore(step) | Step::OneOrMore(step) => {
                way.push(Step::ZeroOrMore(step.clone()));
                self.on_path(way, step);
                way.pop();
            }
        }
    }
}
