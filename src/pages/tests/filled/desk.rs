//! The desk, with every field filled and with as few as there can be.

use super::super::super::*;
use super::{With, link, text};

pub(super) fn filled_desk(with: With) -> DeskPage {
    DeskPage {
        canonical: Some(with.address.to_owned()),
        action: with.address.to_owned(),
        query: with.words.to_owned(),
        organisation: Some(ChosenOrganisation {
            value: with.words.to_owned(),
            link: link(with),
            without: with.address.to_owned(),
        }),
        choosing: Some(Choosing::ByName { typed: with.words.to_owned(), hits: vec![link(with)] }),
        number: None,
        outcome: SearchOutcome::SomeWords,
        results: vec![DeskResult { link: link(with), name: Some(text(with)), is_deprecated: true }],
        by_letter: with.address.to_owned(),
        card: Some(desk_card(with)),
    }
}

pub(super) fn desk_card(with: With) -> DeskCard {
    use crate::catalogue::{LocalTime, Opening};
    let all = vec![
        Handling::Answer,
        Handling::TakeIn,
        Handling::TakeInReport,
        Handling::Handle,
        Handling::Transfer,
        Handling::Refer,
        Handling::Other(text(with)),
    ];
    let verdict = || Some(DeskVerdict { steps: all.clone(), degree: text(with), phase: Some(text(with)) });
    let ground = |basis| Ground {
        basis,
        record: with.address.to_owned(),
        channel: Some(text(with)),
        degree: text(with),
        reasons: vec![text(with), text(with)],
        rule: Some(link(with)),
        argument: Some(text(with)),
        phase: Some(text(with)),
        confidence: Some(text(with)),
        date: Some(with.words.to_owned()),
    };
    let until = LocalTime { days_ahead: 9, weekday: 1, date: with.words.to_owned(), time: with.words.to_owned() };
    let contact = DeskContact {
        name: Some(text(with)),
        telephones: vec![with.words.to_owned()],
        emails: vec![with.words.to_owned()],
        pages: vec![with.address.to_owned()],
        opening: Opening::Open { until: Some(until) },
        today: vec![text(with)],
        asked_at: Some(with.words.to_owned()),
        ordinary: vec![text(with)],
        special: vec![text(with)],
    };
    DeskCard {
        entry: link(with),
        notice: Some(Notice { standing: Standing::Superseded, successors: vec![link(with)] }),
        channel: text(with),
        steps: all.clone(),
        phase: Some(text(with)),
        reached: Some(text(with)),
        basis: Basis::Assessor(link(with)),
        units: verdict().map(|verdict| UnitVerdict { unit: link(with), verdict }).into_iter().collect(),
        channels: vec![
            ChannelRow { channel: text(with), own: verdict(), shared: verdict() },
            ChannelRow { channel: text(with), own: None, shared: None },
        ],
        grounds: vec![ground(Basis::Assessor(link(with))), ground(Basis::Proposal), ground(Basis::Nobody)],
        definition: Some(text(with)),
        is_proposed: true,
        note: Some(text(with)),
        kinds: vec![link(with)],
        offers: Some(vec![DeskOffer {
            link: link(with),
            description: Some(text(with)),
            pages: vec![with.address.to_owned()],
            channels: vec![text(with)],
        }]),
        departments: vec![DeskDepartment { unit: link(with), contacts: vec![contact] }],
    }
}

/// The desk of nobody in particular, for an entry that nobody has assessed.
pub(super) fn bare_desk(with: With) -> DeskPage {
    let card = DeskCard {
        notice: Some(Notice { standing: Standing::Deprecated, successors: Vec::new() }),
        steps: Vec::new(),
        basis: Basis::Nobody,
        grounds: Vec::new(),
        offers: Some(Vec::new()),
        departments: Vec::new(),
        ..desk_card(with)
    };
    DeskPage {
        organisation: None,
        choosing: Some(Choosing::FromAll(vec![Choice { value: with.words.to_owned(), label: text(with) }])),
        number: Some(with.words.to_owned()),
        outcome: SearchOutcome::Nothing,
        results: Vec::new(),
        card: Some(card),
        ..filled_desk(with)
    }
}
