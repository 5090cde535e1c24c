//! What stands beside a SERVICE in its query, and the values that it leaves for the solutions of the other endpoint.
//!
//! A solution of a SERVICE counts only where it agrees with what it is joined with. So the values that the rest of the
//! query gives to the variables they share are found first and sent along (a bind join), and the endpoint need not
//! send what would be dropped. What is sent is a filter and nothing else, on these conditions:
//!
//! 1. The variables are certainly bound on both sides: an unbound one agrees with anything, and a value put in its place
//!    would be seen by what comes after. Nor are they the ends of a path that can match without a step: a term that the
//!    endpoint does not know would match itself once it is sent.
//! 2. The values are at least those of the rest: what another SERVICE, an OPTIONAL or a MINUS would take away may stay, and
//!    nothing counts that chance or a LIMIT chooses. A filter counts where it looks at variables alone that its own group
//!    certainly binds here.
//! 3. The rest is joined with the SERVICE: not where a subquery, an aggregate or GRAPH comes between them, whose
//!    solutions depend on all that is inside.
//! 4. In an OPTIONAL or a MINUS only its own left side counts: what is joined with the whole would make solutions that
//!    have no match where they had one.

use crate::graph::rewrite::scope::{
    Variables, certain, is_repeatable, makes_anew, matches_without_a_step, mentioned_in,
};
use crate::graph::rewrite::{conjuncts, filtered};
use crate::sparql::algebra::{any, operands, own_variables, parts, parts_mut};
use oxrdf::Variable;
use spargebra::algebra::{Expression, GraphPattern};

/// What a pattern is joined with, and the filters that its solutions must pass there.
#[derive(Clone, Default)]
pub(super) struct Beside {
    patterns: Vec<GraphPattern>,
    /// Each with the number of patterns that stand outside of its group, whose variables it does not see.
    filters: Vec<(Expression, usize)>,
}

impl Beside {
    /// The same, with one more pattern.
    fn and(&self, pattern: Option<GraphPattern>) -> Self {
        let mut more = self.clone();
        more.patterns.extend(pattern);
        more
    }

    /// Another pattern in the place of these, under those filters that it decides. What is joined with it later decides
    /// none: the filters see it only where it has a match.
    fn only(&self, pattern: Option<GraphPattern>) -> Self {
        let pattern = pattern.map(|pattern| {
            let known = certain(&pattern);
            let decided = self.filters.iter().filter(|(filter, _)| is_decided(filter, &known));
            filtered(pattern, decided.map(|(filter, _)| filter.clone()).collect())
        });
        Self { patterns: pattern.into_iter().collect(), filters: Vec::new() }
    }

    /// The same, under one more filter.
    fn under(&self, filter: &Expression) -> Self {
        let mut more = self.clone();
        more.filters.extend(conjuncts(filter.clone()).into_iter().map(|filter| (filter, self.patterns.len())));
        more
    }

    /// The distinct values, at most `limit`, that solutions of `service` must have in some of their variables; nothing
    /// where any may do.
    pub(super) fn values_for(&self, service: &GraphPattern, limit: usize) -> Option<(Vec<Variable>, GraphPattern)> {
        let bound = certain(service);
        let patterns: Vec<_> = self.patterns.iter().map(|pattern| (pattern, certain(pattern))).collect();
        let shares = |known: &Variables| !known.is_disjoint(&bound);
        let known_from = |first: usize| -> Variables {
            patterns
                .iter()
                .skip(first)
                .filter(|(_, known)| shares(known))
                .flat_map(|(_, known)| known.clone())
                .collect()
        };
        let joined = patterns.iter().filter(|(_, known)| shares(known)).map(|(pattern, _)| (*pattern).clone());
        let joined =
            joined.reduce(|left, right| GraphPattern::Join { left: Box::new(left), right: Box::new(right) })?;
        let known = known_from(0);
        let decided = self.filters.iter().filter(|(filter, outside)| is_decided(filter, &known_from(*outside)));
        let filters = decided.map(|(filter, _)| filter.clone()).collect();
        let ends = ends_of_stepless_paths(service);
        let variables: Vec<Variable> =
            known.intersection(&bound).filter(|variable| !ends.contains(variable)).cloned().collect();
        if variables.is_empty() {
            return None;
        }
        let inner = GraphPattern::Project { inner: Box::new(filtered(joined, filters)), variables: variables.clone() };
        let inner = GraphPattern::Distinct { inner: Box::new(inner) };
        Some((variables, GraphPattern::Slice { inner: Box::new(inner), start: 0, length: Some(limit) }))
    }
}

/// Whether a filter has the same value for every solution in which `known` variables have these values.
fn is_decided(filter: &Expression, known: &Variables) -> bool {
    is_repeatable(filter) && !has_exists(filter) && mentioned_in(filter).is_subset(known)
}

fn ends_of_stepless_paths(pattern: &GraphPattern) -> Variables {
    let mut ends = Variables::new();
    let mut rest = vec![pattern];
    while let Some(pattern) = rest.pop() {
        if matches!(pattern, GraphPattern::Path { path, .. } if matches_without_a_step(path)) {
            ends.extend(own_variables(pattern).into_iter().cloned());
        }
        rest.extend(parts(pattern).0);
    }
    ends
}

fn has_exists(filter: &Expression) -> bool {
    matches!(filter, Expression::Exists(_)) || operands(filter).into_iter().any(has_exists)
}

/// Calls `visit` for each SERVICE of a query's pattern that `is_elsewhere`, with what stands beside it. A SERVICE inside
/// another is part of that.
pub(super) fn each_beside(
    pattern: &mut GraphPattern,
    beside: &Beside,
    is_elsewhere: &impl Fn(&GraphPattern) -> bool,
    visit: &mut impl FnMut(&mut GraphPattern, &Beside),
) {
    if is_elsewhere(pattern) {
        visit(pattern, beside);
        return;
    }
    match pattern {
        GraphPattern::Join { left, right } => {
            let (around_right, around_left) = (beside.and(here(left)), beside.and(here(right)));
            each_beside(left, &around_left, is_elsewhere, visit);
            each_beside(right, &around_right, is_elsewhere, visit);
        }
        GraphPattern::LeftJoin { left, right, .. } | GraphPattern::Minus { left, right } => {
            let around_right = beside.only(here(left));
            each_beside(left, beside, is_elsewhere, visit);
            each_beside(right, &around_right, is_elsewhere, visit);
        }
        GraphPattern::Filter { expr, inner } => each_beside(inner, &beside.under(expr), is_elsewhere, visit),
        GraphPattern::Extend { inner, .. } => each_beside(inner, beside, is_elsewhere, visit),
        GraphPattern::Union { left, right } => {
            each_beside(left, beside, is_elsewhere, visit);
            each_beside(right, beside, is_elsewhere, visit);
        }
        GraphPattern::Service { .. } => {}
        other => {
            for child in parts_mut(other).0 {
                each_beside(child, &Beside::default(), is_elsewhere, visit);
            }
        }
    }
}

/// The part of a pattern that is evaluated here. In what it certainly binds it has at least the solutions of the whole.
fn here(pattern: &GraphPattern) -> Option<GraphPattern> {
    match pattern {
        // What an OPTIONAL adds is never certain.
        GraphPattern::LeftJoin { left, .. } => here(left),
        pattern if is_fixed(pattern) => Some(pattern.clone()),
        GraphPattern::Join { left, right } => match (here(left), here(right)) {
            (Some(left), Some(right)) => Some(GraphPattern::Join { left: Box::new(left), right: Box::new(right) }),
            (left, right) => left.or(right),
        },
        GraphPattern::Minus { left: inner, .. }
        | GraphPattern::Filter { inner, .. }
        | GraphPattern::Extend { inner, .. } => here(inner),
        _ => None,
    }
}

/// Whether a pattern has the same solutions each time it is evaluated on the same data: no chance, no choice of some of
/// them, and nobody else is asked.
fn is_fixed(pattern: &GraphPattern) -> bool {
    let chooses = |pattern: &GraphPattern| matches!(pattern, GraphPattern::Service { .. } | GraphPattern::Slice { .. });
    !any(pattern, chooses, makes_anew)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spargebra::{Query, SparqlParser};

    /// The query of the values of each SERVICE, as text; empty where there is none.
    fn values(text: &str) -> Vec<String> {
        let Query::Select { mut pattern, .. } = SparqlParser::new().parse_query(text).unwrap() else { panic!() };
        let mut found = Vec::new();
        let is_elsewhere = |pattern: &GraphPattern| matches!(pattern, GraphPattern::Service { .. });
        each_beside(&mut pattern, &Beside::default(), &is_elsewhere, &mut |service, beside| {
            let GraphPattern::Service { inner, .. } = service else { panic!() };
            let query = beside
                .values_for(inner, 9)
                .map(|(_, pattern)| Query::Select { dataset: None, pattern, base_iri: None }.to_string());
            found.push(query.unwrap_or_default());
        });
        found
    }

    #[test]
    fn the_rest_leaves_values_in_what_both_sides_certainly_bind() {
        let of_x = |rest: &str| format!("SELECT DISTINCT ?x WHERE {{ {rest} }} LIMIT 9");
        let triples = "?x <x:p> ?y .";
        for (text, expected) in [
            ("?x <x:p> ?y SERVICE <x:e> { ?x <x:q> ?z }", of_x(triples)),
            ("SERVICE <x:e> { ?x <x:q> ?z } ?x <x:p> ?y", of_x(triples)),
            ("?x <x:p> ?y OPTIONAL { ?x <x:o> ?o } SERVICE <x:e> { ?x <x:q> ?o }", of_x(triples)),
            ("?x <x:p> ?y OPTIONAL { SERVICE <x:e> { ?x <x:q> ?z } }", of_x(triples)),
            ("?x <x:p> ?y MINUS { SERVICE <x:e> { ?x <x:q> ?z } }", of_x(triples)),
            ("?x <x:p> ?y { SERVICE <x:e> { ?x <x:q> ?z } } UNION { ?x <x:r> ?z }", of_x(triples)),
            ("?x <x:p> ?y SERVICE <x:e> { ?z <x:q> ?u OPTIONAL { ?z <x:r> ?x } }", String::new()),
            ("?x <x:p> ?y MINUS { SERVICE <x:e> { ?x <x:q> ?z } FILTER(!BOUND(?y)) }", of_x(triples)),
            ("?x <x:p> ?y { SERVICE <x:e> { ?x <x:q> ?z } FILTER(!BOUND(?y)) }", of_x(triples)),
            ("?x <x:p> ?y FILTER(RAND() < 0.5) SERVICE <x:e> { ?x <x:q> ?z }", of_x(triples)),
            ("{ ?x <x:p> ?y FILTER(RAND() < 0.5) } SERVICE <x:e> { ?x <x:q> ?z }", of_x(triples)),
            ("{ SELECT ?x { ?x <x:p> ?y } LIMIT 3 } SERVICE <x:e> { ?x <x:q> ?z }", String::new()),
            ("?x <x:p> ?y SERVICE <x:e> { ?x <x:q>* ?z }", String::new()),
            ("?x <x:p> ?y { SELECT ?x { SERVICE <x:e> { ?x <x:q> ?z } } LIMIT 2 }", String::new()),
            ("?x <x:p> ?y GRAPH ?g { SERVICE <x:e> { ?x <x:q> ?z } }", String::new()),
            ("?x <x:p> ?y { ?x <x:r> ?u OPTIONAL { SERVICE <x:e> { ?y <x:q> ?z } } }", String::new()),
            (
                "?x <x:p> ?y FILTER(?y > 1) FILTER(?z > ?y) SERVICE <x:e> { ?x <x:q> ?z }",
                of_x("?x <x:p> ?y . FILTER((?y > 1))")
                    .replace("> 1", "> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>"),
            ),
        ] {
            let found = values(&format!("SELECT * {{ {text} }}"));
            let [found] = &found[..] else { panic!("{text}: {found:?}") };
            let same = |text: &str| SparqlParser::new().parse_query(text).map(|query| query.to_sse()).ok();
            assert_eq!(same(found), same(&expected), "{text}: {found}");
        }
    }

    #[test]
    fn a_filter_over_an_optional_says_nothing_of_what_is_inside_but_of_its_left_side() {
        let found = values(
            "SELECT * { ?x <x:p> ?y FILTER(!BOUND(?z)) FILTER(?y > 1) OPTIONAL { ?x <x:r> ?z SERVICE <x:e> { ?x <x:q> ?z } } }",
        );
        let [found] = &found[..] else { panic!("{found:?}") };
        assert!(!found.contains("BOUND") && found.contains("?y >"), "{found}");
    }

    #[test]
    fn of_two_services_each_gets_the_values_of_what_is_evaluated_here() {
        let found = values("SELECT * { ?x <x:p> ?y SERVICE <x:e> { ?x <x:q> ?z } SERVICE <x:f> { ?y <x:q> ?z } }");
        let [first, second] = &found[..] else { panic!("{found:?}") };
        assert!(first.contains("DISTINCT ?x") && second.contains("DISTINCT ?y"), "{found:?}");
        assert!(!found.concat().contains("SERVICE"), "{found:?}");
    }
}
