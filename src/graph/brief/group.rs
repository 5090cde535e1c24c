//! Patterns that are joined.

use super::form::is_empty;
use crate::graph::rewrite::Counts;
use crate::graph::rewrite::scope::{Variables, matches_without_a_step};
use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};
use std::collections::{BTreeMap, BTreeSet};

/// The most triples that a group begins with.
const START: usize = 256;

/// The most rows of VALUES.
const ROWS: usize = 32;

/// The most steps of all paths.
const PATH: usize = 8;

/// Where the evaluation of a group starts.
#[derive(Clone, Copy)]
pub(super) enum Start<'s> {
    /// At the pattern that the data have fewest triples of: they must be few.
    Few(Counts<'s>),
    /// Wherever that is.
    Anywhere,
    /// At the values that solutions around it give these variables.
    Given(&'s Variables),
}

/// Whether a pattern is a group that hangs together and begins with little; nothing where it is none.
pub(super) fn is_brief_group(pattern: &GraphPattern, start: Start<'_>) -> Option<()> {
    let mut group = Group::default();
    group.take_apart(pattern)?;
    let none = Variables::new();
    let given = if let Start::Given(given) = start { given } else { &none };
    let is_plain = group.fixed.is_empty() && !group.has_path_without_a_step;
    let begins_with_little = match start {
        Start::Few(counts) => group.begins_with_few(counts),
        Start::Anywhere => true,
        Start::Given(_) => is_plain,
    };
    (begins_with_little && group.hangs_together(given)).then_some(())
}

/// A group taken apart.
#[derive(Default)]
struct Group<'a> {
    triples: Vec<&'a TriplePattern>,
    paths: Vec<[&'a TermPattern; 2]>,
    /// Variables that BIND or VALUES give values, with the value where it is one.
    fixed: BTreeMap<&'a Variable, Option<TermPattern>>,
    /// The variables and the number of rows of VALUES.
    columns: &'a [Variable],
    rows: usize,
    steps: usize,
    has_path_without_a_step: bool,
}

impl<'a> Group<'a> {
    fn take_apart(&mut self, pattern: &'a GraphPattern) -> Option<()> {
        match pattern {
            GraphPattern::Bgp { patterns } => self.triples.extend(patterns),
            GraphPattern::Path { subject, path, object } => {
                self.steps += steps_of(path);
                self.has_path_without_a_step |= matches_without_a_step(path);
                self.paths.push([subject, object]);
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
            }
            // One alone: several would be multiplied without a look at the data.
            GraphPattern::Values { variables, bindings } if self.rows == 0 => {
                (self.columns, self.rows) = (variables, bindings.len().max(1));
                let mut given = bindings.iter().flatten();
                if self.rows > ROWS || given.any(Option::is_none) {
                    return None;
                }
                let only = if let [row] = bindings.as_slice() { row.as_slice() } else { &[] };
                for (column, variable) in variables.iter().enumerate() {
                    self.fix(variable, only.get(column).and_then(Option::as_ref).and_then(pattern_of))?;
                }
            }
            _ => return None,
        }
        (self.steps <= PATH).then_some(())
    }

    /// A variable that is given values twice is left to others.
    fn fix(&mut self, variable: &'a Variable, value: Option<TermPattern>) -> Option<()> {
        self.fixed.insert(variable, value).is_none().then_some(())
    }

    /// Whether some pattern has few matches. Of a path that starts somewhere nobody knows how many it has.
    fn begins_with_few(&self, counts: Counts<'_>) -> bool {
        let is_fixed = |term: &TermPattern| match term {
            TermPattern::Variable(variable) => self.fixed.contains_key(variable),
            TermPattern::BlankNode(_) => false,
            _ => true,
        };
        let is_free = self.triples.is_empty() && self.paths.is_empty();
        is_free
            || self.paths.iter().any(|ends| ends.iter().any(|end| is_fixed(end)))
            || self.triples.iter().any(|triple| {
                let has_several =
                    |term: &TermPattern| is_fixed(term) && matches!(self.value_of(term), TermPattern::Variable(_));
                has_several(&triple.subject)
                    || has_several(&triple.object)
                    || counts(&self.with_values(triple)) <= START
            })
    }

    fn value_of(&self, term: &TermPattern) -> TermPattern {
        let value = if let TermPattern::Variable(variable) = term { self.fixed.get(variable) } else { None };
        value.and_then(Clone::clone).unwrap_or_else(|| term.clone())
    }

    fn with_values(&self, triple: &TriplePattern) -> TriplePattern {
        TriplePattern {
            subject: self.value_of(&triple.subject),
            object: self.value_of(&triple.object),
            ..triple.clone()
        }
    }

    /// Whether the patterns that bind anything new hang together by what they bind.
    fn hangs_together(&self, given: &Variables) -> bool {
        let names = |terms: &[&TermPattern]| -> BTreeSet<String> {
            let open = terms.iter().filter(|term| match term {
                TermPattern::Variable(variable) => !given.contains(variable),
                TermPattern::BlankNode(_) => true,
                _ => false,
            });
            open.map(ToString::to_string).collect()
        };
        let triples = self.triples.iter().map(|triple| {
            let mut open = names(&[&triple.subject, &triple.object]);
            if let NamedNodePattern::Variable(predicate) = &triple.predicate
                && !given.contains(predicate)
            {
                open.insert(predicate.to_string());
            }
            open
        });
        let paths = self.paths.iter().map(|ends| names(ends));
        let mut apart: Vec<BTreeSet<String>> = triples.chain(paths).filter(|open| !open.is_empty()).collect();
        if !self.columns.is_empty() {
            apart.push(self.columns.iter().map(ToString::to_string).collect());
        }
        let Some(mut together) = apart.pop() else { return true };
        while let Some(next) = apart.iter().position(|open| !open.is_disjoint(&together)) {
            together.extend(apart.swap_remove(next));
        }
        apart.is_empty()
    }
}

fn pattern_of(term: &GroundTerm) -> Option<TermPattern> {
    match term {
        GroundTerm::NamedNode(iri) => Some(TermPattern::NamedNode(iri.clone())),
        GroundTerm::Literal(literal) => Some(TermPattern::Literal(literal.clone())),
        #[expect(unreachable_patterns, reason = "quoted triples come with a feature of spargebra")]
        _ => None,
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
