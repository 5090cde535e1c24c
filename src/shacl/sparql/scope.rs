//! The scope of variables in EXISTS. A variable that the group of the filter does not know has no
//! value there, though another group may give one to a variable of that name. The engine sometimes
//! evaluates the one group with the values of the other, and then looks at that value; so here such
//! a variable gets a name of its own.

use crate::sparql::algebra::{operands_mut, own_variables, own_variables_mut, parts, parts_mut};
use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern};
use std::collections::HashSet;

type Variables = HashSet<Variable>;

/// Renames in each EXISTS the variables that are not in scope where it stands. `given` are the
/// variables that have a value everywhere.
pub(super) fn name_apart(pattern: &mut GraphPattern, given: &Variables) {
    in_pattern(pattern, given, given);
}

/// `around` are the variables whose values are put into the pattern, from outside an EXISTS.
fn in_pattern(pattern: &mut GraphPattern, around: &Variables, given: &Variables) {
    if let GraphPattern::Project { inner, variables } = pattern {
        let visible = around.iter().filter(|variable| given.contains(*variable) || variables.contains(variable));
        in_pattern(inner, &visible.cloned().collect(), given);
        return;
    }
    let mut scope = around.clone();
    for operand in parts(pattern).0 {
        scope.extend(bound_by(operand));
    }
    let (operands, expressions) = parts_mut(pattern);
    for operand in operands {
        in_pattern(operand, around, given);
    }
    for expression in expressions {
        in_expression(expression, &scope, given);
    }
}

fn in_expression(expression: &mut Expression, scope: &Variables, given: &Variables) {
    if let Expression::Exists(pattern) = expression {
        rename_in_pattern(pattern, scope);
        in_pattern(pattern, scope, given);
    }
    for operand in operands_mut(expression) {
        in_expression(operand, scope, given);
    }
}

/// The variables to which solutions of a pattern may give a value.
fn bound_by(pattern: &GraphPattern) -> Variables {
    let own = own_variables(pattern).into_iter().cloned();
    match pattern {
        GraphPattern::Project { .. } | GraphPattern::Group { .. } => own.collect(),
        _ => own.chain(parts(pattern).0.into_iter().flat_map(bound_by)).collect(),
    }
}

fn rename_in_pattern(pattern: &mut GraphPattern, scope: &Variables) {
    for variable in own_variables_mut(pattern) {
        rename(variable, scope);
    }
    let (operands, expressions) = parts_mut(pattern);
    for operand in operands {
        rename_in_pattern(operand, scope);
    }
    for expression in expressions {
        rename_in_expression(expression, scope);
    }
}

fn rename_in_expression(expression: &mut Expression, scope: &Variables) {
    match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => rename(variable, scope),
        Expression::Exists(pattern) => rename_in_pattern(pattern, scope),
        _ => {}
    }
    for operand in operands_mut(expression) {
        rename_in_expression(operand, scope);
    }
}

/// No query can have the new name, for the space in it.
fn rename(variable: &mut Variable, scope: &Variables) {
    if !scope.contains(variable) {
        *variable = Variable::new_unchecked(format!(" {}", variable.as_str()));
    }
}
