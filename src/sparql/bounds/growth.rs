//! How long the strings can become that a query builds: `CONCAT(?a, ?a)`, forty times one upon the
//! other, makes a terabyte of sixteen letters.
//!
//! Sizes are estimated from below upwards, in units of the longest input. A variable of a triple
//! pattern counts one, a constant one for each kilobyte that it starts. How many solutions there
//! are is not known before the evaluation, and is not bounded here: a group is taken to have
//! [`GROUP`] members, so that one `GROUP_CONCAT` passes and one over another does not, and a string
//! is counted once, however many solutions have one like it.

use super::{Bounds, BoundsError};
use crate::sparql::algebra::{operands, parts};
use oxrdf::{Literal, Variable};
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, Function, GraphPattern};
use spargebra::term::GroundTerm;
use std::collections::HashMap;

/// The bytes of a constant that count as one input.
const UNIT: usize = 1_024;

/// How many members a group is taken to have.
const GROUP: usize = 30;

/// Checks what all strings together that a pattern builds for one solution take, see
/// [`Bounds::growth`], without recursion. `base` is the length of the IRI that `IRI()` resolves against, in bytes.
pub(super) fn check(bounds: &Bounds, pattern: &GraphPattern, base: usize) -> Result<(), BoundsError> {
    let mut growth = Growth {
        limit: bounds.growth,
        base: if base == 0 { 0 } else { units(base) },
        kept: 0,
        longest: 0,
        variables: HashMap::new(),
        steps: vec![Step::Pattern(pattern)],
        sizes: Vec::new(),
    };
    while let Some(step) = growth.steps.pop() {
        match step {
            Step::Pattern(pattern) => growth.enter_pattern(pattern),
            Step::Expression(expression) => growth.enter_expression(expression),
            Step::LeavePattern(pattern, expressions) => growth.leave_pattern(pattern, expressions)?,
            Step::LeaveExpression(expression, operands) => growth.leave_expression(expression, operands),
        }
    }
    Ok(())
}

/// What is to be done; a number says how many sizes the parts have left.
enum Step<'a> {
    Pattern(&'a GraphPattern),
    LeavePattern(&'a GraphPattern, usize),
    Expression(&'a Expression),
    LeaveExpression(&'a Expression, usize),
}

/// The sizes known so far, in units.
struct Growth<'a> {
    limit: usize,
    base: usize,
    /// What the values that the query names have grown by, together: the evaluator keeps all of
    /// them until its end.
    kept: usize,
    /// The longest string in the expressions since the last pattern was left.
    longest: usize,
    /// The longest value of a variable in any scope; one that is absent has a single unit. What
    /// an expression can see is assigned in a pattern that was left before.
    variables: HashMap<&'a Variable, usize>,
    steps: Vec<Step<'a>>,
    sizes: Vec<usize>,
}

impl<'a> Growth<'a> {
    fn enter_pattern(&mut self, pattern: &'a GraphPattern) {
        if let GraphPattern::Values { variables, bindings } = pattern {
            for row in bindings {
                for (variable, term) in variables.iter().zip(row) {
                    self.assign(variable, term.as_ref().map_or(1, size_of_term));
                }
            }
        }
        let (children, expressions) = parts(pattern);
        self.steps.push(Step::LeavePattern(pattern, expressions.len()));
        self.steps.extend(expressions.into_iter().rev().map(Step::Expression));
        self.steps.extend(children.into_iter().rev().map(Step::Pattern));
    }

    fn enter_expression(&mut self, expression: &'a Expression) {
        let operands = operands(expression);
        self.steps.push(Step::LeaveExpression(expression, operands.len()));
        if let Expression::Exists(pattern) = expression {
            self.steps.push(Step::Pattern(pattern));
        }
        self.steps.extend(operands.into_iter().rev().map(Step::Expression));
    }

    fn leave_pattern(&mut self, pattern: &'a GraphPattern, expressions: usize) -> Result<(), BoundsError> {
        let sizes = self.take(expressions);
        let while_computed = self.kept.saturating_add(self.longest);
        let place = match pattern {
            GraphPattern::Extend { variable, .. } => variable.to_string(),
            GraphPattern::Group { .. } => "an aggregate".to_owned(),
            GraphPattern::OrderBy { .. } => "ORDER BY".to_owned(),
            _ => "a FILTER".to_owned(),
        };
        match pattern {
            GraphPattern::Extend { variable, expression, .. } => {
                let size = sizes.first().copied().unwrap_or(1);
                self.assign(variable, size);
                // Another name for a value is no other value.
                if !operands(expression).is_empty() {
                    self.keep(size);
                }
            }
            GraphPattern::Group { aggregates, .. } => {
                let mut sizes = sizes.into_iter();
                for (variable, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { name, .. } = aggregate {
                        let size = size_of_aggregate(name, sizes.next().unwrap_or(1));
                        self.assign(variable, size);
                        self.keep(size);
                    }
                }
            }
            _ => {}
        }
        if self.kept.max(while_computed) > self.limit {
            return Err(BoundsError::GrowsTooMuch { place, limit: self.limit });
        }
        self.longest = 0;
        Ok(())
    }

    fn leave_expression(&mut self, expression: &'a Expression, operands: usize) {
        let sizes = self.take(operands);
        let size = match expression {
            Expression::NamedNode(iri) => units(iri.as_str().len()),
            Expression::Literal(literal) => size_of_literal(literal),
            Expression::Variable(variable) => self.variables.get(variable).copied().unwrap_or(1),
            Expression::If(..) => longest(sizes.get(1..).unwrap_or_default()),
            Expression::Coalesce(_) => longest(&sizes),
            Expression::FunctionCall(function, arguments) => {
                let size = self.size_of_call(function, arguments, &sizes);
                self.longest = self.longest.max(size);
                size
            }
            // Truth values, numbers, dates and durations.
            _ => 1,
        };
        self.sizes.push(size);
    }

    fn size_of_call(&self, function: &Function, arguments: &[Expression], sizes: &[usize]) -> usize {
        let first = sizes.first().copied().unwrap_or(1);
        match function {
            Function::SubStr | Function::StrBefore | Function::StrAfter => first,
            // The letters that grow most are `ΐ`, of two bytes, to six, and `Ⱥ`, of two, to three.
            Function::EncodeForUri | Function::UCase => first.saturating_mul(3),
            Function::LCase => first.saturating_mul(2),
            Function::Iri => first.saturating_add(self.base),
            Function::Replace => size_of_replacement(arguments, sizes),
            Function::LangMatches
            | Function::StrLen
            | Function::StrStarts
            | Function::StrEnds
            | Function::Contains
            | Function::Regex
            | Function::IsIri
            | Function::IsBlank
            | Function::IsLiteral
            | Function::IsNumeric
            | Function::Md5
            | Function::Sha1
            | Function::Sha256
            | Function::Sha384
            | Function::Sha512 => 1,
            // CONCAT, STRDT and STRLANG; no other makes more than its arguments.
            _ => sizes.iter().fold(0, |sum: usize, size| sum.saturating_add(*size)).max(1),
        }
    }

    fn assign(&mut self, variable: &'a Variable, size: usize) {
        let known = self.variables.entry(variable).or_insert(1);
        *known = size.max(*known);
    }

    /// Counts a new value for what it is more than an input.
    fn keep(&mut self, size: usize) {
        self.kept = self.kept.saturating_add(size.saturating_sub(1));
    }

    fn take(&mut self, count: usize) -> Vec<usize> {
        self.sizes.split_off(self.sizes.len().saturating_sub(count))
    }
}

fn size_of_aggregate(function: &AggregateFunction, member: usize) -> usize {
    match function {
        AggregateFunction::GroupConcat { separator } => {
            let separator = separator.as_ref().map_or(1, |separator| units(separator.len()));
            member.saturating_add(separator).saturating_mul(GROUP)
        }
        AggregateFunction::Custom(_) => member.saturating_mul(GROUP),
        AggregateFunction::Count | AggregateFunction::Sum | AggregateFunction::Avg => 1,
        AggregateFunction::Min | AggregateFunction::Max | AggregateFunction::Sample => member,
    }
}

/// REPLACE puts the replacement, in which `$1` may stand for all of the text, before each letter
/// if the pattern matches nothing: a replacement of n bytes makes a text n + 1 times as long.
fn size_of_replacement(arguments: &[Expression], sizes: &[usize]) -> usize {
    let [text, pattern, replacement, flags @ ..] = arguments else { return 1 };
    let [text_size, _, replacement_size, ..] = *sizes else { return 1 };
    let Expression::Literal(replacement) = replacement else {
        let places = match text {
            Expression::Literal(text) => text.value().len().saturating_add(1),
            _ => text_size.saturating_mul(UNIT).saturating_add(1),
        };
        return text_size.saturating_add(places.saturating_mul(replacement_size));
    };
    let replacement = replacement.value();
    if let (Expression::Literal(pattern), []) = (pattern, flags)
        && is_plain(pattern.value())
        && !replacement.contains('$')
    {
        return text_size.saturating_mul(replacement.len().div_ceil(pattern.value().len()).max(1));
    }
    if replacement.is_empty() {
        return text_size;
    }
    text_size.saturating_mul(replacement.len().saturating_add(1)).saturating_add(units(replacement.len()))
}

/// Whether a regular expression matches itself and nothing else.
fn is_plain(pattern: &str) -> bool {
    !pattern.is_empty() && !pattern.contains(['\\', '.', '^', '$', '|', '?', '*', '+', '(', ')', '[', ']', '{', '}'])
}

fn size_of_term(term: &GroundTerm) -> usize {
    match term {
        GroundTerm::NamedNode(iri) => units(iri.as_str().len()),
        GroundTerm::Literal(literal) => size_of_literal(literal),
    }
}

fn size_of_literal(literal: &Literal) -> usize {
    let language = literal.language().unwrap_or_default();
    units(literal.value().len() + literal.datatype().as_str().len() + language.len())
}

/// The units that `bytes` start, one at least.
fn units(bytes: usize) -> usize {
    bytes.div_ceil(UNIT).max(1)
}

fn longest(sizes: &[usize]) -> usize {
    sizes.iter().copied().max().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::{Bounds, BoundsError};
    use spargebra::SparqlParser;

    fn refused(growth: usize, text: &str) -> Option<BoundsError> {
        let query = SparqlParser::new().parse_query(text).unwrap();
        Bounds { growth, ..Bounds::default() }.check_algebra(&query).err()
    }

    #[test]
    fn the_message_names_the_place_the_limit_and_the_remedy() {
        for (text, place) in [
            ("SELECT * { ?s ?p ?o BIND(CONCAT(?o, ?o, ?o) AS ?thrice) }", "?thrice"),
            ("SELECT (GROUP_CONCAT(?o) AS ?all) { ?s ?p ?o }", "an aggregate"),
            ("SELECT * { ?s ?p ?o FILTER(STRLEN(CONCAT(?o, ?o, ?o)) > 9) }", "a FILTER"),
            ("SELECT * { ?s ?p ?o } ORDER BY CONCAT(?o, ?o, ?o)", "ORDER BY"),
        ] {
            let error = refused(2, text).unwrap();
            assert_eq!(error, BoundsError::GrowsTooMuch { place: place.to_owned(), limit: 2 });
            assert!(error.to_string().contains(&format!("for {place} ")), "{error}");
        }
    }
}
