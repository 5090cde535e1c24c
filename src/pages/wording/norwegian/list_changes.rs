//! What changed of the list, in Norwegian.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Endringer siden utgave {name}"),
    list_as_it_is: "Listen slik den er nå",
    kinds: [
        "Lagt til",
        "Gjeldende igjen",
        "Nytt navn",
        "Oversatt",
        "Ny definisjon",
        "Flyttet til en annen funksjon",
        "Utgått",
        "Erstattet av en annen",
        "Delt i flere",
        "Slått sammen med andre",
        "Trukket tilbake",
        "Ikke lenger på listen",
    ],
    entry: "Oppføring",
    more: "Full sammenligning",
    names_are: "Oppføringene har navnene fra den senere listen, andre navnene de har nå.",
    nothing: "Det er ingen forskjell mellom disse listene.",
};
