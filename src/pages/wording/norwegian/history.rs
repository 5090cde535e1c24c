//! The history of records in Norwegian.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "Historikk",
    all_versions: "Alle versjoner",
    versions_are: "Versjoner av oppføringen, den nyeste først",
    when: "Når",
    who: "Hvem",
    on_behalf_of: "for",
    activity: "Hva som ble gjort",
    why: "Hvorfor",
    changes: "Hva som ble endret",
    compare: "Sammenlign med versjonen før",
    status: "Status",
    statuses: ["reservert", "innsendt", "gjeldende", "utgått", "erstattet", "trukket tilbake"],
    is_past: "En tidligere versjon.",
    is_present: "Den gjeldende versjonen.",
    said_then: "Slik sto det da.",
    names_are_of_now: "Andre oppføringer nevnes med navnene de har nå.",
    to_present: "Oppføringen slik den er nå",
    earlier: "Versjonen før",
    later: "Versjonen etter",
    from_to: ("fra versjon", "til versjon"),
    before: "Før",
    after: "Etter",
    nothing: "ingenting",
    nothing_changed: "Disse versjonene er like.",
    part: "Del av oppføringen",
};
