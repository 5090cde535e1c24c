//! The catalogue, in French.

use crate::pages::wording::CatalogueWords;

pub(super) const CATALOGUE: CatalogueWords = CatalogueWords {
    catalogue: "Catalogue",
    lead: "Ce qui est publié ici, en parties que l’on peut prendre séparément : pour les portails de données et pour qui veut tout prendre.",
    datasets: "Jeux de données",
    endpoints: "Points d’accès",
    files: "Fichiers",
    no_files: "Aucun fichier n’en a encore été fait ; les points d’accès donnent tout.",
    last_change: "Dernier changement",
    read_it: "Lire ce qu’il contient",
    public_services: "Services publics",
    about: "À propos du catalogue",
    whole: "Le catalogue entier en Turtle",
};
