//! Patterns that are joined: each looked up with the values that those before it found, so that each solution costs a look.

use super::form::is_empty;
use crate::graph::rewrite::scope::{Variables, has_several_ways, matches_without_a_step};
use crate::graph::rewrite::{Counts, in_order};
use crate::sparql::algebra::own_variables;
use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, TermPattern, TriplePattern};
use std::collections::BTreeMap;

/// The most triples that a group begins with.
const START: usize = 256;

/// The most rows of VALUES.
const ROWS: usize = 32;

/// The most steps of all paths.
const PATH: usize = 8;

/// Where the evaluation of a group starts.
#[derive(Clone, Copy)]
pub(super) enum Start<'s> {
    /// At the pattern that has fewest matches, and they must be few.
    Few(Counts<'s>),
    /// There, however many they are.
    Anywhere(Counts<'s>),
    /// At the values that solutions around it give these variables.
    Given(&'s Variables),
}

/// A group in the form in which each pattern is looked up with the values that those before it found; nothing where it is not brief.
pub(super) fn looked_up(pattern: &GraphPattern, start: Start<'_>) -> Option<GraphPattern> {
    let mut group = Group::default();
    group.take_apart(pattern)?;
    let mut known: Variables = group.fixed.keys().cloned().collect();
    let mut steps = Vec::new();
    let mut bound = known.clone();
    match start {
        Start::Given(given) => {
            if !group.fixed.is_empty() || group.has_path_without_a_step {
                return None;
            }
            known.clone_from(given);
            bound.clone_from(given);
        }
        Start::Few(counts) | Start::Anywhere(counts) => {
            if let Some((place, matches)) = group.first(counts) {
                if matches > START && matches!(start, Start::Few(_)) {
                    return None;
                }
                let first = group.steps.remove(place);
                bound.extend(own_variables(&first).into_iter().cloned());
                steps.push(first);
            }
        }
    }
    steps.extend(in_order(group.steps, &mut bound).0);
    for step in &steps {
        if is_counted_as_one(step, &known) {
            return None;
        }
        known.extend(own_variables(step).into_iter().cloned());
    }
    Some(steps.into_iter().fold(group.before, for_each))
}

/// Whether a step is a path that may match several times between two ends that are known, of which the engine makes one
/// solution: it asks whether there is a way, and not how many.
fn is_counted_as_one(step: &GraphPattern, known: &Variables) -> bool {
    let is_open = |end: &TermPattern| matches!(end, TermPattern::Variable(variable) if !known.contains(variable));
    match step {
        GraphPattern::Path { subject, path, object } => has_several_ways(path) && !is_open(subject) && !is_open(object),
        _ => false,
    }
}

/// What is to the right, looked up for each solution of what is to the left.
fn for_each(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    if is_empty(&left) {
        return right;
    }
    GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
}

/// A group taken apart.
#[derive(Default)]
struct Group {
    /// Triple patterns, one each, and paths.
    steps: Vec<GraphPattern>,
    /// BIND and VALUES, which stand before them.
    before: GraphPattern,
    /// The variables of those, with the value where it is one.
    fixed: BTreeMap<Variable, Option<TermPattern>>,
    has_values: bool,
    /// How many steps all paths have.
    path: usize,
    has_path_without_a_step: bool,
}

impl Group {
    fn take_apart(&mut self, pattern: &GraphPattern) -> Option<()> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let single = |triple: &TriplePattern| GraphPattern::Bgp { patterns: vec![triple.clone()] };
                self.steps.extend(patterns.iter().map(single));
            }
            GraphPattern::Path { path, .. } => {
                self.path += steps_of(path);
                self.has_path_without_a_step |= matches_without_a_step(path);
                self.steps.push(pattern.clone());
            }
            GraphPattern::Join { left, right } => {
                self.take_apart(left)?;
                self.take_apart(right)?;
            }
            GraphPattern::Extend { inner, variable, expression } if is_empty(inner) => {
                let value = match expression {
                    Expression::NamedNode(iri) => TermPattern::NamedNode(iri.clone()),
                    Expression::Literal(literal) => TermPattern::Literal(literal.clone()),
                    _ => return None,
                };
                self.fix(variable, Some(value))?;
                let (inner, variable) = (Box::new(std::mem::take(&mut self.before)), variable.clone());
                self.before = GraphPattern::Extend { inner, variable, expression: expression.clone() };
            }
            // One alone: several would be multiplied without a look at the data.
            GraphPattern::Values { variables, bindings } if !self.has_values => {
                if bindings.len() > ROWS || bindings.iter().flatten().any(Option::is_none) {
                    return None;
                }
                self.has_values = true;
                let only = if let [row] = bindings.as_slice() { row.as_slice() } else { &[] };
                for (column, variable) in variables.iter().enumerate() {
                    self.fix(variable, only.get(column).and_then(Option::as_ref).map(pattern_of))?;
                }
                self.before = for_each(std::mem::take(&mut self.before), pattern.clone());
            }
            _ => return None,
        }
        (self.path <= PATH).then_some(())
    }

    /// A variable that is given values twice is left to others.
    fn fix(&mut self, variable: &Variable, value: Option<TermPattern>) -> Option<()> {
        self.fixed.insert(variable.clone(), value).is_none().then_some(())
    }

    /// The step with the fewest matches, and how many these are. Of a path that starts somewhere nobody knows that; it comes last of
    /// those that have few.
    fn first(&self, counts: Counts<'_>) -> Option<(usize, usize)> {
        let matches = |step: &GraphPattern| match step {
            GraphPattern::Bgp { patterns } => patterns.first().map_or(0, |triple| {
                let has_several = self.has_several(&triple.subject) || self.has_several(&triple.object);
                if has_several { ROWS } else { counts(&self.with_values(triple)) }
            }),
            GraphPattern::Path { subject, object, .. } if self.is_fixed(subject) || self.is_fixed(object) => START,
            _ => usize::MAX,
        };
        self.steps.iter().map(matches).enumerate().min_by_key(|(_, matches)| *matches)
    }

    fn is_fixed(&self, term: &TermPattern) -> bool {
        match term {
            TermPattern::Variable(variable) => self.fixed.contains_key(variable),
            TermPattern::BlankNode(_) => false,
            _ => true,
        }
    }

    /// Whether a term is a variable with several values.
    fn has_several(&self, term: &TermPattern) -> bool {
        matches!(term, TermPattern::Variable(variable) if matches!(self.fixed.get(variable), Some(None)))
    }

    /// A triple pattern with the values of its variables that have one.
    fn with_values(&self, triple: &TriplePattern) -> TriplePattern {
        let with_value = |term: &TermPattern| match term {
            TermPattern::Variable(variable) => self.fixed.get(variable).cloned().flatten(),
            _ => None,
        };
        TriplePattern {
            subject: with_value(&triple.subject).unwrap_or_else(|| triple.subject.clone()),
            object: with_value(&triple.object).unwrap_or_else(|| triple.object.clone()),
            predicate: triple.predicate.clone(),
        }
    }
}

fn pattern_of(term: &GroundTerm) -> TermPattern {
    match term {
        GroundTerm::NamedNode(iri) => TermPattern::NamedNode(iri.clone()),
        GroundTerm::Literal(literal) => TermPattern::Literal(literal.clone()),
    }
}

fn steps_of(path: &PropertyPathExpression) -> usize {
    match path {
        PropertyPathExpression::NamedNode(_) => 1,
        PropertyPathExpression::NegatedPropertySet(names) => names.len(),
        PropertyPathExpression::Reverse(inner)
        | PropertyPathExpression::ZeroOrMore(inner)
        | PropertyPathExpression::OneOrMore(inner)
        | PropertyPathExpression::ZeroOrOne(inner) => 1 + steps_of(inner),
        PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => steps_of(a) + steps_of(b),
    }
}
