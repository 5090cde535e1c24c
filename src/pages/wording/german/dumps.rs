//! Dumps, in German.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Alles als Dateien",
    lead: "Was hier veröffentlicht ist, in Dateien, die man als Ganzes abholt. Sie werden im Hintergrund neu erstellt, wenn sich etwas geändert hat, und zeigen alle dieselbe Revision.",
    everything: "Alles",
    everything_is: "Alles, wonach man den SPARQL-Endpunkt fragen kann, also auch, was von zurückgezogenen Einträgen bleibt.",
    history: "Verlauf",
    history_is: "Jede Fassung jedes Eintrags in einem eigenen Graphen, mit wem, wann und warum.",
    organisations: "Was eine einzelne Organisation anbietet, ist eine eigene Datei in Turtle; der Katalog nennt sie alle.",
    withdrawn: "Zurückgezogene Einträge stehen in keiner der anderen Dateien: Wer die neue Datei an die Stelle der alten setzt, ist sie los.",
    not_yet: "Die ersten Dateien seit dem Start des Servers werden gerade erstellt; schauen Sie gleich noch einmal vorbei.",
    file: "Datei",
    size: "Größe",
    revision: "Revision",
    made: "Erstellt am",
};
