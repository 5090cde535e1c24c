//! The feed in Swedish.

use crate::pages::wording::FeedWords;

pub(super) const FEED: FeedWords = FeedWords {
    changes: "Ändringar",
    about: "Vad som har publicerats, ändrats och dragits in, i den ordning det skedde.",
    newest_first: "Hundra ändringar per sida, den nyaste först",
    record: "Post",
    change: "Ändring",
    kinds: ["ny", "ändrad", "indragen"],
    for_programs: "Som data är detta en händelseström (LDES), som program följer för att hålla en kopia aktuell.",
};
