//! From a document of the catalogue to the values that its page shows.

use super::entry::{EntryPage, FormerName, Incoming, Notice, Standing};
use super::fact::{Fact, Value};
use super::language::Language;
use super::opinion::proposals;
use super::property;
use super::site::{Alternate, Link, Text};
use crate::catalogue::{Base, Document, Status};
use crate::rdf::{
    Content, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Preference, Term, Triple, best_literal, is_part,
};
use crate::register::Listed;
use crate::vocab::{self, dct, eusl, prov, rdf, skos, skosxl};
use std::collections::BTreeMap;

/// How many records that point here a page lists for each property; the data formats list more.
const SHOWN_INCOMING: usize = 200;

/// Properties that a page shows in places of their own.
const PLACED: [NamedNodeRef<'static>; 5] =
    [skos::PREF_LABEL, skos::DEFINITION, skos::NOTATION, skosxl::ALT_LABEL, eusl::PROPOSAL];

/// What stands under the title: the first of these properties that a record has.
const LEADING: [NamedNodeRef<'static>; 2] = [skos::DEFINITION, dct::DESCRIPTION];

/// What a part of a record repeats of it, so that a page says it once.
const REPEATED: [NamedNodeRef<'static>; 4] =
    [rdf::TYPE, eusl::ASSESSES, prov::WAS_ATTRIBUTED_TO, prov::GENERATED_AT_TIME];

/// Who reads, and where links lead.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// The base of the data's IRIs.
    pub base: &'a Base,
    /// What the addresses of documents start with: the site, or the site in one language, such as
    /// `https://services.example.eu/nl/`; ends with `/`.
    pub pages: &'a str,
    /// The language that the page is worded in.
    pub language: Language,
    /// The reader's languages.
    pub reader: &'a Preference,
}

/// Whether a path leads to a term of the vocabulary, to shapes, or to one of those.
fn is_shipped(path: &str) -> bool {
    path.starts_with("def#") || ["shapes", "shapes/cpsv-ap"].contains(&path.split('#').next().unwrap_or_default())
}

impl Surroundings<'_> {
    /// The values of a record's page.
    pub fn entry(&self, document: &Document, alternates: Vec<Alternate>) -> EntryPage {
        let iri = &document.name.iri;
        let content = &document.version.content;
        let (title, other_titles) = self.titles(document);
        let proposed = proposals(content, iri);
        let proposed_on = |property: &str| proposed.get(property).map(|day| (*day).to_owned());
        EntryPage {
            iri: iri.clone(),
            canonical: Some(format!("{}{}", self.pages, document.name.document_path())),
            kind: property::kind(&document.name.kind, self.language),
            notation: content.literals(iri, skos::NOTATION).next().map(|notation| notation.value().to_owned()),
            title,
            other_titles,
            definitions: first_of(&LEADING, content, iri)
                .map_or_else(Vec::new, |property| content.literals(iri, property).map(text).collect()),
            definition_proposed: proposed_on(skos::DEFINITION.as_str()),
            facts_proposed: proposed
                .iter()
                .find(|(property, _)| **property != skos::DEFINITION.as_str())
                .map(|(_, day)| (*day).to_owned()),
            opinions: Vec::new(),
            more_opinions: None,
            former_names: former_names(content, iri),
            breadcrumb: self.breadcrumb(document),
            notice: self.notice(document),
            facts: self.facts(document, &NamedNode::new_unchecked(iri), 0),
            incoming: shown_below(document).map(|incoming| self.incoming(incoming)).collect(),
            alternates,
            profiles: Vec::new(),
            structured_data: None,
            modified: Some(document.version.revision.timestamp.clone()),
            version: document.version.number,
            history: Some(format!("{}/versions", self.href(iri))),
            past: None,
        }
    }

    /// The facts of a record by some properties, in their order.
    pub(super) fn facts_by(&self, document: &Document, properties: &[NamedNodeRef<'static>]) -> Vec<Fact> {
        let facts = self.facts(document, &NamedNode::new_unchecked(&document.name.iri), 0);
        let by = |property: &NamedNodeRef<'static>| {
            let href = self.href(property.as_str());
            facts.iter().find(|fact| fact.property_href == href).cloned()
        };
        properties.iter().filter_map(by).collect()
    }

    /// A link to a record by its best name.
    pub fn link(&self, listed: &Listed) -> Link {
        let name = self.base.record_of(&listed.record);
        let names = listed.names.as_ref().map_or(&[][..], |names| &names.values);
        Link {
            href: self.href(&listed.iri()),
            label: self.best(names).unwrap_or_else(|| Text::plain(listed.iri())),
            notation: name.filter(|name| name.number().is_some()).map(|name| name.reference),
        }
    }

    /// The way to what nobody has named.
    pub fn link_to(&self, iri: &str) -> Link {
        self.link(&Listed { record: iri.to_owned(), part: String::new(), names: None })
    }

    /// The name that serves the reader best.
    pub fn best(&self, names: &[Literal]) -> Option<Text> {
        best_literal(names, self.reader).map(text)
    }

    /// Where a link to an IRI leads: to our document of it, to our vocabulary for a term of ours, to our
    /// shapes for one of those, or else to the IRI itself.
    pub fn href(&self, iri: &str) -> String {
        if let Some(path) = iri.strip_prefix(vocab::HOME).filter(|path| is_shipped(path)) {
            return format!("{}{path}", self.pages);
        }
        self.base.record_of(iri).map_or_else(
            || iri.to_owned(),
            |name| {
                let fragment = iri.strip_prefix(name.iri.as_str()).unwrap_or_default();
                format!("{}{}{fragment}", self.pages, name.document_path())
            },
        )
    }

    /// The best name first, then the others.
    pub(super) fn titles(&self, document: &Document) -> (Text, Vec<Text>) {
        let (content, iri) = (&document.version.content, document.name.iri.as_str());
        let property = first_of(&vocab::NAMING, content, iri).unwrap_or(skos::PREF_LABEL);
        let names: Vec<&Literal> = content.literals(iri, property).collect();
        let Some(best) = best_literal(names.iter().copied(), self.reader) else {
            return (Text::plain(&document.name.reference), Vec::new());
        };
        (text(best), names.into_iter().filter(|name| *name != best).map(text).collect())
    }

    /// The list that an entry is on, and what it stands under.
    fn breadcrumb(&self, document: &Document) -> Vec<Link> {
        let about = NamedNode::new_unchecked(&document.name.iri);
        let values = |property| document.version.content.values(about.as_ref(), property).filter_map(iri_of);
        let list = values(skos::IN_SCHEME).min_by_key(|scheme| (scheme.len(), *scheme));
        let above = values(skos::BROADER).next();
        list.into_iter().chain(above).map(|iri| self.named(document, iri)).collect()
    }

    /// Why the entry should no longer be used, if its status says so.
    fn notice(&self, document: &Document) -> Option<Notice> {
        let about = NamedNode::new_unchecked(&document.name.iri);
        let values = |property| document.version.content.values(about.as_ref(), property).filter_map(iri_of);
        let standing = match Status::of(&document.name.iri, &document.version.content).ok()? {
            Status::Deprecated => Standing::Deprecated,
            Status::Superseded => Standing::Superseded,
            Status::Withdrawn => Standing::Withdrawn,
            Status::Reserved | Status::Submitted | Status::Stable => return None,
        };
        let successors: Vec<Link> = values(dct::IS_REPLACED_BY).map(|iri| self.named(document, iri)).collect();
        Some(Notice { standing, successors })
    }

    /// A link to something the document points at.
    fn named(&self, document: &Document, iri: &str) -> Link {
        let unnamed = || Listed { record: iri.to_owned(), part: String::new(), names: None };
        let link = self.link(&document.pointed_at.get(iri).cloned().unwrap_or_else(unnamed));
        match property::short(iri) {
            Some(short) => Link { label: Text::plain(short), ..link },
            None => link,
        }
    }

    fn facts(&self, document: &Document, subject: &NamedNode, depth: u8) -> Vec<Fact> {
        let content = &document.version.content;
        let mut by_property: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let notation = content.literals(subject.as_str(), skos::NOTATION).next();
        let document_subject: NamedOrBlankNode = NamedNode::new_unchecked(&document.name.iri).into();
        let proposed = proposals(content, subject.as_str());
        let shown_above =
            [first_of(&vocab::NAMING, content, subject.as_str()), first_of(&LEADING, content, subject.as_str())];
        let placed: Vec<_> = PLACED.into_iter().chain(shown_above.into_iter().flatten()).collect();
        let shown_as_former: Vec<FormerName> = former_names(content, subject.as_str());
        for triple in content.iter() {
            let is_here = matches!(&triple.subject, NamedOrBlankNode::NamedNode(found) if found == subject);
            let is_placed = depth == 0 && placed.iter().any(|placed| *placed == triple.predicate);
            // The identifier is the notation again, which stands beside the title.
            let is_placed = is_placed
                || (triple.predicate == dct::IDENTIFIER
                    && notation.is_some_and(|notation| same(notation, &triple.object)));
            let is_former = triple.predicate == skos::ALT_LABEL
                && matches!(&triple.object, Term::Literal(name) if shown_as_former.iter().any(|former| former.name == text(name)));
            let is_repeated = depth > 0
                && REPEATED.iter().any(|repeated| *repeated == triple.predicate)
                && content.contains(&Triple { subject: document_subject.clone(), ..triple.clone() });
            if is_here && !is_placed && !is_former && !is_repeated {
                let value = self.value(document, triple, depth);
                by_property.entry(triple.predicate.as_str()).or_default().push(value);
            }
        }
        let mut by_property: Vec<(&str, Vec<Value>)> = by_property.into_iter().collect();
        by_property.sort_by_key(|(iri, _)| property::place(iri));
        by_property
            .into_iter()
            .map(|(iri, values)| Fact {
                property: property::name(iri, self.language),
                property_href: self.href(iri),
                values,
                is_proposed: proposed.contains_key(iri),
            })
            .collect()
    }

    /// The value that a triple gives, so deep within the parts of the record.
    pub(super) fn value(&self, document: &Document, triple: &Triple, depth: u8) -> Value {
        match &triple.object {
            Term::NamedNode(node) if is_part(&document.name.iri, node.as_str()) && depth < 8 => {
                let id = (depth == 0 && triple.predicate == dct::HAS_PART).then(|| anchor(node.as_str())).flatten();
                Value::Node { id, facts: self.facts(document, node, depth + 1) }
            }
            Term::NamedNode(node) => Value::Link(self.named(document, node.as_str())),
            Term::Literal(literal) => Value::of_literal(literal),
            Term::BlankNode(node) => Value::Text(Text::plain(node.to_string())),
        }
    }

    fn incoming(&self, incoming: &crate::catalogue::Incoming) -> Incoming {
        let from: Vec<Link> = incoming.from.iter().take(SHOWN_INCOMING).map(|listed| self.link(listed)).collect();
        Incoming {
            property: property::name_of_inverse(&incoming.property, self.language),
            more: usize::try_from(incoming.total).unwrap_or(usize::MAX).saturating_sub(from.len()),
            from,
        }
    }
}

/// What a link to a part finds it by; nothing where the page has something else of that name.
fn anchor(part: &str) -> Option<String> {
    const OWN: [&str; 6] = ["content", "suitability", "facts", "languages", "former", "incoming"];
    part.split_once('#').map(|(_, name)| name).filter(|name| !OWN.contains(name)).map(str::to_owned)
}

/// What points at a record and is told below its facts: what is said of a service type has a place of its own.
fn shown_below(document: &Document) -> impl Iterator<Item = &crate::catalogue::Incoming> {
    document.incoming.iter().filter(|incoming| incoming.property != eusl::ASSESSES.as_str())
}

/// The former names of a record: its SKOS-XL labels, in the order of the releases they held until.
fn former_names(content: &Content, record: &str) -> Vec<FormerName> {
    let about = NamedNode::new_unchecked(record);
    let mut names: Vec<FormerName> = content
        .values(about.as_ref(), skosxl::ALT_LABEL)
        .filter_map(iri_of)
        .filter_map(|label| {
            let release = |property| content.literals(label, property).next().map(|release| release.value().to_owned());
            Some(FormerName {
                name: text(content.literals(label, skosxl::LITERAL_FORM).next()?),
                held_from: release(eusl::HELD_FROM),
                held_until: release(eusl::HELD_UNTIL),
            })
        })
        .collect();
    names.sort_by(|one, other| (&one.held_until, &one.name.value).cmp(&(&other.held_until, &other.name.value)));
    names
}

/// The first of some properties that a resource has a literal of.
fn first_of(properties: &[NamedNodeRef<'static>], content: &Content, subject: &str) -> Option<NamedNodeRef<'static>> {
    properties.iter().copied().find(|property| content.literals(subject, *property).next().is_some())
}

fn iri_of(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        _ => None,
    }
}

fn same(literal: &Literal, object: &Term) -> bool {
    matches!(object, Term::Literal(other) if other.value() == literal.value())
}

fn text(literal: &Literal) -> Text {
    Text { value: literal.value().to_owned(), language: literal.language().map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_in_the_reader_s_language_where_there_are_any() {
        let base = Base::parse("https://id.example.eu/").unwrap();
        let reader = Preference::default();
        let pages = "https://services.example.eu/nl/";
        let view = Surroundings { base: &base, pages, language: Language::Dutch, reader: &reader };
        for (iri, href) in [
            ("https://id.example.eu/id/service-type/372", "https://services.example.eu/nl/doc/service-type/372"),
            ("https://id.example.eu/list/services", "https://services.example.eu/nl/list/services"),
            ("https://w3id.org/eu-service-list/def#Pilot", "https://services.example.eu/nl/def#Pilot"),
            ("https://w3id.org/eu-service-list/def", "https://w3id.org/eu-service-list/def"),
            ("https://w3id.org/eu-service-list/shapes", "https://services.example.eu/nl/shapes"),
            ("https://w3id.org/eu-service-list/shapes/cpsv-ap#A", "https://services.example.eu/nl/shapes/cpsv-ap#A"),
            ("https://w3id.org/eu-service-list/shapesX", "https://w3id.org/eu-service-list/shapesX"),
            ("http://id.esd.org.uk/service/372", "http://id.esd.org.uk/service/372"),
        ] {
            assert_eq!(view.href(iri), href);
        }
    }
}
