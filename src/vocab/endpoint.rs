//! The constants of vocabularies that an endpoint describes itself in besides VoID.

vocabulary!(
    /// Formats that the W3C has named, <https://www.w3.org/ns/formats/>.
    formats, "http://www.w3.org/ns/formats/", {
        JSON_LD = "JSON-LD",
        N3 = "N3",
        N_TRIPLES = "N-Triples",
        RDF_XML = "RDF_XML",
        SPARQL_RESULTS_CSV = "SPARQL_Results_CSV",
        SPARQL_RESULTS_JSON = "SPARQL_Results_JSON",
        SPARQL_RESULTS_TSV = "SPARQL_Results_TSV",
        SPARQL_RESULTS_XML = "SPARQL_Results_XML",
        TURTLE = "Turtle",
    }
);
vocabulary!(
    /// SPARQL 1.1 Service Description, <https://www.w3.org/TR/sparql11-service-description/>.
    sd, "http://www.w3.org/ns/sparql-service-description#", {
        BASIC_FEDERATED_QUERY = "BasicFederatedQuery",
        DATASET = "Dataset",
        DEFAULT_DATASET = "defaultDataset",
        DEFAULT_ENTAILMENT_REGIME = "defaultEntailmentRegime",
        DEFAULT_GRAPH = "defaultGraph",
        ENDPOINT = "endpoint",
        FEATURE = "feature",
        FEATURE_CLASS = "Feature",
        GRAPH = "Graph",
        RESULT_FORMAT = "resultFormat",
        SERVICE = "Service",
        SPARQL_11_QUERY = "SPARQL11Query",
        SUPPORTED_LANGUAGE = "supportedLanguage",
    }
);

/// Entailment from what is stated alone, <https://www.w3.org/ns/entailment/>.
pub const SIMPLE_ENTAILMENT: oxrdf::NamedNodeRef<'static> =
    oxrdf::NamedNodeRef::new_unchecked("http://www.w3.org/ns/entailment/Simple");
