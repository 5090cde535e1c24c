//! A resource as its record speaks of it: what cards and the like are put together from.

use super::open::CatalogueError;
use super::present::Present;
use crate::rdf::{Content, Literal, NamedNodeRef, Term};
use crate::register::Listed;
use std::rc::Rc;

/// A record or a part of one, with what the record says.
#[derive(Clone, Debug)]
pub(super) struct Resource {
    /// Its own IRI.
    pub iri: String,
    /// The IRI of the record.
    record: String,
    content: Rc<Content>,
}

impl Present<'_> {
    /// What is published of a resource; nothing where no record of ours speaks of it.
    pub(super) fn resource(&self, iri: &str) -> Result<Option<Resource>, CatalogueError> {
        let Some(name) = self.base.record_of(iri) else { return Ok(None) };
        let content = self.snapshot.content(&name.iri)?;
        Ok(content.map(|content| Resource { iri: iri.to_owned(), record: name.iri, content: Rc::new(content) }))
    }

    /// The resources that one points at by a property, as far as records of ours speak of them.
    pub(super) fn resources(
        &self,
        from: &Resource,
        property: NamedNodeRef<'static>,
    ) -> Result<Vec<Resource>, CatalogueError> {
        let mut found = Vec::new();
        for iri in from.iris(property) {
            match from.part(&iri) {
                Some(part) => found.push(part),
                None => found.extend(self.resource(&iri)?),
            }
        }
        Ok(found)
    }

    /// What a resource points at by a property, by name.
    pub(super) fn named(
        &self,
        from: &Resource,
        property: NamedNodeRef<'static>,
    ) -> Result<Vec<Listed>, CatalogueError> {
        from.iris(property).into_iter().map(|iri| self.named_or_bare(&iri)).collect()
    }

    /// An IRI by the name of its record, or by itself where there is none.
    pub(super) fn named_or_bare(&self, iri: &str) -> Result<Listed, CatalogueError> {
        let bare = || Listed { record: iri.to_owned(), part: String::new(), names: None };
        Ok(self.snapshot.named(iri)?.unwrap_or_else(bare))
    }
}

impl Resource {
    /// The part of the same record with this IRI; nothing for the IRI of another record.
    pub(super) fn part(&self, iri: &str) -> Option<Self> {
        let rest = iri.strip_prefix(self.record.as_str())?;
        (rest.is_empty() || rest.starts_with('#')).then(|| Self { iri: iri.to_owned(), ..self.clone() })
    }

    /// The texts that a property gives.
    pub(super) fn literals(&self, property: NamedNodeRef<'static>) -> Vec<Literal> {
        let values = self.content.values(NamedNodeRef::new_unchecked(&self.iri), property);
        let literals = values.filter_map(|value| match value {
            Term::Literal(literal) => Some(literal.clone()),
            _ => None,
        });
        literals.collect()
    }

    /// The first text that a property gives, without its language.
    pub(super) fn text(&self, property: NamedNodeRef<'static>) -> Option<String> {
        self.literals(property).into_iter().next().map(|literal| literal.value().to_owned())
    }

    /// The IRIs that a property points at.
    pub(super) fn iris(&self, property: NamedNodeRef<'static>) -> Vec<String> {
        let values = self.content.values(NamedNodeRef::new_unchecked(&self.iri), property);
        let iris = values.filter_map(|value| match value {
            Term::NamedNode(node) => Some(node.as_str().to_owned()),
            _ => None,
        });
        iris.collect()
    }

    /// Whether a property points at an IRI.
    pub(super) fn points_at(&self, property: NamedNodeRef<'static>, iri: &str) -> bool {
        self.iris(property).iter().any(|object| object == iri)
    }
}

#[cfg(test)]
impl Resource {
    /// The resources that some Turtle speaks of, in the order of their IRIs.
    pub(super) fn all_of(turtle: &str) -> Vec<Self> {
        let triples = crate::rdf::read_turtle(turtle.as_bytes(), "http://example.eu/").unwrap();
        let content: Rc<Content> = Rc::new(triples.into_iter().collect());
        let iris: Vec<String> = content.subjects().into_iter().map(|iri| iri.as_str().to_owned()).collect();
        let resource = |iri: String| Self { record: iri.clone(), iri, content: Rc::clone(&content) };
        iris.into_iter().map(resource).collect()
    }
}
