//! The catalogue, in Swedish.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Katalog",
    lead: "Det som är publicerat här, i delar som kan hämtas var för sig: för dataportaler och för den som vill ha allt.",
    datasets: "Datamängder",
    endpoints: "Slutpunkter",
    files: "Filer",
    no_files: "Ingen fil är gjord än; slutpunkterna ger allt.",
    last_change: "Senaste ändring",
    read_it: "Läs vad som finns i den",
    public_services: "Offentliga tjänster",
    about: "Om katalogen",
    whole: "Hela katalogen som Turtle",
};
