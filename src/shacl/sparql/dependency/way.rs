//! Property paths as ways.

use super::{Dependency, Direction, End, Step};
use oxrdf::NamedNode;
use spargebra::algebra::PropertyPathExpression as Path;

/// The ways to a node, of which a solution takes one.
pub(super) type Ways = Vec<Vec<Step>>;

/// How many ways are kept apart; a path with more alternatives is not followed.
const MOST_WAYS: usize = 64;

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::Forward => Self::Backward,
            Self::Backward => Self::Forward,
        }
    }

    /// The end of a triple at which it is entered in this direction.
    pub(super) fn entry(self) -> End {
        match self {
            Self::Forward => End::Subject,
            Self::Backward => End::Object,
        }
    }
}

/// The ways to the other end of a path that is entered by one of `ways`; nothing if steps cannot
/// express it.
pub(super) fn follow(path: &Path, ways: &Ways, direction: Direction) -> Option<Ways> {
    let followed = match path {
        Path::NamedNode(predicate) => extended(ways, predicate, direction, false),
        Path::Reverse(inner) => follow(inner, ways, direction.reversed())?,
        Path::Sequence(left, right) => {
            let (first, second) = in_direction(left, right, direction);
            follow(second, &follow(first, ways, direction)?, direction)?
        }
        Path::Alternative(left, right) => {
            let mut both = follow(left, ways, direction)?;
            both.extend(follow(right, ways, direction)?);
            both
        }
        Path::ZeroOrOne(inner) => {
            let mut both = ways.clone();
            both.extend(follow(inner, ways, direction)?);
            both
        }
        Path::ZeroOrMore(inner) | Path::OneOrMore(inner) => {
            let (predicate, direction) = single_step(inner, direction)?;
            extended(ways, predicate, direction, true)
        }
        Path::NegatedPropertySet(_) => return None,
    };
    (followed.len() <= MOST_WAYS).then_some(followed)
}

/// The dependencies on the triples of a path that is entered by one of `ways`; nothing if steps
/// cannot express where they are.
pub(super) fn depend(path: &Path, ways: &Ways, direction: Direction, found: &mut Vec<Dependency>) -> Option<()> {
    match path {
        Path::NamedNode(predicate) => found.extend(at(ways, Some(predicate), direction.entry())),
        Path::NegatedPropertySet(_) => found.extend(at(ways, None, direction.entry())),
        Path::Reverse(inner) => depend(inner, ways, direction.reversed(), found)?,
        Path::Sequence(left, right) => {
            let (first, second) = in_direction(left, right, direction);
            depend(first, ways, direction, found)?;
            depend(second, &follow(first, ways, direction)?, direction, found)?;
        }
        Path::Alternative(left, right) => {
            depend(left, ways, direction, found)?;
            depend(right, ways, direction, found)?;
        }
        Path::ZeroOrOne(inner) => depend(inner, ways, direction, found)?,
        Path::ZeroOrMore(inner) | Path::OneOrMore(inner) => {
            depend(inner, &follow(path, ways, direction)?, direction, found)?;
        }
    }
    Some(())
}

/// The dependencies on triples with an end that one of `ways` leads to.
pub(super) fn at(ways: &Ways, predicate: Option<&NamedNode>, end: End) -> impl Iterator<Item = Dependency> {
    ways.iter().map(move |way| Dependency { predicate: predicate.cloned(), way: way.clone(), end })
}

/// Whether a path has a match without a triple, from a node to itself.
pub(super) fn matches_without_a_triple(path: &Path) -> bool {
    match path {
        Path::ZeroOrMore(_) | Path::ZeroOrOne(_) => true,
        Path::NamedNode(_) | Path::NegatedPropertySet(_) => false,
        Path::Reverse(inner) | Path::OneOrMore(inner) => matches_without_a_triple(inner),
        Path::Sequence(left, right) => matches_without_a_triple(left) && matches_without_a_triple(right),
        Path::Alternative(left, right) => matches_without_a_triple(left) || matches_without_a_triple(right),
    }
}

fn extended(ways: &Ways, predicate: &NamedNode, direction: Direction, repeated: bool) -> Ways {
    let step = Step { predicate: predicate.clone(), direction, repeated };
    let extend = |way: &Vec<Step>| way.iter().cloned().chain([step.clone()]).collect();
    ways.iter().map(extend).collect()
}

fn in_direction<'a>(left: &'a Path, right: &'a Path, direction: Direction) -> (&'a Path, &'a Path) {
    match direction {
        Direction::Forward => (left, right),
        Direction::Backward => (right, left),
    }
}

/// The one predicate that a repeated path repeats.
fn single_step(path: &Path, direction: Direction) -> Option<(&NamedNode, Direction)> {
    match path {
        Path::NamedNode(predicate) => Some((predicate, direction)),
        Path::Reverse(inner) => single_step(inner, direction.reversed()),
        Path::ZeroOrMore(inner) | Path::OneOrMore(inner) | Path::ZeroOrOne(inner) => single_step(inner, direction),
        Path::Sequence(..) | Path::Alternative(..) | Path::NegatedPropertySet(_) => None,
    }
}
