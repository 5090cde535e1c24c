//! What a vocabulary or a shapes document says of itself.

use super::href;
use super::record::Surroundings;
use super::site::{Alternate, Link, Site, Text};
use super::statements::Statements;
use crate::rdf::{Literal, NamedNodeRef, NamedOrBlankNode, Term, best_literal};
use crate::vocab::{dct, owl, rdfs};
use std::collections::{BTreeMap, BTreeSet};

/// A document that defines terms or shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Its IRI.
    pub iri: Option<String>,
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// What it is called.
    pub title: Text,
    /// What it is about, one text for each paragraph.
    pub description: Vec<Text>,
    /// Its version, as its publisher writes it.
    pub version: Option<String>,
    /// The licence it is under.
    pub licence: Option<Link>,
    /// Other documents that belong to it.
    pub see_also: Vec<Link>,
    /// The same document in other formats.
    pub alternates: Vec<Alternate>,
}

impl Publication {
    /// The IRI, where it may be followed.
    pub(super) fn address(&self) -> Option<&str> {
        self.iri.as_deref().and_then(href::followable)
    }

    pub(super) fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl Site {
    /// Where this very page is in the language that it is in.
    pub(super) fn address_in_its_language(&self) -> Option<String> {
        let own = self.translations.iter().find(|translation| translation.language == self.language)?;
        Some(own.href.clone())
    }
}

impl Surroundings<'_> {
    /// What the first `owl:Ontology` of a document says of itself; `title` stands for a title that
    /// it does not have.
    pub(super) fn publication(&self, statements: &Statements<'_>, title: &str) -> Publication {
        let unnamed = Publication {
            iri: None,
            canonical: None,
            title: self.language.text(title),
            description: Vec::new(),
            version: None,
            licence: None,
            see_also: Vec::new(),
            alternates: Vec::new(),
        };
        let Some(about) = statements.subjects().find(|subject| statements.is_a(subject, owl::ONTOLOGY)) else {
            return unnamed;
        };
        Publication {
            iri: iri_of(about).map(str::to_owned),
            title: self
                .texts_of(statements, about, &[dct::TITLE, rdfs::LABEL])
                .into_iter()
                .next()
                .unwrap_or(unnamed.title),
            description: self.texts_of(statements, about, &[dct::DESCRIPTION, rdfs::COMMENT]),
            version: statements.literals(about, owl::VERSION_INFO).next().map(|version| version.value().to_owned()),
            licence: statements.values(about, dct::LICENSE).find_map(|licence| match licence {
                Term::NamedNode(licence) => Some(Link {
                    href: licence.as_str().to_owned(),
                    label: Text::plain(licence.as_str()),
                    notation: None,
                }),
                _ => None,
            }),
            see_also: statements.values(about, rdfs::SEE_ALSO).filter_map(|other| self.other(other)).collect(),
            ..unnamed
        }
    }

    /// A document that another one points at, by its IRI.
    fn other(&self, document: &Term) -> Option<Link> {
        let Term::NamedNode(iri) = document else { return None };
        Some(Link { href: self.href(iri.as_str()), label: Text::plain(iri.as_str()), notation: None })
    }

    /// The texts of the first of these properties that has any, in the one language that serves the
    /// reader best.
    pub(super) fn texts_of(
        &self,
        statements: &Statements<'_>,
        subject: &NamedOrBlankNode,
        properties: &[NamedNodeRef<'static>],
    ) -> Vec<Text> {
        let literals = properties.iter().map(|property| statements.literals(subject, *property).collect::<Vec<_>>());
        literals
            .into_iter()
            .find(|literals| !literals.is_empty())
            .map_or_else(Vec::new, |all| self.in_one_language(&all))
    }

    /// Of texts those in the one language that serves the reader best.
    pub(super) fn in_one_language(&self, literals: &[&Literal]) -> Vec<Text> {
        let best = best_literal(literals.iter().copied(), self.reader).and_then(Literal::language);
        let same = literals.iter().filter(|literal| literal.language() == best);
        same.map(|literal| Text { value: literal.value().to_owned(), language: best.map(str::to_owned) }).collect()
    }
}

/// The IRI of a subject that has one.
pub(super) fn iri_of(subject: &NamedOrBlankNode) -> Option<&str> {
    match subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// What an IRI ends with, after its last `#` or `/`.
pub(super) fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().filter(|local| !local.is_empty()).unwrap_or(iri)
}

/// The anchors that every page has.
const OF_EVERY_PAGE: [&str; 1] = ["content"];

/// The anchors of what a page defines: each once, and none that the page uses otherwise.
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    of_iri: BTreeMap<String, String>,
}

impl Anchors {
    /// No anchors yet beside those of every page and of this one.
    pub(super) fn beside(of_page: &[&str]) -> Self {
        let taken = OF_EVERY_PAGE.iter().chain(of_page).map(|&anchor| anchor.to_owned()).collect();
        Self { taken, of_iri: BTreeMap::new() }
    }

    /// Gives an IRI an anchor: its local name, with a number behind it where that is taken.
    pub(super) fn give(&mut self, iri: &str) -> String {
        let name = href::anchor(local_name(iri)).into_owned();
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|anchor| !self.taken.contains(anchor));
        let anchor = free.unwrap_or(name);
        self.taken.insert(anchor.clone());
        self.of_iri.insert(iri.to_owned(), anchor.clone());
        anchor
    }

    /// The anchor of an IRI on this page.
    pub(super) fn of(&self, iri: &str) -> Option<&str> {
        self.of_iri.get(iri).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_terms_of_one_name_have_anchors_of_their_own() {
        let mut anchors = Anchors::beside(&[]);
        let given =
            ["http://a.example/#Pilot", "http://b.example/Pilot", "http://a.example/content", "http://a.example/#a b"];
        assert_eq!(given.map(|iri| anchors.give(iri)), ["Pilot", "Pilot-2", "content-2", "a-b"]);
        assert_eq!(anchors.of("http://b.example/Pilot"), Some("Pilot-2"));
    }
}
