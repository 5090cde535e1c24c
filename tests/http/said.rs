//! What a source says of one record, brought in.

use crate::register::BASE;
use eu_service_list::catalogue::{Batch, Catalogue, Ownership, Said, Submission};
use eu_service_list::rdf::Content;

/// Lets a source say something of a record, whose properties it owns.
pub(crate) fn say(catalogue: &Catalogue, source: &str, record: String, content: Content, owns: &[&str]) {
    let owns = owns.iter().map(|property| (*property).to_owned()).collect();
    let batch = Batch {
        source: source.to_owned(),
        ownership: Ownership { owns, ..Ownership::default() },
        said: vec![Said { record, content, place: "a test".to_owned() }],
        ..Batch::default()
    };
    let submission = Submission {
        base: BASE.to_owned(),
        agent: "http://editor.example/".to_owned(),
        activity: "edit".to_owned(),
        batches: vec![batch],
        release: None,
    };
    assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
}
