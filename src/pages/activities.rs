//! Pages that list what organisations did: pilots, and co-design activities.

use super::PageError;
use super::document::document;
use super::fact::{Fact, Facts, Value};
use super::href;
use super::property;
use super::record::Surroundings;
use super::site::{Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::Document;
use crate::rdf::NamedNodeRef;
use crate::vocab::{dct, eusl, foaf, prov};
use askama::Template;

/// What is told of an activity beside its name and its description, in this order.
const TOLD: [NamedNodeRef<'static>; 9] = [
    eusl::TRANSFER_OF,
    eusl::PILOTS,
    eusl::CO_DESIGN_METHOD,
    prov::WAS_ASSOCIATED_WITH,
    eusl::CONTACT_PHASE,
    dct::SPATIAL,
    prov::STARTED_AT_TIME,
    prov::ENDED_AT_TIME,
    foaf::PAGE,
];

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activities {
    /// Pilots, with what was taken over from where.
    Pilots,
    /// Work with users.
    CoDesign,
}

/// A page that lists activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivitiesPage {
    /// What is listed.
    pub activities: Activities,
    /// Address of this page, for search engines.
    pub canonical: Option<String>,
    /// The activities.
    pub entries: Vec<Activity>,
}

/// One activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its document.
    pub link: Link,
    /// What was done.
    pub description: Option<Text>,
    /// Who, how, where and when.
    pub facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "activities.html")]
struct ActivitiesTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a ActivitiesPage,
    section: Option<Section>,
}

/// A page that lists activities, as a whole HTML document.
pub fn activities(site: &Site, page: &ActivitiesPage) -> Result<String, PageError> {
    document(&ActivitiesTemplate { site, words: site.words(), page, section: None })
}

/// The values of a page of activities, by their names.
pub fn activities_page(
    activities: Activities,
    path: &str,
    documents: &[Document],
    view: &Surroundings<'_>,
) -> ActivitiesPage {
    let mut entries: Vec<Activity> = documents.iter().map(|document| activity(document, view)).collect();
    entries.sort_by_cached_key(|entry| entry.link.label.value.to_lowercase());
    ActivitiesPage { activities, canonical: Some(format!("{}{path}", view.pages)), entries }
}

fn activity(document: &Document, view: &Surroundings<'_>) -> Activity {
    let iri = &document.name.iri;
    let best = |property| {
        let values: Vec<_> = document.version.content.literals(iri, property).cloned().collect();
        view.best(&values)
    };
    let mut facts = view.facts_by(document, &TOLD);
    let taken_over = document.incoming.iter().filter(|incoming| incoming.property == eusl::TRANSFER_OF.as_str());
    facts.extend(taken_over.map(|incoming| Fact {
        property: property::name_of_inverse(&incoming.property, view.language),
        property_href: view.href(&incoming.property),
        values: incoming.from.iter().map(|pilot| Value::Link(view.link(pilot))).collect(),
        is_proposed: false,
    }));
    Activity {
        link: Link {
            href: view.href(iri),
            label: best(dct::TITLE).unwrap_or_else(|| Text::plain(&document.name.reference)),
            notation: None,
        },
        description: best(dct::DESCRIPTION),
        facts,
    }
}

impl ActivitiesPage {
    fn canonical_address(&self) -> Option<&str> {
        self.canonical.as_deref().and_then(href::followable)
    }
}

impl ActivitiesTemplate<'_> {
    /// What the page is called, and what it says of all of them.
    fn heading(&self) -> (&'static str, &'static str) {
        let words = &self.words.second_list;
        match self.page.activities {
            Activities::Pilots => (words.pilots, words.pilots_are),
            Activities::CoDesign => (words.co_design, words.co_design_are),
        }
    }

    fn facts<'a>(&'a self, activity: &'a Activity) -> Facts<'a> {
        Facts::of(&activity.facts, self.site)
    }
}
