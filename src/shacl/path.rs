//! [Property paths](https://www.w3.org/TR/shacl/#property-paths): reading, following, turning round, writing.

use super::clock::Clock;
use super::data::{Data, Node};
use super::error::{Problem, ShapesError};
use super::nesting::DEEPEST;
use super::reader::Reader;
use super::terms::{Constant, Nodes};
use crate::vocab::sh;
use oxrdf::{NamedNodeRef, Term};
use rustc_hash::FxHashSet;
use std::fmt;

/// A property path over predicates of some form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Path<P> {
    /// From subject to object.
    Predicate(P),
    /// From end to start.
    Inverse(Box<Self>),
    /// One after the other.
    Sequence(Vec<Self>),
    /// Any of them.
    Alternative(Vec<Self>),
    /// Any number of times, and not at all.
    ZeroOrMore(Box<Self>),
    /// Any number of times, at least once.
    OneOrMore(Box<Self>),
    /// Once or not at all.
    ZeroOrOne(Box<Self>),
}

/// A path as shapes hold it.
pub(super) type Step = Path<Constant>;

/// How many parts a path may have. Paths in use have a dozen.
const LARGEST: usize = 1000;

/// Makes a path of one path.
type OfOne = fn(Box<Step>) -> Step;

/// The forms that a property of a blank node tells, made of one path.
const OF_ONE: [(NamedNodeRef<'static>, OfOne); 4] = [
    (sh::INVERSE_PATH, Step::Inverse),
    (sh::ZERO_OR_MORE_PATH, Step::ZeroOrMore),
    (sh::ONE_OR_MORE_PATH, Step::OneOrMore),
    (sh::ZERO_OR_ONE_PATH, Step::ZeroOrOne),
];

impl<P> Path<P> {
    /// The same path over other predicates.
    pub fn map<Q>(&self, predicate: &impl Fn(&P) -> Q) -> Path<Q> {
        let one = |step: &Self| Box::new(step.map(predicate));
        let all = |steps: &[Self]| steps.iter().map(|step| step.map(predicate)).collect();
        match self {
            Self::Predicate(it) => Path::Predicate(predicate(it)),
            Self::Inverse(step) => Path::Inverse(one(step)),
            Self::Sequence(steps) => Path::Sequence(all(steps)),
            Self::Alternative(steps) => Path::Alternative(all(steps)),
            Self::ZeroOrMore(step) => Path::ZeroOrMore(one(step)),
            Self::OneOrMore(step) => Path::OneOrMore(one(step)),
            Self::ZeroOrOne(step) => Path::ZeroOrOne(one(step)),
        }
    }
}

/// The path in the syntax of SPARQL, with its predicates as they display themselves.
/// <https://www.w3.org/TR/sparql11-query/#pp-language>
impl<P: fmt::Display> fmt::Display for Path<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Predicate(predicate) => write!(f, "{predicate}"),
            Self::Inverse(step) => write!(f, "(^{step})"),
            Self::Sequence(steps) => write_joined(f, steps, "/"),
            Self::Alternative(steps) => write_joined(f, steps, "|"),
            Self::ZeroOrMore(step) => write!(f, "({step})*"),
            Self::OneOrMore(step) => write!(f, "({step})+"),
            Self::ZeroOrOne(step) => write!(f, "({step})?"),
        }
    }
}

fn write_joined<P: fmt::Display>(f: &mut fmt::Formatter<'_>, steps: &[Path<P>], sign: &str) -> fmt::Result {
    f.write_str("(")?;
    for (place, step) in steps.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { sign })?;
        write!(f, "{step}")?;
    }
    f.write_str(")")
}

impl Step {
    /// Reads the path that a shape has.
    pub(super) fn read(reader: &mut Reader<'_>, shape: &Term, path: &Term) -> Result<Self, ShapesError> {
        let mut room = LARGEST;
        read(reader, path, 0, &mut room).map_err(|problem| ShapesError::new(shape, sh::PATH, problem))
    }

    /// The same path walked from its end to its start, with inverses at predicates alone: `^b/^a` for `a/b`.
    pub(super) fn turned(&self) -> Self {
        match self {
            Self::Predicate(_) => Self::Inverse(Box::new(self.clone())),
            Self::Inverse(step) => step.straight(),
            Self::Sequence(steps) => Self::Sequence(steps.iter().rev().map(Self::turned).collect()),
            other => other.with_parts(&Self::turned),
        }
    }

    /// The same path with inverses at predicates alone.
    pub(super) fn straight(&self) -> Self {
        match self {
            Self::Predicate(_) => self.clone(),
            Self::Inverse(step) => step.turned(),
            other => other.with_parts(&Self::straight),
        }
    }

    /// The same form of path with other parts.
    fn with_parts(&self, part: &impl Fn(&Self) -> Self) -> Self {
        let one = |step: &Self| Box::new(part(step));
        let all = |steps: &[Self]| steps.iter().map(part).collect();
        match self {
            Self::Predicate(_) => self.clone(),
            Self::Inverse(step) => Self::Inverse(one(step)),
            Self::Sequence(steps) => Self::Sequence(all(steps)),
            Self::Alternative(steps) => Self::Alternative(all(steps)),
            Self::ZeroOrMore(step) => Self::ZeroOrMore(one(step)),
            Self::OneOrMore(step) => Self::OneOrMore(one(step)),
            Self::ZeroOrOne(step) => Self::ZeroOrOne(one(step)),
        }
    }

    /// How many parts the path has.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Predicate(_) => 1,
            Self::Sequence(steps) | Self::Alternative(steps) => 1 + steps.iter().map(Self::size).sum::<usize>(),
            Self::Inverse(step) | Self::ZeroOrMore(step) | Self::OneOrMore(step) | Self::ZeroOrOne(step) => {
                1 + step.size()
            }
        }
    }
}

/// Following paths in data, until it is late.
pub(super) struct Walk<'w, 'a, D> {
    pub(super) data: &'w D,
    pub(super) nodes: &'w Nodes<'a, D>,
    pub(super) clock: &'w Clock,
}

impl<D: Data> Walk<'_, '_, D> {
    /// Adds what a path leads to, each node once.
    pub(super) fn follow(&self, path: &Step, from: Node, reached: &mut FxHashSet<Node>) {
        match path {
            Step::Predicate(predicate) => {
                let ends = known(from).zip(known(self.nodes.of(*predicate)));
                let triples = ends.into_iter().flat_map(|(from, it)| self.data.triples(Some(from), Some(it), None));
                self.reach(triples.map(|[.., object]| object), reached);
            }
            Step::Inverse(step) => match **step {
                Step::Predicate(predicate) => {
                    let ends = known(from).zip(known(self.nodes.of(predicate)));
                    let triples = ends.into_iter().flat_map(|(from, it)| self.data.triples(None, Some(it), Some(from)));
                    self.reach(triples.map(|[subject, ..]| subject), reached);
                }
                ref other => self.follow(&other.turned(), from, reached),
            },
            Step::Sequence(steps) => {
                let mut at: FxHashSet<Node> = [from].into_iter().collect();
                for step in steps {
                    let mut next = FxHashSet::default();
                    for node in at {
                        self.follow(step, node, &mut next);
                    }
                    at = next;
                }
                self.reach_all(at, reached);
            }
            Step::Alternative(steps) => steps.iter().for_each(|step| self.follow(step, from, reached)),
            Step::ZeroOrMore(step) => {
                let mut closure: FxHashSet<Node> = [from].into_iter().collect();
                self.close(step, from, &mut closure);
                self.reach_all(closure, reached);
            }
            Step::OneOrMore(step) => {
                let mut closure = FxHashSet::default();
                self.close(step, from, &mut closure);
                self.reach_all(closure, reached);
            }
            Step::ZeroOrOne(step) => {
                reached.insert(from);
                self.follow(step, from, reached);
            }
        }
    }

    fn reach(&self, nodes: impl Iterator<Item = Node>, reached: &mut FxHashSet<Node>) {
        reached.extend(nodes.take_while(|_| !self.clock.step()));
    }

    fn reach_all(&self, nodes: FxHashSet<Node>, reached: &mut FxHashSet<Node>) {
        if reached.is_empty() {
            *reached = nodes;
        } else {
            self.reach(nodes.into_iter(), reached);
        }
    }

    /// Repeats a step from a node until nothing new is reached.
    fn close(&self, step: &Step, from: Node, closure: &mut FxHashSet<Node>) {
        let mut frontier = vec![from];
        while let Some(node) = frontier.pop().filter(|_| !self.clock.step()) {
            let mut next = FxHashSet::default();
            self.follow(step, node, &mut next);
            frontier.extend(next.into_iter().filter(|node| closure.insert(*node)));
        }
    }
}

fn known(node: Node) -> Option<Node> {
    Some(node).filter(|node| !node.is_foreign())
}

/// Reads a path into the room that is left. Parts that are one node of the graph are as many parts of the path.
fn read(reader: &mut Reader<'_>, path: &Term, depth: usize, room: &mut usize) -> Result<Step, Problem> {
    if depth > DEEPEST {
        return Err(Problem::TooDeep(DEEPEST));
    }
    *room = room.checked_sub(1).ok_or(Problem::TooMany { what: "parts", most: LARGEST })?;
    match path {
        Term::NamedNode(predicate) => Ok(Step::Predicate(reader.constant(predicate.as_ref()))),
        Term::Literal(_) => Err(Problem::Path("a literal stands where an IRI, a list or a blank node belongs")),
        Term::BlankNode(_) => read_structure(reader, path, depth, room),
    }
}

/// Reads a path that is a blank node: a list, or one of the five that a property tells.
fn read_structure(reader: &mut Reader<'_>, path: &Term, depth: usize, room: &mut usize) -> Result<Step, Problem> {
    if !reader.values(path, crate::vocab::rdf::FIRST).is_empty() {
        return Ok(Step::Sequence(read_list(reader, path, depth, room)?));
    }
    let mut forms = Vec::new();
    for list in reader.values(path, sh::ALTERNATIVE_PATH) {
        forms.push(Step::Alternative(read_list(reader, &list, depth, room)?));
    }
    for (property, repeat) in OF_ONE {
        for inner in reader.values(path, property) {
            forms.push(repeat(Box::new(read(reader, &inner, depth + 1, room)?)));
        }
    }
    match (forms.len(), forms.pop()) {
        (1, Some(step)) => Ok(step),
        (0, _) => Err(Problem::Path(
            "a blank node needs one of sh:alternativePath, sh:inversePath, sh:zeroOrMorePath, sh:oneOrMorePath, sh:zeroOrOnePath, or is a list",
        )),
        _ => Err(Problem::Path("a blank node is of one form only; put forms within each other")),
    }
}

fn read_list(reader: &mut Reader<'_>, list: &Term, depth: usize, room: &mut usize) -> Result<Vec<Step>, Problem> {
    let members = reader.list(list)?;
    if members.len() < 2 {
        return Err(Problem::Path("a list of paths has at least two members"));
    }
    members.iter().map(|member| read(reader, member, depth + 1, room)).collect()
}
