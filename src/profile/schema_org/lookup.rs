//! The tables by IRI: what a class or a property is called in schema.org.

use super::NAMESPACE;
use super::table::{COMMON, INVERSE, KINDS, Mapping};
use crate::profile::prefixed::expand;
use crate::rdf::NamedNode;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The place of a kind among [`KINDS`].
pub type KindNumber = usize;

/// What one property becomes.
#[derive(Default)]
struct Targets {
    /// For the kinds that have a word of their own for it.
    of_kind: Vec<(KindNumber, NamedNode)>,
    /// For all others.
    common: Option<NamedNode>,
}

/// What schema.org calls a class.
struct Class {
    kind: KindNumber,
    name: NamedNode,
}

static CLASSES: LazyLock<HashMap<String, Class>> = LazyLock::new(|| {
    let kinds = KINDS.iter().enumerate();
    kinds
        .flat_map(|(kind, row)| row.of.iter().map(move |class| (kind, row.class, *class)))
        .filter_map(|(kind, name, class)| Some((expand(class)?, Class { kind, name: term(name) })))
        .collect()
});

static PROPERTIES: LazyLock<HashMap<String, Targets>> = LazyLock::new(|| {
    let mut properties: HashMap<String, Targets> = HashMap::new();
    for (property, target) in by_iri(COMMON) {
        properties.entry(property).or_default().common = Some(target);
    }
    for (kind, row) in KINDS.iter().enumerate() {
        for (property, target) in by_iri(row.properties) {
            properties.entry(property).or_default().of_kind.push((kind, target));
        }
    }
    properties
});

static INVERSES: LazyLock<HashMap<String, NamedNode>> = LazyLock::new(|| by_iri(INVERSE).collect());

/// The term of schema.org with this local name.
pub fn term(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
}

/// The kind that a class stands for, and schema.org's name for it.
pub fn class(iri: &str) -> Option<(KindNumber, &'static NamedNode)> {
    CLASSES.get(iri).map(|class| (class.kind, &class.name))
}

/// What a property becomes for a thing of this kind. For a thing whose kind is not told, what it
/// becomes for all kinds that have it, if they agree.
pub fn property(kind: Option<KindNumber>, iri: &str) -> Option<&'static NamedNode> {
    let Targets { of_kind, common } = PROPERTIES.get(iri)?;
    match kind {
        Some(kind) => of_kind.iter().find(|(of, _)| *of == kind).map(|(_, target)| target).or(common.as_ref()),
        None => common.as_ref().or_else(|| {
            let (_, first) = of_kind.first()?;
            of_kind.iter().all(|(_, target)| target == first).then_some(first)
        }),
    }
}

/// What a property becomes when it is said the other way round.
pub fn inverse(iri: &str) -> Option<&'static NamedNode> {
    INVERSES.get(iri)
}

fn by_iri(table: &'static [Mapping]) -> impl Iterator<Item = (String, NamedNode)> {
    table.iter().filter_map(|(property, target)| Some((expand(property)?, term(target))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_has_an_iri() {
        let rows = || KINDS.iter().flat_map(|kind| kind.properties).chain(COMMON).chain(INVERSE);
        for (property, _) in rows() {
            assert!(expand(property).is_some(), "{property}");
        }
        let classes = || KINDS.iter().flat_map(|kind| kind.of);
        for class in classes() {
            assert!(expand(class).is_some(), "{class}");
        }
        assert_eq!(CLASSES.len(), classes().count());
    }

    #[test]
    fn a_property_of_a_thing_of_unknown_kind_is_told_only_where_all_kinds_agree() {
        let said = |prefixed: &str| property(None, &expand(prefixed).unwrap()).map(NamedNode::as_str);
        assert_eq!(said("cv:hasCompetentAuthority"), Some("http://schema.org/provider"));
        // The area of a service, the place of a channel.
        assert_eq!(said("dct:spatial"), None);
        assert_eq!(said("skos:prefLabel"), Some("http://schema.org/name"));
    }

    #[test]
    fn a_kind_comes_before_what_all_kinds_have() {
        let (channel, _) = class("http://data.europa.eu/m8g/Channel").unwrap();
        let page = expand("foaf:page").unwrap();
        assert_eq!(property(Some(channel), &page).unwrap().as_str(), "http://schema.org/serviceUrl");
        let (place, _) = class("http://purl.org/dc/terms/Location").unwrap();
        assert_eq!(property(Some(place), &page).unwrap().as_str(), "http://schema.org/subjectOf");
    }
}
