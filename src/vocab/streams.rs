//! Vocabularies of event streams.

vocabulary!(
    /// `ActivityStreams` 2.0, <https://www.w3.org/TR/activitystreams-vocabulary/>.
    activity, "https://www.w3.org/ns/activitystreams#", {
        CREATE = "Create",
        DELETE = "Delete",
        OBJECT = "object",
        PUBLISHED = "published",
        UPDATE = "Update",
    }
);
vocabulary!(
    /// Linked Data Event Streams, <https://w3id.org/ldes/specification>.
    ldes, "https://w3id.org/ldes#", {
        EVENT_STREAM = "EventStream",
        IMMUTABLE = "immutable",
        POLLING_INTERVAL = "pollingInterval",
        TIMESTAMP_PATH = "timestampPath",
        VERSION_CREATE_OBJECT = "versionCreateObject",
        VERSION_DELETE_OBJECT = "versionDeleteObject",
        VERSION_OF_PATH = "versionOfPath",
        VERSION_TIMESTAMP_PATH = "versionTimestampPath",
        VERSION_UPDATE_OBJECT = "versionUpdateObject",
    }
);
vocabulary!(
    /// TREE hypermedia, <https://treecg.github.io/specification/>.
    tree, "https://w3id.org/tree#", {
        GREATER_THAN_OR_EQUAL_TO_RELATION = "GreaterThanOrEqualToRelation",
        LESS_THAN_OR_EQUAL_TO_RELATION = "LessThanOrEqualToRelation",
        MEMBER = "member",
        NODE = "node",
        NODE_CLASS = "Node",
        PATH = "path",
        RELATION = "relation",
        SHAPE = "shape",
        VALUE = "value",
        VIEW = "view",
    }
);
