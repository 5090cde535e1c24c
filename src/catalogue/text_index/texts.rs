//! What of a record is searched.

use crate::rdf::{Content, NamedNodeRef, Term};
use crate::text_index::Text;
use crate::vocab::{dct, foaf, rdfs, skos};

/// The properties whose literals are searched, and what a hit in each is worth: a name more than a former one, that more
/// than what is only searched by, a name of any kind more than what explains it.
const SEARCHED: [(NamedNodeRef<'static>, f64); 9] = [
    (skos::PREF_LABEL, 1.0),
    (dct::TITLE, 1.0),
    (foaf::NAME, 1.0),
    (rdfs::LABEL, 1.0),
    (skos::ALT_LABEL, 0.8),
    (skos::HIDDEN_LABEL, 0.7),
    (skos::DEFINITION, 0.4),
    (dct::DESCRIPTION, 0.4),
    (skos::SCOPE_NOTE, 0.3),
];

/// The literals that a record is searched by, each with its worth.
pub(in crate::catalogue) fn texts(iri: &str, content: &Content) -> Vec<(Text, f64)> {
    let record = NamedNodeRef::new_unchecked(iri);
    let of_property = |(property, weight): (NamedNodeRef<'static>, f64)| {
        content.values(record, property).filter_map(move |value| match value {
            Term::Literal(literal) => Some((Text::of(property, literal), weight)),
            _ => None,
        })
    };
    SEARCHED.into_iter().flat_map(of_property).collect()
}
