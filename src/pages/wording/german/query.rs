//! The query page in German.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Beispiele",
    refused: "Die Abfrage wurde nicht beantwortet",
    results: |count| if count == 1 { "Ergebnis" } else { "Ergebnisse" },
    more_than: "mehr als",
    first: |number| format!("die ersten {number} werden gezeigt"),
    yes: "Ja",
    no: "Nein",
    triples: "Alle Tripel, in Turtle",
    first_triples: "Die ersten Zeilen, in Turtle; der Download enthält alle Tripel",
    download: "Die ganze Antwort als",
    permalink: "Link zu dieser Antwort",
    keys: "Strg+Eingabe führt die Abfrage aus, Strg+Leertaste ergänzt ein Wort, Tab verlässt das Textfeld.",
    stop: "Abbrechen",
    running: "Die Abfrage läuft …",
    stopped: "Abgebrochen. Es gibt keine Antwort.",
    cut: "Die Antwort ist nicht vollständig angekommen; deshalb wird nichts davon gezeigt. Führen Sie die Abfrage noch einmal aus oder fragen Sie weniger ab.",
    completions: "Vorschläge",
};
