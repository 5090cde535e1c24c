//! What records say after a SPARQL Update.

use super::edit::EditError;
use crate::graph::{Graph, GraphError, STACK_SIZE, Stop, UpdateRequest, is_same_triple_in_store};
use crate::rdf::{Content, Triple};
use std::sync::mpsc;
use std::time::Duration;

/// How long an update of one record may take: it sees a few dozen triples.
const TIME: Duration = Duration::from_secs(2);

/// What a record says after an update that sees nothing but the record. Relative IRIs are resolved against `base`.
///
/// # Errors
/// [`EditError::Malformed`]: it cannot be read, or is larger or slower than what is evaluated.
pub fn record_after_update(content: &Content, text: &str, base: &str) -> Result<Content, EditError> {
    let graph = Graph::build::<GraphError>(0, content.iter().cloned().map(Ok))
        .map_err(|error| EditError::Malformed(error.to_string()))?;
    let request = UpdateRequest { text: text.to_owned(), base: base.to_owned(), ..UpdateRequest::default() };
    let stop = Stop::new();
    let (sender, effect) = mpsc::channel();
    // An update may be nested deeply.
    let effect = std::thread::scope(|scope| {
        let evaluate = || drop(sender.send(graph.effect(&request, &stop)));
        let thread = std::thread::Builder::new().name("update".to_owned()).stack_size(STACK_SIZE);
        thread.spawn_scoped(scope, evaluate).map_err(|error| EditError::Malformed(error.to_string()))?;
        let in_time = effect.recv_timeout(TIME);
        stop.now();
        let effect = in_time.or_else(|_| effect.recv()).map_err(|_| EditError::Lost)?;
        effect.map_err(|error| EditError::Malformed(error.to_string()))
    })?;
    let removed: Vec<Triple> = effect.removed.into_iter().map(Triple::from).collect();
    let added = effect.added.into_iter().map(Triple::from);
    Ok(changed(content, &removed, added))
}

/// A content without the triples that were removed, as the store tells them apart, and with those that were added.
pub fn changed(content: &Content, removed: &[Triple], added: impl IntoIterator<Item = Triple>) -> Content {
    let goes = |triple: &Triple| removed.iter().any(|gone| is_same_triple_in_store(gone, triple));
    let mut changed: Content = content.iter().filter(|triple| !goes(triple)).cloned().collect();
    changed.extend(added);
    changed
}
