//! The parts of a query's algebra: for each operator its operands, its expressions and the
//! variables that it names itself, so that a walk need not know all operators
//! ([SPARQL 1.1, 18.2](https://www.w3.org/TR/sparql11-query/#sparqlQuery)).

use oxrdf::Variable;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

/// Writes one function for shared and one for exclusive references: match ergonomics make the
/// same text serve both, and two copies by hand would drift apart.
macro_rules! parts_of_patterns {
    ($(#[$doc:meta])* $name:ident $(, $exclusive:tt)?) => {
        $(#[$doc])*
        pub(crate) fn $name(
            pattern: &$($exclusive)? GraphPattern,
        ) -> (Vec<&$($exclusive)? GraphPattern>, Vec<&$($exclusive)? Expression>) {
            match pattern {
                GraphPattern::Bgp { .. }
                | GraphPattern::Path { .. }
                | GraphPattern::Values { .. } => (Vec::new(), Vec::new()),
                GraphPattern::Join { left, right }
                | GraphPattern::Lateral { left, right }
                | GraphPattern::Union { left, right }
                | GraphPattern::Minus { left, right } => (vec![left, right], Vec::new()),
                GraphPattern::LeftJoin { left, right, expression } => {
                    (vec![left, right], expression.into_iter().collect())
                }
                GraphPattern::Filter { expr, inner } => (vec![inner], vec![expr]),
                GraphPattern::Extend { inner, expression, .. } => (vec![inner], vec![expression]),
                GraphPattern::OrderBy { inner, expression } => {
                    let mut keys = Vec::new();
                    for key in expression {
                        let (OrderExpression::Asc(key) | OrderExpression::Desc(key)) = key;
                        keys.push(key);
                    }
                    (vec![inner], keys)
                }
                GraphPattern::Group { inner, aggregates, .. } => {
                    let mut arguments = Vec::new();
                    for (_, aggregate) in aggregates {
                        if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                            arguments.push(expr);
                        }
                    }
                    (vec![inner], arguments)
                }
                GraphPattern::Graph { inner, .. }
                | GraphPattern::Project { inner, .. }
                | GraphPattern::Distinct { inner }
                | GraphPattern::Reduced { inner }
                | GraphPattern::Slice { inner, .. }
                | GraphPattern::Service { inner, .. } => (vec![inner], Vec::new()),
            }
        }
    };
}

parts_of_patterns!(
    /// The operands of `pattern` and the expressions that it evaluates.
    parts
);
parts_of_patterns!(
    /// The operands of `pattern` and the expressions that it evaluates, to be changed in place.
    parts_mut,
    mut
);

/// Writes the operands of an expression, shared and exclusive, for the same reason.
macro_rules! operands_of_expressions {
    ($(#[$doc:meta])* $name:ident $(, $exclusive:tt)?) => {
        $(#[$doc])*
        pub(crate) fn $name(
            expression: &$($exclusive)? Expression,
        ) -> Vec<&$($exclusive)? Expression> {
            match expression {
                Expression::NamedNode(_)
                | Expression::Literal(_)
                | Expression::Variable(_)
                | Expression::Bound(_)
                | Expression::Exists(_) => Vec::new(),
                Expression::Or(a, b)
                | Expression::And(a, b)
                | Expression::Equal(a, b)
                | Expression::SameTerm(a, b)
                | Expression::Greater(a, b)
                | Expression::GreaterOrEqual(a, b)
                | Expression::Less(a, b)
                | Expression::LessOrEqual(a, b)
                | Expression::Add(a, b)
                | Expression::Subtract(a, b)
                | Expression::Multiply(a, b)
                | Expression::Divide(a, b) => vec![a, b],
                Expression::UnaryPlus(a) | Expression::UnaryMinus(a) | Expression::Not(a) => {
                    vec![a]
                }
                Expression::If(a, b, c) => vec![a, b, c],
                Expression::In(a, list) => {
                    let mut operands: Vec<&$($exclusive)? Expression> = vec![a];
                    operands.extend(list);
                    operands
                }
                Expression::Coalesce(list) | Expression::FunctionCall(_, list) => {
                    list.into_iter().collect()
                }
            }
        }
    };
}

operands_of_expressions!(
    /// The operands of `expression`; the pattern of an EXISTS is not one of them.
    operands
);
operands_of_expressions!(
    /// The operands of `expression`, to be changed in place.
    operands_mut,
    mut
);

/// Whether any operator or any expression of a pattern is one that is looked for, those inside an EXISTS too.
pub(crate) fn any(
    pattern: &GraphPattern,
    operator: impl Fn(&GraphPattern) -> bool,
    expression: impl Fn(&Expression) -> bool,
) -> bool {
    any_of(vec![pattern], Vec::new(), operator, expression)
}

/// The same of an expression and what is inside it.
pub(crate) fn any_in_expression(
    inside: &Expression,
    operator: impl Fn(&GraphPattern) -> bool,
    expression: impl Fn(&Expression) -> bool,
) -> bool {
    any_of(Vec::new(), vec![inside], operator, expression)
}

fn any_of<'a>(
    mut patterns: Vec<&'a GraphPattern>,
    mut expressions: Vec<&'a Expression>,
    is_operator: impl Fn(&GraphPattern) -> bool,
    is_expression: impl Fn(&Expression) -> bool,
) -> bool {
    loop {
        if let Some(expression) = expressions.pop() {
            if is_expression(expression) {
                return true;
            }
            if let Expression::Exists(pattern) = expression {
                patterns.push(pattern);
            }
            expressions.extend(operands(expression));
        } else if let Some(pattern) = patterns.pop() {
            if is_operator(pattern) {
                return true;
            }
            let (below, own) = parts(pattern);
            patterns.extend(below);
            expressions.extend(own);
        } else {
            return false;
        }
    }
}

/// Writes the variables of an operator, shared and exclusive, for the same reason.
macro_rules! variables_of_patterns {
    ($(#[$doc:meta])* $name:ident, $of_term:ident $(, $exclusive:tt)?) => {
        $(#[$doc])*
        pub(crate) fn $name(
            pattern: &$($exclusive)? GraphPattern,
        ) -> Vec<&$($exclusive)? Variable> {
            let mut found: Vec<&$($exclusive)? Variable> = Vec::new();
            match pattern {
                GraphPattern::Bgp { patterns } => {
                    for TriplePattern { subject, predicate, object } in patterns {
                        found.extend($of_term(subject));
                        if let NamedNodePattern::Variable(predicate) = predicate {
                            found.push(predicate);
                        }
                        found.extend($of_term(object));
                    }
                }
                GraphPattern::Path { subject, object, .. } => {
                    found.extend($of_term(subject));
                    found.extend($of_term(object));
                }
                GraphPattern::Graph { name, .. } | GraphPattern::Service { name, .. } => {
                    if let NamedNodePattern::Variable(name) = name {
                        found.push(name);
                    }
                }
                GraphPattern::Extend { variable, .. } => found.push(variable),
                GraphPattern::Values { variables, .. } | GraphPattern::Project { variables, .. } => {
                    found.extend(variables);
                }
                GraphPattern::Group { variables, aggregates, .. } => {
                    found.extend(variables);
                    for (variable, _) in aggregates {
                        found.push(variable);
                    }
                }
                GraphPattern::Join { .. }
                | GraphPattern::LeftJoin { .. }
                | GraphPattern::Lateral { .. }
                | GraphPattern::Filter { .. }
                | GraphPattern::Union { .. }
                | GraphPattern::Minus { .. }
                | GraphPattern::OrderBy { .. }
                | GraphPattern::Distinct { .. }
                | GraphPattern::Reduced { .. }
                | GraphPattern::Slice { .. } => {}
            }
            found
        }

        fn $of_term(term: &$($exclusive)? TermPattern) -> Option<&$($exclusive)? Variable> {
            match term {
                TermPattern::Variable(variable) => Some(variable),
                _ => None,
            }
        }
    };
}

variables_of_patterns!(
    /// The variables that the operator at the top of `pattern` names itself, outside its operands
    /// and its expressions, as often as it names them.
    own_variables,
    variable_of
);
variables_of_patterns!(
    /// The variables that the operator at the top of `pattern` names itself, to be changed in
    /// place.
    own_variables_mut,
    variable_of_mut,
    mut
);
