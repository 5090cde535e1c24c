//! Rewrites EXISTS and NOT EXISTS over several patterns, which spareval evaluates as a product of
//! the patterns once for each solution, to forms that it evaluates well.
//!
//! | form | when it is chosen | its cost |
//! |---|---|---|
//! | nested: `EXISTS { a FILTER EXISTS { b } }` | few solutions are tested, or a part of the graph is and every step goes from a bound subject | a few lookups for each solution |
//! | joined: MINUS, or a join with a DISTINCT projection on the shared variables | otherwise | all matches of the pattern, once |
//!
//! Measured on oxigraph's store in memory, in ms, for a service without a website
//! (`NOT EXISTS { ?s cv:hasChannel/dct:type <website> }`) among 11,000 and 110,000 services:
//!
//! | tested | as written | joined | nested | chosen |
//! |---|---|---|---|---|
//! | all services | 5,430, quadratic | 5.5, 130 | 31, 362 | joined |
//! | those of one town | - | 3.7, 84 | 0.07, 0.1 | nested |
//! | those of one status, 70 % | - | 5.6, 117 | 21, 269 | nested |
//! | all, by a pattern that fans out from each | - | 2.2, 42 | 11,000, - | joined |
//!
//! So the choice may cost a factor of four where an object has most of the graph, and avoids the
//! factors of a thousand. Where the data do not count, how many solutions are tested is read off the query ([`cost`]): few, where
//! a subject is given or a short VALUES list; a part, where an object is given other than a class,
//! or a LIMIT or ASK stops early. Where they do, a chain is nested if no more solutions are tested than the pattern has.
//! Both forms are used only where they are exact: [`alone`] gives the conditions for the
//! joined form, [`nest`](mod@nest) those for the nested one. A pattern that qualifies for neither stays as it
//! is, and so does one of a single triple pattern, which is one lookup already.
//!
//! A DISTINCT projection on exactly the shared variables, which both sides certainly bind, has at
//! most one row that agrees with a solution: the join neither multiplies nor extends solutions.
//!
//! EXISTS elsewhere than as a conjunct of a filter (in BIND, under `||`, in the condition of an
//! OPTIONAL) and EXISTS that is evaluated anew for each solution (inside EXISTS, LATERAL or
//! `GRAPH ?g`) are nested only. SERVICE is left to the other endpoint.
//!
//! The query must not be given values for its variables from outside afterwards
//! (`PreparedQuery::substitute_variable`): the conditions look at the query alone. The walk is
//! recursive: check the query against [`Bounds`](crate::sparql::Bounds) first.

mod alone;
mod cost;
#[cfg(test)]
mod differential;
pub(in crate::graph) mod fresh;
mod nest;
pub(in crate::graph) mod scope;
#[cfg(test)]
mod tests;

use crate::sparql::algebra::{operands, operands_mut, parts, parts_mut};
use alone::deciding_variables;
pub(super) use cost::Counts;
use cost::{Rows, counted};
use fresh::Fresh;
use nest::nest;
pub(super) use nest::{conjuncts, filtered, in_order};
use scope::{Scope, Variables, mentioned};
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::NamedNodePattern;

/// The same query with its EXISTS and NOT EXISTS in forms that are evaluated fast; its solutions
/// are the same, with the same multiplicities
/// ([SPARQL 1.1, 8.1](https://www.w3.org/TR/sparql11-query/#neg-pattern)).
///
/// The forms are chosen by what the data count, where they do.
pub(super) fn rewrite(mut query: Query, counts: Option<Counts<'_>>) -> Query {
    let (pattern, rows) = match &mut query {
        Query::Select { pattern, .. } | Query::Construct { pattern, .. } | Query::Describe { pattern, .. } => {
            (pattern, Rows::All)
        }
        // ASK stops at the first solution.
        Query::Ask { pattern, .. } => (pattern, Rows::Part),
    };
    rewrite_in(pattern, rows, counts);
    query
}

/// The same for the pattern of an update, all of whose solutions are wanted. The rewritten pattern may bind variables
/// that it did not name before.
pub(super) fn rewrite_pattern(pattern: &mut GraphPattern) {
    rewrite_in(pattern, Rows::All, None);
}

fn rewrite_in(pattern: &mut GraphPattern, rows: Rows, counts: Option<Counts<'_>>) {
    let has_path = has_path(pattern);
    let mut rewriter = Rewriter { fresh: Fresh::for_query(pattern), around: Variables::new(), has_path, counts };
    rewriter.pattern(pattern, Place { rows, evaluation: Evaluation::Once });
}

/// Where a pattern stands in its query.
#[derive(Clone, Copy)]
struct Place {
    /// How many of its solutions are wanted, as far as what surrounds it tells.
    rows: Rows,
    evaluation: Evaluation,
}

/// How often a pattern is evaluated.
#[derive(Clone, Copy, PartialEq)]
enum Evaluation {
    Once,
    /// Anew for each solution of something around it, whose values it sees.
    PerSolution,
}

impl Place {
    const PER_SOLUTION: Self = Self { rows: Rows::Few, evaluation: Evaluation::PerSolution };

    /// The place of something whose solutions are all wanted.
    fn whole(self) -> Self {
        Self { rows: Rows::All, ..self }
    }

    /// The place of `pattern`, which is joined with solutions as numerous as `rows`; a subquery is
    /// evaluated whole all the same.
    fn beside(self, pattern: &GraphPattern, rows: Rows) -> Self {
        match pattern {
            GraphPattern::Project { .. }
            | GraphPattern::Distinct { .. }
            | GraphPattern::Reduced { .. }
            | GraphPattern::Slice { .. }
            | GraphPattern::Group { .. } => self.whole(),
            _ => Self { rows: self.rows.max(rows), ..self },
        }
    }
}

/// What a conjunct demands of the pattern of its EXISTS.
#[derive(Clone, Copy)]
enum Demand {
    Match,
    NoMatch,
}

/// A pattern to keep the solutions that have, or have not, a match in its rows.
struct Decider {
    demand: Demand,
    rows: GraphPattern,
}

/// The solutions that a filter tests.
struct Tested {
    scope: Scope,
    rows: Rows,
    /// How many there are, where the data count and all of them are wanted.
    counted: Option<usize>,
    evaluation: Evaluation,
    has_path: bool,
}

impl Tested {
    /// The variables on which to join `body`, or nothing where only a test of each solution will
    /// do.
    ///
    /// A join with distinct rows may give the ends of a path of the query ([`Rewriter::has_path`]); MINUS is never reordered.
    fn deciding(&self, demand: Demand, body: &GraphPattern) -> Option<Variables> {
        let keeps_multiplicity = matches!(demand, Demand::NoMatch) || !self.has_path;
        let may_join = self.evaluation == Evaluation::Once && keeps_multiplicity && is_composite(body);
        may_join.then(|| deciding_variables(body, &self.scope)).flatten()
    }
}

struct Rewriter<'c> {
    fresh: Fresh,
    /// What the solutions around the pattern at hand may bind, when it is inside EXISTS.
    around: Variables,
    /// Whether the query has a path outside of EXISTS. spareval 0.2.9 finds a path with both ends given once, however often
    /// it matches, so nothing may have it plan other joins, which could give both ends of one.
    has_path: bool,
    counts: Option<Counts<'c>>,
}

impl Rewriter<'_> {
    fn pattern(&mut self, pattern: &mut GraphPattern, place: Place) {
        match pattern {
            GraphPattern::Service { .. } => {}
            GraphPattern::Filter { .. } => self.filter(pattern, place),
            GraphPattern::Join { left, right } => {
                let (left_rows, right_rows) = (Rows::of(left), Rows::of(right));
                let (left_place, right_place) = (place.beside(left, right_rows), place.beside(right, left_rows));
                self.pattern(left, left_place);
                self.pattern(right, right_place);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                let right_place = place.beside(right, Rows::of(left));
                if let Some(expression) = expression.as_mut().filter(|expression| has_exists(expression)) {
                    let (mut scope, mut optional) = (Scope::of(left), Scope::of(right));
                    scope.possible.append(&mut optional.possible);
                    scope.certain.append(&mut optional.certain);
                    self.expression(expression, &scope);
                }
                self.pattern(left, place);
                self.pattern(right, right_place);
            }
            GraphPattern::Lateral { left, right } => {
                self.pattern(left, place);
                let visible = &self.around | &Scope::of(left).possible;
                self.within(&visible, |rewriter| rewriter.pattern(right, Place::PER_SOLUTION));
            }
            GraphPattern::Minus { left, right } => {
                self.pattern(left, place);
                self.pattern(right, place.whole());
            }
            GraphPattern::Graph { name: NamedNodePattern::Variable(name), inner } => {
                let mut visible = self.around.clone();
                visible.insert(name.clone());
                self.within(&visible, |rewriter| rewriter.pattern(inner, Place::PER_SOLUTION));
            }
            GraphPattern::Slice { inner, length, .. } => {
                // A page is found by testing more solutions than it has, so never few.
                let page = length.map_or(Rows::All, Rows::of_length).min(Rows::Part);
                self.pattern(inner, Place { rows: place.rows.max(page), ..place });
            }
            GraphPattern::OrderBy { .. } | GraphPattern::Group { .. } => {
                self.parts(pattern, place.whole());
            }
            _ => self.parts(pattern, place),
        }
    }

    /// Rewrites the operands and the expressions of an operator that has one operand, or several
    /// of equal standing.
    fn parts(&mut self, pattern: &mut GraphPattern, place: Place) {
        let (children, expressions) = parts_mut(pattern);
        // A scope is costly to find for each of a long chain of BIND, and seldom needed.
        let needs_scope = expressions.iter().any(|expression| has_exists(expression));
        let mut scope = Scope::default();
        for child in children {
            if needs_scope {
                scope = Scope::of(child);
            }
            self.pattern(child, place);
        }
        for expression in expressions {
            self.expression(expression, &scope);
        }
    }

    fn filter(&mut self, pattern: &mut GraphPattern, place: Place) {
        let GraphPattern::Filter { expr, inner } = std::mem::take(pattern) else { return };
        let mut inner = *inner;
        if !has_exists(&expr) {
            self.pattern(&mut inner, place);
            *pattern = filtered(inner, vec![expr]);
            return;
        }
        let tested = Tested {
            scope: Scope::of(&inner),
            rows: place.rows.max(Rows::of(&inner)),
            counted: self.counts.filter(|_| place.rows == Rows::All).map(|counts| counted(&inner, counts)),
            evaluation: place.evaluation,
            has_path: self.has_path,
        };
        self.pattern(&mut inner, place);
        let mut kept = Vec::new();
        let mut deciders = Vec::new();
        for conjunct in conjuncts(expr) {
            match self.conjunct(conjunct, &tested) {
                Ok(decider) => deciders.push(decider),
                Err(expression) => kept.push(expression),
            }
        }
        *pattern = decided(inner, kept, deciders);
    }

    /// Either the joined form of a conjunct, or the conjunct itself with what it holds rewritten.
    fn conjunct(&mut self, mut conjunct: Expression, tested: &Tested) -> Result<Decider, Expression> {
        let Some((demand, body)) = existence(&conjunct) else {
            self.expression(&mut conjunct, &tested.scope);
            return Err(conjunct);
        };
        if let Some(shared) = tested.deciding(demand, body)
            && !self.is_better_nested(body, tested)
        {
            let rows = self.distinct_rows(body.clone(), shared);
            return Ok(Decider { demand, rows });
        }
        self.expression(&mut conjunct, &tested.scope);
        Err(conjunct)
    }

    fn is_better_nested(&mut self, body: &GraphPattern, tested: &Tested) -> bool {
        let rows = match (tested.counted, self.counts) {
            (Some(tested), Some(counts)) => Rows::of_counted(tested, counted(body, counts)),
            _ => tested.rows,
        };
        nest(body, &tested.scope, &mut self.fresh).is_some_and(|nested| match rows {
            Rows::Few => true,
            Rows::Part => nested.is_chain(),
            Rows::All => false,
        })
    }

    fn distinct_rows(&mut self, mut body: GraphPattern, shared: Variables) -> GraphPattern {
        // Blank nodes are local to the pattern of an EXISTS and would otherwise meet those of the
        // rest of the query.
        self.fresh.name_blank_nodes(&mut body);
        self.pattern(&mut body, Place { rows: Rows::All, evaluation: Evaluation::Once });
        let variables = shared.into_iter().collect();
        let projected = GraphPattern::Project { inner: Box::new(body), variables };
        GraphPattern::Distinct { inner: Box::new(projected) }
    }

    /// Nests each EXISTS in `expression`, which is evaluated over the solutions of `scope`.
    fn expression(&mut self, expression: &mut Expression, scope: &Scope) {
        if let Expression::Exists(body) = expression {
            self.body(body, scope);
            return;
        }
        for operand in operands_mut(expression) {
            self.expression(operand, scope);
        }
    }

    /// Nests the pattern of an EXISTS over the solutions of `scope`.
    fn body(&mut self, body: &mut GraphPattern, scope: &Scope) {
        let visible = &self.around | &scope.possible;
        self.fresh.name_locals(body, &visible);
        self.within(&visible, |rewriter| rewriter.pattern(body, Place::PER_SOLUTION));
        let is_always_bound = (&mentioned(body) & &visible).is_subset(&scope.certain);
        let seen = Scope { possible: visible, certain: scope.certain.clone() };
        let Some(nested) = nest(body, &seen, &mut self.fresh) else { return };
        // Once nested, sparopt 0.3.9 takes the filter's group for fit to be joined solution by
        // solution, and EXISTS would see the neighbours' values of a variable that its own
        // solution leaves unbound; and a path beside it the ends that others gave it. REDUCED changes
        // nothing in EXISTS and makes the group unfit.
        let may_be_fit = is_always_bound && !self.has_path;
        *body = if may_be_fit { nested.pattern } else { GraphPattern::Reduced { inner: Box::new(nested.pattern) } };
    }

    /// Does something where the solutions around bind `visible` variables.
    fn within(&mut self, visible: &Variables, action: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.around, visible.clone());
        action(self);
        self.around = outside;
    }
}

/// The demand and the pattern of a conjunct that is EXISTS or NOT EXISTS as a whole.
fn existence(conjunct: &Expression) -> Option<(Demand, &GraphPattern)> {
    match conjunct {
        Expression::Exists(body) => Some((Demand::Match, body)),
        Expression::Not(inner) => match inner.as_ref() {
            Expression::Exists(body) => Some((Demand::NoMatch, body)),
            _ => None,
        },
        _ => None,
    }
}

fn has_exists(expression: &Expression) -> bool {
    matches!(expression, Expression::Exists(_)) || operands(expression).into_iter().any(has_exists)
}

fn has_path(pattern: &GraphPattern) -> bool {
    matches!(pattern, GraphPattern::Path { .. }) || parts(pattern).0.into_iter().any(has_path)
}

/// Whether spareval would multiply patterns out to evaluate `body` for one solution.
fn is_composite(body: &GraphPattern) -> bool {
    match body {
        GraphPattern::Bgp { patterns } => patterns.len() > 1,
        GraphPattern::Join { .. } | GraphPattern::LeftJoin { .. } => true,
        GraphPattern::Union { left, right } => is_composite(left) || is_composite(right),
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } => is_composite(inner),
        _ => false,
    }
}

/// `inner` under the conditions that were kept and the patterns that decide. The joins stand
/// directly on `inner`, so that the engine orders them together with its patterns; MINUS stands
/// outside, where the engine moves the filters below it.
fn decided(inner: GraphPattern, kept: Vec<Expression>, deciders: Vec<Decider>) -> GraphPattern {
    let mut joined = inner;
    let mut removed = Vec::new();
    for Decider { demand, rows } in deciders {
        match demand {
            Demand::Match => {
                joined = GraphPattern::Join { left: Box::new(joined), right: Box::new(rows) };
            }
            Demand::NoMatch => removed.push(rows),
        }
    }
    removed.into_iter().fold(filtered(joined, kept), |left, right| GraphPattern::Minus {
        left: Box::new(left),
        right: Box::new(right),
    })
}
