//! What changed of the list, in Swedish.

use crate::pages::wording::ListChangesWords;

pub(super) const LIST_CHANGES: ListChangesWords = ListChangesWords {
    since: |name| format!("Ändringar sedan utgåva {name}"),
    list_as_it_is: "Listan som den är nu",
    kinds: [
        "Tillagda",
        "Åter gällande",
        "Namnändrade",
        "Översatta",
        "Omdefinierade",
        "Flyttade till en annan funktion",
        "Inaktuella",
        "Ersatta av en annan",
        "Delade i flera",
        "Sammanslagna med andra",
        "Indragna",
        "Inte längre på listan",
    ],
    entry: "Post",
    more: "Fullständig jämförelse",
    names_are: "Poster har namnen från den senare listan, andra sina nuvarande namn.",
    nothing: "Det finns inga skillnader mellan dessa listor.",
};
