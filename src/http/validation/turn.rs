//! How much is validated at once.
//!
//! Validations take turns, so that queries have their share of the processor, and so that what is sent takes
//! no more memory than is set aside for it.

use super::super::problem::{Problem, ProblemType};
use super::super::query_threads::QueryThreads;
use super::super::state::App;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{timeout, timeout_at};

/// How many validations run at once.
const RUNNING: usize = 2;

/// How many requests may send data and wait for their turn: each may hold a body in memory.
const ADMITTED: usize = 32;

/// How long a request waits to be admitted, and then for its turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a validation may run.
const TIME: Duration = Duration::from_secs(20);

/// How long after its time a validation is waited for: it looks at the clock now and then only.
const GRACE: Duration = Duration::from_secs(5);

/// Who may send, and who may run.
#[derive(Debug)]
pub(in super::super) struct Turns {
    admission: Arc<Semaphore>,
    running: Arc<Semaphore>,
}

impl Default for Turns {
    fn default() -> Self {
        Self { admission: Arc::new(Semaphore::new(ADMITTED)), running: Arc::new(Semaphore::new(RUNNING)) }
    }
}

impl Turns {
    /// Lets a request send its body; it is in as long as it keeps what is returned.
    ///
    /// # Errors
    /// 503 where too many are in.
    pub(super) async fn admit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        wait(&self.admission).await
    }
}

async fn wait(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    match timeout(PATIENCE, Arc::clone(places).acquire_owned()).await {
        Ok(Ok(place)) => Ok(place),
        _ => Err(Problem::new(ProblemType::TooBusy, "as many validations are running or waiting as may")),
    }
}

/// Does work of a validation in its turn, on a thread of its own with a deep stack, until a deadline.
///
/// # Errors
/// What the work says; 503 where no turn comes or the time is over.
pub(super) async fn take<T: Send + 'static>(
    app: &App,
    work: impl FnOnce(&App, Instant) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = wait(&app.validations.running).await?;
    let (done, answer) = oneshot::channel();
    let deadline = Instant::now() + TIME;
    let own = app.clone();
    QueryThreads::run_apart(Box::new(move || {
        // Nobody waits any more if this fails.
        drop(done.send(work(&own, deadline)));
        drop(turn);
    }))?;
    match timeout_at((deadline + GRACE).into(), answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(gone)) => Err(io::Error::other(gone).into()),
        Err(_) => {
            let detail = format!("the validation ran longer than {} s; send fewer data at once", TIME.as_secs());
            Err(Problem::new(ProblemType::ValidationTimeout, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn no_more_are_admitted_than_there_are_places_and_one_that_is_left_is_given_again() {
        let turns = Turns::default();
        let mut places = Vec::new();
        for _ in 0..ADMITTED {
            places.push(turns.admit().await.unwrap());
        }
        assert_eq!(turns.admit().await.unwrap_err().kind, ProblemType::TooBusy);
        places.pop();
        assert!(turns.admit().await.is_ok());
    }
}
