//! The life of a record, by the table of `docs/API.md`, and who may take it which way.

use super::model::{Becomes, Record, Refusal};
use super::says::{is_entry, status};
use eu_service_list::catalogue::{Role, Status};

/// What a record is.
fn now(record: &Record) -> Option<Status> {
    match (record.versions.last(), &record.draft) {
        (Some(lines), _) => status(lines),
        (None, Some(draft)) => Some(if draft.lines.is_some() { Status::Submitted } else { Status::Reserved }),
        (None, None) => None,
    }
}

/// The table of `docs/API.md`.
pub(super) fn may_become(from: Option<Status>, to: Status, is_entry: bool) -> bool {
    use Status::{Deprecated, Reserved, Stable, Submitted, Superseded, Withdrawn};
    match from {
        None => matches!(to, Reserved | Submitted | Stable),
        Some(Reserved | Submitted) => matches!(to, Submitted | Stable),
        Some(Stable) => matches!(to, Stable | Deprecated | Superseded) || to == Withdrawn && !is_entry,
        Some(Deprecated | Superseded) => matches!(to, Stable | Deprecated | Superseded | Withdrawn),
        Some(Withdrawn) => matches!(to, Stable | Withdrawn),
    }
}

pub(super) fn check_life(role: Role, record: &Record, becomes: &Becomes) -> Result<(), Refusal> {
    let from = now(record);
    let (to, content) = match becomes {
        Becomes::Published(status, lines) => (Some(*status), Some(lines)),
        // What is published stays what it is while a change of it waits.
        Becomes::Draft(lines) => (record.versions.is_empty().then_some(Status::Submitted), Some(lines)),
        Becomes::Reserved => (Some(Status::Reserved), None),
        Becomes::Dropped => (None, None),
    };
    let is_entry = record.versions.last().is_some_and(is_entry) || content.is_some_and(is_entry);
    if to.is_some_and(|to| !may_become(from, to, is_entry)) {
        return Err(Refusal::Step);
    }
    let was_published = !record.versions.is_empty();
    let takes = match to {
        None | Some(Status::Submitted) => Role::Submit,
        to if is_entry && was_published && to != from => Role::Manage,
        _ => Role::Edit,
    };
    if role >= takes { Ok(()) } else { Err(Refusal::Role) }
}
