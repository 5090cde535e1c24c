//! The history of records in French.

use crate::pages::wording::HistoryWords;

pub(super) const HISTORY: HistoryWords = HistoryWords {
    history: "Historique",
    all_versions: "Toutes les versions",
    versions_are: "Versions de cette entrée, la plus récente d’abord",
    when: "Quand",
    who: "Qui",
    on_behalf_of: "pour",
    activity: "Ce qui a été fait",
    why: "Pourquoi",
    changes: "Ce qui a changé",
    compare: "Comparer avec la version précédente",
    status: "Statut",
    statuses: ["réservé", "soumis", "en vigueur", "obsolète", "remplacé", "retiré"],
    is_past: "Une version antérieure.",
    is_present: "La version actuelle.",
    said_then: "Voici ce que disait l’entrée.",
    names_are_of_now: "Les autres entrées portent leur nom actuel.",
    to_present: "L’entrée telle qu’elle est aujourd’hui",
    earlier: "La version précédente",
    later: "La version suivante",
    from_to: ("de la version", "à la version"),
    before: "Avant",
    after: "Après",
    nothing: "rien",
    nothing_changed: "Ces versions ne diffèrent pas.",
    part: "Partie de l’entrée",
};
