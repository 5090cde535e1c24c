//! Who publishes the catalogue, how to reach them, and under which licence.

use super::reference::{LICENCE_TYPE, PUBLISHER_TYPE, Reference};
use super::telling::Telling;
use super::words::UNNAMED_PUBLISHER;
use crate::harvest::description::{node, plain, text};
use crate::rdf::NamedNode;
use crate::vocab::{dcat, dct, foaf, rdf, vcard};

/// The publisher as the operator set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The name; a default says that it is one.
    pub name: Option<String>,
    /// Which kind of organisation it is.
    pub kind: Option<PublisherType>,
    /// The IRI of its own site.
    pub homepage: Option<String>,
    /// How to reach it: a mail address, the IRI of a page, or words.
    pub contact: Option<String>,
    /// The IRI of the licence of the data.
    pub licence: String,
    /// What readers call that licence.
    pub licence_label: String,
}

/// A kind of organisation, as DCAT-AP wants it of publishers: a code of the
/// [ADMS list](http://purl.org/adms/publishertype/1.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublisherType {
    /// What the setting calls it.
    pub name: &'static str,
    code: &'static str,
    label: &'static str,
}

const fn kind(name: &'static str, code: &'static str, label: &'static str) -> PublisherType {
    PublisherType { name, code, label }
}

impl PublisherType {
    /// Every kind there is.
    pub const ALL: [Self; 9] = [
        kind("academia", "Academia-ScientificOrganisation", "Academia/Scientific organisation"),
        kind("company", "Company", "Company"),
        kind("industry-consortium", "IndustryConsortium", "Industry consortium"),
        kind("local-authority", "LocalAuthority", "Local Authority"),
        kind("national-authority", "NationalAuthority", "National authority"),
        kind("non-governmental", "NonGovernmentalOrganisation", "Non-Governmental Organisation"),
        kind("non-profit", "NonProfitOrganisation", "Non-Profit Organisation"),
        kind("regional-authority", "RegionalAuthority", "Regional authority"),
        kind("supranational-authority", "SupraNationalAuthority", "Supra-national authority"),
    ];

    /// What the setting may be, in words.
    pub const NAMES: &str = "academia, company, industry-consortium, local-authority, national-authority, \
         non-governmental, non-profit, regional-authority or supranational-authority";

    /// The kind that the setting calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name == name)
    }
}

impl Telling<'_> {
    /// The node of the publisher: an Agent as DCAT-AP has it (`foaf:name`) and as CPSV-AP does (`dct:title`,
    /// `dct:identifier`).
    pub(super) fn publisher(&self) -> NamedNode {
        self.catalogue.part("publisher")
    }

    /// Says who publishes.
    pub(super) fn tell_publisher(&mut self) {
        let (iri, publisher) = (self.publisher(), self.catalogue.publisher);
        self.say(&iri, rdf::TYPE, foaf::AGENT);
        self.say(&iri, dct::IDENTIFIER, plain(iri.as_str()));
        if let Some(name) = &publisher.name {
            self.say(&iri, foaf::NAME, plain(name));
            // CPSV-AP takes no name without a language, and nobody said which this is in.
            self.say(&iri, dct::TITLE, text(name, "und"));
        } else {
            self.say_each(&iri, foaf::NAME, UNNAMED_PUBLISHER.literals());
            self.say_each(&iri, dct::TITLE, UNNAMED_PUBLISHER.literals());
        }
        if let Some(kind) = publisher.kind {
            self.refer(&iri, dct::TYPE, Reference::code(&PUBLISHER_TYPE, kind.code, kind.label));
        }
        if let Some(homepage) = &publisher.homepage {
            self.refer(&iri, foaf::HOMEPAGE, Reference::document(homepage));
        }
        self.tell_contact_point();
    }

    /// Says of a resource where questions about it go, where the operator set that.
    pub(super) fn name_contact_point(&mut self, of: &NamedNode) {
        if self.catalogue.publisher.contact.is_some() {
            let contact = self.contact_point();
            self.say(of, dcat::CONTACT_POINT, contact);
        }
    }

    fn contact_point(&self) -> NamedNode {
        self.catalogue.part("contact")
    }

    fn tell_contact_point(&mut self) {
        let Some(contact) = self.catalogue.publisher.contact.as_deref().map(str::trim) else { return };
        let iri = self.contact_point();
        self.say_each(&iri, rdf::TYPE, [vcard::KIND, vcard::ORGANIZATION]);
        match &self.catalogue.publisher.name {
            Some(name) => self.say(&iri, vcard::FN, plain(name)),
            None => self.say_each(&iri, vcard::FN, UNNAMED_PUBLISHER.literals()),
        }
        match Reached::by(contact) {
            Reached::Mail(address) => self.say(&iri, vcard::HAS_EMAIL, address),
            Reached::Page(address) => self.say(&iri, vcard::HAS_URL, address),
            Reached::Words => self.say(&iri, vcard::NOTE, plain(contact)),
        }
    }

    /// Says of a resource which licence it is under.
    pub(super) fn name_licence(&mut self, of: &NamedNode) {
        let licence = node(&self.catalogue.publisher.licence);
        self.say(of, dct::LICENSE, licence);
    }

    /// Says what the licence is.
    pub(super) fn tell_licence(&mut self) {
        let publisher = self.catalogue.publisher;
        let licence = node(&publisher.licence);
        self.say(&licence, rdf::TYPE, dct::LICENSE_DOCUMENT);
        self.say(&licence, dct::TITLE, plain(&publisher.licence_label));
        if let Some((code, label)) = licence_type(&publisher.licence) {
            self.refer(&licence, dct::TYPE, Reference::code(&LICENCE_TYPE, code, label));
        }
    }
}

/// What kind of licence a licence is, of those whose kind is known here.
fn licence_type(iri: &str) -> Option<(&'static str, &'static str)> {
    let (_, rest) = iri.split_once("://")?;
    let of_creative_commons = rest.trim_start_matches("www.").strip_prefix("creativecommons.org/")?;
    match of_creative_commons.split('/').nth(1)? {
        "by" => Some(("Attribution", "Attribution")),
        "zero" => Some(("PublicDomain", "Work in the public domain")),
        _ => None,
    }
}

/// How somebody is reached.
enum Reached {
    Mail(NamedNode),
    Page(NamedNode),
    Words,
}

impl Reached {
    /// By a mail address of the plain form, by a page, or else by what the words say.
    fn by(contact: &str) -> Self {
        let is_plain = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._+-".contains(&byte))
        };
        if contact.split_once('@').is_some_and(|(local, domain)| is_plain(local) && is_plain(domain)) {
            return Self::Mail(node(format!("mailto:{contact}")));
        }
        match NamedNode::new(contact) {
            Ok(page) if contact.starts_with("http://") || contact.starts_with("https://") => Self::Page(page),
            _ => Self::Words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_publisher_is_named_among_those_that_may_be_set() {
        let named: Vec<&str> =
            PublisherType::NAMES.split([',', ' ']).filter(|word| !["", "or"].contains(word)).collect();
        assert_eq!(named, PublisherType::ALL.map(|kind| kind.name));
    }

    #[test]
    fn licences_are_of_a_kind_where_it_is_known() {
        let code = |iri: &str| licence_type(iri).map(|(code, _)| code);
        assert_eq!(code("https://creativecommons.org/licenses/by/4.0/"), Some("Attribution"));
        assert_eq!(code("http://www.creativecommons.org/publicdomain/zero/1.0/"), Some("PublicDomain"));
        assert_eq!(code("https://creativecommons.org/licenses/by-nc/4.0/"), None);
        assert_eq!(code("https://data.norge.no/nlod/"), None);
    }
}
