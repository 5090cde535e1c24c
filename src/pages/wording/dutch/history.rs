//! The history of records in Dutch.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "Geschiedenis",
    all_versions: "Alle versies",
    versions_are: "Versies van deze vermelding, de nieuwste eerst",
    when: "Wanneer",
    who: "Wie",
    on_behalf_of: "namens",
    activity: "Wat er is gedaan",
    why: "Waarom",
    changes: "Wat er is gewijzigd",
    compare: "Vergelijken met de versie ervoor",
    status: "Status",
    statuses: ["gereserveerd", "ingediend", "geldig", "verouderd", "vervangen", "ingetrokken"],
    is_past: "Een eerdere versie.",
    is_present: "De huidige versie.",
    said_then: "Dit stond er toen.",
    names_are_of_now: "Andere vermeldingen worden genoemd zoals ze nu heten.",
    to_present: "De vermelding zoals ze nu is",
    earlier: "De versie ervoor",
    later: "De versie erna",
    from_to: ("van versie", "naar versie"),
    before: "Voorheen",
    after: "Daarna",
    nothing: "niets",
    nothing_changed: "Deze versies verschillen niet.",
    part: "Onderdeel van de vermelding",
};
