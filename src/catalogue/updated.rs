//! What records say after a SPARQL Update.

use super::edit::EditError;
use crate::graph::{Effect, Graph, GraphError, STACK_SIZE, Stop, UpdateError, UpdateRequest, is_same_triple_in_store};
use crate::rdf::{Content, Triple};
use std::sync::mpsc::{self, RecvTimeoutError};
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
    let effect = in_time(TIME, move |stop| graph.effect(&request, stop))?;
    let removed: Vec<Triple> = effect.removed.into_iter().map(Triple::from).collect();
    let added = effect.added.into_iter().map(Triple::from);
    Ok(changed(content, &removed, added))
}

/// Evaluates an update on a thread with a deep stack, within a time. One that does not look where it is stopped is left
/// to itself: whoever waits, has the writer's turn.
pub(super) fn in_time(
    time: Duration,
    evaluate: impl FnOnce(&Stop) -> Result<Effect, UpdateError> + Send + 'static,
) -> Result<Effect, EditError> {
    let stop = Stop::new();
    let its_stop = stop.clone();
    let (sender, effect) = mpsc::channel();
    let thread = std::thread::Builder::new().name("update".to_owned()).stack_size(STACK_SIZE);
    // Nobody listens any more if this fails.
    let spawned = thread.spawn(move || drop(sender.send(evaluate(&its_stop))));
    spawned.map_err(|error| EditError::Malformed(error.to_string()))?;
    let effect = effect.recv_timeout(time);
    stop.now();
    match effect {
        Ok(effect) => effect.map_err(|error| EditError::Malformed(error.to_string())),
        Err(RecvTimeoutError::Timeout) => {
            let seconds = time.as_secs_f32();
            Err(EditError::Malformed(format!("the update ran longer than {seconds} s; make it more selective")))
        }
        Err(RecvTimeoutError::Disconnected) => Err(EditError::Lost),
    }
}

/// A content without the triples that were removed, as the store tells them apart, and with those that were added.
pub fn changed(content: &Content, removed: &[Triple], added: impl IntoIterator<Item = Triple>) -> Content {
    let goes = |triple: &Triple| removed.iter().any(|gone| is_same_triple_in_store(gone, triple));
    let mut changed: Content = content.iter().filter(|triple| !goes(triple)).cloned().collect();
    changed.extend(added);
    changed
}
