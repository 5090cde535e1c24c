//! A public service with all that CPSV-AP has for it.

use super::*;

/// In the shape of the specification's own example.
const SERVICE: &str = r#"
    <id/public-service/x> a cpsv:PublicService ;
        dct:identifier "x" ;
        dct:title "Passport"@en , "Reisepass"@de ;
        dct:description "A passport for those who live in town."@en ;
        dcat:keyword "travel"@en ;
        dct:language <http://publications.europa.eu/resource/authority/language/DEU> ;
        dct:type <http://publications.europa.eu/resource/authority/main-activity/gen-pub> ;
        dct:spatial <http://publications.europa.eu/resource/authority/atu/DEU> ;
        dct:audience <id/audience/resident> ;
        cv:processingTime "P20D"^^xsd:duration ;
        cv:hasCompetentAuthority <id/organisation/o> ;
        cv:contactPoint <id/public-service/x#contact> ;
        cv:holdsRequirement <id/public-service/x#requirement> ;
        cpsv:hasInput <id/public-service/x#evidence> ;
        cpsv:produces <id/public-service/x#output> ;
        cv:hasChannel <id/public-service/x#counter> ;
        cv:hasCost <id/public-service/x#cost> ;
        cv:isClassifiedBy <id/service-type/9> ;
        eusl:serviceType <id/service-type/9> ;
        eusl:coDesignedIn <id/co-design/c> ;
        dct:created "2026-11-24"^^xsd:date ;
        foaf:page <https://o.example/passport> .
    <id/public-service/x#contact> a cv:ContactPoint ; cv:telephone "+0 1" ; cv:openingHours <id/public-service/x#hours> .
    <id/public-service/x#hours> a time:TemporalEntity ;
        dct:description "Weekdays from nine to five."@en ;
        cv:frequency <http://publications.europa.eu/resource/authority/frequency/WEEKLY> ;
        time:hasBeginning <id/public-service/x#nine> .
    <id/public-service/x#nine> a time:Instant ; time:inDateTime <id/public-service/x#nine-sharp> .
    <id/public-service/x#nine-sharp> a time:DateTimeDescription ; time:hour 9 .
    <id/public-service/x#requirement> a cv:Requirement ; dct:identifier "r" ; dct:title "Proof of address"@en ;
        cv:hasSupportingEvidence <id/public-service/x#evidence> .
    <id/public-service/x#evidence> a cv:Evidence ; dct:identifier "e" ; dct:title "Registration"@en .
    <id/public-service/x#output> a cv:Output ; dct:identifier "o" ; dct:title "Passport"@en .
    <id/public-service/x#counter> a cv:Channel ; dct:identifier "c" ;
        dct:type <id/channel-type/face-to-face> ;
        cv:processingTime "P20D"^^xsd:duration ;
        foaf:page <https://o.example/counter> ;
        locn:address <id/public-service/x#address> .
    <id/public-service/x#address> a locn:Address ; locn:thoroughfare "Markt"@de ; locn:postCode "12345" .
    <id/public-service/x#cost> a cv:Cost ; dct:identifier "k" ; cv:hasValue "60.0"^^xsd:double ;
        cv:currency <http://publications.europa.eu/resource/authority/currency/EUR> ;
        cv:ifAccessedThrough <id/public-service/x#counter> .
    <id/organisation/o> skos:prefLabel "Stadt O"@de .
    <id/service-type/9> skos:prefLabel "Passports"@en .
    <id/channel-type/face-to-face> skos:prefLabel "Face to face"@en .
    <id/co-design/c> dct:title "An evening with residents"@en .
"#;

/// What CPSV-AP does not know of it. A date of creation it knows of concepts alone, as SKOS does.
const UNKNOWN: [&str; 4] = ["def#serviceType", "def#coDesignedIn", "An evening with residents", "terms/created"];

#[test]
fn a_public_service_in_cpsv_ap_keeps_all_but_what_the_specification_does_not_know() {
    let about = NamedNode::new_unchecked(format!("{BASE}id/public-service/x"));
    let document = triples(SERVICE);
    let view = Profile::CpsvAp.view(&about, document.clone());
    let left_out: Vec<String> = statements(&document).difference(&statements(&view)).map(ToString::to_string).collect();
    assert_eq!(left_out.len(), UNKNOWN.len(), "{left_out:#?}");
    for unknown in UNKNOWN {
        assert!(left_out.iter().any(|statement| statement.contains(unknown)), "{unknown}: {left_out:#?}");
    }
}

#[test]
fn a_public_service_is_nothing_to_skos() {
    assert_seen(Profile::Skos, "id/public-service/x", SERVICE, "");
}

#[test]
fn a_public_service_in_schema_org_is_a_government_service_with_its_channels() {
    let expected = r#"
        <id/public-service/x> a schema:GovernmentService ;
            schema:identifier "x" ;
            schema:name "Passport"@en , "Reisepass"@de ;
            schema:description "A passport for those who live in town."@en ;
            schema:category <http://publications.europa.eu/resource/authority/main-activity/gen-pub> , <id/service-type/9> ;
            schema:areaServed <http://publications.europa.eu/resource/authority/atu/DEU> ;
            schema:audience <id/audience/resident> ;
            schema:provider <id/organisation/o> ;
            schema:serviceOutput <id/public-service/x#output> ;
            schema:availableChannel <id/public-service/x#counter> ;
            schema:offers <id/public-service/x#cost> ;
            schema:serviceType <id/service-type/9> ;
            schema:subjectOf <https://o.example/passport> .
        <id/public-service/x#output> a schema:Thing ; schema:identifier "o" ; schema:name "Passport"@en .
        <id/public-service/x#counter> a schema:ServiceChannel ; schema:identifier "c" ;
            schema:additionalType <id/channel-type/face-to-face> ;
            schema:processingTime "P20D"^^xsd:duration ;
            schema:serviceUrl <https://o.example/counter> ;
            schema:servicePostalAddress <id/public-service/x#address> .
        <id/public-service/x#address> a schema:PostalAddress ;
            schema:streetAddress "Markt"@de ; schema:postalCode "12345" .
        <id/public-service/x#cost> a schema:Offer ; schema:identifier "k" ;
            schema:price "60.0"^^xsd:double ; schema:priceCurrency "EUR" .
        <id/organisation/o> schema:name "Stadt O"@de .
        <id/service-type/9> schema:name "Passports"@en .
        <id/channel-type/face-to-face> schema:name "Face to face"@en ."#;
    assert_seen(Profile::SchemaOrg, "id/public-service/x", SERVICE, expected);
}
