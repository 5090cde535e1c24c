//! The query page in English.

use crate::pages::wording::QueryWords;

pub(super) const QUERY: QueryWords = QueryWords {
    examples: "Examples",
    refused: "The query was not answered",
    results: |count| if count == 1 { "result" } else { "results" },
    more_than: "more than",
    first: |number| format!("the first {number} are shown"),
    yes: "Yes",
    no: "No",
    triples: "All triples, in Turtle",
    first_triples: "The first lines, in Turtle; the download has all triples",
    download: "Whole answer as",
    permalink: "Link to this answer",
    keys: "Ctrl+Enter runs the query, Ctrl+Space completes a word, Tab leaves the editor.",
    stop: "Stop",
    running: "The query is running …",
    stopped: "Stopped. There is no answer.",
    cut: "The answer did not arrive whole, so nothing of it is shown. Run the query again, or ask for less.",
    completions: "Completions",
};
