//! The feed in French.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Modifications",
    about: "Ce qui a été publié, modifié et retiré, dans l’ordre où cela s’est produit.",
    newest_first: "Cent modifications par page, la plus récente d’abord",
    record: "Entrée",
    change: "Modification",
    kinds: ["nouveau", "modifié", "retiré"],
    for_programs: "Sous forme de données, c’est un flux d’événements (LDES), que des programmes suivent pour tenir une copie à jour.",
};
