//! What a record is called.

use crate::rdf::{Content, Literal, NamedNode, NamedNodeRef, Term, Triple};
use crate::vocab::NAMING;

/// The names of a record, and the property that gives them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The property.
    pub property: NamedNode,
    /// Its values, one or more.
    pub values: Vec<Literal>,
}

impl Names {
    /// The names that a content gives a record, by the first naming property that it has.
    pub fn of(iri: &str, content: &Content) -> Option<Self> {
        let iri = NamedNodeRef::new_unchecked(iri);
        NAMING.into_iter().find_map(|property| {
            let values: Vec<Literal> = content
                .values(iri, property)
                .filter_map(|value| match value {
                    Term::Literal(name) => Some(name.clone()),
                    _ => None,
                })
                .collect();
            (!values.is_empty()).then(|| Self { property: property.into_owned(), values })
        })
    }

    /// The names as triples of the record with this IRI.
    pub fn triples<'a>(&'a self, iri: &'a str) -> impl Iterator<Item = Triple> + 'a {
        let iri = NamedNode::new_unchecked(iri);
        self.values.iter().map(move |value| Triple::new(iri.clone(), self.property.clone(), value.clone()))
    }
}
