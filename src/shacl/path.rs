//! [Property paths](https://www.w3.org/TR/shacl/#property-paths): reading, following, turning round, writing.

use super::data::{Data, Node};
use super::error::{Problem, ShapesError};
use super::nesting::DEEPEST;
use super::reader::Reader;
use super::terms::Constant;
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

/// The forms that a property of a blank node tells, made of one path.
const OF_ONE: [(NamedNodeRef<'static>, fn(Box<Step>) -> Step); 4] = [
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
        read(reader, path, 0).map_err(|problem| ShapesError::new(shape, sh::PATH, problem))
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

    /// Adds what the path leads to, each node once.
    pub(super) fn follow<D: Data>(
        &self,
        data: &D,
        node_of: &impl Fn(Constant) -> Node,
        from: Node,
        reached: &mut FxHashSet<Node>,
    ) {
        match self {
            Self::Predicate(predicate) => {
                let ends = known(from).zip(known(node_of(*predicate)));
                let triples = ends.into_iter().flat_map(|(from, it)| data.triples(Some(from), Some(it), None));
                reached.extend(triples.map(|[.., object]| object));
            }
            Self::Inverse(step) => match **step {
                Self::Predicate(predicate) => {
                    let ends = known(from).zip(known(node_of(predicate)));
                    let triples = ends.into_iter().flat_map(|(from, it)| data.triples(None, Some(it), Some(from)));
                    reached.extend(triples.map(|[subject, ..]| subject));
                }
                ref other => other.turned().follow(data, node_of, from, reached),
            },
            Self::Sequence(steps) => {
                let mut at: FxHashSet<Node> = [from].into_iter().collect();
                for step in steps {
                    let mut next = FxHashSet::default();
                    at.into_iter().for_each(|node| step.follow(data, node_of, node, &mut next));
                    at = next;
                }
                reached.extend(at);
            }
            Self::Alternative(steps) => steps.iter().for_each(|step| step.follow(data, node_of, from, reached)),
            Self::ZeroOrMore(step) => {
                let mut closure: FxHashSet<Node> = [from].into_iter().collect();
                close(step, data, node_of, vec![from], &mut closure);
                reached.extend(closure);
            }
            Self::OneOrMore(step) => {
                let mut closure = FxHashSet::default();
                close(step, data, node_of, vec![from], &mut closure);
                reached.extend(closure);
            }
            Self::ZeroOrOne(step) => {
                reached.insert(from);
                step.follow(data, node_of, from, reached);
            }
        }
    }
}

/// Repeats a step from every node of the frontier until nothing new is reached.
fn close<D: Data>(
    step: &Step,
    data: &D,
    node_of: &impl Fn(Constant) -> Node,
    mut frontier: Vec<Node>,
    closure: &mut FxHashSet<Node>,
) {
    while let Some(node) = frontier.pop() {
        let mut next = FxHashSet::default();
        step.follow(data, node_of, node, &mut next);
        frontier.extend(next.into_iter().filter(|node| closure.insert(*node)));
    }
}

fn known(node: Node) -> Option<Node> {
    Some(node).filter(|node| !node.is_foreign())
}

fn read(reader: &mut Reader<'_>, path: &Term, depth: usize) -> Result<Step, Problem> {
    if depth > DEEPEST {
        return Err(Problem::TooDeep(DEEPEST));
    }
    match path {
        Term::NamedNode(predicate) => Ok(Step::Predicate(reader.constant(predicate.as_ref()))),
        Term::Literal(_) => Err(Problem::Path("a literal stands where an IRI, a list or a blank node belongs")),
        Term::BlankNode(_) => read_structure(reader, path, depth),
    }
}

/// Reads a path that is a blank node: a list, or one of the five that a property tells.
fn read_structure(reader: &mut Reader<'_>, path: &Term, depth: usize) -> Result<Step, Problem> {
    if !reader.values(path, crate::vocab::rdf::FIRST).is_empty() {
        return Ok(Step::Sequence(read_list(reader, path, depth)?));
    }
    let mut forms = Vec::new();
    for list in reader.values(path, sh::ALTERNATIVE_PATH) {
        forms.push(Step::Alternative(read_list(reader, &list, depth)?));
    }
    for (property, repeat) in OF_ONE {
        for inner in reader.values(path, property) {
            forms.push(repeat(Box::new(read(reader, &inner, depth + 1)?)));
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

fn read_list(reader: &mut Reader<'_>, list: &Term, depth: usize) -> Result<Vec<Step>, Problem> {
    let members = reader.list(list)?;
    if members.len() < 2 {
        return Err(Problem::Path("a list of paths has at least two members"));
    }
    members.iter().map(|member| read(reader, member, depth + 1)).collect()
}
