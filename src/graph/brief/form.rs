//! Which algebra is brief, and the form in which it is evaluated.
//!
//! Between two looks at the data a brief query does a bounded amount of work, so that a bound on looks bounds all of it. It is written
//! out as it is evaluated, without the engine's planner, which costs more than the rest of a small query:
//!
//! 1. Patterns that are joined are written as LATERAL, in which each is looked up for each solution of those before
//!    ([`group`](super::group)). The planner might hash and multiply them.
//! 2. OPTIONAL is written as LATERAL too.
//! 3. There is no UNION, MINUS, EXISTS, GRAPH or SERVICE, and no subquery beside something else.
//! 4. Expressions are few, and of functions that make nothing long.
//! 5. A path that may match several times does not stand between two ends that have values: the engine would count it once.
//!
//! Such a LATERAL has the solutions of the OPTIONAL where a value is the same whether it is put in before or after. So what is optional
//!
//! * mentions no variable that the solutions around it bind now and then only;
//! * has no filter of a group inside it, no BIND, no VALUES and no path without a step;
//! * and the condition of an OPTIONAL inside it is about variables that this one binds, or that nothing around it does
//!   (well-designed patterns: [Pérez, Arenas and Gutierrez 2009](https://doi.org/10.1145/1567274.1567278)).

use super::group::{Start, looked_up};
use crate::graph::rewrite::Counts;
use crate::graph::rewrite::scope::{Scope, Variables, certain, mentioned, mentioned_in};
use crate::sparql::algebra::{operands, parts, parts_mut};
use spargebra::Query;
use spargebra::algebra::{Expression, Function, GraphPattern};

/// The most triples of a template.
const TEMPLATE: usize = 16;

/// The most parts of all expressions.
const EXPRESSIONS: usize = 32;

/// The longest page for which it does not matter with how many triples a query begins.
const PAGE: usize = 100;

/// A query in the form in which it is evaluated, if it is brief.
pub(super) fn brief(mut query: Query, counts: Counts<'_>) -> Option<Query> {
    let (pattern, mut wants_few) = match &mut query {
        Query::Construct { template, .. } if template.len() > TEMPLATE => return None,
        Query::Select { dataset: Some(_), .. }
        | Query::Construct { dataset: Some(_), .. }
        | Query::Describe { dataset: Some(_), .. }
        | Query::Ask { dataset: Some(_), .. } => return None,
        Query::Select { pattern, .. } | Query::Construct { pattern, .. } | Query::Describe { pattern, .. } => {
            (pattern, false)
        }
        Query::Ask { pattern, .. } => (pattern, true),
    };
    let mut form = Form { counts, wants_few: false, expressions: 0 };
    let mut inner = pattern;
    while is_modifier(inner) {
        form.are_brief(&parts(inner).1)?;
        match inner {
            GraphPattern::Slice { start, length: Some(length), .. } => {
                wants_few |= start.saturating_add(*length) <= PAGE;
            }
            // These need all solutions before they give one.
            GraphPattern::OrderBy { .. } | GraphPattern::Group { .. } => wants_few = false,
            _ => {}
        }
        inner = parts_mut(inner).0.pop()?;
    }
    form.wants_few = wants_few;
    form.pattern(inner)?;
    Some(query)
}

/// Whether it works on the solutions of one pattern, one by one or all together.
fn is_modifier(pattern: &GraphPattern) -> bool {
    match pattern {
        GraphPattern::Slice { .. }
        | GraphPattern::Distinct { .. }
        | GraphPattern::Reduced { .. }
        | GraphPattern::Project { .. }
        | GraphPattern::OrderBy { .. }
        | GraphPattern::Group { .. }
        | GraphPattern::Filter { .. } => true,
        // A BIND of nothing else is a part of a group.
        GraphPattern::Extend { inner, .. } => !is_empty(inner),
        _ => false,
    }
}

/// Whether a pattern has one solution, which binds nothing.
pub(super) fn is_empty(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Bgp { patterns } if patterns.is_empty())
}

struct Form<'c> {
    counts: Counts<'c>,
    /// Whether the first few solutions will do.
    wants_few: bool,
    /// How many parts of expressions there are.
    expressions: usize,
}

impl Form<'_> {
    /// Holds a pattern to the conditions, and writes it as LATERAL.
    fn pattern(&mut self, pattern: &mut GraphPattern) -> Option<()> {
        match pattern {
            GraphPattern::LeftJoin { left, right, expression } => {
                self.are_brief(&expression.iter().collect::<Vec<_>>())?;
                self.pattern(left)?;
                let scope = Scope::of(left);
                are_bound(&mentioned(right), &scope.possible, &scope.certain)?;
                self.optional(right, &scope)?;
                for_each_solution(pattern);
                Some(())
            }
            GraphPattern::Filter { expr, inner } => {
                self.are_brief(&[expr])?;
                self.pattern(inner)
            }
            _ => {
                let counts = self.counts;
                let start = if self.wants_few { Start::Anywhere(counts) } else { Start::Few(counts) };
                *pattern = looked_up(pattern, start)?;
                Some(())
            }
        }
    }

    /// The same for a pattern that sees the values of the solutions of `scope`.
    fn optional(&mut self, pattern: &mut GraphPattern, scope: &Scope) -> Option<()> {
        let GraphPattern::LeftJoin { left, right, expression } = pattern else {
            *pattern = looked_up(pattern, Start::Given(&scope.certain))?;
            return Some(());
        };
        self.are_brief(&expression.iter().collect::<Vec<_>>())?;
        self.optional(left, scope)?;
        let (own, of_right) = (Scope::of(left), certain(right));
        let around = &scope.possible | &own.possible;
        are_bound(&mentioned(right), &around, &own.certain)?;
        let told = expression.as_ref().map(mentioned_in).unwrap_or_default();
        are_bound(&told, &scope.possible, &(&own.certain | &of_right))?;
        self.optional(right, &Scope { possible: around, certain: &scope.certain | &own.certain })?;
        for_each_solution(pattern);
        Some(())
    }

    fn are_brief(&mut self, expressions: &[&Expression]) -> Option<()> {
        let mut rest = expressions.to_vec();
        while let Some(expression) = rest.pop() {
            self.expressions += 1;
            if self.expressions > EXPRESSIONS || !is_brief(expression) {
                return None;
            }
            rest.extend(operands(expression));
        }
        Some(())
    }
}

/// Whether those variables that `around` may bind are all among those that are `bound`.
fn are_bound(variables: &Variables, around: &Variables, bound: &Variables) -> Option<()> {
    (variables & around).is_subset(bound).then_some(())
}

/// Writes an OPTIONAL as LATERAL: what is to its right is asked anew for each solution to its left.
fn for_each_solution(pattern: &mut GraphPattern) {
    if let GraphPattern::LeftJoin { left, right, expression } = std::mem::take(pattern) {
        let optional = GraphPattern::LeftJoin { left: Box::default(), right, expression };
        *pattern = GraphPattern::Lateral { left, right: Box::new(optional) };
    }
}

/// Whether an expression, without its operands, does little and makes nothing long.
fn is_brief(expression: &Expression) -> bool {
    match expression {
        Expression::Exists(_) => false,
        Expression::FunctionCall(function, _) => matches!(
            function,
            Function::Str
                | Function::Lang
                | Function::LangMatches
                | Function::Datatype
                | Function::IsIri
                | Function::IsBlank
                | Function::IsLiteral
                | Function::IsNumeric
                | Function::StrLen
                | Function::Contains
                | Function::StrStarts
                | Function::StrEnds
                | Function::LCase
                | Function::UCase
        ),
        _ => true,
    }
}
