//! An organisation with the services that point at it, and a contact point.

use super::*;

const ORGANISATION: &str = r#"
    <id/organisation/o> a cv:PublicOrganisation , foaf:Agent , org:Organization ;
        dct:identifier "o" ;
        dct:title "Stadt O"@de ;
        skos:prefLabel "Stadt O"@de ;
        foaf:name "Stadt O"@de ;
        dct:spatial <id/organisation/o#area> ;
        cv:contactPoint <id/contact-point/o> ;
        eusl:contactPhase <id/antwoord-phase/3> .
    <id/organisation/o#area> a dct:Location ; skos:prefLabel "O"@de .
    <id/antwoord-phase/3> skos:prefLabel "Front office"@en .
    <id/public-service/x> cv:hasCompetentAuthority <id/organisation/o> ; dct:title "Passport"@en .
    <id/organisation/o-desk> org:unitOf <id/organisation/o> ; skos:prefLabel "Bürgerbüro"@de .
"#;

#[test]
fn an_organisation_in_cpsv_ap_keeps_what_core_vocabularies_know() {
    let expected = r#"
        <id/organisation/o> a cv:PublicOrganisation , foaf:Agent , org:Organization ;
            dct:identifier "o" ;
            dct:title "Stadt O"@de ;
            skos:prefLabel "Stadt O"@de ;
            dct:spatial <id/organisation/o#area> ;
            cv:contactPoint <id/contact-point/o> .
        <id/organisation/o#area> a dct:Location ; skos:prefLabel "O"@de .
        <id/public-service/x> cv:hasCompetentAuthority <id/organisation/o> ; dct:title "Passport"@en .
        <id/organisation/o-desk> org:unitOf <id/organisation/o> ; skos:prefLabel "Bürgerbüro"@de ."#;
    assert_seen(Profile::CpsvAp, "id/organisation/o", ORGANISATION, expected);
}

#[test]
fn an_organisation_in_schema_org_has_one_class_and_one_name_however_many_give_it() {
    let expected = r#"
        <id/organisation/o> a schema:GovernmentOrganization ;
            schema:identifier "o" ;
            schema:name "Stadt O"@de ;
            schema:areaServed <id/organisation/o#area> ;
            schema:contactPoint <id/contact-point/o> .
        <id/organisation/o#area> a schema:Place ; schema:name "O"@de .
        <id/public-service/x> schema:provider <id/organisation/o> ; schema:name "Passport"@en .
        <id/organisation/o-desk> schema:parentOrganization <id/organisation/o> ; schema:name "Bürgerbüro"@de ."#;
    assert_seen(Profile::SchemaOrg, "id/organisation/o", ORGANISATION, expected);
}

#[test]
fn hours_on_which_a_contact_point_is_closed_are_not_said_to_be_open() {
    let contact_point = r#"
        <id/contact-point/o> a cv:ContactPoint ; cv:email "info@o.example" ; cv:telephone "+0 1" ;
            cv:contactPage <https://o.example/contact> ;
            cv:openingHours <id/contact-point/o#hours> ;
            cv:specialOpeningHoursSpecification <id/contact-point/o#closed> .
        <id/contact-point/o#hours> a time:TemporalEntity ; dct:description "Weekdays."@en .
        <id/contact-point/o#closed> a time:TemporalEntity ; dct:description "Closed at New Year."@en ."#;
    let expected = r#"
        <id/contact-point/o> a schema:ContactPoint ; schema:email "info@o.example" ; schema:telephone "+0 1" ;
            schema:url <https://o.example/contact> ;
            schema:hoursAvailable <id/contact-point/o#hours> .
        <id/contact-point/o#hours> a schema:OpeningHoursSpecification ; schema:description "Weekdays."@en ."#;
    assert_seen(Profile::SchemaOrg, "id/contact-point/o", contact_point, expected);
}
