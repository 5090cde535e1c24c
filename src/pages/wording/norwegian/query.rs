//! The query page in Norwegian.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Eksempler",
    refused: "Spørringen ble ikke besvart",
    results: |count| if count == 1 { "resultat" } else { "resultater" },
    more_than: "flere enn",
    first: |number| format!("de første {number} vises"),
    yes: "Ja",
    no: "Nei",
    triples: "Alle tripler, i Turtle",
    first_triples: "De første linjene, i Turtle; nedlastingen har alle tripler",
    download: "Hele svaret som",
    permalink: "Lenke til dette svaret",
    keys: "Ctrl+Enter kjører spørringen, Ctrl+mellomrom fullfører et ord, Tab forlater tekstfeltet.",
    stop: "Avbryt",
    running: "Spørringen kjører …",
    stopped: "Avbrutt. Det finnes ikke noe svar.",
    cut: "Svaret kom ikke helt frem, så ingenting av det vises. Kjør spørringen på nytt, eller spør om mindre.",
    completions: "Forslag",
};
