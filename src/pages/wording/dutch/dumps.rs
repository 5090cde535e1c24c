//! Dumps, in Dutch.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Alles als bestanden",
    lead: "Wat hier gepubliceerd is, in bestanden om in hun geheel op te halen. Ze worden op de achtergrond opnieuw gemaakt als er iets veranderd is, en tonen allemaal dezelfde revisie.",
    everything: "Alles",
    everything_is: "Alles waar het SPARQL-endpoint antwoord op geeft, dus ook wat er van ingetrokken gegevens over is.",
    history: "Geschiedenis",
    history_is: "Elke versie van elk gegeven in een eigen graaf, met wie die maakte, wanneer en waarom.",
    organisations: "Wat één organisatie aanbiedt is een eigen bestand, in Turtle; de catalogus noemt ze allemaal.",
    withdrawn: "Ingetrokken gegevens staan niet in de andere bestanden: wie een nieuw bestand in de plaats van het vorige zet, is ze kwijt.",
    not_yet: "De eerste bestanden sinds de start van de server worden gemaakt; kom zo terug.",
    file: "Bestand",
    size: "Grootte",
    revision: "Revisie",
    made: "Gemaakt op",
};
