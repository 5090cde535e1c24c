//! The second list and what belongs to it, with every field filled.

use super::super::super::second_list::{self, Bar, Choice, Count, CoverageRow, Field, Row, Segment};
use super::super::super::*;
use super::{With, alternate, fact, json, link, list_page, text};

pub(super) fn verdict_on(with: With) -> second_list::VerdictOn {
    second_list::VerdictOn {
        channel: Some(link(with)),
        degree: link(with),
        handling: vec![link(with), link(with)],
        reasons: vec![link(with)],
        phase: Some(link(with)),
        rule: None,
        document: with.address.to_owned(),
    }
}

pub(super) fn head(with: With) -> ListHead {
    ListHead {
        iri: with.address.to_owned(),
        canonical: Some(with.address.to_owned()),
        address: with.address.to_owned(),
        title: text(with),
        description: Some(text(with)),
        views: vec![View { link: link(with), current: true }, View { link: link(with), current: false }],
        alternates: vec![alternate(with)],
        structured_data: Some(json(with)),
        history: Some(with.address.to_owned()),
    }
}

pub(super) fn second_list_page(with: With) -> SecondListPage {
    let choice = |value: &str| Choice { value: value.to_owned(), label: text(with), is_chosen: value.is_empty() };
    SecondListPage {
        head: head(with),
        fields: vec![Field {
            name: with.words.to_owned(),
            label: text(with),
            options: vec![choice(""), choice(with.words)],
        }],
        rows: vec![Row {
            entry: link(with),
            verdict: verdict_on(with),
            assessor: link(with),
            otherwise: vec![link(with), link(with)],
        }],
        total: 1519,
        pagination: list_page(with).pagination,
    }
}

pub(super) fn count(with: With) -> Count {
    Count { number: 3, href: Some(with.address.to_owned()) }
}

pub(super) fn coverage_page(with: With) -> CoveragePage {
    let row = || CoverageRow {
        function: Some(link(with)),
        verdicts: vec![count(with)],
        unassessed: 1,
        types: count(with),
        share: 75,
    };
    let segments = vec![Segment { degree: 0, x: 0, width: 9 }];
    let bars = vec![Bar { label: text(with), baseline: 9, segments }];
    CoveragePage { head: head(with), degrees: vec![link(with)], rows: vec![row()], all: row(), bars }
}

pub(super) fn decision_table_page(with: With) -> DecisionTablePage {
    let rule = RuleRow {
        position: 1,
        rule: link(with),
        conditions: vec![(text(with), vec![link(with)])],
        verdict: verdict_on(with),
        argument: Some(text(with)),
        decides: vec![(Some(link(with)), count(with)), (None, count(with))],
    };
    DecisionTablePage { head: head(with), rules: vec![rule] }
}

pub(super) fn phases_page(with: With) -> PhasesPage {
    let phase = PhaseRow {
        phase: link(with),
        number: with.words.to_owned(),
        definition: Some(text(with)),
        verdicts: vec![count(with)],
    };
    PhasesPage { head: head(with), degrees: vec![link(with)], phases: vec![phase] }
}

pub(super) fn activities_page_of(with: With) -> ActivitiesPage {
    let activity = Activity {
        link: link(with),
        description: Some(text(with)),
        facts: vec![fact(with, vec![Value::Link(link(with))])],
    };
    ActivitiesPage { activities: Activities::Pilots, canonical: Some(with.address.to_owned()), entries: vec![activity] }
}
