//! Work that writes, within the time that a query has.
//!
//! A query that runs out of time is let go; of a write, the client must know whether it was done. So whoever is first
//! decides: the work, when it has nothing left but to write, or the clock.

use crate::graph::Stop;
use crate::http::problem::{Problem, ProblemType};
use crate::http::queries::{Client, take_slot};
use crate::http::query_threads::QueryThreads;
use crate::http::state::App;
use crate::http::stream;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

/// The right to decide whether a write is done.
#[derive(Clone, Default)]
pub(super) struct Claim(Arc<AtomicBool>);

impl Claim {
    /// Takes it; false where the other has it.
    pub(super) fn take(&self) -> bool {
        !self.0.swap(true, Ordering::AcqRel)
    }
}

/// Runs work with a deep stack, for a text of `length` bytes. The work takes the claim before it writes.
pub(super) async fn run<T: Send + 'static>(
    app: &App,
    length: usize,
    work: impl FnOnce(&Stop, &Claim) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    // Those who write have tokens, so they are held to no limit of one client.
    let slot = take_slot(app, Client::Untold).await?;
    let deadline = Instant::now() + app.settings.queries.time;
    let (stop, claim) = (stream::StopWhenDropped::default(), Claim::default());
    let (told, mut hears) = oneshot::channel();
    let (its_stop, its_claim) = (stop.stop(), claim.clone());
    let thread = move || {
        let result = work(&its_stop, &its_claim);
        drop(slot);
        // Nobody listens any more if this fails.
        drop(told.send(result));
    };
    if stream::is_large(length) {
        QueryThreads::run_apart(Box::new(thread))?;
    } else {
        app.query_threads.run(Box::new(thread))?;
    }
    let result = match timeout_at(deadline, &mut hears).await {
        Ok(result) => result,
        Err(_) if claim.take() => return Err(too_long(app)),
        Err(_) => hears.await,
    };
    result.unwrap_or_else(|gone| Err(io::Error::other(gone).into()))
}

fn too_long(app: &App) -> Problem {
    let seconds = app.settings.queries.time.as_secs_f32();
    let detail = format!("the update ran longer than {seconds} s and was not done; make it more selective");
    Problem::new(ProblemType::QueryTimeout, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_gets_the_claim() {
        let claim = Claim::default();
        assert!(claim.clone().take());
        assert!(!claim.take());
    }
}
