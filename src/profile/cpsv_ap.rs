//! The CPSV-AP profile: what a harvester that knows [CPSV-AP 3.2.0][spec] and nothing else reads.
//!
//! Kept are the classes and properties of the specification, and those of the vocabularies that
//! it builds on: Core Public Organisation (organisations, their units), Core Location (places,
//! addresses), OWL-Time (opening hours) and SKOS (code lists). A thing is described if one of its
//! classes is known, and then without its other classes; terms of ours and labels as things of
//! their own (SKOS-XL) go.
//!
//! A service type is a `skos:Concept` to CPSV-AP, the value of `cv:isClassifiedBy`, and never a
//! `cpsv:PublicService`: the specification asks each of those for a competent authority, and a
//! kind of service has none. CPSV-AP gives concepts no properties of its own, so that concepts and
//! schemes are described as the SKOS profile describes them, with `adms:status` besides. No
//! statement is added: an offer that names its service type by our own property alone loses it.
//!
//! [spec]: https://semiceu.github.io/CPSV-AP/releases/3.2.0/

use super::prefixed::expand_all;
use super::selection::{Selection, Standing};
use super::skos;
use crate::rdf::{NamedNode, Triple};
use std::collections::HashSet;
use std::sync::LazyLock;

/// The classes of the specification, SKOS's aside.
const CLASSES: &[&str] = &[
    "cpsv:PublicService",
    "cpsv:Rule",
    "cv:BusinessEvent",
    "cv:Channel",
    "cv:ContactPoint",
    "cv:Cost",
    "cv:Event",
    "cv:Evidence",
    "cv:EvidenceType",
    "cv:LifeEvent",
    "cv:Output",
    "cv:Participation",
    "cv:PublicOrganisation",
    "cv:Requirement",
    "cv:ServiceConcessionContract",
    "dcat:Dataset",
    "dct:LinguisticSystem",
    "dct:Location",
    "eli:LegalResource",
    "epo:ConcessionContract",
    "foaf:Agent",
    "foaf:Document",
    "locn:Address",
    "org:Organization",
    "time:TemporalEntity",
];

/// The properties of the specification.
const PROPERTIES: &[&str] = &[
    "adms:status",
    "cpsv:follows",
    "cpsv:hasInput",
    "cpsv:implements",
    "cpsv:produces",
    "cv:contactPage",
    "cv:contactPoint",
    "cv:currency",
    "cv:email",
    "cv:establishedUnder",
    "cv:evidenceTypeClassification",
    "cv:frequency",
    "cv:fulfils",
    "cv:hasChannel",
    "cv:hasCompetentAuthority",
    "cv:hasContractingAuthority",
    "cv:hasCost",
    "cv:hasEconomicOperator",
    "cv:hasInputType",
    "cv:hasLegalResource",
    "cv:hasParticipant",
    "cv:hasParticipation",
    "cv:hasRelatedService",
    "cv:hasSupportingEvidence",
    "cv:hasValue",
    "cv:holdsRequirement",
    "cv:ifAccessedThrough",
    "cv:isClassifiedBy",
    "cv:isDefinedBy",
    "cv:isGroupedBy",
    "cv:openingHours",
    "cv:ownedBy",
    "cv:participates",
    "cv:processingTime",
    "cv:relatedService",
    "cv:role",
    "cv:sector",
    "cv:specialOpeningHoursSpecification",
    "cv:supportsRequirement",
    "cv:telephone",
    "cv:thematicArea",
    "dcat:keyword",
    "dcat:landingPage",
    "dct:audience",
    "dct:conformsTo",
    "dct:description",
    "dct:hasPart",
    "dct:identifier",
    "dct:isPartOf",
    // Its rules of governance ask for this of what is deprecated.
    "dct:isReplacedBy",
    "dct:language",
    "dct:publisher",
    "dct:relation",
    "dct:requires",
    "dct:spatial",
    "dct:title",
    "dct:type",
    "foaf:page",
    "locn:address",
    "locn:addressArea",
    "locn:addressId",
    "locn:adminUnitL1",
    "locn:adminUnitL2",
    "locn:fullAddress",
    "locn:locatorDesignator",
    "locn:locatorName",
    "locn:poBox",
    "locn:postCode",
    "locn:postName",
    "locn:thoroughfare",
    "skos:member",
    "skos:prefLabel",
];

/// Classes of the vocabularies that the specification builds on.
const CORE_CLASSES: &[&str] = &[
    "locn:Geometry",
    "org:FormalOrganization",
    "org:OrganizationalUnit",
    // The opening hours of the specification's own example are told with these.
    "time:DateTimeDescription",
    "time:Instant",
    "time:Interval",
    "time:ProperInterval",
];

/// Properties of the vocabularies that the specification builds on.
const CORE_PROPERTIES: &[&str] = &[
    "foaf:homepage",
    "locn:geographicName",
    "locn:geometry",
    "org:classification",
    "org:hasSubOrganization",
    "org:hasUnit",
    "org:linkedTo",
    "org:purpose",
    "org:subOrganizationOf",
    "org:unitOf",
    "skos:altLabel",
    "time:dayOfWeek",
    "time:hasBeginning",
    "time:hasEnd",
    "time:hour",
    "time:inDateTime",
    "time:inXSDDateTimeStamp",
    "time:minute",
    "time:second",
    "time:unitType",
];

static KNOWN_CLASSES: LazyLock<HashSet<String>> = LazyLock::new(|| expand_all(&[CLASSES, CORE_CLASSES]));
static KNOWN_PROPERTIES: LazyLock<HashSet<String>> = LazyLock::new(|| expand_all(&[PROPERTIES, CORE_PROPERTIES]));

/// The document as CPSV-AP says it.
pub fn view(about: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
    Selection { class, property }.of(about, triples)
}

fn class(class: &str) -> Standing {
    if skos::is_class(class) {
        Standing::Skos
    } else if KNOWN_CLASSES.contains(class) {
        Standing::Known
    } else {
        Standing::Stranger
    }
}

fn property(standing: Option<Standing>, property: &str) -> bool {
    let may_be_skos = standing != Some(Standing::Known);
    KNOWN_PROPERTIES.contains(property) || (may_be_skos && skos::is_property(property))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_of_the_tables_has_an_iri_and_stands_there_once() {
        assert_eq!(KNOWN_CLASSES.len(), CLASSES.len() + CORE_CLASSES.len());
        assert_eq!(KNOWN_PROPERTIES.len(), PROPERTIES.len() + CORE_PROPERTIES.len());
    }
}
