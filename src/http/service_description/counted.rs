//! The counts that the description tells, made beside the requests and kept while they hold.

use crate::graph::{QuestionError, Statistics, Stop};
use crate::http::state::App;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a request waits for new counts before it takes those there are.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long counting may take.
const LIMIT: Duration = Duration::from_mins(2);

/// Of how many times as long as a count took none is made again: so it never takes more than a twentieth of a core.
const REST: u32 = 20;

/// What was counted last.
#[derive(Default)]
pub(in crate::http) struct Counted {
    last: Mutex<Option<Count>>,
    /// Held by whoever counts.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct Count {
    /// None where counting took too long.
    statistics: Option<Arc<Statistics>>,
    /// The revision that was counted.
    revision: u64,
    took: Duration,
    ended: Instant,
}

impl Counted {
    fn last(&self) -> Option<Count> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether there is nothing better to be had now than what was counted.
    fn is_good(&self, revision: u64) -> bool {
        self.last().is_some_and(|last| last.revision == revision || last.ended.elapsed() < last.took * REST)
    }
}

/// What the graph holds, as of now if that can be had soon, or of an earlier revision, which it names; nothing where even
/// the first count is not there yet.
pub(in crate::http) async fn statistics(app: &App) -> Option<Arc<Statistics>> {
    if !app.counted.is_good(app.served.graph().revision()) {
        // Counting goes on when nobody waits for it any more.
        let counting = tokio::spawn(count(app.clone()));
        drop(tokio::time::timeout(PATIENCE, counting).await);
    }
    app.counted.last()?.statistics
}

async fn count(app: App) {
    let _turn = app.counted.turn.lock().await;
    let revision = app.served.graph().revision();
    if app.counted.is_good(revision) {
        return;
    }
    let (began, stop, served) = (Instant::now(), Stop::new(), app.served.clone());
    let stopped = stop.clone();
    let mut counting = tokio::task::spawn_blocking(move || served.graph().statistics(&stopped));
    let counted = if let Ok(counted) = tokio::time::timeout(LIMIT, &mut counting).await {
        counted
    } else {
        stop.now();
        counting.await
    };
    let statistics = match counted {
        Ok(Ok(statistics)) => Some(Arc::new(statistics)),
        Ok(Err(QuestionError::Stopped)) | Err(_) => None,
        Ok(Err(error)) => {
            tracing::warn!(cause = %error, "the graph could not be counted");
            None
        }
    };
    let revision = statistics.as_ref().map_or(revision, |statistics| statistics.revision);
    let count = Count { statistics, revision, took: began.elapsed(), ended: Instant::now() };
    *app.counted.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(count);
}
