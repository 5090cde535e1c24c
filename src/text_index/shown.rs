//! The index as whoever searches it has it, and what it shows.

use super::contents::Contents;
use super::search::{Hit, Search, SearchError};
use serde::{Deserialize, Serialize};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What an index shows of that from which it is made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The revision.
    pub revision: u64,
    /// By which whoever keeps the index recognises that revision as its own.
    pub mark: String,
}

/// The index that is searched: what its [`Writer`](super::Writer) published last.
#[derive(Default)]
pub struct TextIndex {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    published: Option<(Shown, Contents)>,
    /// The latest revision that a search waits for.
    wanted: u64,
    /// Why there is nothing newer, where the writer failed.
    failure: Option<String>,
}

/// How long a search waits for the index to follow.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a search that waits looks whether it is still wanted.
const LOOK: Duration = Duration::from_millis(50);

impl TextIndex {
    /// One that shows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What it shows; nothing before the index was first made.
    pub fn shown(&self) -> Option<Shown> {
        self.state().published.as_ref().map(|(shown, _)| shown.clone())
    }

    /// What the index says, once it shows at least a revision.
    ///
    /// # Errors
    /// [`SearchError::Behind`] or [`SearchError::Stopped`].
    pub fn contents(&self, at_least: u64, is_stopped: impl Fn() -> bool) -> Result<(Shown, Contents), SearchError> {
        let start = Instant::now();
        let mut state = self.state();
        loop {
            if let Some((shown, contents)) = &state.published
                && shown.revision >= at_least
            {
                return Ok((shown.clone(), contents.clone()));
            }
            if is_stopped() {
                return Err(SearchError::Stopped);
            }
            if start.elapsed() >= PATIENCE {
                let shown = state.published.as_ref().map_or(0, |(shown, _)| shown.revision);
                return Err(SearchError::Behind { shown, asked: at_least, cause: cause(state.failure.as_deref()) });
            }
            state.wanted = state.wanted.max(at_least);
            self.changed.notify_all();
            let waited = self.changed.wait_timeout(state, LOOK);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The literals that have the words, the best first, in an index that shows at least a revision; an index that
    /// is behind is waited for.
    ///
    /// # Errors
    /// See [`SearchError`].
    pub fn search(
        &self,
        search: &Search<'_>,
        at_least: u64,
        is_stopped: impl Fn() -> bool,
    ) -> Result<Vec<Hit>, SearchError> {
        search.check()?;
        let (_, contents) = self.contents(at_least, &is_stopped)?;
        let hits = contents.search(search, &is_stopped)?;
        if is_stopped() { Err(SearchError::Stopped) } else { Ok(hits) }
    }

    /// Waits until a search wants a later revision than is shown, or `pause` is over, or [`Self::wake`] is called
    /// after `is_over` came to hold.
    pub fn rest(&self, pause: Duration, is_over: impl Fn() -> bool) {
        let state = self.state();
        let shown = state.published.as_ref().map_or(0, |(shown, _)| shown.revision);
        if state.wanted <= shown && !is_over() {
            drop(self.changed.wait_timeout(state, pause));
        }
    }

    /// Ends a [`Self::rest`].
    pub fn wake(&self) {
        // Whoever looks whether it is over holds the lock until it waits: the call cannot come in between.
        let _state = self.state();
        self.changed.notify_all();
    }

    /// Notes why the index does not follow.
    pub fn note_failure(&self, error: &impl ToString) {
        self.state().failure = Some(error.to_string());
    }

    pub(super) fn publish(&self, shown: Shown, contents: Contents) {
        let mut state = self.state();
        (state.published, state.failure) = (Some((shown, contents)), None);
        drop(state);
        self.changed.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn cause(failure: Option<&str>) -> String {
    failure.map_or_else(|| "it is being made".to_owned(), str::to_owned)
}
