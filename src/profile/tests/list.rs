//! An entry of the list, the list, and a code of a code list.

use super::*;

const ENTRY: &str = r#"
    <id/service-type/57> a skos:Concept , eusl:ServiceType ;
        skos:prefLabel "Bin collection"@en , "Afvalophaling"@nl ;
        skos:altLabel "Dustbins"@en ;
        skos:definition "Taking away the waste of households."@en ;
        skos:notation "57" ;
        skos:inScheme <list/services> ;
        skos:broader <id/function/9> ;
        skos:exactMatch <http://id.esd.org.uk/service/57> ;
        skosxl:altLabel <id/service-type/57#former> ;
        dct:identifier "57" ;
        dct:created "2026-11-24"^^xsd:date ;
        adms:status <http://publications.europa.eu/resource/authority/concept-status/CURRENT> ;
        eusl:typicalChannel <id/channel-type/internet> .
    <id/service-type/57#former> a skosxl:Label ;
        skosxl:literalForm "Dustbins"@en ;
        eusl:heldUntil "4.00" ;
        dct:created "2026-11-24"^^xsd:date .
    <list/services> skos:prefLabel "European Service List"@en .
    <id/function/9> skos:prefLabel "Waste"@en .
    <id/channel-type/internet> skos:prefLabel "Internet"@en .
    <id/public-service/x> eusl:serviceType <id/service-type/57> ; dct:title "Huisvuil"@nl .
    <id/public-service/x> cv:isClassifiedBy <id/service-type/57> ; dct:title "Huisvuil"@nl .
    <id/assessment/57-o> eusl:assesses <id/service-type/57> ; rdfs:label "Judged"@en .
"#;

const LIST: &str = r#"
    <list/services> a skos:ConceptScheme ;
        skos:prefLabel "European Service List"@en ;
        dct:identifier "services" ;
        dct:description "Kinds of service."@en ;
        dct:license <http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/> ;
        dct:rights "Contains numbers of others."@en ;
        dct:source <http://id.esd.org.uk/list/services> ;
        dct:modified "2026-11-24"^^xsd:date .
    <id/service-type/1> skos:inScheme <list/services> ; skos:prefLabel "Home schooling"@en .
    <id/service-type/57> skos:inScheme <list/services> ; skos:prefLabel "Bin collection"@en .
    <list/scottish-services> dct:isPartOf <list/services> ; skos:prefLabel "Scotland"@en .
"#;

const CODE: &str = r#"
    <id/channel-type/post> a skos:Concept ;
        skos:prefLabel "Post"@en , "Post"@nl ;
        skos:notation "post" ;
        dct:identifier "post" ;
        skos:inScheme <list/channel-type> ;
        skos:topConceptOf <list/channel-type> ;
        skos:closeMatch <http://id.esd.org.uk/channel/9> .
    <list/channel-type> skos:prefLabel "Channel types"@en .
    <id/service-type/57> eusl:typicalChannel <id/channel-type/post> ; skos:prefLabel "Bin collection"@en .
    <list/channel-type> skos:hasTopConcept <id/channel-type/post> ; skos:prefLabel "Channel types"@en .
"#;

#[test]
fn an_entry_in_skos_loses_what_is_ours_and_the_offers_that_point_at_it() {
    let expected = r#"
        <id/service-type/57> a skos:Concept ;
            skos:prefLabel "Bin collection"@en , "Afvalophaling"@nl ;
            skos:altLabel "Dustbins"@en ;
            skos:definition "Taking away the waste of households."@en ;
            skos:notation "57" ;
            skos:inScheme <list/services> ;
            skos:broader <id/function/9> ;
            skos:exactMatch <http://id.esd.org.uk/service/57> ;
            dct:identifier "57" ;
            dct:created "2026-11-24"^^xsd:date .
        <list/services> skos:prefLabel "European Service List"@en .
        <id/function/9> skos:prefLabel "Waste"@en ."#;
    assert_seen(Profile::Skos, "id/service-type/57", ENTRY, expected);
}

#[test]
fn an_entry_in_cpsv_ap_is_a_concept_that_offers_are_classified_by() {
    let expected = r#"
        <id/service-type/57> a skos:Concept ;
            skos:prefLabel "Bin collection"@en , "Afvalophaling"@nl ;
            skos:altLabel "Dustbins"@en ;
            skos:definition "Taking away the waste of households."@en ;
            skos:notation "57" ;
            skos:inScheme <list/services> ;
            skos:broader <id/function/9> ;
            skos:exactMatch <http://id.esd.org.uk/service/57> ;
            dct:identifier "57" ;
            dct:created "2026-11-24"^^xsd:date ;
            adms:status <http://publications.europa.eu/resource/authority/concept-status/CURRENT> .
        <list/services> skos:prefLabel "European Service List"@en .
        <id/function/9> skos:prefLabel "Waste"@en .
        <id/public-service/x> cv:isClassifiedBy <id/service-type/57> ; dct:title "Huisvuil"@nl ."#;
    assert_seen(Profile::CpsvAp, "id/service-type/57", ENTRY, expected);
}

#[test]
fn an_entry_in_schema_org_is_a_term_of_its_set() {
    let expected = r#"
        <id/service-type/57> a schema:DefinedTerm ;
            schema:name "Bin collection"@en , "Afvalophaling"@nl ;
            schema:alternateName "Dustbins"@en ;
            schema:description "Taking away the waste of households."@en ;
            schema:termCode "57" ;
            schema:identifier "57" ;
            schema:inDefinedTermSet <list/services> ;
            schema:sameAs <http://id.esd.org.uk/service/57> .
        <list/services> schema:name "European Service List"@en .
        <id/public-service/x> schema:serviceType <id/service-type/57> ;
            schema:category <id/service-type/57> ;
            schema:name "Huisvuil"@nl ."#;
    assert_seen(Profile::SchemaOrg, "id/service-type/57", ENTRY, expected);
}

#[test]
fn a_list_keeps_its_entries_and_its_attribution_in_skos_and_cpsv_ap() {
    for profile in [Profile::Skos, Profile::CpsvAp] {
        assert_seen(profile, "list/services", LIST, LIST);
    }
}

#[test]
fn a_list_in_schema_org_says_which_terms_it_has() {
    let expected = r#"
        <list/services> a schema:DefinedTermSet ;
            schema:name "European Service List"@en ;
            schema:identifier "services" ;
            schema:description "Kinds of service."@en ;
            schema:license <http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/> ;
            schema:copyrightNotice "Contains numbers of others."@en ;
            schema:isBasedOn <http://id.esd.org.uk/list/services> ;
            schema:dateModified "2026-11-24"^^xsd:date ;
            schema:hasDefinedTerm <id/service-type/1> , <id/service-type/57> .
        <id/service-type/1> schema:name "Home schooling"@en .
        <id/service-type/57> schema:name "Bin collection"@en .
        <list/scottish-services> schema:isPartOf <list/services> ; schema:name "Scotland"@en ."#;
    assert_seen(Profile::SchemaOrg, "list/services", LIST, expected);
}

#[test]
fn a_code_in_skos_and_cpsv_ap_loses_only_the_entries_that_use_it() {
    let expected = r#"
        <id/channel-type/post> a skos:Concept ;
            skos:prefLabel "Post"@en , "Post"@nl ;
            skos:notation "post" ;
            dct:identifier "post" ;
            skos:inScheme <list/channel-type> ;
            skos:topConceptOf <list/channel-type> ;
            skos:closeMatch <http://id.esd.org.uk/channel/9> .
        <list/channel-type> skos:hasTopConcept <id/channel-type/post> ; skos:prefLabel "Channel types"@en ."#;
    for profile in [Profile::Skos, Profile::CpsvAp] {
        assert_seen(profile, "id/channel-type/post", CODE, expected);
    }
}

#[test]
fn a_code_in_schema_org_is_a_term_and_a_close_match_is_not_the_same() {
    let expected = r#"
        <id/channel-type/post> a schema:DefinedTerm ;
            schema:name "Post"@en , "Post"@nl ;
            schema:termCode "post" ;
            schema:identifier "post" ;
            schema:inDefinedTermSet <list/channel-type> .
        <list/channel-type> schema:hasDefinedTerm <id/channel-type/post> ; schema:name "Channel types"@en ."#;
    assert_seen(Profile::SchemaOrg, "id/channel-type/post", CODE, expected);
}

#[test]
fn a_thing_of_ours_alone_is_nothing_to_other_profiles() {
    let pilot = r#"
        <id/pilot/p> a eusl:Pilot ; dct:title "A trial"@en ; dct:identifier "p" ; dct:spatial <id/organisation/o#area> .
        <id/public-service/x> cv:relatedService <id/pilot/p> ; dct:title "Passport"@en ."#;
    for profile in [Profile::CpsvAp, Profile::Skos, Profile::SchemaOrg] {
        assert_seen(profile, "id/pilot/p", pilot, "");
    }
    assert_seen(Profile::Full, "id/pilot/p", pilot, pilot);
}

#[test]
fn a_part_of_a_class_that_the_profile_does_not_know_is_not_described() {
    let document = r#"
        <list/services> a skos:ConceptScheme ; skos:prefLabel "List"@en ; dct:source <list/services#made> .
        <list/services#made> a <http://www.w3.org/ns/prov#Entity> ; dct:title "A table"@en ."#;
    let known =
        r#"<list/services> a skos:ConceptScheme ; skos:prefLabel "List"@en ; dct:source <list/services#made> ."#;
    for profile in [Profile::Skos, Profile::CpsvAp] {
        assert_seen(profile, "list/services", document, known);
    }
    let in_schema_org = r#"
        <list/services> a schema:DefinedTermSet ; schema:name "List"@en ; schema:isBasedOn <list/services#made> ."#;
    assert_seen(Profile::SchemaOrg, "list/services", document, in_schema_org);
}

#[test]
fn a_record_that_is_mentioned_keeps_its_name_whatever_property_gives_it() {
    let document = r#"
        <list/services> a skos:ConceptScheme ; skos:prefLabel "List"@en ; dct:publisher <id/organisation/o> .
        <id/organisation/o> foaf:name "Stadt O"@de ."#;
    for profile in [Profile::Skos, Profile::CpsvAp] {
        assert_seen(profile, "list/services", document, document);
    }
}
