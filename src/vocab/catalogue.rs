//! The constants of vocabularies that a catalogue is described and paged in.

vocabulary!(
    /// Data Catalog Vocabulary 3, <https://www.w3.org/TR/vocab-dcat-3/>.
    dcat, "http://www.w3.org/ns/dcat#", {
        ACCESS_SERVICE = "accessService",
        ACCESS_URL = "accessURL",
        BYTE_SIZE = "byteSize",
        CATALOG = "Catalog",
        COMPRESS_FORMAT = "compressFormat",
        CONTACT_POINT = "contactPoint",
        DATASET = "dataset",
        DATASET_CLASS = "Dataset",
        DATA_SERVICE = "DataService",
        DISTRIBUTION = "distribution",
        DISTRIBUTION_CLASS = "Distribution",
        DOWNLOAD_URL = "downloadURL",
        ENDPOINT_DESCRIPTION = "endpointDescription",
        ENDPOINT_URL = "endpointURL",
        END_DATE = "endDate",
        KEYWORD = "keyword",
        LANDING_PAGE = "landingPage",
        MEDIA_TYPE = "mediaType",
        SERVES_DATASET = "servesDataset",
        SERVICE = "service",
        START_DATE = "startDate",
        THEME = "theme",
        THEME_TAXONOMY = "themeTaxonomy",
        VERSION = "version",
    }
);
vocabulary!(
    /// What DCAT-AP 3.0.1 adds, <https://semiceu.github.io/DCAT-AP/releases/3.0.1/>.
    dcatap, "http://data.europa.eu/r5r/", { AVAILABILITY = "availability" }
);
vocabulary!(
    /// What Norway adds: public services in a catalogue, <https://data.norge.no/vocabulary/dcatno>.
    dcatno, "https://data.norge.no/vocabulary/dcatno#", { CONTAINS_SERVICE = "containsService" }
);
vocabulary!(
    /// Hydra, by whose views harvesters go from page to page, <https://www.hydra-cg.com/spec/latest/core/#collections>.
    hydra, "http://www.w3.org/ns/hydra/core#", {
        FIRST = "first",
        LAST = "last",
        NEXT = "next",
        PARTIAL_COLLECTION_VIEW = "PartialCollectionView",
        PREVIOUS = "previous",
        TOTAL_ITEMS = "totalItems",
        VIEW = "view",
    }
);
vocabulary!(
    /// vCard, <https://www.w3.org/TR/vcard-rdf/>.
    vcard, "http://www.w3.org/2006/vcard/ns#", {
        FN = "fn",
        HAS_EMAIL = "hasEmail",
        HAS_URL = "hasURL",
        KIND = "Kind",
        NOTE = "note",
        ORGANIZATION = "Organization",
    }
);
