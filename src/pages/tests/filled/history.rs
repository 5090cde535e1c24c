//! The pages of the history of a record with every field filled.

use super::super::super::*;
use super::{With, alternate, fact, link, text};
use crate::catalogue::{ChangeKind, Status};

/// A version with everything that can be told of one.
pub(in crate::pages) fn version_row(with: With) -> VersionRow {
    VersionRow {
        number: 2,
        href: with.address.to_owned(),
        made: with.words.to_owned(),
        agent: Value::Link(link(with)),
        organisation: Some(link(with)),
        activity: with.words.to_owned(),
        reason: Some(with.words.to_owned()),
        comparison: Some(with.address.to_owned()),
    }
}

pub(super) fn past(with: With) -> PastVersion {
    PastVersion {
        version: version_row(with),
        status: Status::Withdrawn,
        last: 3,
        present: with.address.to_owned(),
        history: with.address.to_owned(),
        previous: Some(with.address.to_owned()),
        next: Some(with.address.to_owned()),
    }
}

pub(super) fn history_page_of(with: With) -> HistoryPage {
    let page = |number| PageNumber { number, href: with.address.to_owned() };
    HistoryPage {
        canonical: Some(with.address.to_owned()),
        record: link(with),
        versions: vec![version_row(with)],
        pagination: Some(Pagination {
            current: 1,
            last: 2,
            previous: Some(with.address.to_owned()),
            next: Some(with.address.to_owned()),
            pages: vec![page(1), page(2)],
        }),
        alternates: vec![alternate(with)],
    }
}

/// One version, of which as little is known as can be.
pub(super) fn bare_history_page(with: With) -> HistoryPage {
    let bare = VersionRow {
        agent: Value::Text(text(with)),
        organisation: None,
        reason: None,
        comparison: None,
        ..version_row(with)
    };
    HistoryPage { versions: vec![bare], pagination: None, alternates: Vec::new(), ..history_page_of(with) }
}

pub(super) fn comparison_page_of(with: With) -> ComparisonPage {
    let node = Value::Node { id: None, facts: vec![fact(with, vec![Value::Link(link(with))])] };
    let change = ChangedFact {
        part: Some(with.words.to_owned()),
        property: text(with),
        property_href: with.address.to_owned(),
        language: Some(text(with)),
        before: Vec::new(),
        after: vec![Value::Text(text(with)), node],
    };
    ComparisonPage {
        canonical: Some(with.address.to_owned()),
        record: link(with),
        history: with.address.to_owned(),
        from: version_row(with),
        to: version_row(with),
        changes: vec![change],
        alternates: vec![alternate(with)],
    }
}

pub(super) fn list_changes_page_of(with: With) -> ListChangesPage {
    let row = ChangeRow {
        entry: link(with),
        property: Some(text(with)),
        language: Some(text(with)),
        before: Vec::new(),
        after: vec![Value::Text(text(with)), Value::Link(link(with))],
        successors: vec![link(with), link(with)],
        more: Some(with.address.to_owned()),
    };
    let section = |kind| ChangeSection { kind, count: 1519, rows: vec![row.clone()] };
    ListChangesPage {
        canonical: Some(with.address.to_owned()),
        list: link(with),
        earlier: link(with),
        later: link(with),
        sections: ChangeKind::ALL.map(section).into(),
        alternates: vec![alternate(with)],
    }
}
