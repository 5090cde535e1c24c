//! What records say after a SPARQL Update.

use super::edit::EditError;
use super::submission::Rejection;
use crate::graph::{Effect, Engine, Graph, GraphError, STACK_SIZE, Stop, UpdateError, UpdateRequest};
use crate::rdf::{Content, NamedNode, Triple, name_blank_nodes};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How long an update of one record may take: it sees a few dozen triples.
const TIME: Duration = Duration::from_secs(2);

/// What a record says after an update that sees nothing but the record. Relative IRIs are resolved against `base`, the
/// record's own; blank nodes become parts of it.
///
/// # Errors
/// [`EditError::Malformed`]: it cannot be read, or is larger or slower than what is evaluated.
pub fn record_after_update(content: &Content, text: &str, base: &str) -> Result<Content, EditError> {
    let graph = Graph::build::<GraphError>(Engine::Mapped, 0, content.iter().cloned().map(Ok))
        .map_err(|error| EditError::Malformed(error.to_string()))?;
    let request = UpdateRequest { text: text.to_owned(), base: base.to_owned(), ..UpdateRequest::default() };
    let effect = in_time(TIME, move |stop| graph.effect(&request, stop))?;
    let removed: Vec<Triple> = effect.removed.into_iter().map(Triple::from).collect();
    let added = effect.added.into_iter().map(Triple::from);
    with_parts_named(base, changed(content, &removed, added, PartialEq::eq))
}

/// A record's content with a name for each blank node that an update brought.
pub(super) fn with_parts_named(record: &str, content: Content) -> Result<Content, EditError> {
    let named = name_blank_nodes(&NamedNode::new_unchecked(record), content.into_iter().collect());
    named
        .map(Content::from_iter)
        .map_err(|error| EditError::Rules(Rejection { place: record.to_owned(), reason: error.to_string() }))
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

/// A content without the triples that were removed, as `is_same` tells them apart, and with those that were added.
pub fn changed(
    content: &Content,
    removed: &[Triple],
    added: impl IntoIterator<Item = Triple>,
    is_same: fn(&Triple, &Triple) -> bool,
) -> Content {
    let goes = |triple: &Triple| removed.iter().any(|gone| is_same(gone, triple));
    let mut changed: Content = content.iter().filter(|triple| !goes(triple)).cloned().collect();
    changed.extend(added);
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    const RECORD: &str = "http://lists.example.eu/id/thing/1";

    fn content() -> Content {
        let triples = (0..60).map(|number| {
            format!("<{RECORD}> <http://a.example/n> \"{number:03}\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n")
        });
        Content::parse(&triples.collect::<Vec<_>>().concat()).unwrap()
    }

    #[test]
    fn a_record_keeps_its_spellings_and_gets_names_for_blank_nodes() {
        let text = "DELETE { <> <http://a.example/n> \"007\"^^<http://www.w3.org/2001/XMLSchema#integer> , 8 } INSERT { <> <http://a.example/at> [ <http://a.example/in> 'Town' ] } WHERE {}";
        let after = record_after_update(&content(), text, RECORD).unwrap().to_string();
        assert!(!after.contains("\"007\"") && after.contains("\"008\"") && !after.contains("_:"), "{after}");
        assert!(after.contains(&format!("<{RECORD}#at-")), "{after}");
    }

    #[test]
    fn an_update_that_runs_too_long_gives_the_turn_back() {
        let product: String =
            (0..9).map(|number| format!("?a <http://a.example/n> ?n{number} . ")).collect::<Vec<_>>().concat();
        let sum: String = (0..9).map(|number| format!("?n{number} + ")).collect::<Vec<_>>().concat();
        let text = format!("INSERT {{ <> <http://a.example/x> 1 }} WHERE {{ {product} FILTER({sum} 1 < 0) }}");
        let started = Instant::now();
        let error = record_after_update(&content(), &text, RECORD).unwrap_err();
        assert!(error.to_string().contains("ran longer"), "{error}");
        assert!(started.elapsed() < TIME * 5, "the writer's turn goes on");
    }
}
