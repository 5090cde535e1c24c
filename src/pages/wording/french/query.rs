//! The query page in French.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Exemples",
    refused: "La requête n’a pas reçu de réponse",
    results: |count| if count < 2 { "résultat" } else { "résultats" },
    more_than: "plus de",
    first: |number| format!("les {number} premiers sont affichés"),
    yes: "Oui",
    no: "Non",
    triples: "Tous les triplets, en Turtle",
    first_triples: "Les premières lignes, en Turtle ; le téléchargement contient tous les triplets",
    download: "Toute la réponse en",
    permalink: "Lien vers cette réponse",
    keys: "Ctrl+Entrée exécute la requête, Ctrl+Espace complète un mot, Tab quitte le champ.",
    stop: "Arrêter",
    running: "La requête est en cours …",
    stopped: "Arrêtée. Il n’y a pas de réponse.",
    cut: "La réponse n’est pas arrivée entière ; rien n’en est donc affiché. Exécutez de nouveau la requête, ou demandez moins.",
    completions: "Suggestions",
};
