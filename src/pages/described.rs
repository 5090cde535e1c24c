//! What the triples of a document say of a node, as facts.
//!
//! Lists are spread out, unnamed nodes stand within the values that they are, and of texts in
//! several languages the reader's stands alone. No name of a blank node is shown, since it says
//! nothing and differs from one reading to the next.

use super::fact::{Fact, Value};
use super::property;
use super::publication::Anchors;
use super::record::Surroundings;
use super::shapes::path;
use super::site::{Link, Text};
use super::statements::{Statements, node};
use crate::rdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use crate::vocab::{rdf, sh};

/// How deep unnamed nodes are shown within others.
const DEEPEST: u8 = 5;

/// Properties of an unnamed node that say nothing to a reader.
const UNTOLD: [NamedNodeRef<'static>; 2] = [rdf::TYPE, sh::PREFIXES];

/// A document's triples, who reads them, and what the page has anchors for.
pub(super) struct Described<'a> {
    pub(super) view: &'a Surroundings<'a>,
    pub(super) statements: Statements<'a>,
    pub(super) anchors: Anchors,
}

impl Described<'_> {
    /// What is said of a subject by the properties that `is_shown` chooses, in their order.
    pub(super) fn facts(&self, subject: &NamedOrBlankNode, is_shown: impl Fn(&NamedNode) -> bool) -> Vec<Fact> {
        self.facts_at(subject, &is_shown, 0)
    }

    /// The texts of the first of these properties that has any, in one language.
    pub(super) fn texts(&self, subject: &NamedOrBlankNode, properties: &[NamedNodeRef<'static>]) -> Vec<Text> {
        self.view.texts_of(&self.statements, subject, properties)
    }

    /// A link to a term: to its anchor on this page, or else to where it answers.
    pub(super) fn term(&self, iri: &str) -> Link {
        let here = self.anchors.of(iri);
        let short = property::short(iri).or_else(|| here.map(str::to_owned));
        Link {
            href: here.map_or_else(|| self.view.href(iri), |anchor| format!("#{anchor}")),
            label: Text::plain(short.as_deref().unwrap_or(iri)),
            notation: None,
        }
    }

    fn facts_at(&self, subject: &NamedOrBlankNode, is_shown: &dyn Fn(&NamedNode) -> bool, depth: u8) -> Vec<Fact> {
        let mut properties: Vec<&NamedNode> = Vec::new();
        for triple in self.statements.of(subject) {
            if is_shown(&triple.predicate) && !properties.contains(&&triple.predicate) {
                properties.push(&triple.predicate);
            }
        }
        properties.into_iter().map(|property| self.fact(subject, property, depth)).collect()
    }

    fn fact(&self, subject: &NamedOrBlankNode, property: &NamedNode, depth: u8) -> Fact {
        let objects = self.statements.values(subject, property.as_ref());
        let (texts, others): (Vec<&Term>, Vec<&Term>) = objects.partition(|object| is_tagged(object));
        let literals: Vec<_> = texts.into_iter().filter_map(literal).collect();
        let texts = self.view.in_one_language(&literals).into_iter().map(Value::Text);
        let others = others.into_iter().flat_map(|object| self.values(property, object, depth));
        Fact {
            property: property::name_in_shape(property.as_str(), self.view.language),
            property_href: self.view.href(property.as_str()),
            values: texts.chain(others).collect(),
            is_proposed: false,
        }
    }

    /// The values that an object is: the members of a list, or itself.
    fn values(&self, property: &NamedNode, object: &Term, depth: u8) -> Vec<Value> {
        match (self.statements.list(object), object) {
            (_, Term::BlankNode(_)) if *property == sh::PATH => {
                vec![Value::Text(Text::plain(path::text(&self.statements, object)))]
            }
            (Some(members), _) if *property != sh::PATH => {
                members.into_iter().map(|member| self.value(property, member, depth)).collect()
            }
            _ => vec![self.value(property, object, depth)],
        }
    }

    fn value(&self, property: &NamedNode, object: &Term, depth: u8) -> Value {
        match object {
            Term::Literal(literal) => Value::of_literal(literal),
            // A query is told where it is used, whether it has a name or not.
            Term::NamedNode(named) if *property != sh::SPARQL => Value::Link(self.term(named.as_str())),
            _ => node(object).filter(|_| depth < DEEPEST).map_or_else(
                || Value::Text(Text::plain("…")),
                |inner| Value::Node {
                    id: None,
                    facts: self.facts_at(&inner, &|property| !is_among(&UNTOLD, property), depth + 1),
                },
            ),
        }
    }
}

/// Whether a property is one of these.
pub(super) fn is_among(properties: &[NamedNodeRef<'static>], property: &NamedNode) -> bool {
    properties.iter().any(|one| *one == *property)
}

fn is_tagged(object: &Term) -> bool {
    literal(object).is_some_and(|literal| literal.language().is_some())
}

fn literal(object: &Term) -> Option<&crate::rdf::Literal> {
    match object {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}
