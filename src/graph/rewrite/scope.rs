//! Which variables a pattern mentions, may bind and certainly binds: what the conditions of the
//! rewrites speak of.

use crate::sparql::algebra::{any_in_expression, operands, own_variables, parts};
use oxrdf::Variable;
use spargebra::algebra::{
    AggregateExpression, AggregateFunction, Expression, Function, GraphPattern, PropertyPathExpression,
};
use std::collections::BTreeSet;

/// A set of variables; ordered, so that the same query is always rewritten to the same algebra.
pub(in crate::graph) type Variables = BTreeSet<Variable>;

/// The variables that the solutions before a filter may and do bind.
#[derive(Debug, Default)]
pub(in crate::graph) struct Scope {
    /// Bound in some solutions, perhaps in none.
    pub possible: Variables,
    /// Bound in every solution.
    pub certain: Variables,
}

impl Scope {
    /// The scope of an expression that is evaluated over the solutions of `pattern`.
    pub(in crate::graph) fn of(pattern: &GraphPattern) -> Self {
        let mut possible = Variables::new();
        pattern.on_in_scope_variable(|variable| {
            possible.insert(variable.clone());
        });
        Self { possible, certain: certain(pattern) }
    }
}

/// Every variable that `pattern` mentions at any depth, also in filters and in subqueries.
pub(in crate::graph) fn mentioned(pattern: &GraphPattern) -> Variables {
    let mut found = Variables::new();
    each_mention(pattern, &mut |variable| {
        found.insert(variable.clone());
    });
    found
}

/// Every variable that `expression` mentions at any depth, also inside EXISTS.
pub(in crate::graph) fn mentioned_in(expression: &Expression) -> Variables {
    let mut found = Variables::new();
    each_mention_in(expression, &mut |variable| {
        found.insert(variable.clone());
    });
    found
}

/// Calls `visit` for each mention of a variable in `pattern`, at any depth.
pub(super) fn each_mention(pattern: &GraphPattern, visit: &mut impl FnMut(&Variable)) {
    own_variables(pattern).into_iter().for_each(&mut *visit);
    let (children, expressions) = parts(pattern);
    for child in children {
        each_mention(child, visit);
    }
    for expression in expressions {
        each_mention_in(expression, visit);
    }
}

fn each_mention_in(expression: &Expression, visit: &mut impl FnMut(&Variable)) {
    match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => visit(variable),
        Expression::Exists(pattern) => each_mention(pattern, visit),
        _ => {
            for operand in operands(expression) {
                each_mention_in(operand, visit);
            }
        }
    }
}

/// The variables that every solution of `pattern` binds. Where this is not plain to see the
/// variable is left out, which only makes a rewrite rarer.
pub(in crate::graph) fn certain(pattern: &GraphPattern) -> Variables {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => own_variables(pattern).into_iter().cloned().collect(),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => &certain(left) | &certain(right),
        GraphPattern::Union { left, right } => &certain(left) & &certain(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => certain(left),
        GraphPattern::Graph { inner, .. } => {
            let mut variables = certain(inner);
            variables.extend(own_variables(pattern).into_iter().cloned());
            variables
        }
        GraphPattern::Extend { inner, variable, expression } => {
            let mut variables = certain(inner);
            // A constant and a bound variable are values; any other expression may be an error,
            // and an error leaves the variable unbound.
            let never_fails = match expression {
                Expression::NamedNode(_) | Expression::Literal(_) => true,
                Expression::Variable(source) => variables.contains(source),
                _ => false,
            };
            if never_fails {
                variables.insert(variable.clone());
            }
            variables
        }
        GraphPattern::Values { variables, bindings } => variables
            .iter()
            .enumerate()
            .filter(|(column, _)| bindings.iter().all(|row| matches!(row.get(*column), Some(Some(_)))))
            .map(|(_, variable)| variable.clone())
            .collect(),
        GraphPattern::Project { inner, variables } => {
            let mut kept = certain(inner);
            kept.retain(|variable| variables.contains(variable));
            kept
        }
        GraphPattern::Group { inner, variables, aggregates } => {
            let mut kept = certain(inner);
            kept.retain(|variable| variables.contains(variable));
            kept.extend(
                aggregates.iter().filter(|(_, aggregate)| is_count(aggregate)).map(|(variable, _)| variable.clone()),
            );
            kept
        }
        GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => certain(inner),
        // A silent service that cannot be reached answers one solution that binds nothing.
        GraphPattern::Service { .. } => Variables::new(),
    }
}

fn is_count(aggregate: &AggregateExpression) -> bool {
    matches!(
        aggregate,
        AggregateExpression::CountSolutions { .. }
            | AggregateExpression::FunctionCall { name: AggregateFunction::Count, .. }
    )
}

/// Whether evaluating `expression` more or fewer times cannot be seen: no random or fresh value,
/// no function from outside, no remote service.
pub(in crate::graph) fn is_repeatable(expression: &Expression) -> bool {
    !any_in_expression(expression, |pattern| matches!(pattern, GraphPattern::Service { .. }), makes_anew)
}

/// Whether a function gives another value each time it is called, or may.
pub(in crate::graph) fn makes_anew(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::FunctionCall(
            Function::Rand | Function::Uuid | Function::StrUuid | Function::BNode | Function::Custom(_),
            _
        )
    )
}

/// Whether a path may match several times between two ends. Those with `*`, `+` or `?` match once
/// (<https://www.w3.org/TR/sparql11-query/#propertypaths>).
pub(in crate::graph) fn has_several_ways(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::NegatedPropertySet(_)
        | PropertyPathExpression::Sequence(..)
        | PropertyPathExpression::Alternative(..) => true,
        PropertyPathExpression::Reverse(inner) => has_several_ways(inner),
        PropertyPathExpression::NamedNode(_)
        | PropertyPathExpression::ZeroOrMore(_)
        | PropertyPathExpression::OneOrMore(_)
        | PropertyPathExpression::ZeroOrOne(_) => false,
    }
}

/// Whether `path` can match without a step, so that a term outside the graph matches itself
/// ([SPARQL 1.1, 18.4](https://www.w3.org/TR/sparql11-query/#PropertyPathPatterns)).
pub(in crate::graph) fn matches_without_a_step(path: &PropertyPathExpression) -> bool {
    match path {
        PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::ZeroOrOne(_) => true,
        PropertyPathExpression::Reverse(inner) | PropertyPathExpression::OneOrMore(inner) => {
            matches_without_a_step(inner)
        }
        PropertyPathExpression::Sequence(a, b) => matches_without_a_step(a) && matches_without_a_step(b),
        PropertyPathExpression::Alternative(a, b) => matches_without_a_step(a) || matches_without_a_step(b),
        PropertyPathExpression::NamedNode(_) | PropertyPathExpression::NegatedPropertySet(_) => false,
    }
}
