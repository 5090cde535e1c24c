//! What properties are called on a page.

use super::language::Language;
use super::site::Text;
use super::wording::Ends;
use crate::rdf::NamedNodeRef;
use crate::vocab::{self, dct, eusl, prov, rdf, rdfs, sh, skos};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names of our own terms, from the ontology: each with its language.
static OWN: LazyLock<BTreeMap<String, Vec<Text>>> = LazyLock::new(|| {
    let mut names: BTreeMap<String, Vec<Text>> = BTreeMap::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(vocab::ONTOLOGY).filter_map(Result::ok) {
        if let (oxrdf::NamedOrBlankNode::NamedNode(term), oxrdf::Term::Literal(label)) = (quad.subject, quad.object)
            && quad.predicate == rdfs::LABEL
            && let Some(language) = label.language()
        {
            names.entry(term.into_string()).or_default().push(Text::tagged(capitalised(label.value()), language));
        }
    }
    names
});

/// Lists kept elsewhere whose codes stand for what they name.
const CODES: [(&str, &str); 5] = [
    ("atu", "http://publications.europa.eu/resource/authority/atu/"),
    ("business-event", "http://data.europa.eu/m58/business-event/"),
    ("concept-status", "http://publications.europa.eu/resource/authority/concept-status/"),
    ("life-event", "http://data.europa.eu/ox8/life-event/"),
    ("nuts", "http://data.europa.eu/nuts/code/"),
];

/// Properties in the order in which people ask: what it is about, what kind of thing it is, what is concluded of
/// it and why, who says so and when.
const READING_ORDER: [NamedNodeRef<'static>; 28] = [
    eusl::POSITION,
    eusl::APPLIES_TO,
    eusl::ASSESSES,
    eusl::CHANNEL_TYPE,
    skos::SCOPE_NOTE,
    skos::BROADER,
    eusl::DELIVERY_PATTERN,
    eusl::SCOPE,
    dct::AUDIENCE,
    eusl::GOVERNMENT_LEVEL,
    eusl::INTERACTION,
    eusl::TYPICAL_CHANNEL,
    eusl::TYPICAL_EVENT,
    eusl::SUITABILITY,
    eusl::HANDLING,
    eusl::REASON,
    eusl::CONTACT_PHASE,
    eusl::CONFIDENCE,
    eusl::RULE,
    skos::NOTE,
    dct::HAS_PART,
    eusl::TRANSFER_OF,
    eusl::PILOTS,
    eusl::CO_DESIGN_METHOD,
    prov::WAS_ATTRIBUTED_TO,
    prov::WAS_ASSOCIATED_WITH,
    prov::GENERATED_AT_TIME,
    dct::SPATIAL,
];

/// The place of a property on a page; those without one of their own stand behind, the type last.
pub(super) fn place(iri: &str) -> usize {
    let place = READING_ORDER.iter().position(|property| property.as_str() == iri);
    place.unwrap_or(READING_ORDER.len() + usize::from(iri == rdf::TYPE.as_str()))
}

/// What a property is called on the page of its subject.
pub(super) fn name(iri: &str, language: Language) -> Text {
    known(iri, language).map_or_else(|| own_or_local(iri, language), |(name, _)| language.text(name))
}

/// What it is called on the page of what it points at.
pub(super) fn name_of_inverse(iri: &str, language: Language) -> Text {
    if let Some((_, inverse)) = known(iri, language) {
        return language.text(inverse);
    }
    let name = own_or_local(iri, language);
    let named_in = name.language.as_deref().and_then(Language::of_code).unwrap_or(language);
    Text { value: (named_in.words().inverse_of)(&name.value), ..name }
}

/// What a property of a shape is called.
pub(super) fn name_in_shape(iri: &str, language: Language) -> Text {
    let of_shacl = iri.strip_prefix(sh::NAMESPACE).and_then(|local| language.words().constraints.of(local));
    of_shacl.map_or_else(|| name(iri, language), |name| language.text(name))
}

/// A term of a known vocabulary, or a code of a known list, as `prefix:name`; nothing for other IRIs.
pub(super) fn short(iri: &str) -> Option<String> {
    let code = |(prefix, start): &(&'static str, &str)| Some((*prefix, iri.strip_prefix(start)?));
    let (prefix, local) = parts(iri).or_else(|| CODES.iter().find_map(code))?;
    (!local.is_empty()).then(|| format!("{prefix}:{local}"))
}

/// A kind of record in words; one that is not known by its own name, `service-type` as
/// `Service type`.
pub(super) fn kind(kind: &str, language: Language) -> Text {
    language
        .words()
        .kinds
        .name(kind)
        .map_or_else(|| Text::tagged(capitalised(&kind.replace('-', " ")), "en"), |name| language.text(name))
}

fn known(iri: &str, language: Language) -> Option<Ends> {
    let (prefix, local) = parts(iri)?;
    language.words().properties.of(prefix, local)
}

/// The prefix and the local name of a term of a known vocabulary.
fn parts(iri: &str) -> Option<(&'static str, &str)> {
    let shacl = ("sh", sh::NAMESPACE);
    let mut known = vocab::PREFIXES.iter().chain([&shacl]);
    known.find_map(|(prefix, namespace)| Some((*prefix, iri.strip_prefix(namespace)?)))
}

/// The ontology's name of a term of ours, in the page's language or else in English; of others
/// what their IRI ends with.
fn own_or_local(iri: &str, language: Language) -> Text {
    let own = OWN.get(iri).and_then(|names| {
        let in_language = |tag: &str| names.iter().find(|name| name.language.as_deref() == Some(tag));
        in_language(language.code()).or_else(|| in_language("en"))
    });
    own.cloned()
        .unwrap_or_else(|| Text::plain(iri.rsplit(['#', '/']).next().filter(|local| !local.is_empty()).unwrap_or(iri)))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROADER: &str = "http://www.w3.org/2004/02/skos/core#broader";
    const TYPICAL_CHANNEL: &str = "https://w3id.org/eu-service-list/def#typicalChannel";

    #[test]
    fn properties_have_names_from_both_ends() {
        assert_eq!(name(BROADER, Language::English).value, "Belongs under");
        assert_eq!(name_of_inverse(BROADER, Language::English).value, "Entries under it");
        assert_eq!(name(TYPICAL_CHANNEL, Language::English).value, "Typical channel");
        assert_eq!(name("http://other.example/terms/weight", Language::English), Text::plain("weight"));
    }

    #[test]
    fn our_own_terms_are_named_in_the_page_s_language_or_in_english() {
        assert_eq!(name(TYPICAL_CHANNEL, Language::Dutch), Text::tagged("Gebruikelijk kanaal", "nl"));
        assert_eq!(name(TYPICAL_CHANNEL, Language::German), Text::tagged("Typical channel", "en"));
        assert_eq!(name_of_inverse(TYPICAL_CHANNEL, Language::Dutch).value, "Gebruikelijk kanaal van");
        assert_eq!(name_of_inverse(TYPICAL_CHANNEL, Language::German).value, "Typical channel of");
    }

    #[test]
    fn a_kind_that_an_import_brought_is_called_by_its_own_name() {
        assert_eq!(kind("service-type", Language::French), Text::tagged("Type de service", "fr"));
        assert_eq!(kind("waste-stream", Language::French), Text::tagged("Waste stream", "en"));
    }
}
