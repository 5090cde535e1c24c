//! The catalogue, in English.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Catalogue",
    lead: "What is published here, in parts that can be taken alone: for data portals, and for whoever else takes all of it.",
    datasets: "Datasets",
    endpoints: "Endpoints",
    files: "Files",
    no_files: "No file of it has been made yet; the endpoints have it.",
    last_change: "Last change",
    read_it: "Read what is in it",
    public_services: "Public services",
    about: "About the catalogue",
    whole: "The whole catalogue as Turtle",
};
