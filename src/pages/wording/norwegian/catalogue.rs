//! The catalogue, in Norwegian.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Katalog",
    lead: "Det som er publisert her, i deler som kan hentes hver for seg: for dataportaler og for den som vil ha alt.",
    datasets: "Datasett",
    endpoints: "Endepunkter",
    files: "Filer",
    no_files: "Ingen fil er laget ennå; endepunktene gir alt.",
    last_change: "Siste endring",
    read_it: "Les hva som er i det",
    public_services: "Offentlige tjenester",
    about: "Om katalogen",
    whole: "Hele katalogen som Turtle",
};
