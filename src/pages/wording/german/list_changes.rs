//! What changed of the list, in German.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Änderungen seit Ausgabe {name}"),
    list_as_it_is: "Die Liste, wie sie jetzt ist",
    kinds: [
        "Hinzugefügt",
        "Wieder gültig",
        "Umbenannt",
        "Übersetzt",
        "Neu definiert",
        "Zu einer anderen Funktion verschoben",
        "Veraltet",
        "Durch einen anderen ersetzt",
        "In mehrere geteilt",
        "Mit anderen zusammengelegt",
        "Zurückgezogen",
        "Nicht mehr auf der Liste",
    ],
    entry: "Eintrag",
    more: "Vollständiger Vergleich",
    names_are: "Einträge heißen wie im späteren Stand, andere wie jetzt.",
    nothing: "Diese Stände der Liste unterscheiden sich nicht.",
};
