//! The focus nodes whose verdict a change can have touched: those alone need to be checked again.

use crate::shacl::checker::Checker;
use crate::shacl::data::{Data, Node};
use crate::shacl::dependency::{End, Way};
use crate::shacl::limits::{Failure, Limits};
use crate::shacl::shapes::Shapes;
use crate::shacl::terms::Constant;
use oxrdf::{Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};

/// Triples that were taken out and put in; neither list names a triple of the other.
#[derive(Clone, Copy, Debug)]
pub struct Change<'c> {
    /// What is there no more.
    pub removed: &'c [Triple],
    /// What was not there before.
    pub added: &'c [Triple],
}

/// The focus nodes whose verdict a change can have touched, in data that have the change made.
///
/// The results of whole data are those before, but for these nodes, and the results that
/// [`validate_nodes`](super::validate_nodes) has for these; only whether a reference dangles may have changed
/// elsewhere, which is no part of a verdict.
///
/// # Errors
/// [`Failure::TooLong`], where the deadline passes.
pub fn affected<D: Data>(shapes: &Shapes, data: &D, change: Change<'_>, limits: Limits) -> Result<Vec<Term>, Failure> {
    let checker = Checker::new(shapes, data, limits);
    let mut nodes: Vec<Node> = Affected::new(&checker, change).nodes(change).into_iter().collect();
    checker.in_time(&"the change")?;
    nodes.sort_unstable();
    Ok(nodes.into_iter().map(|node| checker.nodes.term(node)).collect())
}

/// The search for affected focus nodes.
struct Affected<'c, 'a, D> {
    checker: &'c Checker<'a, D>,
    /// `rdfs:subClassOf` as it was: the classes that were above or below a class.
    were_above: FxHashMap<Node, Vec<Node>>,
    were_below: FxHashMap<Node, Vec<Node>>,
    found: FxHashSet<Node>,
}

impl<'c, 'a, D: Data> Affected<'c, 'a, D> {
    fn new(checker: &'c Checker<'a, D>, change: Change<'_>) -> Self {
        let mut were_above: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        let mut were_below: FxHashMap<Node, Vec<Node>> = FxHashMap::default();
        for triple in
            change.removed.iter().filter(|triple| triple.predicate.as_ref() == crate::vocab::rdfs::SUB_CLASS_OF)
        {
            let [below, above] = ends(checker, triple);
            were_above.entry(below).or_default().push(above);
            were_below.entry(above).or_default().push(below);
        }
        Self { checker, were_above, were_below, found: FxHashSet::default() }
    }

    fn nodes(mut self, change: Change<'_>) -> FxHashSet<Node> {
        let footprint = &self.checker.shapes.footprint;
        for triple in change.removed.iter().chain(change.added) {
            let [subject, object] = ends(self.checker, triple);
            let predicate = self.checker.shapes.constants.find(&triple.predicate.clone().into());
            self.follow(predicate, subject, object);
            if predicate == Some(footprint.sub_class_of) {
                self.follow_instances(subject, object);
            }
        }
        for id in &footprint.unbounded {
            let groups = self.checker.shapes.groups.iter().filter(|group| group.shapes.contains(id));
            groups.for_each(|group| self.found.extend(group.focus_nodes(self.checker)));
        }
        self.found
    }

    /// Follows every way back from a changed triple.
    fn follow(&mut self, predicate: Option<Constant>, subject: Node, object: Node) {
        if self.checker.clock.step() {
            return;
        }
        let footprint = &self.checker.shapes.footprint;
        let is_type = predicate == Some(footprint.typed);
        let classes = if is_type { self.above(object) } else { FxHashSet::default() };
        for way in footprint.ways(predicate) {
            let matters = way.class.is_none_or(|class| classes.contains(&self.checker.nodes.of(class)));
            if matters {
                self.go_back(way, subject, object);
            }
        }
    }

    fn go_back(&mut self, way: &Way, subject: Node, object: Node) {
        let from = match way.from {
            End::Subject => subject,
            End::Object => object,
        };
        match &way.back {
            None => drop(self.found.insert(from)),
            Some(back) => self.found.extend(self.checker.follow(back, from)),
        }
    }

    /// A class that is no longer, or newly, below another changes the classes of all its instances.
    fn follow_instances(&mut self, below: Node, above: Node) {
        let typed = Some(self.checker.shapes.footprint.typed);
        let classes =
            closure(below, &self.were_below, |class| self.checker.classes.below(class).iter().copied().collect());
        for class in classes {
            let instances: Vec<Node> = self.checker.classes.instances(class).collect();
            for instance in instances {
                self.follow(typed, instance, above);
            }
        }
    }

    /// A class and every class that is or was above it.
    fn above(&self, class: Node) -> FxHashSet<Node> {
        closure(class, &self.were_above, |class| self.checker.classes.above(class).iter().copied().collect())
    }
}

/// A class with the classes that it leads to, by what is there and by what was.
fn closure(class: Node, were: &FxHashMap<Node, Vec<Node>>, are: impl Fn(Node) -> Vec<Node>) -> FxHashSet<Node> {
    let mut found: FxHashSet<Node> = are(class).into_iter().collect();
    if were.is_empty() {
        return found;
    }
    let mut frontier: Vec<Node> = found.iter().copied().collect();
    while let Some(class) = frontier.pop() {
        let next = were.get(&class).into_iter().flatten().flat_map(|class| are(*class));
        frontier.extend(next.filter(|class| found.insert(*class)).collect::<Vec<_>>());
    }
    found
}

/// Subject and object of a triple.
fn ends<D: Data>(checker: &Checker<'_, D>, triple: &Triple) -> [Node; 2] {
    let subject: Term = triple.subject.clone().into();
    [checker.nodes.of_term(subject.as_ref()), checker.nodes.of_term(triple.object.as_ref())]
}

#[cfg(test)]
mod tests;
