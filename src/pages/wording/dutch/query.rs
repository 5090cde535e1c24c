//! The query page in Dutch.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Voorbeelden",
    refused: "De zoekvraag is niet beantwoord",
    results: |count| if count == 1 { "resultaat" } else { "resultaten" },
    more_than: "meer dan",
    first: |number| format!("de eerste {number} worden getoond"),
    yes: "Ja",
    no: "Nee",
    triples: "Alle triples, in Turtle",
    first_triples: "De eerste regels, in Turtle; de download bevat alle triples",
    download: "Het hele antwoord als",
    permalink: "Link naar dit antwoord",
    keys: "Ctrl+Enter voert de zoekvraag uit, Ctrl+spatie vult een woord aan, Tab verlaat het tekstvak.",
    stop: "Stoppen",
    running: "De zoekvraag wordt uitgevoerd …",
    stopped: "Gestopt. Er is geen antwoord.",
    cut: "Het antwoord is niet volledig aangekomen; daarom wordt er niets van getoond. Voer de zoekvraag opnieuw uit, of vraag minder.",
    completions: "Aanvullingen",
};
