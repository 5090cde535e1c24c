//! Dumps, in Norwegian.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Alt som filer",
    lead: "Det som publiseres her, i filer som hentes i sin helhet. De lages på nytt i bakgrunnen når noe er endret, og alle viser samme revisjon.",
    everything: "Alt",
    everything_is: "Alt som SPARQL-endepunktet svarer på, altså også det som er igjen av tilbaketrukne oppføringer.",
    history: "Historikk",
    history_is: "Hver versjon av hver oppføring i en egen graf, med hvem som laget den, når og hvorfor.",
    organisations: "Det en enkelt organisasjon tilbyr er en egen fil, i Turtle; katalogen nevner dem alle.",
    withdrawn: "Tilbaketrukne oppføringer finnes ikke i noen av de andre filene: den som setter den nye filen i stedet for den forrige, er kvitt dem.",
    not_yet: "De første filene siden serveren ble startet er under arbeid; kom tilbake om et øyeblikk.",
    file: "Fil",
    size: "Størrelse",
    revision: "Revisjon",
    made: "Laget den",
};
