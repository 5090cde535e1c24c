//! The history of records in German.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "Verlauf",
    all_versions: "Alle Versionen",
    versions_are: "Versionen dieses Eintrags, die neueste zuerst",
    when: "Wann",
    who: "Wer",
    on_behalf_of: "für",
    activity: "Was getan wurde",
    why: "Warum",
    changes: "Was sich geändert hat",
    compare: "Mit der Version davor vergleichen",
    status: "Status",
    statuses: ["reserviert", "eingereicht", "gültig", "veraltet", "ersetzt", "zurückgezogen"],
    is_past: "Eine frühere Version.",
    is_present: "Die aktuelle Version.",
    said_then: "So stand es damals hier.",
    names_are_of_now: "Andere Einträge werden so genannt, wie sie jetzt heißen.",
    to_present: "Der Eintrag, wie er jetzt ist",
    earlier: "Die Version davor",
    later: "Die Version danach",
    from_to: ("von Version", "zu Version"),
    before: "Vorher",
    after: "Nachher",
    nothing: "nichts",
    nothing_changed: "Diese Versionen unterscheiden sich nicht.",
    part: "Teil des Eintrags",
};
