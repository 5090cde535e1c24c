//! The dependencies of a query's patterns, found from the outside inwards.

use super::way::{Ways, at, depend, follow, matches_without_a_triple};
use super::{Dependency, Direction, End, Step};
use crate::sparql::algebra::{operands, parts};
use oxrdf::{NamedNode, Variable};
use spargebra::algebra::{Expression, GraphPattern, PropertyPathExpression as Path};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};
use std::borrow::Cow;
use std::collections::HashMap;

/// The nodes of a solution that ways lead to: variables, blank nodes and constants.
type Reached = HashMap<TermPattern, Ways>;

/// See [`super::dependencies`].
pub(super) fn dependencies(pattern: &GraphPattern, roots: &[(&str, Ways)]) -> Option<Vec<Dependency>> {
    let given: Reached =
        roots.iter().map(|(name, ways)| (Variable::new_unchecked(*name).into(), ways.clone())).collect();
    let context = Context { fixed: given.clone(), reached: given.clone() };
    let mut analysis = Analysis { given, found: Vec::new() };
    analysis.pattern(pattern, &context)?;
    Some(analysis.found)
}

struct Analysis {
    /// The variables that are given from outside, which mean the same everywhere.
    given: Reached,
    found: Vec<Dependency>,
}

/// What is known of the solutions that a pattern's solutions are part of.
struct Context {
    /// What is put into the pattern: given variables and, in EXISTS, those of the solution tested.
    fixed: Reached,
    /// That and what a solution around the pattern reaches.
    reached: Reached,
}

/// What every solution of a pattern matches.
#[derive(Default)]
struct Certain<'a> {
    /// Triple patterns and paths.
    links: Vec<Link<'a>>,
    /// What is reached inside a subquery, where other variables are hidden.
    reached: Reached,
}

/// A triple pattern with a constant predicate, or a path.
struct Link<'a> {
    subject: &'a TermPattern,
    path: Cow<'a, Path>,
    object: &'a TermPattern,
}

impl Certain<'_> {
    fn extend(&mut self, other: Self) {
        self.links.extend(other.links);
        for (term, ways) in other.reached {
            self.reached.entry(term).or_insert(ways);
        }
    }

    fn binds(&self, term: &TermPattern) -> bool {
        self.reached.contains_key(term) || self.links.iter().any(|link| link.subject == term || link.object == term)
    }
}

impl Context {
    /// The context of a pattern that is matched with the solutions of another, which binds what is
    /// `certain`. What a solution around the other reaches beside that is not agreed on.
    fn beside(&self, certain: &Certain<'_>) -> Self {
        let mut reached = self.reached.clone();
        reached.retain(|term, _| !is_variable(term) || self.fixed.contains_key(term) || certain.binds(term));
        Self { fixed: self.fixed.clone(), reached }
    }
}

impl Analysis {
    /// Finds the dependencies of a pattern; nothing if one cannot be told.
    fn pattern(&mut self, pattern: &GraphPattern, around: &Context) -> Option<()> {
        match pattern {
            GraphPattern::Graph { .. } => return Some(()),
            GraphPattern::Project { variables, .. } | GraphPattern::Group { variables, .. } => {
                return self.parts(pattern, &self.visible(around, variables));
            }
            // Another solution may take a place, also one that agrees with nothing around.
            GraphPattern::Slice { .. } => {
                let context = Context { fixed: around.fixed.clone(), reached: around.fixed.clone() };
                return self.parts(pattern, &context);
            }
            _ => {}
        }
        let certain = self.certain(pattern);
        let context = Context { fixed: around.fixed.clone(), reached: self.extended(&around.reached, &certain) };
        match pattern {
            GraphPattern::Bgp { patterns } => {
                patterns.iter().try_for_each(|triple| self.triple(triple, &context.reached))
            }
            GraphPattern::Path { subject, path, object } => self.path(subject, path, object, &context.reached),
            GraphPattern::LeftJoin { left, right, .. } => {
                self.pattern(left, &context)?;
                let certain = self.certain(left);
                self.pattern(right, &context.beside(&certain))?;
                self.expressions(pattern, &context)
            }
            // A pre-bound query has none of these.
            GraphPattern::Minus { .. } | GraphPattern::Values { .. } | GraphPattern::Service { .. } => None,
            _ => self.parts(pattern, &context),
        }
    }

    fn parts(&mut self, pattern: &GraphPattern, context: &Context) -> Option<()> {
        parts(pattern).0.into_iter().try_for_each(|operand| self.pattern(operand, context))?;
        self.expressions(pattern, context)
    }

    /// The patterns in the expressions of a pattern, into which the solutions of its operands are
    /// put.
    fn expressions(&mut self, pattern: &GraphPattern, context: &Context) -> Option<()> {
        let (operands, expressions) = parts(pattern);
        let mut certain = Certain::default();
        for operand in operands {
            certain.extend(self.certain(operand));
        }
        let reached = self.extended(&context.reached, &certain);
        let tested = Context { fixed: context.fixed.clone(), reached }.beside(&certain);
        let context = Context { fixed: tested.reached.clone(), reached: tested.reached };
        expressions.into_iter().try_for_each(|expression| self.expression(expression, &context))
    }

    fn expression(&mut self, expression: &Expression, context: &Context) -> Option<()> {
        if let Expression::Exists(pattern) = expression {
            self.pattern(pattern, context)?;
        }
        operands(expression).into_iter().try_for_each(|operand| self.expression(operand, context))
    }

    fn triple(&mut self, triple: &TriplePattern, reached: &Reached) -> Option<()> {
        let predicate = match &triple.predicate {
            NamedNodePattern::NamedNode(predicate) => Some(predicate),
            NamedNodePattern::Variable(_) => None,
        };
        let (ways, direction) = nearest(&triple.subject, &triple.object, reached)?;
        self.found.extend(at(ways, predicate, direction.entry()));
        Some(())
    }

    fn path(&mut self, subject: &TermPattern, path: &Path, object: &TermPattern, reached: &Reached) -> Option<()> {
        let (ways, direction) = nearest(subject, object, reached)?;
        depend(path, ways, direction, &mut self.found)?;
        // Without a triple a path matches a node of the data, which the focus node is as long as any
        // triple mentions it; there is nothing to add where another pattern asks for such a triple.
        if matches_without_a_triple(path) && ways.iter().any(|way| may_be_empty(way)) && !mentions_focus_node(reached) {
            self.found.extend(at(ways, None, End::Subject).chain(at(ways, None, End::Object)));
        }
        Some(())
    }

    /// The context of a subquery that returns `variables`.
    fn visible(&self, around: &Context, variables: &[Variable]) -> Context {
        Context {
            fixed: self.visible_of(&around.fixed, variables),
            reached: self.visible_of(&around.reached, variables),
        }
    }

    fn visible_of(&self, reached: &Reached, variables: &[Variable]) -> Reached {
        let is_returned = |term: &TermPattern| matches!(term, TermPattern::Variable(name) if variables.contains(name));
        let mut visible = reached.clone();
        visible.retain(|term, _| !is_variable(term) || is_returned(term) || self.given.contains_key(term));
        visible
    }

    fn certain<'a>(&mut self, pattern: &'a GraphPattern) -> Certain<'a> {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                Certain { links: patterns.iter().filter_map(link).collect(), reached: Reached::new() }
            }
            GraphPattern::Path { subject, path, object } => {
                Certain { links: vec![Link { subject, path: Cow::Borrowed(path), object }], reached: Reached::new() }
            }
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                let mut both = self.certain(left);
                both.extend(self.certain(right));
                both
            }
            GraphPattern::LeftJoin { left: inner, .. }
            | GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.certain(inner),
            GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
                let (given, certain) = (self.given.clone(), self.certain(inner));
                let reached = self.extended(&given, &certain);
                Certain { links: Vec::new(), reached: self.visible_of(&reached, variables) }
            }
            GraphPattern::Union { .. }
            | GraphPattern::Graph { .. }
            | GraphPattern::Minus { .. }
            | GraphPattern::Values { .. }
            | GraphPattern::Service { .. } => Certain::default(),
        }
    }

    /// What is reached from `around` by what is certain. Each link that is followed becomes a
    /// dependency with the way so far: so each way consists of links that have dependencies with
    /// the ways up to them, as the argument for following them needs.
    fn extended(&mut self, around: &Reached, certain: &Certain<'_>) -> Reached {
        let mut reached = around.clone();
        for (term, ways) in &certain.reached {
            reached.entry(term.clone()).or_insert_with(|| ways.clone());
        }
        while let Some((term, ways)) = certain.links.iter().find_map(|link| self.next(link, &reached)) {
            reached.insert(term, ways);
        }
        reached
    }

    /// The end of a link that is not reached yet, with the ways to it.
    fn next(&mut self, link: &Link<'_>, reached: &Reached) -> Option<(TermPattern, Ways)> {
        let (from, to, direction) = match (reached.get(link.subject), reached.get(link.object)) {
            (Some(ways), None) => (ways, link.object, Direction::Forward),
            (None, Some(ways)) => (ways, link.subject, Direction::Backward),
            _ => return None,
        };
        let further = follow(&link.path, from, direction)?;
        depend(&link.path, from, direction, &mut self.found)?;
        Some((to.clone(), further))
    }
}

fn link(TriplePattern { subject, predicate, object }: &TriplePattern) -> Option<Link<'_>> {
    match predicate {
        NamedNodePattern::NamedNode(predicate) => {
            Some(Link { subject, path: Cow::Owned(NamedNode::clone(predicate).into()), object })
        }
        NamedNodePattern::Variable(_) => None,
    }
}

fn is_variable(term: &TermPattern) -> bool {
    matches!(term, TermPattern::Variable(_) | TermPattern::BlankNode(_))
}

/// The ways to the end of a pattern that is nearer to the focus node, and in which direction the
/// pattern leads on from there.
fn nearest<'a>(subject: &TermPattern, object: &TermPattern, reached: &'a Reached) -> Option<(&'a Ways, Direction)> {
    let ends = [(subject, Direction::Forward), (object, Direction::Backward)];
    let ends = ends.into_iter().filter_map(|(term, direction)| Some((reached.get(term)?, direction)));
    ends.min_by_key(|(ways, _)| ways.iter().map(|way| 1 + way.len()).sum::<usize>())
}

fn may_be_empty(way: &[Step]) -> bool {
    way.iter().all(|step| step.repeated)
}

/// Whether something is reached by a triple, whichever way is taken; its first triple is one of the
/// focus node.
fn mentions_focus_node(reached: &Reached) -> bool {
    reached.values().any(|ways| !ways.iter().any(|way| may_be_empty(way)))
}
