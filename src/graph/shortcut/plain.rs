//! Patterns that are a set of triple patterns under another spelling.
//!
//! Plain are basic graph patterns, joins of such, subqueries that only hide variables, aliases (`BIND(?a AS ?b)`,
//! `GROUP BY (?a AS ?b)`), constants (`BIND(<iri> AS ?a)`), and filters of three kinds:
//!
//! | filter | why it is exact |
//! |---|---|
//! | `?a = <iri>`, `sameTerm(?a, <iri>)` | no term but the IRI itself equals an IRI, so its value may be put in |
//! | `EXISTS { … }`, `NOT EXISTS { … }` over triple patterns | every solution binds all variables in scope, so putting its values in and looking for a match is what SPARQL says |
//!
//! Each is a conjunct, and its variables are bound by its own group: an unbound one would be an error, which the
//! engine shall find. A literal is equal to others that are written otherwise, so no literal is put in.
//! Every variable of a plain pattern is bound in each solution. Blank nodes are variables that nobody sees.

use super::counted::Counted;
use crate::graph::rewrite::conjuncts;
use crate::graph::rewrite::scope::{Scope, Variables};
use crate::snapshot::TermId;
use oxrdf::{BlankNode, NamedNode, TermRef, Variable};
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::collections::HashMap;

/// The number of a variable or of a blank node; its value stands at that place of a row.
pub(super) type Column = usize;

/// Subject, predicate or object of a triple pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A term of the query.
    Given(TermId),
    /// A term of the query that stands in no triple.
    Nowhere,
    /// A variable or a blank node.
    Column(Column),
}

/// An EXISTS or NOT EXISTS.
#[derive(Debug)]
pub(super) struct Test {
    /// Whether a match is demanded, or that there is none.
    pub(super) demands_match: bool,
    pub(super) triples: Vec<[Part; 3]>,
}

/// A plain pattern.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) triples: Vec<[Part; 3]>,
    pub(super) tests: Vec<Test>,
    /// Columns whose value the query gives.
    pub(super) given: Vec<(Column, TermId)>,
    /// How many columns there are.
    pub(super) width: usize,
    /// Whether it has no solution, because a term that it demands stands in no triple.
    pub(super) is_hopeless: bool,
    /// Whether two solutions may be the same in all variables that are seen.
    pub(super) hides: bool,
    columns: HashMap<Name, Column>,
}

impl Plain {
    /// Reads a pattern; `None` if it is not plain.
    pub(super) fn of(pattern: &GraphPattern, data: &impl Counted) -> Option<Self> {
        let mut reader = Reader { data, plain: Self::default(), scopes: OUTERMOST };
        reader.pattern(pattern, OUTERMOST)?;
        Some(reader.plain)
    }

    /// The column of a variable that is bound and seen outside the pattern.
    pub(super) fn column(&self, variable: &Variable) -> Option<Column> {
        let column = *self.columns.get(&Name::Variable(OUTERMOST, variable.clone()))?;
        let is_bound = self.triples.iter().flatten().any(|part| *part == Part::Column(column))
            || self.given.iter().any(|(given, _)| *given == column);
        is_bound.then_some(column)
    }
}

/// The scope of the names that are seen outside. A subquery has its own, and so has an EXISTS.
const OUTERMOST: usize = 0;

#[derive(Debug, PartialEq, Eq, Hash)]
enum Name {
    Variable(usize, Variable),
    BlankNode(usize, BlankNode),
}

struct Reader<'d, D> {
    data: &'d D,
    plain: Plain,
    /// The last scope that was opened.
    scopes: usize,
}

impl<D: Counted> Reader<'_, D> {
    fn pattern(&mut self, pattern: &GraphPattern, scope: usize) -> Option<()> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    let parts = self.triple(triple, |_| scope, OUTERMOST);
                    self.plain.is_hopeless |= is_nowhere(&parts);
                    self.plain.triples.push(parts);
                }
                Some(())
            }
            GraphPattern::Join { left, right } => {
                self.pattern(left, scope)?;
                self.pattern(right, scope)
            }
            GraphPattern::Project { inner, variables } => self.subquery(inner, variables, scope),
            GraphPattern::Filter { expr, inner } => {
                self.pattern(inner, scope)?;
                let seen = Scope::of(inner);
                conjuncts(expr.clone()).iter().try_for_each(|conjunct| self.condition(conjunct, &seen, scope))
            }
            GraphPattern::Extend { inner, variable, expression } => {
                self.pattern(inner, scope)?;
                self.bind(inner, variable, expression, scope)
            }
            _ => None,
        }
    }

    /// A subquery: what it does not select is another variable than one of the same name outside.
    fn subquery(&mut self, inner: &GraphPattern, variables: &[Variable], scope: usize) -> Option<()> {
        self.plain.hides = true;
        let inside = self.open_scope();
        for variable in variables {
            let column = self.column(Name::Variable(scope, variable.clone()));
            self.plain.columns.insert(Name::Variable(inside, variable.clone()), column);
        }
        self.pattern(inner, inside)
    }

    fn bind(&mut self, inner: &GraphPattern, variable: &Variable, expression: &Expression, scope: usize) -> Option<()> {
        let name = Name::Variable(scope, variable.clone());
        match expression {
            // An IRI that is in no triple has no number, and yet it is a value.
            Expression::NamedNode(iri) if self.data.id(iri.as_ref().into()).is_some() => {
                let column = self.column(name);
                self.give(column, iri);
                Some(())
            }
            // Where the name is in use already, the alias would have to be joined with it.
            Expression::Variable(source)
                if !self.plain.columns.contains_key(&name) && Scope::of(inner).certain.contains(source) =>
            {
                let column = self.column(Name::Variable(scope, source.clone()));
                self.plain.columns.insert(name, column);
                Some(())
            }
            _ => None,
        }
    }

    /// Takes up one conjunct of a filter over solutions that bind what is `seen`.
    fn condition(&mut self, conjunct: &Expression, seen: &Scope, scope: usize) -> Option<()> {
        match conjunct {
            Expression::Exists(body) => self.test(body, true, seen, scope),
            Expression::Not(negated) => match negated.as_ref() {
                Expression::Exists(body) => self.test(body, false, seen, scope),
                _ => None,
            },
            Expression::Equal(a, b) | Expression::SameTerm(a, b) => match (a.as_ref(), b.as_ref()) {
                (Expression::Variable(variable), Expression::NamedNode(iri))
                | (Expression::NamedNode(iri), Expression::Variable(variable))
                    if seen.certain.contains(variable) =>
                {
                    let column = self.column(Name::Variable(scope, variable.clone()));
                    self.give(column, iri);
                    Some(())
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Takes up an EXISTS: the variables that its solution binds are those outside, all others are its own.
    fn test(&mut self, body: &GraphPattern, demands_match: bool, seen: &Scope, scope: usize) -> Option<()> {
        let own = self.open_scope();
        let place = |certain: &Variables, variable: &Variable| if certain.contains(variable) { scope } else { own };
        let mut test = Test { demands_match, triples: Vec::new() };
        for triple in triple_patterns(body)? {
            let parts = self.triple(triple, |variable| place(&seen.certain, variable), own);
            test.triples.push(parts);
        }
        match (test.triples.iter().any(is_nowhere), demands_match) {
            (false, _) => self.plain.tests.push(test),
            (true, true) => self.plain.is_hopeless = true,
            (true, false) => {}
        }
        Some(())
    }

    /// The parts of a triple pattern.
    fn triple(&mut self, triple: &TriplePattern, scope: impl Fn(&Variable) -> usize, blank_scope: usize) -> [Part; 3] {
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(iri) => self.given(iri.as_ref().into()),
            NamedNodePattern::Variable(variable) => {
                Part::Column(self.column(Name::Variable(scope(variable), variable.clone())))
            }
        };
        let mut end = |term: &TermPattern| match term {
            TermPattern::NamedNode(iri) => self.given(iri.as_ref().into()),
            TermPattern::Literal(literal) => self.given(literal.as_ref().into()),
            TermPattern::BlankNode(node) => {
                self.plain.hides = true;
                Part::Column(self.column(Name::BlankNode(blank_scope, node.clone())))
            }
            TermPattern::Variable(variable) => {
                Part::Column(self.column(Name::Variable(scope(variable), variable.clone())))
            }
        };
        [end(&triple.subject), predicate, end(&triple.object)]
    }

    fn given(&self, term: TermRef<'_>) -> Part {
        self.data.id(term).map_or(Part::Nowhere, Part::Given)
    }

    /// Gives a column its value.
    fn give(&mut self, column: Column, iri: &NamedNode) {
        match self.data.id(iri.as_ref().into()) {
            Some(id) if self.plain.given.iter().all(|(other, value)| *other != column || *value == id) => {
                self.plain.given.push((column, id));
            }
            _ => self.plain.is_hopeless = true,
        }
    }

    fn column(&mut self, name: Name) -> Column {
        let Plain { columns, width, .. } = &mut self.plain;
        *columns.entry(name).or_insert_with(|| {
            *width += 1;
            *width - 1
        })
    }

    fn open_scope(&mut self) -> usize {
        self.scopes += 1;
        self.scopes
    }
}

/// Whether a triple pattern has a term that stands in no triple.
fn is_nowhere(parts: &[Part; 3]) -> bool {
    parts.contains(&Part::Nowhere)
}

/// The triple patterns of a pattern that has nothing else.
fn triple_patterns(pattern: &GraphPattern) -> Option<Vec<&TriplePattern>> {
    match pattern {
        GraphPattern::Bgp { patterns } => Some(patterns.iter().collect()),
        GraphPattern::Join { left, right } => {
            let mut all = triple_patterns(left)?;
            all.extend(triple_patterns(right)?);
            Some(all)
        }
        _ => None,
    }
}
