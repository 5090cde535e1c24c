//! The IRIs of the vocabularies that a sample uses, named after their prefixed names.
//!
//! Classes and properties: [CPSV-AP 3.2.0](https://semiceu.github.io/CPSV-AP/releases/3.2.0/).

/// Classes.
pub mod class {
    /// `cpsv:PublicService`
    pub const CPSV_PUBLIC_SERVICE: &str = "http://purl.org/vocab/cpsv#PublicService";
    /// `cpsv:Rule`
    pub const CPSV_RULE: &str = "http://purl.org/vocab/cpsv#Rule";
    /// `cv:Channel`
    pub const CV_CHANNEL: &str = "http://data.europa.eu/m8g/Channel";
    /// `cv:ContactPoint`
    pub const CV_CONTACT_POINT: &str = "http://data.europa.eu/m8g/ContactPoint";
    /// `cv:Cost`
    pub const CV_COST: &str = "http://data.europa.eu/m8g/Cost";
    /// `cv:Event`
    pub const CV_EVENT: &str = "http://data.europa.eu/m8g/Event";
    /// `cv:Evidence`
    pub const CV_EVIDENCE: &str = "http://data.europa.eu/m8g/Evidence";
    /// `cv:LifeEvent`
    pub const CV_LIFE_EVENT: &str = "http://data.europa.eu/m8g/LifeEvent";
    /// `cv:Output`
    pub const CV_OUTPUT: &str = "http://data.europa.eu/m8g/Output";
    /// `cv:PublicOrganisation`
    pub const CV_PUBLIC_ORGANISATION: &str = "http://data.europa.eu/m8g/PublicOrganisation";
    /// `dct:LinguisticSystem`
    pub const DCT_LINGUISTIC_SYSTEM: &str = "http://purl.org/dc/terms/LinguisticSystem";
    /// `dct:Location`
    pub const DCT_LOCATION: &str = "http://purl.org/dc/terms/Location";
    /// `eli:LegalResource`
    pub const ELI_LEGAL_RESOURCE: &str = "http://data.europa.eu/eli/ontology#LegalResource";
    /// `foaf:Agent`
    pub const FOAF_AGENT: &str = "http://xmlns.com/foaf/0.1/Agent";
    /// `skos:Concept`
    pub const SKOS_CONCEPT: &str = "http://www.w3.org/2004/02/skos/core#Concept";
    /// `time:TemporalEntity`
    pub const TIME_TEMPORAL_ENTITY: &str = "http://www.w3.org/2006/time#TemporalEntity";
}

/// Properties.
pub mod property {
    /// `adms:status`
    pub const ADMS_STATUS: &str = "http://www.w3.org/ns/adms#status";
    /// `cpsv:follows`
    pub const CPSV_FOLLOWS: &str = "http://purl.org/vocab/cpsv#follows";
    /// `cpsv:hasInput`
    pub const CPSV_HAS_INPUT: &str = "http://purl.org/vocab/cpsv#hasInput";
    /// `cpsv:implements`
    pub const CPSV_IMPLEMENTS: &str = "http://purl.org/vocab/cpsv#implements";
    /// `cpsv:produces`
    pub const CPSV_PRODUCES: &str = "http://purl.org/vocab/cpsv#produces";
    /// `cv:contactPoint`
    pub const CV_CONTACT_POINT: &str = "http://data.europa.eu/m8g/contactPoint";
    /// `cv:currency`
    pub const CV_CURRENCY: &str = "http://data.europa.eu/m8g/currency";
    /// `cv:email`
    pub const CV_EMAIL: &str = "http://data.europa.eu/m8g/email";
    /// `cv:frequency`
    pub const CV_FREQUENCY: &str = "http://data.europa.eu/m8g/frequency";
    /// `cv:hasChannel`
    pub const CV_HAS_CHANNEL: &str = "http://data.europa.eu/m8g/hasChannel";
    /// `cv:hasCompetentAuthority`
    pub const CV_HAS_COMPETENT_AUTHORITY: &str = "http://data.europa.eu/m8g/hasCompetentAuthority";
    /// `cv:hasCost`
    pub const CV_HAS_COST: &str = "http://data.europa.eu/m8g/hasCost";
    /// `cv:hasLegalResource`
    pub const CV_HAS_LEGAL_RESOURCE: &str = "http://data.europa.eu/m8g/hasLegalResource";
    /// `cv:hasValue`
    pub const CV_HAS_VALUE: &str = "http://data.europa.eu/m8g/hasValue";
    /// `cv:ifAccessedThrough`
    pub const CV_IF_ACCESSED_THROUGH: &str = "http://data.europa.eu/m8g/ifAccessedThrough";
    /// `cv:isClassifiedBy`
    pub const CV_IS_CLASSIFIED_BY: &str = "http://data.europa.eu/m8g/isClassifiedBy";
    /// `cv:isGroupedBy`
    pub const CV_IS_GROUPED_BY: &str = "http://data.europa.eu/m8g/isGroupedBy";
    /// `cv:openingHours`
    pub const CV_OPENING_HOURS: &str = "http://data.europa.eu/m8g/openingHours";
    /// `cv:processingTime`
    pub const CV_PROCESSING_TIME: &str = "http://data.europa.eu/m8g/processingTime";
    /// `cv:sector`
    pub const CV_SECTOR: &str = "http://data.europa.eu/m8g/sector";
    /// `cv:telephone`
    pub const CV_TELEPHONE: &str = "http://data.europa.eu/m8g/telephone";
    /// `cv:thematicArea`
    pub const CV_THEMATIC_AREA: &str = "http://data.europa.eu/m8g/thematicArea";
    /// `dcat:keyword`
    pub const DCAT_KEYWORD: &str = "http://www.w3.org/ns/dcat#keyword";
    /// `dct:description`
    pub const DCT_DESCRIPTION: &str = "http://purl.org/dc/terms/description";
    /// `dct:identifier`
    pub const DCT_IDENTIFIER: &str = "http://purl.org/dc/terms/identifier";
    /// `dct:language`
    pub const DCT_LANGUAGE: &str = "http://purl.org/dc/terms/language";
    /// `dct:spatial`
    pub const DCT_SPATIAL: &str = "http://purl.org/dc/terms/spatial";
    /// `dct:title`
    pub const DCT_TITLE: &str = "http://purl.org/dc/terms/title";
    /// `dct:type`
    pub const DCT_TYPE: &str = "http://purl.org/dc/terms/type";
    /// `eusl:serviceType`
    pub const EUSL_SERVICE_TYPE: &str = "https://w3id.org/eu-service-list/def#serviceType";
    /// `foaf:name`
    pub const FOAF_NAME: &str = "http://xmlns.com/foaf/0.1/name";
    /// `foaf:page`
    pub const FOAF_PAGE: &str = "http://xmlns.com/foaf/0.1/page";
    /// `rdf:type`
    pub const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    /// `skos:prefLabel`
    pub const SKOS_PREF_LABEL: &str = "http://www.w3.org/2004/02/skos/core#prefLabel";
}

/// Datatypes.
pub mod datatype {
    /// `xsd:decimal`
    pub const XSD_DECIMAL: &str = "http://www.w3.org/2001/XMLSchema#decimal";
    /// `xsd:double`
    pub const XSD_DOUBLE: &str = "http://www.w3.org/2001/XMLSchema#double";
    /// `xsd:duration`
    pub const XSD_DURATION: &str = "http://www.w3.org/2001/XMLSchema#duration";
}
