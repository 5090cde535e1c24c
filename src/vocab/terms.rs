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
    }
);
vocabulary!(
    /// DCMI Metadata Terms, <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>.
    dct, "http://purl.org/dc/terms/", {
        AUDIENCE = "audience",
        CREATED = "created",
        DESCRIPTION = "description",
        HAS_PART = "hasPart",
        IDENTIFIER = "identifier",
        IS_REPLACED_BY = "isReplacedBy",
        IS_VERSION_OF = "isVersionOf",
        ISSUED = "issued",
        LICENSE = "license",
        MODIFIED = "modified",
        SPATIAL = "spatial",
        TITLE = "title",
        TYPE = "type",
    }
);
vocabulary!(
    /// FOAF, <http://xmlns.com/foaf/spec/>.
    foaf, "http://xmlns.com/foaf/0.1/", { AGENT = "Agent", HOMEPAGE = "homepage", NAME = "name", PAGE = "page", PRIMARY_TOPIC = "primaryTopic" }
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
    /// SHACL, <https://www.w3.org/TR/shacl/>.
    sh, "http://www.w3.org/ns/shacl#", {
        ALTERNATIVE_PATH = "alternativePath",
        AND = "and",
        AND_CONSTRAINT_COMPONENT = "AndConstraintComponent",
        ASK = "ask",
        BLANK_NODE = "BlankNode",
        BLANK_NODE_OR_IRI = "BlankNodeOrIRI",
        BLANK_NODE_OR_LITERAL = "BlankNodeOrLiteral",
        CLASS = "class",
        CLASS_CONSTRAINT_COMPONENT = "ClassConstraintComponent",
        CLOSED = "closed",
        CLOSED_CONSTRAINT_COMPONENT = "ClosedConstraintComponent",
        CONFORMS = "conforms",
        CONSTRAINT_COMPONENT = "ConstraintComponent",
        DATATYPE = "datatype",
        DATATYPE_CONSTRAINT_COMPONENT = "DatatypeConstraintComponent",
        DEACTIVATED = "deactivated",
        DECLARE = "declare",
        DESCRIPTION = "description",
        DETAIL = "detail",
        DISJOINT = "disjoint",
        DISJOINT_CONSTRAINT_COMPONENT = "DisjointConstraintComponent",
        ENTAILMENT = "entailment",
        EQUALS = "equals",
        EQUALS_CONSTRAINT_COMPONENT = "EqualsConstraintComponent",
        FLAGS = "flags",
        FOCUS_NODE = "focusNode",
        HAS_VALUE = "hasValue",
        HAS_VALUE_CONSTRAINT_COMPONENT = "HasValueConstraintComponent",
        IGNORED_PROPERTIES = "ignoredProperties",
        IN = "in",
        INFO = "Info",
        INVERSE_PATH = "inversePath",
        IN_CONSTRAINT_COMPONENT = "InConstraintComponent",
        IRI = "IRI",
        IRI_OR_LITERAL = "IRIOrLiteral",
        LABEL_TEMPLATE = "labelTemplate",
        LANGUAGE_IN = "languageIn",
        LANGUAGE_IN_CONSTRAINT_COMPONENT = "LanguageInConstraintComponent",
        LESS_THAN = "lessThan",
        LESS_THAN_CONSTRAINT_COMPONENT = "LessThanConstraintComponent",
        LESS_THAN_OR_EQUALS = "lessThanOrEquals",
        LESS_THAN_OR_EQUALS_CONSTRAINT_COMPONENT = "LessThanOrEqualsConstraintComponent",
        LITERAL = "Literal",
        MAX_COUNT = "maxCount",
        MAX_COUNT_CONSTRAINT_COMPONENT = "MaxCountConstraintComponent",
        MAX_EXCLUSIVE = "maxExclusive",
        MAX_EXCLUSIVE_CONSTRAINT_COMPONENT = "MaxExclusiveConstraintComponent",
        MAX_INCLUSIVE = "maxInclusive",
        MAX_INCLUSIVE_CONSTRAINT_COMPONENT = "MaxInclusiveConstraintComponent",
        MAX_LENGTH = "maxLength",
        MAX_LENGTH_CONSTRAINT_COMPONENT = "MaxLengthConstraintComponent",
        MESSAGE = "message",
        MIN_COUNT = "minCount",
        MIN_COUNT_CONSTRAINT_COMPONENT = "MinCountConstraintComponent",
        MIN_EXCLUSIVE = "minExclusive",
        MIN_EXCLUSIVE_CONSTRAINT_COMPONENT = "MinExclusiveConstraintComponent",
        MIN_INCLUSIVE = "minInclusive",
        MIN_INCLUSIVE_CONSTRAINT_COMPONENT = "MinInclusiveConstraintComponent",
        MIN_LENGTH = "minLength",
        MIN_LENGTH_CONSTRAINT_COMPONENT = "MinLengthConstraintComponent",
        NAME = "name",
        NAMESPACE_PROPERTY = "namespace",
        NODE = "node",
        NODE_CONSTRAINT_COMPONENT = "NodeConstraintComponent",
        NODE_KIND = "nodeKind",
        NODE_KIND_CONSTRAINT_COMPONENT = "NodeKindConstraintComponent",
        NODE_SHAPE = "NodeShape",
        NODE_VALIDATOR = "nodeValidator",
        NOT = "not",
        NOT_CONSTRAINT_COMPONENT = "NotConstraintComponent",
        ONE_OR_MORE_PATH = "oneOrMorePath",
        OPTIONAL = "optional",
        OR = "or",
        OR_CONSTRAINT_COMPONENT = "OrConstraintComponent",
        PARAMETER = "parameter",
        PATH = "path",
        PATTERN = "pattern",
        PATTERN_CONSTRAINT_COMPONENT = "PatternConstraintComponent",
        PREFIX = "prefix",
        PREFIXES = "prefixes",
        PROPERTY = "property",
        PROPERTY_CONSTRAINT_COMPONENT = "PropertyConstraintComponent",
        PROPERTY_SHAPE = "PropertyShape",
        PROPERTY_VALIDATOR = "propertyValidator",
        QUALIFIED_MAX_COUNT = "qualifiedMaxCount",
        QUALIFIED_MAX_COUNT_CONSTRAINT_COMPONENT = "QualifiedMaxCountConstraintComponent",
        QUALIFIED_MIN_COUNT = "qualifiedMinCount",
        QUALIFIED_MIN_COUNT_CONSTRAINT_COMPONENT = "QualifiedMinCountConstraintComponent",
        QUALIFIED_VALUE_SHAPE = "qualifiedValueShape",
        QUALIFIED_VALUE_SHAPES_DISJOINT = "qualifiedValueShapesDisjoint",
        RESULT = "result",
        RESULT_MESSAGE = "resultMessage",
        RESULT_PATH = "resultPath",
        RESULT_SEVERITY = "resultSeverity",
        SELECT = "select",
        SEVERITY = "severity",
        SOURCE_CONSTRAINT = "sourceConstraint",
        SOURCE_CONSTRAINT_COMPONENT = "sourceConstraintComponent",
        SOURCE_SHAPE = "sourceShape",
        SPARQL = "sparql",
        SPARQL_ASK_VALIDATOR = "SPARQLAskValidator",
        SPARQL_CONSTRAINT_COMPONENT = "SPARQLConstraintComponent",
        SPARQL_EXECUTABLE = "SPARQLExecutable",
        SPARQL_SELECT_EXECUTABLE = "SPARQLSelectExecutable",
        SPARQL_SELECT_VALIDATOR = "SPARQLSelectValidator",
        TARGET_CLASS = "targetClass",
        TARGET_NODE = "targetNode",
        TARGET_OBJECTS_OF = "targetObjectsOf",
        TARGET_SUBJECTS_OF = "targetSubjectsOf",
        UNIQUE_LANG = "uniqueLang",
        UNIQUE_LANG_CONSTRAINT_COMPONENT = "UniqueLangConstraintComponent",
        VALIDATION_REPORT = "ValidationReport",
        VALIDATION_RESULT = "ValidationResult",
        VALIDATOR = "validator",
        VALUE = "value",
        VIOLATION = "Violation",
        WARNING = "Warning",
        XONE = "xone",
        XONE_CONSTRAINT_COMPONENT = "XoneConstraintComponent",
        ZERO_OR_MORE_PATH = "zeroOrMorePath",
        ZERO_OR_ONE_PATH = "zeroOrOnePath",
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
        ENTITIES = "entities",
        IN_DATASET = "inDataset",
        PROPERTIES = "properties",
        PROPERTY = "property",
        PROPERTY_PARTITION = "propertyPartition",
        SPARQL_ENDPOINT = "sparqlEndpoint",
        TRIPLES = "triples",
        URI_SPACE = "uriSpace",
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
        MERGER = "Merger",
        MOVE = "Move",
        PILOT = "Pilot",
        PILOTS = "pilots",
        POSITION = "position",
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
        SERVICE_TYPE = "serviceType",
        SERVICE_TYPE_CLASS = "ServiceType",
        SPLIT = "Split",
        SUITABILITY = "suitability",
        SUITABILITY_ASSESSMENT = "SuitabilityAssessment",
        SUPERSESSION = "Supersession",
        TRANSFER_OF = "transferOf",
        TRANSLATION = "Translation",
        TYPICAL_CHANNEL = "typicalChannel",
        TYPICAL_EVENT = "typicalEvent",
        WITHDRAWAL = "Withdrawal",
        WITHDRAWN_RECORD = "WithdrawnRecord",
    }
);
