//! The page of a vocabulary: its classes and properties, each with what it means.

use super::PageError;
use super::described::{Described, is_among};
use super::document::document;
use super::fact::{Fact, Facts, Value};
use super::href;
use super::property;
use super::publication::{Anchors, Publication, iri_of, local_name};
use super::record::Surroundings;
use super::site::{Alternate, Contact, Link, Section, Site, Text};
use super::statements::Statements;
use super::wording::Wording;
use crate::rdf::{NamedNodeRef, NamedOrBlankNode, Term, Triple};
use crate::vocab::{owl, rdf, rdfs, sd, skos};
use askama::Template;

/// The page of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VocabularyPage {
    /// What the vocabulary says of itself.
    pub about: Publication,
    /// Its classes.
    pub classes: Vec<DefinedTerm>,
    /// Its properties.
    pub properties: Vec<DefinedTerm>,
    /// What endpoints can do that it names.
    pub features: Vec<DefinedTerm>,
}

/// A class, a property or a feature that a vocabulary defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinedTerm {
    /// Its anchor on the page, unique there: its local name.
    pub anchor: String,
    /// What it is called.
    pub label: Text,
    /// Its IRI, with where that leads.
    pub iri: Link,
    /// What it means.
    pub definitions: Vec<Text>,
    /// How it is used.
    pub notes: Vec<Text>,
    /// What it is a subclass or subproperty of, where it stands, and the like.
    pub facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "vocabulary.html")]
struct VocabularyTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    about: &'a Publication,
    page: &'a VocabularyPage,
    section: Option<Section>,
}

/// The page of a vocabulary, as a whole HTML document.
pub fn vocabulary(site: &Site, page: &VocabularyPage) -> Result<String, PageError> {
    document(&VocabularyTemplate { site, words: site.words(), about: &page.about, page, section: None })
}

/// The page of the vocabulary that triples describe, with its other formats.
pub fn vocabulary_of(
    site: &Site,
    triples: &[Triple],
    view: &Surroundings<'_>,
    alternates: Vec<Alternate>,
) -> Result<String, PageError> {
    let page = view.vocabulary(triples);
    let about = Publication { canonical: site.address_in_its_language(), alternates, ..page.about };
    vocabulary(site, &VocabularyPage { about, ..page })
}

impl VocabularyTemplate<'_> {
    /// The parts of the page: a heading, its anchor, and what stands under it.
    fn parts(&self) -> [(&'static str, &'static str, &[DefinedTerm]); 3] {
        let words = &self.words.vocabulary;
        let [classes, properties, features] = HEADINGS;
        [
            (classes, words.classes, &self.page.classes),
            (properties, words.properties, &self.page.properties),
            (features, words.features, &self.page.features),
        ]
    }

    fn facts<'a>(&'a self, term: &'a DefinedTerm) -> Facts<'a> {
        Facts::of(&term.facts, self.site)
    }
}

/// The anchors of the page's own headings.
const HEADINGS: [&str; 3] = ["classes", "properties", "features"];

/// Properties of a term that the page shows in places of their own, or that say nothing beside it.
const PLACED: [NamedNodeRef<'static>; 5] =
    [rdfs::LABEL, rdfs::COMMENT, rdfs::IS_DEFINED_BY, skos::DEFINITION, skos::SCOPE_NOTE];

/// Properties whose values are told where the term stands from the other side too.
const RETURNED: [NamedNodeRef<'static>; 4] = [rdfs::DOMAIN, rdfs::RANGE, rdfs::SUB_CLASS_OF, rdfs::SUB_PROPERTY_OF];

impl Surroundings<'_> {
    /// The values of a vocabulary's page: the first `owl:Ontology` of the triples, and every class,
    /// property and feature that they describe, in their order.
    pub fn vocabulary(&self, triples: &[Triple]) -> VocabularyPage {
        let statements = Statements::new(triples);
        let of_kind = |is_kind: fn(&str) -> bool| -> Vec<&NamedOrBlankNode> {
            statements
                .subjects()
                .filter(|subject| iri_of(subject).is_some())
                .filter(|subject| {
                    statements
                        .values(subject, rdf::TYPE)
                        .any(|class| matches!(class, Term::NamedNode(class) if is_kind(class.as_str())))
                })
                .collect()
        };
        let (classes, properties, features) = (of_kind(is_class), of_kind(is_property), of_kind(is_feature));
        let properties: Vec<_> = properties.into_iter().filter(|term| !classes.contains(term)).collect();
        let mut anchors = Anchors::beside(&HEADINGS);
        for iri in classes.iter().chain(&properties).chain(&features).filter_map(|term| iri_of(term)) {
            anchors.give(iri);
        }
        let about = self.publication(&statements, self.language.words().vocabulary.vocabulary);
        let described = Described { view: self, statements, anchors };
        let defined =
            |terms: Vec<&NamedOrBlankNode>| terms.into_iter().filter_map(|term| described.defined(term)).collect();
        VocabularyPage {
            about,
            classes: defined(classes),
            properties: defined(properties),
            features: defined(features),
        }
    }
}

impl Described<'_> {
    fn defined(&self, term: &NamedOrBlankNode) -> Option<DefinedTerm> {
        let iri = iri_of(term)?;
        let label = self.texts(term, &[rdfs::LABEL, skos::PREF_LABEL]).into_iter().next();
        let comments = self.texts(term, &[rdfs::COMMENT]);
        let (definitions, comments) = match self.texts(term, &[skos::DEFINITION]) {
            none if none.is_empty() => (comments, Vec::new()),
            definitions => (definitions, comments),
        };
        Some(DefinedTerm {
            anchor: self.anchors.of(iri)?.to_owned(),
            label: label.unwrap_or_else(|| Text::plain(local_name(iri))),
            iri: Link { href: self.view.href(iri), label: Text::plain(iri), notation: None },
            definitions,
            notes: self.texts(term, &[skos::SCOPE_NOTE]).into_iter().chain(comments).collect(),
            facts: self
                .facts(term, |property| !is_among(&PLACED, property))
                .into_iter()
                .chain(RETURNED.into_iter().filter_map(|property| self.returned(property, iri)))
                .collect(),
        })
    }

    /// The terms of the vocabulary that point at a term by a property.
    fn returned(&self, property: NamedNodeRef<'static>, iri: &str) -> Option<Fact> {
        let is_it = |value: &Term| matches!(value, Term::NamedNode(node) if node.as_str() == iri);
        let points_here = |subject: &&NamedOrBlankNode| self.statements.values(subject, property).any(is_it);
        let from = self.statements.subjects().filter(points_here).filter_map(iri_of);
        let values: Vec<Value> = from.map(|iri| Value::Link(self.term(iri))).collect();
        (!values.is_empty()).then(|| Fact {
            property: property::name_of_inverse(property.as_str(), self.view.language),
            property_href: self.view.href(property.as_str()),
            values,
            is_proposed: false,
        })
    }
}

fn is_class(iri: &str) -> bool {
    owl::CLASS == iri || rdfs::CLASS == iri || rdfs::DATATYPE == iri
}

fn is_feature(iri: &str) -> bool {
    sd::FEATURE_CLASS == iri
}

/// `rdf:Property` and the kinds of OWL: object, datatype, annotation, functional and so on.
fn is_property(iri: &str) -> bool {
    rdf::PROPERTY == iri || iri.strip_prefix(owl::NAMESPACE).is_some_and(|kind| kind.ends_with("Property"))
}

#[cfg(test)]
mod tests {
    use super::super::Language;
    use super::*;
    use crate::catalogue::Base;
    use crate::rdf::{Preference, read_turtle};
    use crate::vocab::{ONTOLOGY, eusl};

    fn page_in(language: Language) -> VocabularyPage {
        let base = Base::parse("https://services.example.eu/").unwrap();
        let pages = format!("{base}{}/", language.code());
        let reader = Preference::new([language.code()]);
        let view = Surroundings { base: &base, pages: &pages, language, reader: &reader };
        view.vocabulary(&read_turtle(ONTOLOGY.as_bytes(), "http://example.org/").unwrap())
    }

    fn term<'a>(terms: &'a [DefinedTerm], anchor: &str) -> &'a DefinedTerm {
        terms.iter().find(|term| term.anchor == anchor).unwrap()
    }

    fn links(term: &DefinedTerm, property: &str) -> Vec<(String, String)> {
        let fact = term.facts.iter().find(|fact| fact.property.value == property).unwrap();
        let link = |value: &Value| match value {
            Value::Link(link) => (link.label.value.clone(), link.href.clone()),
            other => panic!("{other:?}"),
        };
        fact.values.iter().map(link).collect()
    }

    #[test]
    fn every_term_of_ours_stands_once_under_its_local_name() {
        let page = page_in(Language::English);
        let mut shown: Vec<&str> = page
            .classes
            .iter()
            .chain(&page.properties)
            .chain(&page.features)
            .map(|term| term.anchor.as_str())
            .collect();
        shown.sort_unstable();
        let mut all: Vec<&str> = eusl::ALL.iter().map(|term| local_name(term.as_str())).collect();
        all.sort_unstable();
        assert_eq!(shown, all);
        assert_eq!(page.about.iri.as_deref(), Some("https://w3id.org/eu-service-list/def"));
    }

    #[test]
    fn a_comment_is_the_definition_where_there_is_no_other() {
        let text = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <a> a rdfs:Class ; rdfs:comment \"A.\" . <b> a rdfs:Class ; rdfs:comment \"C.\" ; skos:definition \"B.\" .";
        let base = Base::parse("https://services.example.eu/").unwrap();
        let reader = Preference::default();
        let view = Surroundings { base: &base, pages: base.as_str(), language: Language::English, reader: &reader };
        let page = view.vocabulary(&read_turtle(text.as_bytes(), "http://example.org/").unwrap());
        let told =
            |anchor| (term(&page.classes, anchor).definitions.clone(), term(&page.classes, anchor).notes.clone());
        assert_eq!(told("a"), (vec![Text::plain("A.")], vec![]));
        assert_eq!(told("b"), (vec![Text::plain("B.")], vec![Text::plain("C.")]));
        assert_eq!(page.about.title, Text::tagged("Vocabulary", "en"));
    }

    #[test]
    fn a_term_is_told_in_the_reader_s_language_and_in_english_where_there_is_none() {
        let page = page_in(Language::Dutch);
        assert_eq!(term(&page.properties, "typicalChannel").label, Text::tagged("gebruikelijk kanaal", "nl"));
        assert_eq!(page_in(Language::French).about.title, Text::tagged("European Service List vocabulary", "en"));
    }

    #[test]
    fn facts_lead_to_terms_of_the_page_and_to_other_vocabularies() {
        let page = page_in(Language::English);
        let pilots = term(&page.properties, "transferOf");
        let pair = |label: &str, href: &str| (label.to_owned(), href.to_owned());
        assert_eq!(links(pilots, "Domain"), [pair("eusl:Pilot", "#Pilot")]);
        let influence = pair("prov:wasInformedBy", "http://www.w3.org/ns/prov#wasInformedBy");
        assert_eq!(links(pilots, "Sub-property of"), [influence]);
        let of_pilot = links(term(&page.classes, "Pilot"), "Properties of it");
        assert_eq!(of_pilot, [pair("eusl:pilots", "#pilots"), pair("eusl:transferOf", "#transferOf")]);
    }

    #[test]
    fn the_iri_of_a_term_is_shown_and_leads_to_where_it_answers() {
        let page = page_in(Language::Swedish);
        let iri = &term(&page.classes, "Pilot").iri;
        assert_eq!(iri.label.value, "https://w3id.org/eu-service-list/def#Pilot");
        assert_eq!(iri.href, "https://services.example.eu/sv/def#Pilot");
    }
}
