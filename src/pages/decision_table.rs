//! The page of the decision table, and that of the phases in which a contact centre grows.

use super::PageError;
use super::document::document;
use super::href;
use super::property;
use super::record::{Surroundings, literals};
use super::second_list::{Count, ListHead, VerdictOn, link, verdict};
use super::site::{self, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::Assessment;
use crate::rdf::{Content, NamedNodeRef, Term};
use crate::register::Listed;
use crate::vocab::{eusl, skos};
use askama::Template;
use std::collections::BTreeMap;

/// The page of the decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionTablePage {
    /// What its head says.
    pub head: ListHead,
    /// The rules, in the order in which they are tried.
    pub rules: Vec<RuleRow>,
}

/// One rule of the decision table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRow {
    /// Its place in the table, from 1.
    pub position: u64,
    /// The rule.
    pub rule: Link,
    /// What it asks for: kinds of codes, of each of which any will do.
    pub conditions: Vec<(Text, Vec<Link>)>,
    /// What it concludes.
    pub verdict: VerdictOn,
    /// Why.
    pub argument: Option<Text>,
    /// How many service types it decides: as a whole, or for each channel that it is for.
    pub decides: Vec<(Option<Link>, Count)>,
}

/// The page of the phases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhasesPage {
    /// What its head says.
    pub head: ListHead,
    /// The degrees of suitability, the highest first.
    pub degrees: Vec<Link>,
    /// The phases, in their order.
    pub phases: Vec<PhaseRow>,
}

/// One phase, and what a contact centre can take in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseRow {
    /// The phase.
    pub phase: Link,
    /// Its number.
    pub number: String,
    /// What it is.
    pub definition: Option<Text>,
    /// The number of service types of each degree.
    pub verdicts: Vec<Count>,
}

#[derive(Template)]
#[template(path = "decision_table.html")]
struct DecisionTableTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a DecisionTablePage,
    section: Option<Section>,
}

#[derive(Template)]
#[template(path = "phases.html")]
struct PhasesTemplate<'a> {
    site: &'a Site,
    words: &'static Wording,
    page: &'a PhasesPage,
    section: Option<Section>,
}

impl PhasesTemplate<'_> {
    /// What a degree is called.
    fn degree(&self, place: usize) -> &str {
        self.page.degrees.get(place).map_or("", |degree| degree.label.value.as_str())
    }
}

/// The page of the decision table, as a whole HTML document.
pub fn decision_table(site: &Site, page: &DecisionTablePage) -> Result<String, PageError> {
    document(&DecisionTableTemplate { site, words: site.words(), page, section: Some(Section::SecondList) })
}

/// The page of the phases, as a whole HTML document.
pub fn phases(site: &Site, page: &PhasesPage) -> Result<String, PageError> {
    document(&PhasesTemplate { site, words: site.words(), page, section: Some(Section::CodeLists) })
}

/// A rule as its record has it, with how many service types it decides.
pub fn rule_row(
    iri: &str,
    content: &Content,
    names: &BTreeMap<String, Listed>,
    view: &Surroundings<'_>,
    decides: Vec<(Option<String>, Count)>,
) -> RuleRow {
    let all = |property: NamedNodeRef<'static>| objects(content, iri, property);
    let conclusion = Assessment {
        iri: iri.to_owned(),
        degree: all(eusl::SUITABILITY).next().unwrap_or_default(),
        handling: all(eusl::HANDLING).collect(),
        reasons: all(eusl::REASON).collect(),
        phase: all(eusl::CONTACT_PHASE).next(),
        ..Assessment::default()
    };
    let mut conditions: Vec<(Text, Vec<Link>)> = Vec::new();
    for code in all(eusl::APPLIES_TO) {
        let kind = view.base.record_of(&code).map(|name| property::kind(&name.kind, view.language));
        let kind = kind.unwrap_or_else(|| Text::plain(""));
        let link = link(&code, names, view);
        match conditions.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, links)) => links.push(link),
            None => conditions.push((kind, vec![link])),
        }
    }
    RuleRow {
        position: position(content, iri),
        rule: link(iri, names, view),
        conditions,
        verdict: verdict(&conclusion, names, view),
        argument: definition(content, iri, view),
        decides: decides
            .into_iter()
            .map(|(channel, count)| (channel.map(|iri| link(&iri, names, view)), count))
            .collect(),
    }
}

/// A phase as its record has it.
pub fn phase_row(phase: &Listed, content: &Content, view: &Surroundings<'_>, verdicts: Vec<Count>) -> PhaseRow {
    let number = view.base.record_of(&phase.record).map_or_else(String::new, |name| name.reference);
    let definition = definition(content, &phase.record, view);
    PhaseRow { phase: view.link(phase), number, definition, verdicts }
}

/// The place of a rule in its table; behind all others where it has none.
pub fn position(content: &Content, rule: &str) -> u64 {
    literals(content, rule, eusl::POSITION).next().and_then(|place| place.value().parse().ok()).unwrap_or(u64::MAX)
}

/// The IRIs that a resource points at by a property.
pub fn objects(content: &Content, iri: &str, property: NamedNodeRef<'static>) -> impl Iterator<Item = String> {
    let values = content.values(NamedNodeRef::new_unchecked(iri), property);
    let iris: Vec<String> = values
        .filter_map(|value| match value {
            Term::NamedNode(node) => Some(node.as_str().to_owned()),
            _ => None,
        })
        .collect();
    iris.into_iter()
}

fn definition(content: &Content, iri: &str, view: &Surroundings<'_>) -> Option<Text> {
    let definitions: Vec<_> = literals(content, iri, skos::DEFINITION).cloned().collect();
    view.best(&definitions)
}
