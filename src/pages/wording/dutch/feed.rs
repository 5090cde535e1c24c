//! The feed in Dutch.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Wijzigingen",
    about: "Wat er is gepubliceerd, gewijzigd en ingetrokken, in de volgorde waarin dat gebeurde.",
    newest_first: "Honderd wijzigingen per pagina, de nieuwste eerst",
    record: "Vermelding",
    change: "Wijziging",
    kinds: ["nieuw", "gewijzigd", "ingetrokken"],
    for_programs: "Als data is dit een gebeurtenissenstroom (LDES), die programma’s volgen om een kopie bij te houden.",
};
