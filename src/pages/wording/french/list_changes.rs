//! What changed of the list, in French.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Changements depuis l’édition {name}"),
    list_as_it_is: "La liste telle qu’elle est aujourd’hui",
    kinds: [
        "Ajoutées",
        "Rétablies",
        "Renommées",
        "Traduites",
        "Redéfinies",
        "Déplacées vers une autre fonction",
        "Obsolètes",
        "Remplacées par une autre",
        "Divisées en plusieurs",
        "Fusionnées avec d’autres",
        "Retirées",
        "Plus sur la liste",
    ],
    entry: "Entrée",
    more: "Comparaison complète",
    names_are: "Les entrées portent leur nom dans l’état ultérieur, les autres leur nom actuel.",
    nothing: "Ces états de la liste ne diffèrent pas.",
};
