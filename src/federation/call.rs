//! The calls that one query makes to other endpoints.

use super::allow_list::AllowList;
use super::answer::{self, AnswerError, Solutions};
use super::client::{Answer, Request, client};
use super::error::CallError;
use oxrdf::Variable;
use std::collections::HashMap;
use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use ureq::Agent;

/// How often a call looks whether the query was stopped.
const LOOK: Duration = Duration::from_millis(50);

/// What the calls of one query may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// How long one call may take.
    pub time: Duration,
    /// How many calls there may be.
    pub calls: usize,
    /// The size of all answers together, in bytes.
    pub bytes: u64,
    /// The solutions of all answers together.
    pub solutions: usize,
}

impl Default for CallLimits {
    fn default() -> Self {
        Self { time: Duration::from_secs(10), calls: 100, bytes: 10 << 20, solutions: 100_000 }
    }
}

/// What one query asks of other endpoints, with the answers it got: the same question is asked once.
#[derive(Default)]
pub struct Calls {
    list: AllowList,
    limits: CallLimits,
    /// When the query must be done.
    deadline: Option<Instant>,
    made: Mutex<Made>,
}

/// What a query asked already.
#[derive(Default)]
struct Made {
    calls: usize,
    bytes: u64,
    solutions: usize,
    clients: HashMap<String, Agent>,
    answers: HashMap<(String, String), Result<Arc<Solutions>, CallError>>,
}

impl Calls {
    /// The calls of a query that must be done by `deadline`.
    pub fn new(list: AllowList, limits: CallLimits, deadline: Instant) -> Self {
        Self { list, limits, deadline: Some(deadline), made: Mutex::default() }
    }

    /// Whom the query may ask.
    pub fn allowed(&self) -> &AllowList {
        &self.list
    }

    /// Sends a SELECT query that projects `variables` to an endpoint, and waits for its solutions. The query must be stopped
    /// within a moment once `is_stopped` says so, whatever the endpoint does.
    ///
    /// # Errors
    /// See [`CallError`].
    pub fn ask(
        &self,
        endpoint: &str,
        query: &str,
        variables: &[Variable],
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Arc<Solutions>, CallError> {
        // A query evaluates its services one after another, so holding this for the whole call keeps nobody waiting.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let question = (endpoint.to_owned(), query.to_owned());
        if let Some(known) = made.answers.get(&question) {
            return known.clone();
        }
        let solutions = self.ask_anew(&mut made, endpoint, query, variables, is_stopped).map(Arc::new);
        made.answers.insert(question, solutions.clone());
        solutions
    }

    fn ask_anew(
        &self,
        made: &mut Made,
        endpoint: &str,
        query: &str,
        variables: &[Variable],
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Solutions, CallError> {
        let network = self.list.network_of(endpoint);
        let network = network.ok_or_else(|| CallError::NotAllowed { endpoint: endpoint.to_owned() })?;
        if made.calls == self.limits.calls {
            return Err(CallError::TooManyCalls { limit: self.limits.calls });
        }
        made.calls += 1;
        let request = Request {
            endpoint: endpoint.to_owned(),
            query: query.to_owned(),
            time: self.time_left()?,
            bytes: self.limits.bytes.saturating_sub(made.bytes),
        };
        let client = made.clients.entry(endpoint.to_owned()).or_insert_with(|| client(&self.list, network)).clone();
        let sent = send(request, client, is_stopped).map_err(|error| {
            // A connection in which something failed is not used again.
            made.clients.remove(endpoint);
            self.explained(error)
        })?;
        made.bytes += sent.bytes.len() as u64;
        let limit = self.limits.solutions - made.solutions;
        let solutions = answer::read(&sent.bytes, sent.format, variables, limit).map_err(|error| match error {
            AnswerError::Unreadable(reason) => CallError::Unreadable { endpoint: endpoint.to_owned(), reason },
            AnswerError::TooMany => {
                CallError::TooManySolutions { endpoint: endpoint.to_owned(), limit: self.limits.solutions }
            }
        })?;
        made.solutions += solutions.len();
        Ok(solutions)
    }

    /// How long the next call may take.
    fn time_left(&self) -> Result<Duration, CallError> {
        let left = self.deadline.map_or(Duration::ZERO, |deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_zero() { Err(CallError::Stopped) } else { Ok(left.min(self.limits.time)) }
    }

    /// A failure with the limits of the whole query in place of what was left of them.
    fn explained(&self, error: CallError) -> CallError {
        match error {
            CallError::TooLarge { endpoint, .. } => CallError::TooLarge { endpoint, limit: self.limits.bytes >> 20 },
            CallError::Late { endpoint, .. } if self.time_left().is_ok() => {
                CallError::Late { endpoint, time: self.limits.time }
            }
            // The endpoint had less time than it gets: the query had no more.
            CallError::Late { .. } => CallError::Stopped,
            other => other,
        }
    }
}

/// Sends a request on a thread of its own, and lets go of it when the query is stopped or the time is over: a thread that
/// waits for the network cannot look whether it is still wanted.
fn send(request: Request, client: Agent, is_stopped: &dyn Fn() -> bool) -> Result<Answer, CallError> {
    let late = CallError::Late { endpoint: request.endpoint.clone(), time: request.time };
    let end = Instant::now() + request.time + LOOK;
    let (sender, receiver) = mpsc::sync_channel(1);
    let connections = client.clone();
    let work = move || {
        // Nobody may listen any more.
        _ = sender.send(request.send(&client));
    };
    thread::Builder::new().name("call".to_owned()).spawn(work).map_err(|error| no_thread(&error))?;
    loop {
        let failure = match receiver.recv_timeout(LOOK) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) if is_stopped() => CallError::Stopped,
            Err(RecvTimeoutError::Timeout) if Instant::now() < end => continue,
            Err(_) => late,
        };
        // What the thread waits for breaks, and it ends.
        connections.shutdown();
        return Err(failure);
    }
}

fn no_thread(error: &io::Error) -> CallError {
    tracing::error!(cause = %error, "no thread for a call to another endpoint");
    CallError::Stopped
}
