//! The feed in English.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Changes",
    about: "What was published, changed and withdrawn, in the order in which it happened.",
    newest_first: "A hundred changes on a page, the newest first",
    record: "Record",
    change: "Change",
    kinds: ["new", "changed", "withdrawn"],
    for_programs: "As data this is an event stream (LDES), which programs follow to keep a copy up to date.",
};
