//! The page of the decision table, and that of the phases in which a contact centre grows.

use super::PageError;
use super::document::document;
use super::href;
use super::property;
use super::record::Surroundings;
use super::second_list::{Count, ListHead, VerdictOn, link, list_address, verdict};
use super::site::{self, Contact, Link, Section, Site, Text};
use super::wording::Wording;
use crate::catalogue::{Assessment, DecisionRule, Phase, code_of};
use crate::rdf::Content;
use crate::register::Listed;
use crate::vocab::{eusl, skos};
use askama::Template;

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

/// The values of the page of the decision table.
pub fn decision_table_page(head: ListHead, rules: &[DecisionRule], view: &Surroundings<'_>) -> DecisionTablePage {
    let mut rules: Vec<RuleRow> = rules.iter().map(|rule| rule_row(rule, view)).collect();
    rules.sort_by_key(|rule| rule.position);
    DecisionTablePage { head, rules }
}

fn rule_row(rule: &DecisionRule, view: &Surroundings<'_>) -> RuleRow {
    let DecisionRule { iri, content, names, decides } = rule;
    let all = |property| content.iris(iri, property).map(str::to_owned);
    let conclusion = Assessment {
        iri: iri.clone(),
        degree: all(eusl::SUITABILITY).next().unwrap_or_default(),
        handling: all(eusl::HANDLING).collect(),
        reasons: all(eusl::REASON).collect(),
        phase: all(eusl::CONTACT_PHASE).next(),
        ..Assessment::default()
    };
    let decided = |(channel, number): &(Option<String>, usize)| {
        let channel = channel.as_deref();
        let parameters = [Some(("rule", code_of(iri))), channel.map(|channel| ("channel", code_of(channel)))];
        let parameters: Vec<_> = parameters.into_iter().flatten().collect();
        let count = Count { number: *number, href: Some(list_address(view, &parameters)) };
        (channel.map(|channel| link(channel, names, view)), count)
    };
    RuleRow {
        position: position(content, iri),
        rule: link(iri, names, view),
        conditions: conditions(rule, view),
        verdict: verdict(&conclusion, names, view),
        argument: definition(content, iri, view),
        decides: decides.iter().map(decided).collect(),
    }
}

/// What a rule asks for, by the kinds of codes.
fn conditions(rule: &DecisionRule, view: &Surroundings<'_>) -> Vec<(Text, Vec<Link>)> {
    let mut conditions: Vec<(Text, Vec<Link>)> = Vec::new();
    for code in rule.content.iris(&rule.iri, eusl::APPLIES_TO) {
        let kind = view.base.record_of(code).map(|name| property::kind(&name.kind, view.language));
        let kind = kind.unwrap_or_else(|| Text::plain(""));
        let link = link(code, &rule.names, view);
        match conditions.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, links)) => links.push(link),
            None => conditions.push((kind, vec![link])),
        }
    }
    conditions
}

/// The values of the page of the phases.
pub fn phases_page(head: ListHead, degrees: &[Listed], phases: &[Phase], view: &Surroundings<'_>) -> PhasesPage {
    let row = |phase: &Phase| {
        let iri = phase.listed.record.as_str();
        let count = |degree: &Listed| {
            let parameters = [("phase", code_of(iri)), ("degree", code_of(&degree.record))];
            let number = phase.verdicts.get(&degree.record).copied().unwrap_or_default();
            Count { number, href: Some(list_address(view, &parameters)) }
        };
        PhaseRow {
            phase: view.link(&phase.listed),
            number: code_of(iri).to_owned(),
            definition: definition(&phase.content, iri, view),
            verdicts: degrees.iter().map(count).collect(),
        }
    };
    let phases = phases.iter().map(row).collect();
    PhasesPage { head, degrees: degrees.iter().map(|degree| view.link(degree)).collect(), phases }
}

/// The place of a rule in its table; behind all others where it has none.
fn position(content: &Content, rule: &str) -> u64 {
    content.literals(rule, eusl::POSITION).next().and_then(|place| place.value().parse().ok()).unwrap_or(u64::MAX)
}

fn definition(content: &Content, iri: &str, view: &Surroundings<'_>) -> Option<Text> {
    let definitions: Vec<_> = content.literals(iri, skos::DEFINITION).cloned().collect();
    view.best(&definitions)
}
