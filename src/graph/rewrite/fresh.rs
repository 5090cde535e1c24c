//! Variables that a query does not use yet, to stand for the blank nodes of a pattern that is
//! moved or divided, and for what is local to the pattern of an EXISTS.

use super::scope::{Variables, each_mention};
use crate::sparql::algebra::{operands_mut, own_variables_mut, parts_mut};
use oxrdf::{BlankNode, Variable};
use spargebra::algebra::{Expression, GraphPattern};
use spargebra::term::TermPattern;
use std::collections::{BTreeMap, HashMap};

/// A source of variables that are new to one query.
pub(in crate::graph) struct Fresh {
    prefix: String,
    count: usize,
    /// How often the query mentions each of its variables.
    mentions: BTreeMap<Variable, usize>,
}

impl Fresh {
    /// A source for the query with this pattern; no variable of the query begins with its prefix.
    pub(in crate::graph) fn for_query(pattern: &GraphPattern) -> Self {
        let mentions = mentions(pattern);
        let mut prefix = String::from("hidden");
        while mentions.keys().any(|variable| variable.as_str().starts_with(&prefix)) {
            prefix.push('_');
        }
        Self { prefix, count: 0, mentions }
    }

    /// Gives new names to the variables of the pattern of an EXISTS that the solutions outside
    /// cannot bind, which are `visible`, but that the query mentions elsewhere too.
    ///
    /// Such a variable is another one for SPARQL, but not for sparopt 0.3.9: when it joins the
    /// group of the filter solution by solution, EXISTS sees the values of the neighbours.
    pub(super) fn name_locals(&mut self, pattern: &mut GraphPattern, visible: &Variables) {
        let mut names = HashMap::new();
        for (variable, inside) in mentions(pattern) {
            let is_elsewhere = self.mentions.get(&variable).is_some_and(|all| *all > inside);
            if is_elsewhere && !visible.contains(&variable) {
                names.insert(variable, self.variable());
            }
        }
        if !names.is_empty() {
            rename(pattern, &names);
        }
    }

    /// A variable that the query does not use.
    pub(in crate::graph) fn variable(&mut self) -> Variable {
        self.count += 1;
        Variable::new_unchecked(format!("{}{}", self.prefix, self.count))
    }

    /// Puts a new variable in the place of each blank node of `pattern`, the same for the same
    /// blank node. The pattern of an EXISTS inside it has blank nodes of its own, which stay.
    pub(super) fn name_blank_nodes(&mut self, pattern: &mut GraphPattern) {
        self.name_in(pattern, &mut HashMap::new());
    }

    fn name_in(&mut self, pattern: &mut GraphPattern, names: &mut HashMap<BlankNode, Variable>) {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                for triple in patterns {
                    self.name_term(&mut triple.subject, names);
                    self.name_term(&mut triple.object, names);
                }
            }
            GraphPattern::Path { subject, object, .. } => {
                self.name_term(subject, names);
                self.name_term(object, names);
            }
            _ => {
                for child in parts_mut(pattern).0 {
                    self.name_in(child, names);
                }
            }
        }
    }

    fn name_term(&mut self, term: &mut TermPattern, names: &mut HashMap<BlankNode, Variable>) {
        let TermPattern::BlankNode(node) = term else { return };
        let variable = names.entry(node.clone()).or_insert_with(|| self.variable());
        *term = TermPattern::Variable(variable.clone());
    }
}

fn mentions(pattern: &GraphPattern) -> BTreeMap<Variable, usize> {
    let mut counts = BTreeMap::new();
    each_mention(pattern, &mut |variable| *counts.entry(variable.clone()).or_insert(0) += 1);
    counts
}

fn rename(pattern: &mut GraphPattern, names: &HashMap<Variable, Variable>) {
    for variable in own_variables_mut(pattern) {
        replace(variable, names);
    }
    let (children, expressions) = parts_mut(pattern);
    for child in children {
        rename(child, names);
    }
    for expression in expressions {
        rename_in(expression, names);
    }
}

fn rename_in(expression: &mut Expression, names: &HashMap<Variable, Variable>) {
    match expression {
        Expression::Variable(variable) | Expression::Bound(variable) => replace(variable, names),
        Expression::Exists(pattern) => rename(pattern, names),
        _ => {
            for operand in operands_mut(expression) {
                rename_in(operand, names);
            }
        }
    }
}

fn replace(variable: &mut Variable, names: &HashMap<Variable, Variable>) {
    if let Some(name) = names.get(variable) {
        *variable = name.clone();
    }
}
