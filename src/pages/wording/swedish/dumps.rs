//! Dumps, in Swedish.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Allt som filer",
    lead: "Det som publiceras här, i filer att hämta i sin helhet. De görs om i bakgrunden när något har ändrats, och alla visar samma revision.",
    everything: "Allt",
    everything_is: "Allt som SPARQL-slutpunkten svarar på, alltså även det som är kvar av indragna poster.",
    history: "Historik",
    history_is: "Varje version av varje post i en egen graf, med vem som gjorde den, när och varför.",
    organisations: "Det som en enskild organisation erbjuder är en egen fil, i Turtle; katalogen nämner alla.",
    withdrawn: "Indragna poster finns inte i någon av de andra filerna: den som ersätter den förra filen med den nya blir av med dem.",
    not_yet: "De första filerna sedan servern startades håller på att göras; kom tillbaka om en stund.",
    file: "Fil",
    size: "Storlek",
    revision: "Revision",
    made: "Gjord den",
};
