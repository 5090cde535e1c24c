//! Pre-binding: what a query asks, asked for many rows of given values at once.
//!
//! SHACL defines pre-binding as substitution: a given variable has its value everywhere in the
//! query ([appendix A](https://www.w3.org/TR/shacl/#pre-binding)). A query with constants in place
//! of variables would have to be planned again for each focus node, and could not name a blank
//! node, which in a query is a variable. So the query `Q` becomes
//!
//! ```text
//! Project(row …, Lateral(Values, Q))
//! ```
//!
//! where `Values` are patterns that [`dataset`](super::dataset) answers from a table of the given
//! values, and Lateral evaluates `Q` once for each of their solutions, with the solution put in.
//! The engine hands what is put in to every operand, also into EXISTS, OPTIONAL and UNION, and into
//! subqueries for the variables that they return; the others are added to what they return, and to
//! what they group by, which changes nothing since each has one value within an evaluation of `Q`.
//! So each row has the solutions that the query has with its values substituted, aggregates and
//! LIMIT included, and the query is planned once.
//!
//! Joins of triple patterns and paths are put in order here, starting from what is given, as chains
//! of Lateral: each step looks up what the steps before it have bound. The engine's own planner
//! does not look into EXISTS, and multiplies patterns that share no variable without reading
//! anything, which no deadline could interrupt. Joins with OPTIONAL or a subquery are left to the
//! engine: those that share no variable beside the given ones are still such products.

use super::query::{Form, Part, Query, selected, walk};
use super::scope::name_apart;
use crate::sparql::algebra::{operands, operands_mut, own_variables, parts_mut};
use oxrdf::{NamedNode, Variable};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashSet;

/// The table of given values, as the subject of its rows. No query and no data can have it, for
/// the space is not allowed in IRIs; so it is with the other two.
pub(super) const TABLE: &str = "table of given values";
/// The predicate from the table to its rows.
pub(super) const ROW: &str = "row of the table";
/// The start of the predicates from a row to the value in a column, and from the table to a value
/// that all rows share; the column's name follows.
pub(super) const COLUMN: &str = "column of the table ";

/// The predicate from the table to itself. Reading it finds one triple and binds nothing, but it is counted, and
/// finds nothing once the query must end.
pub(super) const ITSELF: &str = "the table itself";
/// The variable of the row; no query can have it.
pub(super) const ROW_VARIABLE: &str = " row";

/// The query over a table that gives values to `columns`, one for each row, and to `shared`, one
/// for all rows.
pub(super) fn prebind(query: &Query, columns: &[&str], shared: &[&str]) -> spargebra::Query {
    let mentioned = |names: &[&str]| -> Vec<Variable> {
        names.iter().filter(|name| query.mentions(name)).map(|name| Variable::new_unchecked(*name)).collect()
    };
    let (columns, shared) = (mentioned(columns), mentioned(shared));
    let row = Variable::new_unchecked(ROW_VARIABLE);
    let mut values = single(table_pattern(NamedNode::new_unchecked(TABLE), ROW, &row));
    for variable in &shared {
        values = lateral(values, single(cell(NamedNode::new_unchecked(TABLE), variable)));
    }
    for variable in &columns {
        values = lateral(values, single(cell(row.clone(), variable)));
    }
    let given = Given { variables: columns.into_iter().chain(shared).collect() };
    let mut asked = query.pattern().clone();
    name_apart(&mut asked, &given.variables.iter().cloned().collect());
    given.rewrite(&mut asked, &given.known());
    let mut returned = vec![row];
    match query.form() {
        Form::Select => returned.extend(selected(query.pattern()).unwrap_or_default().iter().cloned()),
        Form::Ask => asked = GraphPattern::Slice { inner: Box::new(asked), start: 0, length: Some(1) },
    }
    spargebra::Query::Select {
        dataset: None,
        pattern: GraphPattern::Project { inner: Box::new(lateral(values, asked)), variables: returned },
        base_iri: query.algebra().base_iri().cloned(),
    }
}

fn cell(subject: impl Into<TermPattern>, variable: &Variable) -> TriplePattern {
    table_pattern(subject, format!("{COLUMN}{}", variable.as_str()), variable)
}

fn table_pattern(subject: impl Into<TermPattern>, predicate: impl Into<String>, value: &Variable) -> TriplePattern {
    TriplePattern {
        subject: subject.into(),
        predicate: NamedNode::new_unchecked(predicate).into(),
        object: value.clone().into(),
    }
}

fn single(pattern: TriplePattern) -> GraphPattern {
    GraphPattern::Bgp { patterns: vec![pattern] }
}

fn lateral(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    GraphPattern::Lateral { left: Box::new(left), right: Box::new(right) }
}

/// A pattern each of whose solutions is counted as a read.
fn counted(pattern: GraphPattern) -> GraphPattern {
    let table = NamedNode::new_unchecked(TABLE);
    let itself = TriplePattern {
        subject: table.clone().into(),
        predicate: NamedNode::new_unchecked(ITSELF).into(),
        object: table.into(),
    };
    lateral(pattern, single(itself))
}

/// A join that the engine makes from all solutions of both sides. It reads nothing while it does, so what goes in and
/// what comes out is counted: nothing else could end it.
fn counted_join(left: GraphPattern, right: GraphPattern) -> GraphPattern {
    counted(GraphPattern::Join { left: Box::new(counted(left)), right: Box::new(counted(right)) })
}

/// What is bound before a pattern is evaluated, as far as known: it decides the order of joins and
/// nothing else. Blank nodes are variables here.
type Known = HashSet<TermPattern>;

/// The variables that are given values.
struct Given {
    variables: Vec<Variable>,
}

impl Given {
    fn known(&self) -> Known {
        self.variables.iter().cloned().map(TermPattern::from).collect()
    }

    fn rewrite(&self, pattern: &mut GraphPattern, known: &Known) {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Join { .. } => {
                let joined = std::mem::take(pattern);
                *pattern = self.join(joined, known);
            }
            GraphPattern::Project { inner, variables } => {
                variables.extend(self.missing(variables));
                self.rewrite(inner, &self.known());
            }
            GraphPattern::Group { variables, .. } => {
                // Without a key there is one group, even of nothing, and there is none to add.
                if !variables.is_empty() {
                    variables.extend(self.missing(variables));
                }
                self.rewrite_parts(pattern, known);
            }
            GraphPattern::LeftJoin { .. } => {
                self.rewrite_parts(pattern, known);
                *pattern = counted(std::mem::take(pattern));
            }
            _ => self.rewrite_parts(pattern, known),
        }
    }

    fn missing(&self, variables: &[Variable]) -> Vec<Variable> {
        self.variables.iter().filter(|variable| !variables.contains(variable)).cloned().collect()
    }

    fn rewrite_parts(&self, pattern: &mut GraphPattern, known: &Known) {
        let (patterns, expressions) = parts_mut(pattern);
        let mut inside = known.clone();
        for pattern in patterns {
            self.rewrite(pattern, &inside);
            inside.extend(variables_in(pattern));
        }
        for expression in expressions {
            self.rewrite_expression(expression, &inside);
        }
    }

    fn rewrite_expression(&self, expression: &mut Expression, known: &Known) {
        if let Expression::Exists(pattern) = expression {
            self.rewrite(pattern, known);
        }
        for operand in operands_mut(expression) {
            self.rewrite_expression(operand, known);
        }
    }

    /// A join with its triple patterns and paths first, in the order of a chain.
    fn join(&self, joined: GraphPattern, known: &Known) -> GraphPattern {
        let (mut steps, mut others) = (Vec::new(), Vec::new());
        take_apart(joined, &mut steps, &mut others);
        let mut known = known.clone();
        let mut chain = in_order(steps, &mut known).into_iter().reduce(lateral);
        for mut other in others {
            self.rewrite(&mut other, &known);
            known.extend(variables_in(&other));
            chain = Some(match chain {
                None => other,
                Some(before) if self.can_follow(&other) => lateral(before, other),
                Some(before) => counted_join(before, other),
            });
        }
        chain.unwrap_or_default()
    }

    /// Whether a pattern has the same solutions with the values of another pattern put in as joined
    /// to it afterwards: nothing in it may look at a variable that it does not bind itself.
    fn can_follow(&self, pattern: &GraphPattern) -> bool {
        match pattern {
            GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => true,
            GraphPattern::Lateral { left, right } | GraphPattern::Union { left, right } => {
                self.can_follow(left) && self.can_follow(right)
            }
            GraphPattern::Filter { expr, inner } => {
                self.can_follow(inner) && self.looks_only_at(expr, &certainly_bound(inner))
            }
            _ => false,
        }
    }

    fn looks_only_at(&self, expression: &Expression, bound: &Known) -> bool {
        let is_known = |variable: &Variable| {
            self.variables.contains(variable) || bound.contains(&TermPattern::from(variable.clone()))
        };
        match expression {
            Expression::Exists(_) => false,
            Expression::Variable(variable) | Expression::Bound(variable) => is_known(variable),
            _ => operands(expression).into_iter().all(|operand| self.looks_only_at(operand, bound)),
        }
    }
}

/// The variables that every solution of a chain binds.
fn certainly_bound(pattern: &GraphPattern) -> Known {
    match pattern {
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } => variables_in(pattern),
        GraphPattern::Lateral { left, right } => &certainly_bound(left) | &certainly_bound(right),
        GraphPattern::Filter { inner, .. } => certainly_bound(inner),
        _ => Known::new(),
    }
}

fn take_apart(pattern: GraphPattern, steps: &mut Vec<GraphPattern>, others: &mut Vec<GraphPattern>) {
    match pattern {
        GraphPattern::Bgp { patterns } => steps.extend(patterns.into_iter().map(single)),
        GraphPattern::Path { .. } => steps.push(pattern),
        GraphPattern::Join { left, right } => {
            take_apart(*left, steps, others);
            take_apart(*right, steps, others);
        }
        other => others.push(other),
    }
}

/// The steps, each time the one that reads least next.
fn in_order(mut steps: Vec<GraphPattern>, known: &mut Known) -> Vec<GraphPattern> {
    let mut ordered = Vec::with_capacity(steps.len());
    while let Some((next, _)) = steps.iter().enumerate().min_by_key(|(_, step)| reads(step, known)) {
        let step = steps.remove(next);
        known.extend(variables_in(&step));
        ordered.push(step);
    }
    ordered
}

/// How many triples a step reads, roughly.
fn reads(step: &GraphPattern, known: &Known) -> u64 {
    let is_known = |term: &TermPattern| match term {
        TermPattern::Variable(_) | TermPattern::BlankNode(_) => known.contains(term),
        _ => true,
    };
    match step {
        GraphPattern::Bgp { patterns } => patterns
            .iter()
            .map(|TriplePattern { subject, predicate, object }| {
                let predicate = match predicate {
                    NamedNodePattern::Variable(predicate) => known.contains(&TermPattern::from(predicate.clone())),
                    NamedNodePattern::NamedNode(_) => true,
                };
                reads_of_triple(is_known(subject), predicate, is_known(object))
            })
            .sum(),
        GraphPattern::Path { subject, path, object } => reads_of_path(path, is_known(subject), is_known(object)),
        _ => u64::MAX,
    }
}

fn reads_of_triple(subject: bool, predicate: bool, object: bool) -> u64 {
    match (subject, predicate, object) {
        (true, true, true) => 1,
        (true, false, true) => 2,
        (true, true, false) => 10,
        (true, false, false) => 100,
        (false, true, true) => 1_000,
        (false, false, true) => 10_000,
        (false, true, false) => 1_000_000,
        (false, false, false) => 100_000_000,
    }
}

fn reads_of_path(path: &PropertyPathExpression, start: bool, end: bool) -> u64 {
    let repeats = matches!(path, PropertyPathExpression::ZeroOrMore(_) | PropertyPathExpression::OneOrMore(_));
    match (start, end) {
        (true, true) => 20,
        (true, false) | (false, true) if repeats => 5_000,
        (true, false) => 50,
        (false, true) => 2_000,
        (false, false) => 1_000_000_000,
    }
}

/// The variables and blank nodes that a pattern names outside expressions.
fn variables_in(pattern: &GraphPattern) -> Known {
    let mut found = Known::new();
    walk(pattern, |part| {
        let Part::Pattern(pattern) = part else { return };
        found.extend(own_variables(pattern).into_iter().cloned().map(TermPattern::from));
        match pattern {
            GraphPattern::Bgp { patterns } => {
                found.extend(patterns.iter().flat_map(|triple| [&triple.subject, &triple.object]).filter_map(blank));
            }
            GraphPattern::Path { subject, object, .. } => found.extend([subject, object].into_iter().filter_map(blank)),
            _ => {}
        }
    });
    found
}

fn blank(term: &TermPattern) -> Option<TermPattern> {
    matches!(term, TermPattern::BlankNode(_)).then(|| term.clone())
}
