//! Which terms of schema.org say what the terms of a document say.
//!
//! Definitions: <https://schema.org/docs/full.html>. A property is mapped only where schema.org has
//! it for the class, and never to one that it has superseded: `audience`, `areaServed` and
//! `serviceOutput`, not `serviceAudience`, `serviceArea` and `produces`.

/// From a property, by its prefixed name, to the local name of one of schema.org's.
pub type Mapping = (&'static str, &'static str);

/// A class of schema.org, and what it stands for.
pub struct Kind {
    /// Its local name.
    pub class: &'static str,
    /// The classes that it stands for, by prefixed name.
    pub of: &'static [&'static str],
    /// The properties that mean something of their own for this class.
    pub properties: &'static [Mapping],
}

/// Properties of every kind of thing, unless its kind says otherwise.
pub const COMMON: &[Mapping] = &[
    ("dct:alternative", "alternateName"),
    ("dct:description", "description"),
    ("dct:identifier", "identifier"),
    ("dct:title", "name"),
    ("foaf:homepage", "url"),
    ("foaf:name", "name"),
    ("foaf:page", "subjectOf"),
    ("owl:sameAs", "sameAs"),
    ("rdfs:label", "name"),
    ("skos:altLabel", "alternateName"),
    ("skos:exactMatch", "sameAs"),
    ("skos:prefLabel", "name"),
];

/// The kinds of things that schema.org has a class for; of several for one thing, the first holds.
///
/// Events of life and business are none of them: a schema.org `Event` is held at a time and place.
pub const KINDS: &[Kind] = &[
    Kind {
        class: "DefinedTermSet",
        of: &["skos:ConceptScheme"],
        properties: &[
            ("adms:status", "creativeWorkStatus"),
            ("dct:created", "dateCreated"),
            ("dct:creator", "creator"),
            ("dct:hasPart", "hasPart"),
            ("dct:isPartOf", "isPartOf"),
            ("dct:issued", "datePublished"),
            ("dct:language", "inLanguage"),
            ("dct:license", "license"),
            ("dct:modified", "dateModified"),
            ("dct:publisher", "publisher"),
            ("dct:rights", "copyrightNotice"),
            ("dct:source", "isBasedOn"),
            ("owl:versionInfo", "version"),
            ("skos:definition", "description"),
            ("skos:hasTopConcept", "hasDefinedTerm"),
        ],
    },
    Kind {
        class: "DefinedTerm",
        of: &["skos:Concept"],
        properties: &[
            ("skos:definition", "description"),
            ("skos:inScheme", "inDefinedTermSet"),
            ("skos:notation", "termCode"),
            ("skos:topConceptOf", "inDefinedTermSet"),
        ],
    },
    Kind {
        class: "GovernmentService",
        of: &["cpsv:PublicService"],
        properties: &[
            ("cpsv:produces", "serviceOutput"),
            ("cv:hasChannel", "availableChannel"),
            ("cv:hasCompetentAuthority", "provider"),
            ("cv:hasCost", "offers"),
            ("cv:isClassifiedBy", "category"),
            ("cv:relatedService", "isRelatedTo"),
            ("cv:sector", "category"),
            ("cv:thematicArea", "category"),
            ("dct:audience", "audience"),
            ("dct:spatial", "areaServed"),
            ("dct:type", "category"),
            ("eusl:serviceType", "serviceType"),
        ],
    },
    Kind {
        class: "ServiceChannel",
        of: &["cv:Channel"],
        properties: &[
            ("cv:processingTime", "processingTime"),
            // A contact point to schema.org, which takes the text alone as well.
            ("cv:telephone", "servicePhone"),
            ("dct:language", "availableLanguage"),
            ("dct:spatial", "serviceLocation"),
            ("dct:type", "additionalType"),
            ("foaf:homepage", "serviceUrl"),
            ("foaf:page", "serviceUrl"),
            ("locn:address", "servicePostalAddress"),
        ],
    },
    Kind { class: "GovernmentOrganization", of: &["cv:PublicOrganisation"], properties: ORGANISATION },
    Kind {
        class: "Organization",
        of: &["org:FormalOrganization", "org:Organization", "org:OrganizationalUnit"],
        properties: ORGANISATION,
    },
    Kind {
        class: "ContactPoint",
        of: &["cv:ContactPoint"],
        // Hours on which it is closed or opens otherwise stay out: `hoursAvailable` would turn
        // them into hours on which it is open.
        properties: &[
            ("cv:contactPage", "url"),
            ("cv:email", "email"),
            ("cv:openingHours", "hoursAvailable"),
            ("cv:telephone", "telephone"),
            ("dct:language", "availableLanguage"),
        ],
    },
    Kind { class: "OpeningHoursSpecification", of: &["time:TemporalEntity"], properties: &[] },
    Kind {
        class: "PostalAddress",
        of: &["locn:Address"],
        // The number of the house stands before the street in one country and after it in another,
        // and schema.org has no property for it alone: the full address tells it.
        properties: &[
            ("locn:adminUnitL1", "addressCountry"),
            ("locn:adminUnitL2", "addressRegion"),
            ("locn:fullAddress", "description"),
            ("locn:poBox", "postOfficeBoxNumber"),
            ("locn:postCode", "postalCode"),
            ("locn:postName", "addressLocality"),
            ("locn:thoroughfare", "streetAddress"),
        ],
    },
    Kind {
        class: "Place",
        of: &["dct:Location"],
        properties: &[("locn:address", "address"), ("locn:geographicName", "name")],
    },
    Kind { class: "Offer", of: &["cv:Cost"], properties: &[("cv:currency", PRICE_CURRENCY), ("cv:hasValue", "price")] },
    Kind { class: "Thing", of: &["cv:Output"], properties: &[] },
];

/// Properties that are said the other way round where they point at the document's own record: a
/// list says which terms it has.
pub const INVERSE: &[Mapping] = &[("skos:inScheme", "hasDefinedTerm"), ("skos:topConceptOf", "hasDefinedTerm")];

/// The property whose value is a code of three letters (ISO 4217).
pub const PRICE_CURRENCY: &str = "priceCurrency";

/// The [EU currency table](http://publications.europa.eu/resource/authority/currency), whose IRIs
/// end with that code.
pub const CURRENCIES: &str = "http://publications.europa.eu/resource/authority/currency/";

const ORGANISATION: &[Mapping] = &[
    ("cv:contactPoint", "contactPoint"),
    ("cv:email", "email"),
    ("cv:telephone", "telephone"),
    ("dct:spatial", "areaServed"),
    ("locn:address", "address"),
    ("org:hasSubOrganization", "subOrganization"),
    ("org:hasUnit", "subOrganization"),
    ("org:subOrganizationOf", "parentOrganization"),
    ("org:unitOf", "parentOrganization"),
];
