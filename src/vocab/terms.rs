//! The constants themselves, one module for each vocabulary.

/// Declares a vocabulary: its namespace, its terms and the list of all of them.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $module:ident, $namespace:literal, { $($constant:ident = $local:literal),* $(,)? }) => {
        $(#[$doc])*
        pub mod $module {
            use oxrdf::NamedNodeRef;

            /// What every term's IRI starts with.
            pub const NAMESPACE: &str = $namespace;
            $(
                #[doc = concat!("`", $namespace, $local, "`")]
                pub const $constant: NamedNodeRef<'static> =
                    NamedNodeRef::new_unchecked(concat!($namespace, $local));
            )*
            /// Every term declared here.
            pub const ALL: &[NamedNodeRef<'static>] = &[$($constant),*];
        }
    };
}

vocabulary!(
    /// Asset Description Metadata Schema, <https://www.w3.org/TR/vocab-adms/>.
    adms, "http://www.w3.org/ns/adms#", { STATUS = "status" }
);
vocabulary!(
    /// Core Public Service Vocabulary, <https://semiceu.github.io/CPSV-AP/releases/3.2.0/>.
    cpsv, "http://purl.org/vocab/cpsv#", { PUBLIC_SERVICE = "PublicService" }
);
vocabulary!(
    /// Core vocabularies of the EU, <https://semiceu.github.io/CPSV-AP/releases/3.2.0/>.
    cv, "http://data.europa.eu/m8g/", {
        CHANNEL = "Channel",
        CONTACT_PAGE = "contactPage",
        CONTACT_POINT = "contactPoint",
        EMAIL = "email",
        HAS_CHANNEL = "hasChannel",
        HAS_COMPETENT_AUTHORITY = "hasCompetentAuthority",
        IS_CLASSIFIED_BY = "isClassifiedBy",
        OPENING_HOURS = "openingHours",
        PUBLIC_ORGANISATION = "PublicOrganisation",
        SPECIAL_OPENING_HOURS_SPECIFICATION = "specialOpeningHoursSpecification",
        TELEPHONE = "telephone",
        THEMATIC_AREA = "thematicArea",
    }
);
vocabulary!(
    /// DCMI Metadata Terms, <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>.
    dct, "http://purl.org/dc/terms/", {
        ACCESS_RIGHTS = "accessRights",
        ACCRUAL_PERIODICITY = "accrualPeriodicity",
        AUDIENCE = "audience",
        CONFORMS_TO = "conformsTo",
        CREATED = "created",
        DESCRIPTION = "description",
        FORMAT = "format",
        FREQUENCY = "Frequency",
        HAS_PART = "hasPart",
        IDENTIFIER = "identifier",
        ISSUED = "issued",
        IS_PART_OF = "isPartOf",
        IS_REPLACED_BY = "isReplacedBy",
        IS_VERSION_OF = "isVersionOf",
        LANGUAGE = "language",
        LICENSE = "license",
        LICENSE_DOCUMENT = "LicenseDocument",
        LINGUISTIC_SYSTEM = "LinguisticSystem",
        LOCATION = "Location",
        MEDIA_TYPE = "MediaType",
        MEDIA_TYPE_OR_EXTENT = "MediaTypeOrExtent",
        MODIFIED = "modified",
        PERIOD_OF_TIME = "PeriodOfTime",
        PUBLISHER = "publisher",
        RIGHTS_STATEMENT = "RightsStatement",
        SPATIAL = "spatial",
        STANDARD = "Standard",
        TEMPORAL = "temporal",
        TITLE = "title",
        TYPE = "type",
    }
);
vocabulary!(
    /// FOAF, <http://xmlns.com/foaf/spec/>.
    foaf, "http://xmlns.com/foaf/0.1/", {
        AGENT = "Agent",
        DOCUMENT = "Document",
        HOMEPAGE = "homepage",
        NAME = "name",
        PAGE = "page",
        PRIMARY_TOPIC = "primaryTopic",
    }
);
vocabulary!(
    /// The Organization Ontology, <https://www.w3.org/TR/vocab-org/>.
    org, "http://www.w3.org/ns/org#", { ORGANIZATIONAL_UNIT = "OrganizationalUnit", UNIT_OF = "unitOf" }
);
vocabulary!(
    /// OWL 2, <https://www.w3.org/TR/owl2-syntax/>.
    owl, "http://www.w3.org/2002/07/owl#", {
        IMPORTS = "imports",
        CLASS = "Class",
        ONTOLOGY = "Ontology",
        VERSION_INFO = "versionInfo",
    }
);
vocabulary!(
    /// PROV-O, <https://www.w3.org/TR/prov-o/>.
    prov, "http://www.w3.org/ns/prov#", {
        ACTIVITY = "Activity",
        COLLECTION = "Collection",
        ENDED_AT_TIME = "endedAtTime",
        ENTITY = "Entity",
        GENERATED_AT_TIME = "generatedAtTime",
        HAD_MEMBER = "hadMember",
        INVALIDATED_AT_TIME = "invalidatedAtTime",
        SPECIALIZATION_OF = "specializationOf",
        STARTED_AT_TIME = "startedAtTime",
        WAS_ASSOCIATED_WITH = "wasAssociatedWith",
        WAS_ATTRIBUTED_TO = "wasAttributedTo",
        WAS_DERIVED_FROM = "wasDerivedFrom",
        WAS_GENERATED_BY = "wasGeneratedBy",
        WAS_REVISION_OF = "wasRevisionOf",
    }
);
vocabulary!(
    /// RDF 1.1, <https://www.w3.org/TR/rdf11-concepts/>.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", {
        FIRST = "first",
        NIL = "nil",
        OBJECT = "object",
        PREDICATE = "predicate",
        PROPERTY = "Property",
        REST = "rest",
        STATEMENT = "Statement",
        SUBJECT = "subject",
        TYPE = "type",
    }
);
vocabulary!(
    /// RDF Schema 1.1, <https://www.w3.org/TR/rdf-schema/>.
    rdfs, "http://www.w3.org/2000/01/rdf-schema#", {
        CLASS = "Class",
        COMMENT = "comment",
        DATATYPE = "Datatype",
        DOMAIN = "domain",
        IS_DEFINED_BY = "isDefinedBy",
        LABEL = "label",
        RANGE = "range",
        SEE_ALSO = "seeAlso",
        SUB_CLASS_OF = "subClassOf",
        SUB_PROPERTY_OF = "subPropertyOf",
    }
);
vocabulary!(
    /// schema.org, whose terms tell opening hours to machines, <https://schema.org/OpeningHoursSpecification>.
    schema, "http://schema.org/", {
        CLOSES = "closes",
        DAY_OF_WEEK = "dayOfWeek",
        OPENS = "opens",
        SCHEDULE_TIMEZONE = "scheduleTimezone",
        VALID_FROM = "validFrom",
        VALID_THROUGH = "validThrough",
    }
);
vocabulary!(
    /// SKOS, <https://www.w3.org/TR/skos-reference/>.
    skos, "http://www.w3.org/2004/02/skos/core#", {
        ALT_LABEL = "altLabel",
        BROADER = "broader",
        CLOSE_MATCH = "closeMatch",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        DEFINITION = "definition",
        EXACT_MATCH = "exactMatch",
        HIDDEN_LABEL = "hiddenLabel",
        IN_SCHEME = "inScheme",
        NOTATION = "notation",
        NOTE = "note",
        PREF_LABEL = "prefLabel",
        SCOPE_NOTE = "scopeNote",
        TOP_CONCEPT_OF = "topConceptOf",
    }
);
vocabulary!(
    /// SKOS eXtension for Labels, <https://www.w3.org/TR/skos-reference/skos-xl.html>.
    skosxl, "http://www.w3.org/2008/05/skos-xl#", {
        ALT_LABEL = "altLabel",
        LABEL = "Label",
        LITERAL_FORM = "literalForm",
    }
);
vocabulary!(
    /// VANN, <https://vocab.org/vann/>.
    vann, "http://purl.org/vocab/vann/", { PREFERRED_NAMESPACE_PREFIX = "preferredNamespacePrefix" }
);
vocabulary!(
    /// VoID, <https://www.w3.org/TR/void/>.
    void, "http://rdfs.org/ns/void#", {
        CLASS = "class",
        CLASSES = "classes",
        CLASS_PARTITION = "classPartition",
        DATASET = "Dataset",
        DATASET_DESCRIPTION = "DatasetDescription",
        DATA_DUMP = "dataDump",
        ENTITIES = "entities",
        EXAMPLE_RESOURCE = "exampleResource",
        FEATURE = "feature",
        IN_DATASET = "inDataset",
        LINKSET = "Linkset",
        LINK_PREDICATE = "linkPredicate",
        OBJECTS_TARGET = "objectsTarget",
        PROPERTIES = "properties",
        PROPERTY = "property",
        PROPERTY_PARTITION = "propertyPartition",
        ROOT_RESOURCE = "rootResource",
        SPARQL_ENDPOINT = "sparqlEndpoint",
        SUBJECTS_TARGET = "subjectsTarget",
        SUBSET = "subset",
        TRIPLES = "triples",
        URI_SPACE = "uriSpace",
        VOCABULARY = "vocabulary",
    }
);
vocabulary!(
    /// XML Schema datatypes, <https://www.w3.org/TR/xmlschema11-2/>.
    xsd, "http://www.w3.org/2001/XMLSchema#", {
        ANY_URI = "anyURI",
        BASE64_BINARY = "base64Binary",
        BOOLEAN = "boolean",
        BYTE = "byte",
        DATE = "date",
        DATE_TIME = "dateTime",
        DATE_TIME_STAMP = "dateTimeStamp",
        DAY_TIME_DURATION = "dayTimeDuration",
        DECIMAL = "decimal",
        DOUBLE = "double",
        DURATION = "duration",
        FLOAT = "float",
        G_DAY = "gDay",
        G_MONTH = "gMonth",
        G_MONTH_DAY = "gMonthDay",
        G_YEAR = "gYear",
        G_YEAR_MONTH = "gYearMonth",
        HEX_BINARY = "hexBinary",
        INT = "int",
        INTEGER = "integer",
        LANGUAGE = "language",
        LONG = "long",
        NEGATIVE_INTEGER = "negativeInteger",
        NON_NEGATIVE_INTEGER = "nonNegativeInteger",
        NON_POSITIVE_INTEGER = "nonPositiveInteger",
        POSITIVE_INTEGER = "positiveInteger",
        SHORT = "short",
        STRING = "string",
        TIME = "time",
        UNSIGNED_BYTE = "unsignedByte",
        UNSIGNED_INT = "unsignedInt",
        UNSIGNED_LONG = "unsignedLong",
        UNSIGNED_SHORT = "unsignedShort",
        YEAR_MONTH_DURATION = "yearMonthDuration",
    }
);
vocabulary!(
    /// The product's own terms, `vocab/eusl.ttl`.
    eusl, "https://w3id.org/eu-service-list/def#", {
        ADDITION = "Addition",
        APPLIES_TO = "appliesTo",
        ASSESSES = "assesses",
        CHANNEL_TYPE = "channelType",
        CONFIDENCE = "confidence",
        CONTACT_PHASE = "contactPhase",
        CO_DESIGNED_IN = "coDesignedIn",
        CO_DESIGN_ACTIVITY = "CoDesignActivity",
        CO_DESIGN_METHOD = "coDesignMethod",
        DANGLING_REFERENCE = "DanglingReference",
        DECISION_RULE = "DecisionRule",
        DELIVERY_PATTERN = "deliveryPattern",
        DEPRECATION = "Deprecation",
        FIRST_CONTACT_AIM = "firstContactAim",
        FIRST_CONTACT_SHARE = "firstContactShare",
        GOVERNMENT_LEVEL = "governmentLevel",
        HANDLES = "handles",
        HANDLING = "handling",
        HELD_FROM = "heldFrom",
        HELD_UNTIL = "heldUntil",
        INTERACTION = "interaction",
        IS_PART_OF_SERVICE_GROUP = "isPartOfServiceGroup",
        LIMIT = "limit",
        LITERAL = "literal",
        MERGER = "Merger",
        MOVE = "Move",
        PILOT = "Pilot",
        PILOTS = "pilots",
        POSITION = "position",
        PROPERTY = "property",
        PROPOSAL = "proposal",
        PROPOSAL_CLASS = "Proposal",
        PROPOSES = "proposes",
        REASON = "reason",
        REDEFINITION = "Redefinition",
        REINSTATEMENT = "Reinstatement",
        REMOVAL = "Removal",
        RENAMING = "Renaming",
        RESPONSIBILITY = "Responsibility",
        RESPONSIBLE_UNIT = "responsibleUnit",
        RULE = "rule",
        SCOPE = "scope",
        SCORE = "score",
        SERVICE_TYPE = "serviceType",
        SERVICE_TYPE_CLASS = "ServiceType",
        SPLIT = "Split",
        SUITABILITY = "suitability",
        SUITABILITY_ASSESSMENT = "SuitabilityAssessment",
        SUPERSESSION = "Supersession",
        TEXT_SEARCH = "textSearch",
        TRANSFER_OF = "transferOf",
        TRANSLATION = "Translation",
        TYPICAL_CHANNEL = "typicalChannel",
        TYPICAL_EVENT = "typicalEvent",
        WITHDRAWAL = "Withdrawal",
        WITHDRAWN_RECORD = "WithdrawnRecord",
        WORDS = "words",
    }
);
