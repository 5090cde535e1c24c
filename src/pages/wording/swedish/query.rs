//! The query page in Swedish.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Exempel",
    refused: "Frågan besvarades inte",
    results: |_| "resultat",
    more_than: "fler än",
    first: |number| format!("de första {number} visas"),
    yes: "Ja",
    no: "Nej",
    triples: "Alla tripler, i Turtle",
    first_triples: "De första raderna, i Turtle; nedladdningen har alla tripler",
    download: "Hela svaret som",
    permalink: "Länk till det här svaret",
    keys: "Ctrl+Enter kör frågan, Ctrl+mellanslag kompletterar ett ord, Tab lämnar textfältet.",
    stop: "Avbryt",
    running: "Frågan körs …",
    stopped: "Avbruten. Det finns inget svar.",
    cut: "Svaret kom inte fram i sin helhet, så inget av det visas. Kör frågan igen eller fråga efter mindre.",
    completions: "Förslag",
};
