//! What the properties of shapes are called ([SHACL](https://www.w3.org/TR/shacl/)).

/// Declares the names of SHACL's properties: a field for each, and how it is found by local name.
macro_rules! constraint_names {
    ($($field:ident = $local:literal),* $(,)?) => {
        /// The names of the properties of shapes in one language.
        pub(in crate::pages) struct ConstraintNames {
            $(pub(super) $field: &'static str,)*
        }

        impl ConstraintNames {
            /// The name of a property of SHACL, if it has any.
            pub(in crate::pages) fn of(&self, local: &str) -> Option<&'static str> {
                match local {
                    $($local => Some(self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

constraint_names! {
    and = "and",
    class = "class",
    closed = "closed",
    datatype = "datatype",
    deactivated = "deactivated",
    disjoint = "disjoint",
    equals = "equals",
    flags = "flags",
    has_value = "hasValue",
    ignored_properties = "ignoredProperties",
    r#in = "in",
    language_in = "languageIn",
    less_than = "lessThan",
    less_than_or_equals = "lessThanOrEquals",
    max_count = "maxCount",
    max_exclusive = "maxExclusive",
    max_inclusive = "maxInclusive",
    max_length = "maxLength",
    message = "message",
    min_count = "minCount",
    min_exclusive = "minExclusive",
    min_inclusive = "minInclusive",
    min_length = "minLength",
    node = "node",
    node_kind = "nodeKind",
    not = "not",
    or = "or",
    path = "path",
    pattern = "pattern",
    property = "property",
    qualified_max_count = "qualifiedMaxCount",
    qualified_min_count = "qualifiedMinCount",
    qualified_value_shape = "qualifiedValueShape",
    select = "select",
    severity = "severity",
    sparql = "sparql",
    target_class = "targetClass",
    target_node = "targetNode",
    target_objects_of = "targetObjectsOf",
    target_subjects_of = "targetSubjectsOf",
    unique_lang = "uniqueLang",
    values = "values",
    xone = "xone",
}
