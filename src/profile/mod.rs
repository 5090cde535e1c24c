//! One document, seen through the specifications that its readers know.
//!
//! A document holds what a record says, its parts, the names of the records it points at, and what
//! points at it. A [`Profile`] chooses from it or puts it in other words, as
//! [content negotiation by profile](https://www.w3.org/TR/dx-prof-conneg/) asks. Nothing is
//! added: a view says less than the document or the same, never more. Knows terms and triples
//! only. Start at [`Profile::view`].

mod cpsv_ap;
mod mentioned;
mod prefixed;
mod requested;
mod schema_org;
mod selection;
mod skos;
#[cfg(test)]
mod tests;

use crate::rdf::{NamedNode, Triple};

/// A specification through which a document can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// Everything that the document says.
    Full,
    /// What [CPSV-AP 3.2.0](https://semiceu.github.io/CPSV-AP/releases/3.2.0/) knows.
    CpsvAp,
    /// What [SKOS](https://www.w3.org/TR/skos-reference/) knows.
    Skos,
    /// The document in the words of [schema.org](https://schema.org/), for search engines.
    SchemaOrg,
}

impl Profile {
    /// All profiles, the one that needs no asking first.
    pub const ALL: [Self; 4] = [Self::Full, Self::CpsvAp, Self::Skos, Self::SchemaOrg];

    /// What names it in an address, `?profile=skos`.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::CpsvAp => "cpsv-ap",
            Self::Skos => "skos",
            Self::SchemaOrg => "schema-org",
        }
    }

    /// The part of an address that asks for it: `?profile=…`, or nothing for everything.
    pub fn query(self) -> String {
        match self {
            Self::Full => String::new(),
            other => format!("?profile={}", other.token()),
        }
    }

    /// What names it in `Link: <…>; rel="profile"`: the IRI of the specification's own ontology.
    pub const fn iri(self) -> &'static str {
        match self {
            Self::Full => "https://w3id.org/eu-service-list/def",
            Self::CpsvAp => "http://data.europa.eu/m8g/cpsvap/3.2.0",
            Self::Skos => "http://www.w3.org/2004/02/skos/core",
            Self::SchemaOrg => "http://schema.org/",
        }
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Full => "European Service List",
            Self::CpsvAp => "CPSV-AP 3.2.0",
            Self::Skos => "SKOS",
            Self::SchemaOrg => "schema.org",
        }
    }

    /// The profile with this token, in capitals or not.
    pub fn of_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.token().eq_ignore_ascii_case(token))
    }

    /// The profile that an IRI asks for: its own, or another by which people know the same version
    /// of the specification; with `http` or `https`, with or without `/` or `#` at the end.
    pub fn of_iri(iri: &str) -> Option<Self> {
        requested::profile(iri)
    }

    /// The document of the record `about`, seen through this profile.
    ///
    /// Things of a class that the profile does not know are not described, and names of records
    /// that the view no longer mentions go. The view is empty where the record itself is such a
    /// thing: a public service is nothing to SKOS.
    pub fn view(self, about: &NamedNode, triples: Vec<Triple>) -> Vec<Triple> {
        match self {
            Self::Full => triples,
            Self::CpsvAp => cpsv_ap::view(about, triples),
            Self::Skos => skos::view(about, triples),
            Self::SchemaOrg => schema_org::view(about, &triples),
        }
    }
}
