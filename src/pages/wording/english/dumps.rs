//! Dumps, in English.

use crate::pages::wording::DumpsWords;

pub(super) const DUMPS: DumpsWords = DumpsWords {
    title: "Everything as files",
    lead: "What is published here, in files to be fetched whole. They are made anew in the background when something has changed, and all of them show the same revision.",
    everything: "Everything",
    everything_is: "All that can be asked for at the SPARQL endpoint, and so what is left of withdrawn records too.",
    history: "History",
    history_is: "Every version of every record in a graph of its own, with who made it, when and why.",
    organisations: "What a single organisation offers is a file of its own, in Turtle; the catalogue names them all.",
    withdrawn: "Withdrawn records are in none of the other files: whoever puts a new file in the place of the former is rid of them.",
    not_yet: "The first files since the server was started are being made; come back in a moment.",
    file: "File",
    size: "Size",
    revision: "Revision",
    made: "Made on",
};
