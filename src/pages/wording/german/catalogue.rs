//! The catalogue, in German.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Katalog",
    lead: "Was hier veröffentlicht ist, in Teilen, die einzeln zu haben sind: für Datenportale und für alle, die das Ganze wollen.",
    datasets: "Datensätze",
    endpoints: "Endpunkte",
    files: "Dateien",
    no_files: "Noch ist keine Datei davon erstellt; die Endpunkte geben alles heraus.",
    last_change: "Letzte Änderung",
    read_it: "Lesen, was darin steht",
    public_services: "Leistungen",
    about: "Über den Katalog",
    whole: "Der ganze Katalog als Turtle",
};
