//! Whether the pattern of an EXISTS may be evaluated once, on its own, instead of once for each
//! solution.

use super::scope::{Scope, Variables, certain, is_repeatable, matches_without_a_step, mentioned, mentioned_in};
use crate::sparql::algebra::own_variables;
use spargebra::algebra::{Expression, GraphPattern};

/// The variables on which the solutions of `pattern` decide `EXISTS { pattern }` for a solution of
/// `scope`, or nothing when they do not.
///
/// When they do, a solution passes EXISTS exactly if a solution of `pattern`, evaluated on its
/// own, agrees with it on the returned variables; each condition below is needed for that:
///
/// 1. At least one variable is shared: MINUS never removes a solution with which it shares none.
/// 2. Each shared variable is certainly bound in the solution: an unbound one is free in EXISTS,
///    agrees with everything in a join, and takes no part in MINUS.
/// 3. Each shared variable is certainly bound by `pattern`, in every branch of a union: a branch
///    that leaves all of them unbound satisfies EXISTS and yet removes nothing by MINUS.
/// 4. Putting the solution's values into `pattern` before evaluating it selects the same solutions
///    as evaluating it and comparing afterwards: see [`selects_alike`].
pub(super) fn deciding_variables(pattern: &GraphPattern, scope: &Scope) -> Option<Variables> {
    let shared = &mentioned(pattern) & &scope.possible;
    let is_decided = !shared.is_empty()
        && shared.is_subset(&scope.certain)
        && shared.is_subset(&certain(pattern))
        && selects_alike(pattern, &scope.possible);
    is_decided.then_some(shared)
}

/// Whether substituting values for `outer` variables in `pattern` and comparing with its solutions
/// afterwards select the same.
///
/// True of basic graph patterns, joins and unions of them. A filter, a BIND or an OPTIONAL may use
/// an outer variable only where its operand has certainly bound it, or else it would see a value in
/// the one form and nothing in the other. A path that can match without a step matches a term
/// outside the graph once the term is put in, so its ends may not be outer variables; nor may the
/// columns of VALUES or the target of a BIND, which cannot be replaced by a value. MINUS compares
/// domains, which substitution changes; subqueries hide variables; GRAPH and SERVICE ask elsewhere:
/// all these are refused.
fn selects_alike(pattern: &GraphPattern, outer: &Variables) -> bool {
    let uses = |variables: &Variables, bound: &Variables| (variables & outer).is_subset(bound);
    let sees = |expression: &Expression, bound: &Variables| {
        is_repeatable(expression) && uses(&mentioned_in(expression), bound)
    };
    match pattern {
        GraphPattern::Bgp { .. } => true,
        GraphPattern::Path { path, .. } => !matches_without_a_step(path) || names_none(pattern, outer),
        GraphPattern::Values { .. } => names_none(pattern, outer),
        GraphPattern::Join { left, right } | GraphPattern::Union { left, right } => {
            selects_alike(left, outer) && selects_alike(right, outer)
        }
        GraphPattern::Filter { expr, inner } => selects_alike(inner, outer) && sees(expr, &certain(inner)),
        GraphPattern::Extend { inner, expression, .. } => {
            names_none(pattern, outer) && selects_alike(inner, outer) && sees(expression, &certain(inner))
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            let bound = certain(left);
            selects_alike(left, outer)
                && selects_alike(right, outer)
                && uses(&mentioned(right), &bound)
                && expression.as_ref().is_none_or(|expression| sees(expression, &bound))
        }
        _ => false,
    }
}

fn names_none(pattern: &GraphPattern, outer: &Variables) -> bool {
    own_variables(pattern).into_iter().all(|variable| !outer.contains(variable))
}
