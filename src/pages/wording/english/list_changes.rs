//! What changed of the list, in English.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Changes since release {name}"),
    list_as_it_is: "The list as it is now",
    kinds: [
        "Added",
        "Reinstated",
        "Renamed",
        "Translated",
        "Redefined",
        "Moved to another function",
        "Deprecated",
        "Replaced by another",
        "Split into several",
        "Merged with others",
        "Withdrawn",
        "No longer on the list",
    ],
    entry: "Entry",
    more: "Full comparison",
    names_are: "Entries are called as they were in the later state, and others as they are now.",
    nothing: "Nothing differs between these states of the list.",
};
