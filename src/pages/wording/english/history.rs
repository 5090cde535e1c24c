//! The history of records in English.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "History",
    all_versions: "All versions",
    versions_are: "Versions of this record, the newest first",
    when: "When",
    who: "Who",
    on_behalf_of: "for",
    activity: "What was done",
    why: "Why",
    changes: "What changed",
    compare: "Compare with the version before",
    status: "Status",
    statuses: ["reserved", "submitted", "stable", "deprecated", "superseded", "withdrawn"],
    is_past: "An earlier version.",
    is_present: "The present version.",
    said_then: "This is what the record said then.",
    names_are_of_now: "Other records are named as they are called now.",
    to_present: "The record as it is now",
    earlier: "The version before",
    later: "The version after",
    from_to: ("from version", "to version"),
    before: "Before",
    after: "After",
    nothing: "nothing",
    nothing_changed: "Nothing differs between these versions.",
    part: "Part of the record",
};
