//! Bounds on the algebra: what the planner has to order, counted without recursion.

use super::{Bounds, BoundsError};
use crate::sparql::algebra::{operands, parts};
use spargebra::algebra::{Expression, GraphPattern};

/// Checks operators, joined patterns and the work of planning, see [`Bounds`].
pub(super) fn check(bounds: &Bounds, patterns: Vec<&GraphPattern>) -> Result<(), BoundsError> {
    let mut count = Count { bounds, operators: 0, steps: 0, patterns, expressions: Vec::new() };
    loop {
        if let Some(pattern) = count.patterns.pop() {
            count.pattern(pattern)?;
        } else if let Some(expression) = count.expressions.pop() {
            count.expression(expression)?;
        } else {
            return Ok(());
        }
    }
}

struct Count<'a> {
    bounds: &'a Bounds,
    operators: usize,
    steps: usize,
    patterns: Vec<&'a GraphPattern>,
    expressions: Vec<&'a Expression>,
}

impl<'a> Count<'a> {
    fn pattern(&mut self, pattern: &'a GraphPattern) -> Result<(), BoundsError> {
        match pattern {
            GraphPattern::Values { .. } => Ok(()),
            GraphPattern::Bgp { patterns } => self.group(patterns.len(), 3),
            GraphPattern::Path { .. } => self.operator(),
            GraphPattern::Join { .. } | GraphPattern::Graph { .. } => self.join(pattern),
            GraphPattern::LeftJoin { .. } => self.optional(pattern),
            GraphPattern::Filter { expr, inner } => {
                self.operator()?;
                // EXISTS over several patterns is rewritten to an operand of the filter's group.
                let tests = existences(expr);
                self.group(tests, 3)?;
                if tests > 0 {
                    self.plan(tests.saturating_mul(size_of(inner).saturating_pow(2)).saturating_mul(2))?;
                }
                self.descend(pattern)
            }
            _ => {
                self.operator()?;
                self.descend(pattern)
            }
        }
    }

    /// One group of joined operands: the planner flattens joins, also through GRAPH, and compares
    /// each operand with each at each step.
    fn join(&mut self, pattern: &'a GraphPattern) -> Result<(), BoundsError> {
        let mut joined = 0;
        let mut rest = vec![pattern];
        while let Some(pattern) = rest.pop() {
            match pattern {
                GraphPattern::Join { left, right } => {
                    self.operator()?;
                    rest.extend([left.as_ref(), right]);
                }
                GraphPattern::Graph { inner, .. } => {
                    self.operator()?;
                    rest.push(inner);
                }
                GraphPattern::Bgp { patterns } => joined += patterns.len(),
                operand => {
                    joined += 1;
                    self.patterns.push(operand);
                }
            }
        }
        self.group(joined, 3)
    }

    /// The chain of OPTIONAL that ends at `pattern`: the planner infers the types of all that
    /// stands before and inside each.
    fn optional(&mut self, pattern: &'a GraphPattern) -> Result<(), BoundsError> {
        let mut optionals = 0;
        let mut rest = vec![pattern];
        let mut size = 0;
        while let Some(pattern) = rest.pop() {
            let (children, expressions) = parts(pattern);
            match pattern {
                GraphPattern::LeftJoin { .. } => {
                    optionals += 1;
                    self.operator()?;
                    self.expressions.extend(expressions);
                    rest.extend(children);
                }
                other => {
                    size += size_of(other);
                    self.patterns.push(other);
                }
            }
        }
        self.group(optionals, 2)?;
        self.plan(optionals.saturating_mul(size.saturating_pow(2)) / 8)
    }

    /// A group of `size` equal members whose planning grows with the power `exponent`.
    fn group(&mut self, size: usize, exponent: u32) -> Result<(), BoundsError> {
        if size > self.bounds.patterns {
            return Err(BoundsError::TooManyPatterns { count: size, limit: self.bounds.patterns });
        }
        self.plan(size.saturating_pow(exponent))
    }

    fn plan(&mut self, steps: usize) -> Result<(), BoundsError> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > self.bounds.planning {
            let (steps, limit) = (self.steps, self.bounds.planning);
            return Err(BoundsError::TooCostly { steps, limit });
        }
        Ok(())
    }

    fn expression(&mut self, expression: &'a Expression) -> Result<(), BoundsError> {
        match expression {
            Expression::Exists(pattern) => {
                self.operator()?;
                self.patterns.push(pattern);
            }
            Expression::And(..)
            | Expression::Or(..)
            | Expression::Add(..)
            | Expression::Subtract(..)
            | Expression::Multiply(..)
            | Expression::Divide(..) => self.operator()?,
            // What else nests, nests by brackets; members of lists and arguments stand side by side.
            _ => {}
        }
        self.expressions.extend(operands(expression));
        Ok(())
    }

    fn descend(&mut self, pattern: &'a GraphPattern) -> Result<(), BoundsError> {
        let (children, expressions) = parts(pattern);
        // Keys of ORDER BY and arguments of aggregates become operators of their own.
        for _ in expressions.iter().skip(1) {
            self.operator()?;
        }
        self.patterns.extend(children);
        self.expressions.extend(expressions);
        Ok(())
    }

    fn operator(&mut self) -> Result<(), BoundsError> {
        self.operators += 1;
        if self.operators > self.bounds.operators {
            return Err(BoundsError::TooManyOperators { limit: self.bounds.operators });
        }
        Ok(())
    }
}

/// How many conjuncts of a filter's condition are EXISTS; a negated one becomes MINUS, which is not
/// ordered.
fn existences(condition: &Expression) -> usize {
    let mut found = 0;
    let mut rest = vec![condition];
    while let Some(condition) = rest.pop() {
        match condition {
            Expression::And(left, right) => rest.extend([left.as_ref(), right]),
            Expression::Exists(_) => found += 1,
            _ => {}
        }
    }
    found
}

/// How many patterns and operators stand in `pattern` at any depth, without those in expressions.
fn size_of(pattern: &GraphPattern) -> usize {
    let mut found = 0_usize;
    let mut rest = vec![pattern];
    while let Some(pattern) = rest.pop() {
        found += match pattern {
            GraphPattern::Bgp { patterns } => patterns.len(),
            _ => 1,
        };
        rest.extend(parts(pattern).0);
    }
    found
}
