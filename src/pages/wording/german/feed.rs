//! The feed in German.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Änderungen",
    about: "Was veröffentlicht, geändert und zurückgezogen wurde, in der Reihenfolge, in der es geschah.",
    newest_first: "Hundert Änderungen je Seite, die neueste zuerst",
    record: "Eintrag",
    change: "Änderung",
    kinds: ["neu", "geändert", "zurückgezogen"],
    for_programs: "Als Daten ist dies ein Ereignisstrom (LDES), dem Programme folgen, um eine Kopie aktuell zu halten.",
};
