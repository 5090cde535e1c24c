//! The constants of vocabularies that the history of records is told in besides PROV-O.

vocabulary!(
    /// Changeset, <https://vocab.org/changeset/schema.html>.
    cs, "http://purl.org/vocab/changeset/schema#", {
        ADDITION = "addition",
        CHANGE_REASON = "changeReason",
        CHANGE_SET = "ChangeSet",
        CREATED_DATE = "createdDate",
        REMOVAL = "removal",
        SUBJECT_OF_CHANGE = "subjectOfChange",
    }
);
vocabulary!(
    /// Provenance, Authoring and Versioning, <https://pav-ontology.github.io/pav/>.
    pav, "http://purl.org/pav/", { VERSION = "version" }
);
vocabulary!(
    /// SPDX, whose checksums DCAT 3 uses, <https://www.w3.org/TR/vocab-dcat-3/#Class:Checksum>.
    spdx, "http://spdx.org/rdf/terms#", {
        ALGORITHM = "algorithm",
        CHECKSUM = "checksum",
        CHECKSUM_ALGORITHM = "ChecksumAlgorithm",
        CHECKSUM_CLASS = "Checksum",
        CHECKSUM_VALUE = "checksumValue",
        SHA_256 = "checksumAlgorithm_sha256",
    }
);
