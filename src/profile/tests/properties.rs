//! What holds for every view of every document.

use super::super::*;
use crate::rdf::{Literal, NamedOrBlankNode, Term};
use crate::vocab::{eusl, rdf, skos, skosxl};
use oxrdf::NamedNodeRef;
use proptest::prelude::*;
use std::collections::HashSet;

const ABOUT: &str = "http://example.org/id/service-type/1";

/// The record, its parts, other records, and one whose IRI only starts like the record's.
fn nodes() -> impl Strategy<Value = NamedNode> {
    let iris = [
        ABOUT.to_owned(),
        format!("{ABOUT}#a"),
        format!("{ABOUT}#b"),
        format!("{ABOUT}#c"),
        format!("{ABOUT}0"),
        "http://example.org/id/organisation/o".to_owned(),
        "http://example.org/list/services".to_owned(),
        "http://publications.europa.eu/resource/authority/currency/EUR".to_owned(),
    ];
    proptest::sample::select(iris.map(NamedNode::new_unchecked).to_vec())
}

/// Terms of all the vocabularies, of ours and of none.
fn terms(prefixed: &'static [&'static str]) -> impl Strategy<Value = NamedNode> {
    let known = prefixed.iter().map(|term| NamedNode::new_unchecked(prefixed::expand(term).unwrap()));
    proptest::sample::select(known.collect::<Vec<_>>())
}

const PROPERTIES: &[&str] = &[
    "cv:hasChannel",
    "cv:hasCompetentAuthority",
    "cv:hasCost",
    "cv:currency",
    "cv:isClassifiedBy",
    "cv:openingHours",
    "dct:created",
    "dct:license",
    "dct:spatial",
    "dct:title",
    "eusl:governmentLevel",
    "eusl:heldFrom",
    "eusl:serviceType",
    "foaf:name",
    "foaf:page",
    "prov:wasAttributedTo",
    "rdfs:label",
    "skos:broader",
    "skos:exactMatch",
    "skos:inScheme",
    "skos:notation",
    "skos:prefLabel",
    "skos:topConceptOf",
    "skosxl:altLabel",
    "skosxl:literalForm",
];

const CLASSES: &[&str] = &[
    "cpsv:PublicService",
    "cv:Channel",
    "cv:ContactPoint",
    "cv:Cost",
    "cv:PublicOrganisation",
    "eusl:Pilot",
    "eusl:ServiceType",
    "foaf:Agent",
    "org:Organization",
    "skos:Concept",
    "skos:ConceptScheme",
    "skosxl:Label",
];

fn triples() -> impl Strategy<Value = Vec<Triple>> {
    let word = || prop_oneof![Just("bins"), Just("2026-11-24")].prop_map(Literal::new_simple_literal);
    let object = || prop_oneof![nodes().prop_map(Term::from), word().prop_map(Term::from)];
    let typed = (nodes(), terms(CLASSES)).prop_map(|(subject, class)| Triple::new(subject, rdf::TYPE, class));
    let stated = || {
        (nodes(), terms(PROPERTIES), object())
            .prop_map(|(subject, property, object)| Triple::new(subject, property, object))
    };
    proptest::collection::vec(prop_oneof![typed, stated(), stated(), stated()], 0..40)
}

fn about() -> NamedNode {
    NamedNode::new_unchecked(ABOUT)
}

/// The subjects of a view that are other records and that no other statement of it leads to.
fn unmentioned(view: &[Triple]) -> Vec<&NamedOrBlankNode> {
    let about = Term::from(about());
    let pointed_at: HashSet<String> = view.iter().map(|triple| triple.object.to_string()).collect();
    let pointing: HashSet<&NamedOrBlankNode> =
        view.iter().filter(|triple| triple.object == about).map(|triple| &triple.subject).collect();
    view.iter()
        .map(|triple| &triple.subject)
        .filter(|subject| subject.to_string() != about.to_string())
        .filter(|subject| !pointed_at.contains(&subject.to_string()) && !pointing.contains(subject))
        .collect()
}

fn is_of(namespace: &str, iri: NamedNodeRef<'_>) -> bool {
    iri.as_str().starts_with(namespace)
}

proptest! {
    #[test]
    fn the_full_view_is_the_document(triples in triples()) {
        prop_assert_eq!(Profile::Full.view(&about(), triples.clone()), triples);
    }

    #[test]
    fn the_views_of_skos_and_cpsv_ap_are_parts_of_the_document_in_its_order(triples in triples()) {
        for profile in [Profile::CpsvAp, Profile::Skos] {
            let mut rest = triples.iter();
            for triple in profile.view(&about(), triples.clone()) {
                prop_assert!(rest.any(|other| *other == triple), "{profile:?} adds {triple} or moves it");
            }
        }
    }

    #[test]
    fn a_part_of_the_document_seen_again_is_the_same(triples in triples()) {
        for profile in [Profile::CpsvAp, Profile::Skos] {
            let once = profile.view(&about(), triples.clone());
            prop_assert_eq!(profile.view(&about(), once.clone()), once);
        }
    }

    #[test]
    fn nothing_is_named_that_nothing_mentions(triples in triples()) {
        for profile in [Profile::CpsvAp, Profile::Skos, Profile::SchemaOrg] {
            let view = profile.view(&about(), triples.clone());
            prop_assert!(unmentioned(&view).is_empty(), "{profile:?}: {:?}", unmentioned(&view));
        }
    }

    #[test]
    fn no_term_of_ours_is_left_as_a_property_or_a_class(triples in triples()) {
        for profile in [Profile::CpsvAp, Profile::Skos, Profile::SchemaOrg] {
            for triple in profile.view(&about(), triples.clone()) {
                prop_assert!(!is_of(eusl::NAMESPACE, triple.predicate.as_ref()), "{profile:?}: {triple}");
                prop_assert!(!is_of(skosxl::NAMESPACE, triple.predicate.as_ref()), "{profile:?}: {triple}");
                if let Some(class) = selection::class_of(&triple) {
                    prop_assert!(!class.starts_with(eusl::NAMESPACE), "{profile:?}: {triple}");
                }
            }
        }
    }

    #[test]
    fn the_schema_org_view_has_no_other_words_and_says_nothing_twice(triples in triples()) {
        let view = Profile::SchemaOrg.view(&about(), triples);
        for triple in &view {
            let term = selection::class_of(triple).unwrap_or(triple.predicate.as_str());
            prop_assert!(term.starts_with("http://schema.org/"), "{triple}");
        }
        let once: HashSet<&Triple> = view.iter().collect();
        prop_assert_eq!(once.len(), view.len());
    }

    #[test]
    fn cpsv_ap_says_of_a_concept_what_skos_says(triples in triples()) {
        let mut triples = triples;
        triples.push(Triple::new(about(), rdf::TYPE, skos::CONCEPT));
        let of_concept = |profile: Profile| -> HashSet<Triple> {
            let view = profile.view(&about(), triples.clone());
            view.into_iter().filter(|triple| triple.subject == about().into()).collect()
        };
        let (skos, cpsv_ap) = (of_concept(Profile::Skos), of_concept(Profile::CpsvAp));
        prop_assert!(skos.is_subset(&cpsv_ap), "{:?}", skos.difference(&cpsv_ap));
    }
}
