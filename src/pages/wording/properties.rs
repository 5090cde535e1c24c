//! What properties are called: those of other vocabularies, and of ours where the page of a value needs words of its own.

/// A property's name on the page of its subject, and on the page of what it points at.
pub(in crate::pages) type Ends = (&'static str, &'static str);

/// Declares the names of properties: a field for each, and how it is found by prefix and local name.
macro_rules! property_names {
    ($($field:ident = $prefix:literal : $local:literal),* $(,)?) => {
        /// The names of properties in one language.
        pub(in crate::pages) struct PropertyNames {
            $(pub(super) $field: Ends,)*
        }

        impl PropertyNames {
            /// The names of a property of a known vocabulary, if it has any.
            pub(in crate::pages) fn of(&self, prefix: &str, local: &str) -> Option<Ends> {
                match (prefix, local) {
                    $(($prefix, $local) => Some(self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

property_names! {
    associated = "prov":"wasAssociatedWith",
    attributed = "prov":"wasAttributedTo",
    audience = "dct":"audience",
    ended = "prov":"endedAtTime",
    generated = "prov":"generatedAtTime",
    has_part = "dct":"hasPart",
    note = "skos":"note",
    page = "foaf":"page",
    place = "dct":"spatial",
    started = "prov":"startedAtTime",
    taken_over = "eusl":"transferOf",
    tries = "eusl":"pilots",
    alt_label = "skos":"altLabel",
    attribution = "dct":"rights",
    broad_match = "skos":"broadMatch",
    broader = "skos":"broader",
    channel = "cv":"hasChannel",
    classified_by = "cv":"isClassifiedBy",
    close_match = "skos":"closeMatch",
    competent_authority = "cv":"hasCompetentAuthority",
    created = "dct":"created",
    definition = "skos":"definition",
    description = "dct":"description",
    exact_match = "skos":"exactMatch",
    identifier = "dct":"identifier",
    in_scheme = "skos":"inScheme",
    issued = "dct":"issued",
    label = "rdfs":"label",
    licence = "dct":"license",
    modified = "dct":"modified",
    name = "foaf":"name",
    narrow_match = "skos":"narrowMatch",
    notation = "skos":"notation",
    part_of = "dct":"isPartOf",
    pref_label = "skos":"prefLabel",
    related_match = "skos":"relatedMatch",
    replaced_by = "dct":"isReplacedBy",
    scope_note = "skos":"scopeNote",
    see_also = "rdfs":"seeAlso",
    source = "dct":"source",
    status = "adms":"status",
    title = "dct":"title",
    top_concept = "skos":"hasTopConcept",
    top_concept_of = "skos":"topConceptOf",
    r#type = "rdf":"type",
    version_of = "dct":"isVersionOf",
    comment = "rdfs":"comment",
    disjoint_with = "owl":"disjointWith",
    domain = "rdfs":"domain",
    equivalent_class = "owl":"equivalentClass",
    equivalent_property = "owl":"equivalentProperty",
    inverse_property = "owl":"inverseOf",
    range = "rdfs":"range",
    sub_class_of = "rdfs":"subClassOf",
    sub_property_of = "rdfs":"subPropertyOf",
}
