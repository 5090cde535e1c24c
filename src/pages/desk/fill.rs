//! From a search and a card of the catalogue to the values that the desk's page shows.

use super::{
    Basis, ChannelRow, Choice, ChosenOrganisation, DeskCard, DeskContact, DeskDepartment, DeskOffer, DeskPage,
    DeskResult, DeskVerdict, Ground, Handling, SearchOutcome,
};
use crate::catalogue::{Card, Contact, Delivery, Department, Explained, Fit, Found, Offer, Verdict, code_of};
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
    /// The organisation whose desk it is.
    pub organisation: Option<Listed>,
    /// The number of the entry that is shown.
    pub number: Option<String>,
}

impl DeskAsked {
    /// What is sent as `for`.
    fn value(&self, view: &Surroundings<'_>) -> Option<String> {
        self.organisation.as_ref().map(|organisation| value(organisation, view))
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
pub fn desk_page(
    view: &Surroundings<'_>,
    asked: &DeskAsked,
    organisations: &[Listed],
    found: &[Found],
    card: Option<&Card>,
) -> DeskPage {
    let action = format!("{}desk", view.pages);
    let organisation = asked.value(view);
    let shown = card.map(|card| card.service_type.record.as_str());
    let others = found.iter().filter(|found| Some(found.listed.record.as_str()) != shown);
    let mut choices: Vec<Choice> = organisations
        .iter()
        .map(|listed| Choice { value: value(listed, view), label: view.link(listed).label })
        .collect();
    choices.sort_by_cached_key(|choice| choice.label.value.to_lowercase());
    let number = asked.number.as_deref();
    DeskPage {
        canonical: Some(format!("{action}{}", desk_address(&asked.query, number, organisation.as_deref()))),
        query: asked.query.clone(),
        organisation: asked.organisation.as_ref().map(|listed| ChosenOrganisation {
            value: value(listed, view),
            link: view.link(listed),
            without: format!("{action}{}", desk_address(&asked.query, number, None)),
        }),
        organisations: choices,
        number: asked.number.clone(),
        outcome: outcome(&asked.query, found),
        results: others.map(|found| result(view, found, &action, &asked.query, organisation.as_deref())).collect(),
        by_letter: format!("{}list/services?by=letter", view.pages),
        card: card.map(|card| desk_card(view, card)),
        action,
    }
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

fn result(view: &Surroundings<'_>, found: &Found, action: &str, query: &str, organisation: Option<&str>) -> DeskResult {
    let link = view.link(&found.listed);
    let name = found.name.as_ref().map(text).filter(|name| name.value != link.label.value);
    let href = format!("{action}{}", desk_address(query, link.notation.as_deref(), organisation));
    DeskResult { link: Link { href, ..link }, name }
}

fn desk_card(view: &Surroundings<'_>, card: &Card) -> DeskCard {
    let is_report = card.kinds.iter().any(|kind| code_of(kind) == REPORT);
    let name = |listed: &Listed| view.link(listed).label;
    let verdict = |of: Option<&Explained>, channel: &Listed| {
        of.and_then(|assessment| assessment.on_channel(&channel.record)).map(|verdict| brief(view, verdict, is_report))
    };
    let channels: Vec<ChannelRow> = card
        .channels
        .iter()
        .map(|channel| ChannelRow {
            channel: name(channel),
            own: verdict(card.own.as_ref(), channel),
            shared: verdict(card.shared.as_ref(), channel),
        })
        .collect();
    // Whoever asks at the desk has a caller on the line, so the first channel leads: the telephone.
    let (own, shared) = channels.first().map_or((None, None), |row| (row.own.as_ref(), row.shared.as_ref()));
    let basis = match (own, card.own.as_ref(), shared) {
        (Some(_), Some(assessment), _) => Basis::Assessor(view.link(&assessment.assessor)),
        (_, _, Some(_)) => Basis::Proposal,
        _ => Basis::Nobody,
    };
    let grounds = card.own.iter().map(|own| (Basis::Assessor(view.link(&own.assessor)), own));
    let grounds = grounds.chain(card.shared.iter().map(|shared| (Basis::Proposal, shared)));
    DeskCard {
        entry: view.link(&card.service_type),
        channel: channels.first().map_or_else(|| Text::plain(""), |row| row.channel.clone()),
        steps: own.or(shared).map_or_else(Vec::new, |verdict| verdict.steps.clone()),
        basis,
        grounds: grounds.flat_map(|(basis, assessment)| grounds_of(view, card, &basis, assessment)).collect(),
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

fn brief(view: &Surroundings<'_>, verdict: &Verdict, is_report: bool) -> DeskVerdict {
    let step = |handling: &Listed| match code_of(handling) {
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
        suitability: Some(view.link(&verdict.suitability).label),
    }
}

/// The ground of the verdict on the whole, then of those on channels in the order of the card.
fn grounds_of(view: &Surroundings<'_>, card: &Card, basis: &Basis, assessment: &Explained) -> Vec<Ground> {
    let name = |listed: &Listed| view.link(listed).label;
    let ground = |channel: Option<Text>, verdict: &Verdict| Ground {
        basis: basis.clone(),
        record: view.href(&assessment.iri),
        channel,
        suitability: Some(name(&verdict.suitability)),
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
