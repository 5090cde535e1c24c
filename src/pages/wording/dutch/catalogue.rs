//! The catalogue, in Dutch.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Catalogus",
    lead: "Wat hier gepubliceerd is, in delen die elk apart te halen zijn: voor dataportalen, en voor wie alles wil hebben.",
    datasets: "Datasets",
    endpoints: "Endpoints",
    files: "Bestanden",
    no_files: "Er is nog geen bestand van gemaakt; via de endpoints is alles te halen.",
    last_change: "Laatste wijziging",
    read_it: "Lezen wat erin staat",
    public_services: "Publieke diensten",
    about: "Over de catalogus",
    whole: "De hele catalogus als Turtle",
};
