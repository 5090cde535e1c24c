//! From a search and a card of the catalogue to the values that the desk's page shows.

use super::{
    Basis, ChannelRow, Choice, Choosing, ChosenOrganisation, DeskCard, DeskContact, DeskDepartment, DeskOffer,
    DeskPage, DeskResult, DeskVerdict, Ground, Handling, SearchOutcome, UnitVerdict,
};
use crate::catalogue::{Card, Contact, Delivery, Department, Explained, Fit, Found, Offer, Verdict, code_of};
use crate::pages::entry::{Notice, Standing};
use crate::pages::record::Surroundings;
use crate::pages::site::{Link, Text};
use crate::rdf::Literal;
use crate::register::Listed;

/// The delivery pattern of what people report.
const REPORT: &str = "report";

/// What was asked of the desk.
#[derive(Clone, Debug, Default)]
pub struct DeskAsked {
    /// The words of the search.
    pub query: String,
    /// Whose desk it is, or can be.
    pub organisations: Organisations,
    /// The number of the entry that is shown.
    pub number: Option<String>,
}

/// Whose desk it is, or can be.
#[derive(Clone, Debug)]
pub enum Organisations {
    /// That of one organisation.
    Chosen(Listed),
    /// Nobody's yet; that of any of these.
    Few(Vec<Listed>),
    /// Nobody's yet, and there are too many to draw.
    Many {
        /// What was typed of a name.
        typed: String,
        /// The organisations that this may mean.
        hits: Vec<Listed>,
    },
}

impl Default for Organisations {
    fn default() -> Self {
        Self::Many { typed: String::new(), hits: Vec::new() }
    }
}

impl Organisations {
    /// The organisation whose desk it is.
    pub fn chosen(&self) -> Option<&Listed> {
        match self {
            Self::Chosen(organisation) => Some(organisation),
            Self::Few(_) | Self::Many { .. } => None,
        }
    }
}

/// A desk: where its address leads for which words, entry and organisation.
struct Desk<'a> {
    view: &'a Surroundings<'a>,
    action: String,
    asked: &'a DeskAsked,
}

impl Desk<'_> {
    fn address(&self, number: Option<&str>, organisation: Option<&str>) -> String {
        format!("{}{}", self.action, desk_address(&self.asked.query, number, organisation))
    }

    /// What is sent as `for`.
    fn organisation(&self) -> Option<String> {
        self.asked.organisations.chosen().map(|organisation| value(organisation, self.view))
    }

    /// The card of an entry at the same desk; what has no number has its document.
    fn card_link(&self, entry: &Listed) -> Link {
        let link = self.view.link(entry);
        let Some(number) = &link.notation else { return link };
        Link { href: self.address(Some(number), self.organisation().as_deref()), ..link }
    }

    fn choosing(&self) -> Option<Choosing> {
        match &self.asked.organisations {
            Organisations::Chosen(_) => None,
            Organisations::Few(few) => Some(Choosing::FromAll(choices(self.view, few))),
            Organisations::Many { typed, hits } => {
                let number = self.asked.number.as_deref();
                let hit = |listed: &Listed| Link {
                    href: self.address(number, Some(&value(listed, self.view))),
                    ..self.view.link(listed)
                };
                Some(Choosing::ByName { typed: typed.clone(), hits: hits.iter().map(hit).collect() })
            }
        }
    }
}

/// What the address of the desk has after `desk`: `?q=…&type=…&for=…`, each where it says something.
pub fn desk_address(query: &str, number: Option<&str>, organisation: Option<&str>) -> String {
    let mut parameters = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("q", Some(query)), ("type", number), ("for", organisation)] {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            parameters.append_pair(name, value);
        }
    }
    let parameters = parameters.finish();
    if parameters.is_empty() { String::new() } else { format!("?{parameters}") }
}

/// The values of the desk's page.
pub fn desk_page(view: &Surroundings<'_>, asked: &DeskAsked, found: &[Found], card: Option<&Card>) -> DeskPage {
    let desk = Desk { view, action: format!("{}desk", view.pages), asked };
    let number = asked.number.as_deref();
    let shown = card.map(|card| card.service_type.record.as_str());
    let others = found.iter().filter(|found| Some(found.listed.record.as_str()) != shown);
    DeskPage {
        canonical: Some(desk.address(number, desk.organisation().as_deref())),
        query: asked.query.clone(),
        organisation: asked.organisations.chosen().map(|listed| ChosenOrganisation {
            value: value(listed, view),
            link: view.link(listed),
            without: desk.address(number, None),
        }),
        choosing: desk.choosing(),
        number: asked.number.clone(),
        outcome: outcome(&asked.query, found),
        results: others.map(|found| result(&desk, found)).collect(),
        by_letter: format!("{}list/services?by=letter", view.pages),
        card: card.map(|card| desk_card(&desk, card)),
        action: desk.action,
    }
}

/// Organisations to choose from, by name.
fn choices(view: &Surroundings<'_>, organisations: &[Listed]) -> Vec<Choice> {
    let choice = |listed| Choice { value: value(listed, view), label: view.link(listed).label };
    let mut choices: Vec<Choice> = organisations.iter().map(choice).collect();
    choices.sort_by_cached_key(|choice| choice.label.value.to_lowercase());
    choices
}

/// What is sent as `for`: the reference of an organisation of ours, or the IRI of one elsewhere.
fn value(listed: &Listed, view: &Surroundings<'_>) -> String {
    view.base.record_of(&listed.record).map_or_else(|| listed.record.clone(), |name| name.reference)
}

fn outcome(query: &str, found: &[Found]) -> SearchOutcome {
    match found.first() {
        _ if query.trim().is_empty() => SearchOutcome::Unasked,
        None => SearchOutcome::Nothing,
        Some(best) if best.fit == Fit::SomeWords => SearchOutcome::SomeWords,
        Some(_) => SearchOutcome::Entries,
    }
}

fn result(desk: &Desk<'_>, found: &Found) -> DeskResult {
    let link = desk.card_link(&found.listed);
    let name = found.name.as_ref().map(text).filter(|name| name.value != link.label.value);
    DeskResult { link, name, is_deprecated: found.is_deprecated }
}

fn desk_card(desk: &Desk<'_>, card: &Card) -> DeskCard {
    let view = desk.view;
    let channels = channel_rows(view, card);
    // Whoever asks at the desk has a caller on the line, so the first channel leads: the telephone.
    let (own, shared) = channels.first().map_or((None, None), |row| (row.own.as_ref(), row.shared.as_ref()));
    let basis = match (own, card.own.as_ref(), shared) {
        (Some(_), Some(assessment), _) => Basis::Assessor(view.link(&assessment.assessor)),
        (_, _, Some(_)) => Basis::Proposal,
        _ => Basis::Nobody,
    };
    DeskCard {
        entry: view.link(&card.service_type),
        notice: notice(desk, card),
        channel: channels.first().map_or_else(|| Text::plain(""), |row| row.channel.clone()),
        steps: own.or(shared).map_or_else(Vec::new, |verdict| verdict.steps.clone()),
        phase: own.or(shared).and_then(|verdict| verdict.phase.clone()),
        reached: card.delivery.as_ref().and_then(|delivery| Some(view.link(delivery.phase.as_ref()?).label)),
        basis,
        units: unit_verdicts(view, card),
        grounds: grounds(view, card),
        channels,
        definition: view.best(&card.definitions),
        is_proposed: card.is_proposed,
        note: view.best(&card.scope_notes),
        kinds: card.kinds.iter().map(|kind| view.link(kind)).collect(),
        offers: card.delivery.as_ref().map(|delivery| offers(view, delivery)),
        departments: card
            .delivery
            .iter()
            .flat_map(|delivery| &delivery.departments)
            .map(|department| desk_department(view, department))
            .collect(),
    }
}

/// Why an entry should not be used any more, with the cards of what took its place.
fn notice(desk: &Desk<'_>, card: &Card) -> Option<Notice> {
    let successors: Vec<Link> = card.successors.iter().map(|successor| desk.card_link(successor)).collect();
    let standing = match (card.is_withdrawn, successors.is_empty()) {
        (true, _) => Standing::Withdrawn,
        (false, true) => Standing::Deprecated,
        (false, false) => Standing::Superseded,
    };
    card.is_deprecated.then_some(Notice { standing, successors })
}

fn channel_rows(view: &Surroundings<'_>, card: &Card) -> Vec<ChannelRow> {
    let verdict = |of: Option<&Explained>, channel: &Listed| {
        of.and_then(|said| said.on_channel(&channel.record)).map(|verdict| brief(view, verdict, is_report(card)))
    };
    let row = |channel: &Listed| ChannelRow {
        channel: view.link(channel).label,
        own: verdict(card.own.as_ref(), channel),
        shared: verdict(card.shared.as_ref(), channel),
    };
    card.channels.iter().map(row).collect()
}

/// What units that differ say on the channel that leads, by their names.
fn unit_verdicts(view: &Surroundings<'_>, card: &Card) -> Vec<UnitVerdict> {
    let Some(channel) = card.channels.first() else { return Vec::new() };
    let verdict = |said: &Explained| {
        let verdict = brief(view, said.on_channel(&channel.record)?, is_report(card));
        Some(UnitVerdict { unit: view.link(&said.assessor), verdict })
    };
    let mut verdicts: Vec<UnitVerdict> = card.units.iter().filter_map(verdict).collect();
    verdicts.sort_by_cached_key(|verdict| verdict.unit.label.value.to_lowercase());
    verdicts
}

/// Why: the organisation's own assessment or those of its units, then the proposal.
fn grounds(view: &Surroundings<'_>, card: &Card) -> Vec<Ground> {
    let own = card.own.iter().chain(&card.units).map(|said| (Basis::Assessor(view.link(&said.assessor)), said));
    let all = own.chain(card.shared.iter().map(|shared| (Basis::Proposal, shared)));
    all.flat_map(|(basis, said)| grounds_of(view, card, &basis, said)).collect()
}

/// Whether the service is about something that people report.
fn is_report(card: &Card) -> bool {
    card.kinds.iter().any(|kind| code_of(&kind.record) == REPORT)
}

fn brief(view: &Surroundings<'_>, verdict: &Verdict, is_report: bool) -> DeskVerdict {
    let step = |handling: &Listed| match code_of(&handling.record) {
        "answer" => Handling::Answer,
        "take-in" if is_report => Handling::TakeInReport,
        "take-in" => Handling::TakeIn,
        "handle" => Handling::Handle,
        "transfer" => Handling::Transfer,
        "refer" => Handling::Refer,
        _ => Handling::Other(view.link(handling).label),
    };
    DeskVerdict {
        steps: verdict.handlings.iter().map(step).collect(),
        degree: view.link(&verdict.degree).label,
        phase: verdict.phase.as_ref().map(|phase| view.link(phase).label),
    }
}

/// The ground of the verdict on the whole, then of those on channels in the order of the card.
fn grounds_of(view: &Surroundings<'_>, card: &Card, basis: &Basis, assessment: &Explained) -> Vec<Ground> {
    let name = |listed: &Listed| view.link(listed).label;
    let ground = |channel: Option<Text>, verdict: &Verdict| Ground {
        basis: basis.clone(),
        record: view.href(&assessment.iri),
        channel,
        degree: name(&verdict.degree),
        reasons: verdict.reasons.iter().map(name).collect(),
        rule: verdict.rule.as_ref().map(|rule| view.link(rule)),
        argument: view.best(&verdict.arguments),
        phase: verdict.phase.as_ref().map(name),
        confidence: verdict.confidence.as_ref().map(name),
        date: verdict.date.clone(),
    };
    let whole = assessment.whole.iter().map(|verdict| ground(None, verdict));
    let on_channels = card.channels.iter().filter_map(|channel| {
        assessment.channels.get(&channel.record).map(|verdict| ground(Some(name(channel)), verdict))
    });
    whole.chain(on_channels).collect()
}

fn offers(view: &Surroundings<'_>, delivery: &Delivery) -> Vec<DeskOffer> {
    let offer = |offer: &Offer| DeskOffer {
        link: view.link(&offer.public_service),
        description: view.best(&offer.descriptions),
        pages: offer.pages.clone(),
        channels: offer.channels.iter().map(|channel| view.link(channel).label).collect(),
    };
    delivery.offers.iter().map(offer).collect()
}

fn desk_department(view: &Surroundings<'_>, department: &Department) -> DeskDepartment {
    let unit = view.link(&department.unit);
    let contacts = department.contacts.iter().map(|contact| desk_contact(view, contact, &unit)).collect();
    DeskDepartment { unit, contacts }
}

fn desk_contact(view: &Surroundings<'_>, contact: &Contact, unit: &Link) -> DeskContact {
    let best = |texts: &Vec<Vec<Literal>>| texts.iter().filter_map(|text| view.best(text)).collect();
    let hours = &contact.hours;
    DeskContact {
        name: view.best(&contact.names).filter(|name| *name != unit.label),
        telephones: contact.telephones.clone(),
        emails: contact.emails.clone(),
        pages: contact.pages.clone(),
        opening: hours.opening.clone(),
        today: best(&hours.today),
        asked_at: hours.asked_at.as_ref().map(|moment| moment.time.clone()),
        ordinary: best(&hours.ordinary),
        special: best(&hours.special),
    }
}

fn text(literal: &Literal) -> Text {
    Text { value: literal.value().to_owned(), language: literal.language().map(str::to_owned) }
}
