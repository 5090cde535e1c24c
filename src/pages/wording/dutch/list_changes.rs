//! What changed of the list, in Dutch.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Wijzigingen sinds uitgave {name}"),
    list_as_it_is: "De lijst zoals ze nu is",
    kinds: [
        "Toegevoegd",
        "Weer geldig",
        "Hernoemd",
        "Vertaald",
        "Anders omschreven",
        "Naar een andere functie",
        "Verouderd",
        "Vervangen door een andere",
        "Gesplitst in meerdere",
        "Samengevoegd met andere",
        "Ingetrokken",
        "Niet meer op de lijst",
    ],
    entry: "Vermelding",
    more: "Volledige vergelijking",
    names_are: "Vermeldingen heten zoals in de latere stand, andere zoals nu.",
    nothing: "Deze standen van de lijst verschillen niet.",
};
