//! `EXISTS { a . b . c }` as `EXISTS { a FILTER EXISTS { b FILTER EXISTS { c } } }`: a lookup in an
//! index for each step where the engine would otherwise multiply the patterns out.
//!
//! The nested form is exact for triple patterns whether or not their variables are bound, since a
//! triple pattern agrees with a solution exactly if it has a match once the solution's values are
//! put in. The conditions for what else may stand beside them are:
//!
//! 1. Only triple patterns, paths, VALUES without UNDEF, filters and one union of such; anything
//!    else (OPTIONAL, MINUS, BIND, GRAPH, SERVICE, subqueries) hides or lacks variables.
//! 2. A filter uses, of the variables in the whole pattern, only those that its own group
//!    certainly binds; so it has the same value at the first step where those are bound.
//! 3. A path that can match without a step shares no variable with another such path, unless each
//!    solution outside certainly binds it: only then do both forms put a value in its place.
//! 4. The union comes last, and no filter waits for a variable that only the union binds.
//! 5. Nothing in it is random or comes from outside, since it runs another number of times.
//!
//! Blank nodes stand for variables of the whole pattern but end at EXISTS, so they are made
//! variables first.

use super::cost::is_constant;
use super::fresh::Fresh;
use super::scope::{Scope, Variables, certain, is_repeatable, matches_without_a_step, mentioned, mentioned_in};
use crate::sparql::algebra::own_variables;
use oxrdf::vocab::rdf;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// The longest list of matches that a step of a chain is expected to look through.
const CHAIN_STEP: u64 = 100;

/// The pattern of an EXISTS, nested.
pub(super) struct Nested {
    /// What to put in place of the pattern.
    pub pattern: GraphPattern,
    /// The estimated matches of its widest step.
    widest: u64,
}

impl Nested {
    /// Whether every step goes from something bound to few matches, so that a solution is tested
    /// in a time that does not grow with the graph.
    pub(super) fn is_chain(&self) -> bool {
        self.widest <= CHAIN_STEP
    }
}

/// The nested form of the pattern of an EXISTS over the solutions of `scope`, or nothing where it
/// would not be exact or there is nothing to nest.
pub(super) fn nest(pattern: &GraphPattern, scope: &Scope, fresh: &mut Fresh) -> Option<Nested> {
    if !has_several_steps(pattern) {
        return None;
    }
    let mut named = pattern.clone();
    fresh.name_blank_nodes(&mut named);
    nest_group(&named, scope, &Variables::new())
}

fn has_several_steps(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len() > 1,
        GraphPattern::Filter { inner, .. } => has_several_steps(inner),
        GraphPattern::Union { left, right } => has_several_steps(left) || has_several_steps(right),
        GraphPattern::Join { .. } => true,
        _ => false,
    }
}

/// A group taken apart.
#[derive(Default)]
struct Group<'a> {
    steps: Vec<GraphPattern>,
    union: Option<(&'a GraphPattern, &'a GraphPattern)>,
    filters: Vec<Condition>,
}

/// A conjunct of a filter, with what it mentions and what its own group certainly binds.
struct Condition {
    expression: Expression,
    mentioned: Variables,
    bound: Variables,
}

/// Nests one group; `visible` are the variables of the steps around it.
fn nest_group(pattern: &GraphPattern, scope: &Scope, visible: &Variables) -> Option<Nested> {
    let mut group = Group::default();
    take_apart(pattern, &mut group)?;
    let mut around = visible.clone();
    for step in &group.steps {
        around.extend(own_variables(step).into_iter().cloned());
    }
    let mut all = around.clone();
    if let Some((left, right)) = group.union {
        all.extend(mentioned(left));
        all.extend(mentioned(right));
    }
    let filters_keep_their_value =
        group.filters.iter().all(|filter| (&filter.mentioned & &all).is_subset(&filter.bound));
    if !filters_keep_their_value || has_meeting_stepless_paths(&group.steps, scope) {
        return None;
    }
    let mut bound = &scope.possible | visible;
    let (steps, mut widest) = in_order(group.steps, &mut bound);
    let last = match group.union {
        None => None,
        Some((left, right)) => {
            let inside = Scope { possible: bound, certain: scope.certain.clone() };
            let left = nest_group(left, &inside, &around)?;
            let right = nest_group(right, &inside, &around)?;
            widest = widest.max(left.widest).max(right.widest);
            let (left, right) = (Box::new(left.pattern), Box::new(right.pattern));
            Some(GraphPattern::Union { left, right })
        }
    };
    let pattern = assemble(steps, group.filters, last, (&all, visible))?;
    Some(Nested { pattern, widest })
}

fn take_apart<'a>(pattern: &'a GraphPattern, group: &mut Group<'a>) -> Option<()> {
    match pattern {
        GraphPattern::Bgp { patterns } => {
            let single = |triple: &TriplePattern| GraphPattern::Bgp { patterns: vec![triple.clone()] };
            group.steps.extend(patterns.iter().map(single));
        }
        GraphPattern::Path { .. } => group.steps.push(pattern.clone()),
        GraphPattern::Values { bindings, .. } => {
            if bindings.iter().flatten().any(Option::is_none) {
                return None;
            }
            group.steps.push(pattern.clone());
        }
        GraphPattern::Join { left, right } => {
            take_apart(left, group)?;
            take_apart(right, group)?;
        }
        GraphPattern::Filter { expr, inner } => {
            take_apart(inner, group)?;
            let bound = certain(inner);
            for expression in conjuncts(expr.clone()) {
                if !is_repeatable(&expression) {
                    return None;
                }
                let mentioned = mentioned_in(&expression);
                group.filters.push(Condition { expression, mentioned, bound: bound.clone() });
            }
        }
        GraphPattern::Union { left, right } => {
            if group.union.replace((left, right)).is_some() {
                return None;
            }
        }
        _ => return None,
    }
    Some(())
}

/// The conjuncts of a filter's condition, in the order of the text.
pub(in crate::graph) fn conjuncts(expression: Expression) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut rest = vec![expression];
    while let Some(expression) = rest.pop() {
        if let Expression::And(left, right) = expression {
            rest.push(*right);
            rest.push(*left);
        } else {
            found.push(expression);
        }
    }
    found
}

/// `inner` under a filter of all `conditions`; `inner` alone when there are none.
pub(in crate::graph) fn filtered(inner: GraphPattern, conditions: Vec<Expression>) -> GraphPattern {
    let all = conditions.into_iter().reduce(|a, b| Expression::And(Box::new(a), Box::new(b)));
    match all {
        Some(expr) => GraphPattern::Filter { expr, inner: Box::new(inner) },
        None => inner,
    }
}

fn has_meeting_stepless_paths(steps: &[GraphPattern], scope: &Scope) -> bool {
    let mut seen = Variables::new();
    steps
        .iter()
        .filter(|step| matches!(step, GraphPattern::Path { path, .. } if matches_without_a_step(path)))
        .flat_map(own_variables)
        .filter(|variable| !scope.certain.contains(*variable))
        .any(|variable| !seen.insert(variable.clone()))
}

/// The steps, each time the one with the fewest expected matches next, and the widest of them;
/// `bound` grows by their variables.
pub(in crate::graph) fn in_order(mut steps: Vec<GraphPattern>, bound: &mut Variables) -> (Vec<GraphPattern>, u64) {
    let mut ordered = Vec::with_capacity(steps.len());
    let mut widest = 0;
    while let Some((next, matches)) = steps
        .iter()
        .enumerate()
        .map(|(index, step)| (index, matches_of(step, bound)))
        .min_by_key(|(_, matches)| *matches)
    {
        let step = steps.remove(next);
        bound.extend(own_variables(&step).into_iter().cloned());
        widest = widest.max(matches);
        ordered.push(step);
    }
    (ordered, widest)
}

/// The expected matches of a step once `bound` variables have values: orders of magnitude that
/// rank the ways in, as the engine's own planner has them.
fn matches_of(step: &GraphPattern, bound: &Variables) -> u64 {
    let is_bound = |term: &TermPattern| match term {
        TermPattern::Variable(variable) => bound.contains(variable),
        _ => is_constant(term),
    };
    match step {
        GraphPattern::Bgp { patterns } => patterns.first().map_or(1, |triple| {
            let (predicate, is_class) = match &triple.predicate {
                NamedNodePattern::NamedNode(name) => (true, *name == rdf::TYPE),
                NamedNodePattern::Variable(variable) => (bound.contains(variable), false),
            };
            match (is_bound(&triple.subject), predicate, is_bound(&triple.object)) {
                (true, true, true) => 1,
                (true, false, true) => 2,
                (true, true, false) => 10,
                (true, false, false) => 100,
                (false, true, true) => 1_000 + u64::from(is_class),
                (false, false, true) => 10_000,
                (false, true, false) => 1_000_000,
                (false, false, false) => 1_000_000_000,
            }
        }),
        GraphPattern::Path { subject, object, .. } => match (is_bound(subject), is_bound(object)) {
            (true, true) => 5,
            (true, false) => 50,
            (false, true) => 5_000,
            (false, false) => 10_000_000,
        },
        GraphPattern::Values { variables, bindings } => {
            if variables.iter().all(|variable| bound.contains(variable)) {
                1
            } else {
                u64::try_from(bindings.len()).unwrap_or(u64::MAX)
            }
        }
        _ => u64::MAX,
    }
}

/// Builds the nested form from the inside out, each filter at the first step where the variables
/// it shares with the pattern are bound.
fn assemble(
    steps: Vec<GraphPattern>,
    filters: Vec<Condition>,
    last: Option<GraphPattern>,
    (all, visible): (&Variables, &Variables),
) -> Option<GraphPattern> {
    let mut bound = visible.clone();
    let mut waiting = filters;
    let mut levels = Vec::with_capacity(steps.len());
    for step in steps {
        bound.extend(own_variables(&step).into_iter().cloned());
        let (ready, later): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|filter| (&filter.mentioned & all).is_subset(&bound));
        waiting = later;
        levels.push((step, ready.into_iter().map(|filter| filter.expression).collect::<Vec<_>>()));
    }
    if !waiting.is_empty() {
        return None;
    }
    let mut inner = last;
    for (step, mut conditions) in levels.into_iter().rev() {
        conditions.extend(inner.map(|pattern| Expression::Exists(Box::new(pattern))));
        inner = Some(filtered(step, conditions));
    }
    inner
}
