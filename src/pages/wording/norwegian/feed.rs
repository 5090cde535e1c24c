//! The feed in Norwegian.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Endringer",
    about: "Hva som er publisert, endret og trukket tilbake, i den rekkefølgen det skjedde.",
    newest_first: "Hundre endringer per side, den nyeste først",
    record: "Oppføring",
    change: "Endring",
    kinds: ["ny", "endret", "trukket tilbake"],
    for_programs: "Som data er dette en hendelsesstrøm (LDES), som programmer følger for å holde en kopi oppdatert.",
};
