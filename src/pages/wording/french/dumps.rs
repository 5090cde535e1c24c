//! Dumps, in French.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Tout en fichiers",
    lead: "Ce qui est publié ici, en fichiers à prendre entiers. Ils sont refaits en arrière-plan quand quelque chose a changé, et montrent tous la même révision.",
    everything: "Tout",
    everything_is: "Tout ce que le point d’accès SPARQL sait répondre, donc aussi ce qui reste des fiches retirées.",
    history: "Historique",
    history_is: "Chaque version de chaque fiche dans un graphe à elle, avec qui l’a faite, quand et pourquoi.",
    organisations: "Ce qu’offre une seule organisation est un fichier à part, en Turtle ; le catalogue les nomme tous.",
    withdrawn: "Les fiches retirées ne sont dans aucun des autres fichiers : qui met le nouveau fichier à la place de l’ancien en est débarrassé.",
    not_yet: "Les premiers fichiers depuis le démarrage du serveur sont en cours de création ; revenez dans un instant.",
    file: "Fichier",
    size: "Taille",
    revision: "Révision",
    made: "Fait le",
};
