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
        HAS_COMPETENT_AUTHORITY = "hasCompetentAuthority",
        IS_CLASSIFIED_BY = "isClassifiedBy",
        PUBLIC_ORGANISATION = "PublicOrganisation",
    }
);
vocabulary!(
    /// DCMI Metadata Terms, <https://www.dublincore.org/specifications/dublin-core/dcmi-terms/>.
    dct, "http://purl.org/dc/terms/", {
        CREATED = "created",
        DESCRIPTION = "description",
        IDENTIFIER = "identifier",
        IS_REPLACED_BY = "isReplacedBy",
        IS_VERSION_OF = "isVersionOf",
        ISSUED = "issued",
        LICENSE = "license",
        MODIFIED = "modified",
        TITLE = "title",
    }
);
vocabulary!(
    /// FOAF, <http://xmlns.com/foaf/spec/>.
    foaf, "http://xmlns.com/foaf/0.1/", { NAME = "name", PRIMARY_TOPIC = "primaryTopic" }
);
vocabulary!(
    /// The Organization Ontology, <https://www.w3.org/TR/vocab-org/>.
    org, "http://www.w3.org/ns/org#", { ORGANIZATIONAL_UNIT = "OrganizationalUnit" }
);
vocabulary!(
    /// OWL 2, <https://www.w3.org/TR/owl2-syntax/>.
    owl, "http://www.w3.org/2002/07/owl#", {
        CLASS = "Class",
        ONTOLOGY = "Ontology",
        VERSION_INFO = "versionInfo",
    }
);
vocabulary!(
    /// PROV-O, <https://www.w3.org/TR/prov-o/>.
    prov, "http://www.w3.org/ns/prov#", { WAS_ATTRIBUTED_TO = "wasAttributedTo" }
);
vocabulary!(
    /// RDF 1.1, <https://www.w3.org/TR/rdf11-concepts/>.
    rdf, "http://www.w3.org/1999/02/22-rdf-syntax-ns#", {
        FIRST = "first",
        NIL = "nil",
        PROPERTY = "Property",
        REST = "rest",
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
    /// SHACL, <https://www.w3.org/TR/shacl/>.
    sh, "http://www.w3.org/ns/shacl#", {
        ALTERNATIVE_PATH = "alternativePath",
        DESCRIPTION = "description",
        INFO = "Info",
        INVERSE_PATH = "inversePath",
        MAX_COUNT = "maxCount",
        MESSAGE = "message",
        MIN_COUNT = "minCount",
        NAME = "name",
        NODE_SHAPE = "NodeShape",
        ONE_OR_MORE_PATH = "oneOrMorePath",
        PATH = "path",
        PREFIXES = "prefixes",
        PROPERTY = "property",
        PROPERTY_SHAPE = "PropertyShape",
        SEVERITY = "severity",
        SPARQL = "sparql",
        TARGET_CLASS = "targetClass",
        TARGET_NODE = "targetNode",
        TARGET_OBJECTS_OF = "targetObjectsOf",
        TARGET_SUBJECTS_OF = "targetSubjectsOf",
        VIOLATION = "Violation",
        WARNING = "Warning",
        ZERO_OR_MORE_PATH = "zeroOrMorePath",
        ZERO_OR_ONE_PATH = "zeroOrOnePath",
    }
);
vocabulary!(
    /// SKOS, <https://www.w3.org/TR/skos-reference/>.
    skos, "http://www.w3.org/2004/02/skos/core#", {
        ALT_LABEL = "altLabel",
        BROADER = "broader",
        CONCEPT = "Concept",
        CONCEPT_SCHEME = "ConceptScheme",
        DEFINITION = "definition",
        EXACT_MATCH = "exactMatch",
        IN_SCHEME = "inScheme",
        NOTATION = "notation",
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
    void, "http://rdfs.org/ns/void#", { IN_DATASET = "inDataset" }
);
vocabulary!(
    /// XML Schema datatypes, <https://www.w3.org/TR/xmlschema11-2/>.
    xsd, "http://www.w3.org/2001/XMLSchema#", {
        BOOLEAN = "boolean",
        DATE = "date",
        DATE_TIME = "dateTime",
        DECIMAL = "decimal",
        DURATION = "duration",
        INTEGER = "integer",
        STRING = "string",
    }
);
vocabulary!(
    /// The product's own terms, `vocab/eusl.ttl`.
    eusl, "https://w3id.org/eu-service-list/def#", {
        ASSESSES = "assesses",
        CHANNEL_TYPE = "channelType",
        CO_DESIGN_ACTIVITY = "CoDesignActivity",
        CO_DESIGN_METHOD = "coDesignMethod",
        CO_DESIGNED_IN = "coDesignedIn",
        CONFIDENCE = "confidence",
        CONTACT_PHASE = "contactPhase",
        FIRST_CONTACT_SHARE = "firstContactShare",
        GOVERNMENT_LEVEL = "governmentLevel",
        HANDLES = "handles",
        HANDLING = "handling",
        HELD_FROM = "heldFrom",
        HELD_UNTIL = "heldUntil",
        INTERACTION = "interaction",
        IS_PART_OF_SERVICE_GROUP = "isPartOfServiceGroup",
        PILOT = "Pilot",
        PILOTS = "pilots",
        REASON = "reason",
        RESPONSIBILITY = "Responsibility",
        RESPONSIBLE_UNIT = "responsibleUnit",
        RULE = "rule",
        SCOPE = "scope",
        SERVICE_TYPE_CLASS = "ServiceType",
        SERVICE_TYPE = "serviceType",
        SUITABILITY = "suitability",
        SUITABILITY_ASSESSMENT = "SuitabilityAssessment",
        TRANSFER_OF = "transferOf",
        TYPICAL_CHANNEL = "typicalChannel",
    }
);
