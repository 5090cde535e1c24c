//! CONSTRUCT: a template that each solution fills.
//!
//! Oxigraph's own remembers up to a million triples to say each once, some hundreds of megabytes of them. Here the pattern is
//! asked as a SELECT, and what was said is remembered by its hash, or not at all where the solutions cannot repeat it.
//! <https://www.w3.org/TR/sparql11-query/#construct>

use oxigraph::sparql::QuerySolution;
use oxrdf::{BlankNode, NamedOrBlankNodeRef, Term, TermRef, TripleRef};
use rustc_hash::{FxBuildHasher, FxHashSet};
use spargebra::Query;
use spargebra::algebra::GraphPattern;
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern, Variable};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};
use std::io;

/// How many triples are remembered at most, 32 MiB of hashes, and at least the half of them. An answer may say a triple again that
/// it said so long ago, as any RDF syntax allows.
const REMEMBERED: usize = 1 << 20;

/// The template of a CONSTRUCT, and what it has said.
pub(super) struct Template {
    triples: Vec<TriplePattern>,
    /// None where every solution says something else.
    said: Option<Said>,
}

impl Template {
    /// Takes the template out of a CONSTRUCT and leaves the SELECT whose solutions fill it. Another query form stays as
    /// it is.
    pub(super) fn take_from(query: Query) -> (Query, Option<Self>) {
        let Query::Construct { template, dataset, pattern, base_iri } = query else { return (query, None) };
        let said = (dataset.is_some() || !says_each_once(&template, &pattern)).then(Said::default);
        let variables: BTreeSet<&Variable> = template.iter().flat_map(variables).collect();
        let variables = variables.into_iter().cloned().collect();
        let pattern = GraphPattern::Project { inner: Box::new(pattern), variables };
        (Query::Select { dataset, pattern, base_iri }, Some(Self { triples: template, said }))
    }

    /// Hands on the triples that a solution makes and that were not said before. A triple with an unbound variable, or with a term
    /// where RDF has none of its kind, is left out; blank nodes are new in each solution.
    ///
    /// # Errors
    /// Those of `say`.
    pub(super) fn fill(
        &mut self,
        solution: &QuerySolution,
        mut say: impl FnMut(TripleRef<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let blank_nodes =
            self.triples.iter().flat_map(blank_nodes).map(|node| (node.as_str(), BlankNode::default())).collect();
        let filled = self.triples.iter().filter_map(|pattern| fill(pattern, solution, &blank_nodes));
        for triple in filled {
            if self.said.as_mut().is_none_or(|said| said.is_new(triple)) {
                say(triple)?;
            }
        }
        Ok(())
    }
}

/// Whether no two solutions make the same triple: the template is one triple that tells solutions apart, and the
/// pattern finds each solution once.
fn says_each_once(template: &[TriplePattern], pattern: &GraphPattern) -> bool {
    let [triple] = template else { return false };
    let told: BTreeSet<&Variable> = variables(triple).collect();
    finds_each_once(pattern, &told)
}

/// Whether a pattern finds no two solutions that are the same in these variables.
fn finds_each_once(pattern: &GraphPattern, told: &BTreeSet<&Variable>) -> bool {
    match pattern {
        // A blank node of a pattern is a variable that nobody sees.
        GraphPattern::Bgp { patterns } => patterns.iter().all(|triple| {
            let is_blank = |term: &TermPattern| matches!(term, TermPattern::BlankNode(_));
            !is_blank(&triple.subject)
                && !is_blank(&triple.object)
                && variables(triple).all(|variable| told.contains(variable))
        }),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Project { inner, .. } => finds_each_once(inner, told),
        _ => false,
    }
}

fn variables(triple: &TriplePattern) -> impl Iterator<Item = &Variable> {
    let predicate = match &triple.predicate {
        NamedNodePattern::Variable(variable) => Some(variable),
        NamedNodePattern::NamedNode(_) => None,
    };
    [variable(&triple.subject), predicate, variable(&triple.object)].into_iter().flatten()
}

fn variable(term: &TermPattern) -> Option<&Variable> {
    if let TermPattern::Variable(variable) = term { Some(variable) } else { None }
}

fn blank_nodes(triple: &TriplePattern) -> impl Iterator<Item = &BlankNode> {
    [&triple.subject, &triple.object].into_iter().filter_map(|term| match term {
        TermPattern::BlankNode(node) => Some(node),
        _ => None,
    })
}

/// The blank nodes of one solution, by those of the template.
type BlankNodes<'t> = BTreeMap<&'t str, BlankNode>;

fn fill<'s>(
    pattern: &'s TriplePattern,
    solution: &'s QuerySolution,
    blank_nodes: &'s BlankNodes<'_>,
) -> Option<TripleRef<'s>> {
    let subject = match term(&pattern.subject, solution, blank_nodes)? {
        TermRef::NamedNode(node) => NamedOrBlankNodeRef::NamedNode(node),
        TermRef::BlankNode(node) => NamedOrBlankNodeRef::BlankNode(node),
        TermRef::Literal(_) => return None,
    };
    let predicate = match &pattern.predicate {
        NamedNodePattern::NamedNode(node) => node.as_ref(),
        NamedNodePattern::Variable(variable) => match solution.get(variable)? {
            Term::NamedNode(node) => node.as_ref(),
            _ => return None,
        },
    };
    Some(TripleRef { subject, predicate, object: term(&pattern.object, solution, blank_nodes)? })
}

fn term<'s>(
    pattern: &'s TermPattern,
    solution: &'s QuerySolution,
    blank_nodes: &'s BlankNodes<'_>,
) -> Option<TermRef<'s>> {
    Some(match pattern {
        TermPattern::NamedNode(node) => node.as_ref().into(),
        TermPattern::Literal(literal) => literal.as_ref().into(),
        TermPattern::BlankNode(node) => blank_nodes.get(node.as_str())?.as_ref().into(),
        TermPattern::Variable(variable) => solution.get(variable)?.as_ref(),
    })
}

/// Triples that were said, by 128 bits of hashes: so many that none is taken for another. Nobody knows the keys of the first, so
/// that nobody can make two triples for which it is the same; the second is quick.
#[derive(Default)]
struct Said {
    recent: FxHashSet<(u64, u64)>,
    /// As many from before those, or none yet.
    earlier: FxHashSet<(u64, u64)>,
    keys: RandomState,
}

impl Said {
    fn is_new(&mut self, triple: TripleRef<'_>) -> bool {
        let hashes = (self.keys.hash_one(triple), FxBuildHasher.hash_one(triple));
        if self.recent.len() >= REMEMBERED / 2 {
            self.earlier = std::mem::take(&mut self.recent);
        }
        !self.earlier.contains(&hashes) && self.recent.insert(hashes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::{NamedNode, Triple};
    use spargebra::SparqlParser;

    fn template(text: &str) -> Template {
        Template::take_from(SparqlParser::new().parse_query(text).unwrap()).1.unwrap()
    }

    #[test]
    fn nothing_is_remembered_where_solutions_cannot_repeat_a_triple() {
        for text in [
            "CONSTRUCT WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o FILTER(isIRI(?o)) } ORDER BY ?s LIMIT 5",
            "CONSTRUCT { ?s <http://a.example/p> ?o } WHERE { ?s <http://a.example/q> ?o }",
        ] {
            assert!(template(text).said.is_none(), "{text}");
        }
        for text in [
            "CONSTRUCT { ?s <http://a.example/p> ?o } WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { ?s ?p ?o } }",
            "CONSTRUCT { ?s ?p ?o . ?o ?p ?s } WHERE { ?s ?p ?o }",
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o ; <http://a.example/q> [] }",
            "CONSTRUCT { ?s ?p ?o } FROM <http://a.example/1> FROM <http://a.example/2> WHERE { ?s ?p ?o }",
        ] {
            assert!(template(text).said.is_some(), "{text}");
        }
    }

    #[test]
    fn what_was_said_a_moment_ago_is_remembered_however_much_was_said() {
        let (mut said, subject) = (Said::default(), NamedNode::new_unchecked("a:s"));
        let mut is_new = |number: usize| {
            let object = NamedNode::new_unchecked(format!("a:{number}"));
            said.is_new(TripleRef::new(&subject, &subject, &object))
        };
        for number in 0..=REMEMBERED {
            assert!(is_new(number) && !is_new(number), "{number}");
        }
    }

    #[test]
    fn what_was_said_is_not_said_again() {
        let mut said = Said::default();
        let node = |name: &str| NamedNode::new_unchecked(format!("http://a.example/{name}"));
        let triple = |name: &str| Triple::new(node(name), node("p"), node("o"));
        let mut is_new = |name: &str| said.is_new(triple(name).as_ref());
        assert!(is_new("a") && is_new("b") && !is_new("a"));
    }
}
