//! The processes that queries run in, and the way of a query through one of them.

use super::asking::{Asking, Outcome};
use super::keeper::{self, State};
use super::lane::{Lane, Lanes};
use super::process::{Death, Process};
use super::watch::{Run, Verdict};
use crate::graph::{GraphError, Outside, Question, QuestionError, Receiver, Refusal, RefusalKind, Shared, Stop};
use crate::sparql::Bounds;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

/// How long a query waits for a process when as many are busy as there may be.
const TURN: Duration = Duration::from_secs(2);

/// How many processes in a row may end before they hear the question.
const TRIES: usize = 3;

/// What a pool may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// The program that is started as `PROGRAM worker`.
    pub program: PathBuf,
    /// How many processes there may be, one or more.
    pub processes: usize,
    /// The memory that a query may take beside the graph, in bytes.
    pub memory: u64,
}

impl PoolSettings {
    /// Workers that are this very program, also where its file was replaced since it was started.
    ///
    /// # Errors
    /// The system does not tell which program this is.
    pub fn of_this_program(processes: usize, memory: u64) -> io::Result<Self> {
        let running = PathBuf::from("/proc/self/exe");
        let program = if running.exists() { running } else { std::env::current_exe()? };
        Ok(Self { program, processes, memory })
    }
}

/// Tells what workers shall show, to one that holds a generation and a revision.
pub(super) type Source = dyn Fn(Option<(u64, u64)>) -> Result<Option<Shared>, GraphError> + Send + Sync;

/// Processes that answer queries, one at a time each.
pub struct Pool(Arc<Kept>);

/// What the threads of a pool share.
pub(super) struct Kept {
    pub settings: PoolSettings,
    pub lanes: Lanes,
    source: Box<Source>,
    pub state: Mutex<State>,
    /// Told when there is something for the keeper to do.
    pub changed: Condvar,
    /// Told when a process is free.
    pub freed: Condvar,
    is_noted: Once,
}

impl Kept {
    /// What a worker shall show that holds a generation and a revision.
    pub(super) fn shared(&self, held: Option<(u64, u64)>) -> Option<Shared> {
        (self.source)(held).unwrap_or_else(|error| {
            tracing::error!(cause = %error, "workers cannot follow the graph");
            None
        })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pool {
    /// A pool whose processes show what `source` tells; some are started at once.
    ///
    /// # Errors
    /// The system makes no thread.
    pub fn new(
        settings: PoolSettings,
        source: impl Fn(Option<(u64, u64)>) -> Result<Option<Shared>, GraphError> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let kept = Arc::new(Kept {
            lanes: Lanes::of(settings.processes),
            settings,
            source: Box::new(source),
            state: Mutex::default(),
            changed: Condvar::new(),
            freed: Condvar::new(),
            is_noted: Once::new(),
        });
        keeper::start(&kept)?;
        Ok(Self(kept))
    }

    /// Answers a question into `receiver`, on the calling thread, in a process that shows the graph as it is now.
    ///
    /// # Errors
    /// Those of [`Graph::answer`](crate::graph::Graph::answer), and the end of the process: by the query's memory or depth, by the
    /// place that it found or did not, or by a fault.
    pub fn answer(
        &self,
        question: &Question,
        outside: &dyn Outside,
        stop: &Stop,
        deadline: Instant,
        receiver: &mut impl Receiver,
    ) -> Result<(), QuestionError> {
        Bounds::default().check_text(&question.text)?;
        let mut tries = 0;
        while tries < TRIES {
            let (mut process, shared) = self.take(stop, deadline)?;
            let is_over = Arc::new(AtomicBool::new(false));
            let number = self.watch(&process, stop, deadline, &is_over);
            let over = || is_over.load(Ordering::Relaxed);
            let outcome = Asking::new(question, outside, &over, receiver)
                .put_to(&mut process, &shared, &|open| self.note_open(open));
            let outcome = outcome.unwrap_or_else(Outcome::Broken);
            let (lane, verdict) = self.unwatch(number);
            match outcome {
                Outcome::Answered if verdict.is_none() && lane == Lane::Quick => {
                    self.give_back(process);
                    return Ok(());
                }
                Outcome::Refused(refusal) if verdict.is_none() && lane == Lane::Quick => {
                    self.give_back(process);
                    return Err(refusal.into());
                }
                outcome => {
                    let result = self.last(outcome, verdict, &mut process);
                    tries += usize::from(!process.is_ready);
                    self.let_go(process);
                    if let Some(result) = result {
                        return result;
                    }
                }
            }
        }
        tracing::error!("workers end before they begin; what they said stands before this");
        Err(QuestionError::Write(io::Error::other("no process can be started for the query")))
    }

    /// What a question comes to whose process is let go; nothing where it was not heard.
    fn last(
        &self,
        outcome: Outcome,
        verdict: Option<Verdict>,
        process: &mut Process,
    ) -> Option<Result<(), QuestionError>> {
        Some(match (outcome, verdict) {
            (Outcome::Answered | Outcome::Unwanted, _) => Ok(()),
            (Outcome::Refused(refusal), _) => Err(refusal.into()),
            (Outcome::Untaken(error), _) => Err(error.into()),
            (_, Some(verdict)) => Err(self.sentence(verdict)),
            (Outcome::Unheard, None) => return None,
            (Outcome::Died, None) => Err(self.dead(&process.death())),
            (Outcome::Broken(error), None) => {
                tracing::error!(cause = %error, "a worker broke the protocol and is let go");
                Err(ended("the process that evaluated the query broke; the cause was logged".to_owned()))
            }
        })
    }

    /// What a client is told of a query that was ended.
    fn sentence(&self, verdict: Verdict) -> QuestionError {
        match verdict {
            Verdict::Stopped => QuestionError::Stopped,
            Verdict::Memory => self.dead(&Death::Memory),
            Verdict::NoPlace => QuestionError::Told(Refusal {
                kind: RefusalKind::Busy,
                detail: format!(
                    "{} queries run that take long, as many as may; try again, or make the query more selective",
                    self.0.lanes.slow
                ),
                position: None,
            }),
        }
    }

    /// What a client is told of a query whose process ended.
    fn dead(&self, death: &Death) -> QuestionError {
        match death {
            Death::Memory => ended(format!(
                "the query took more memory than one may, {} MiB; sort, group and join less at once, or add a LIMIT",
                self.0.settings.memory >> 20
            )),
            Death::Depth => ended("the query nests or chains deeper than its process can follow; split it".to_owned()),
            Death::Other(how) => {
                tracing::error!(how, "a worker ended while it evaluated a query");
                ended("the process that evaluated the query ended; trying again may help".to_owned())
            }
        }
    }

    /// Takes a process that shows the graph's newest file, with the steps that it lacks.
    fn take(&self, stop: &Stop, deadline: Instant) -> Result<(Process, Shared), QuestionError> {
        let patience = deadline.min(Instant::now() + TURN);
        let mut state = self.0.lock();
        loop {
            if let Some(process) = state.take() {
                drop(state);
                match self.0.shared(process.shown()) {
                    Some(shared) if shared.generation == process.generation => return Ok((process, shared)),
                    _ => self.let_go(process),
                }
                state = self.0.lock();
                continue;
            }
            let left = patience.saturating_duration_since(Instant::now());
            if stop.is_used() {
                return Err(QuestionError::Stopped);
            }
            if left.is_zero() {
                let detail = format!("{} queries are running, as many as may", self.0.settings.processes);
                return Err(Refusal { kind: RefusalKind::Busy, detail, position: None }.into());
            }
            state.waiting += 1;
            self.0.changed.notify_one();
            (state, _) = self.0.freed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
    }

    /// Has the keeper look after a query.
    fn watch(&self, process: &Process, stop: &Stop, deadline: Instant, is_over: &Arc<AtomicBool>) -> u64 {
        let mut state = self.0.lock();
        state.number += 1;
        let number = state.number;
        state.runs.push(Run {
            number,
            process: process.id(),
            memory: process.memory(),
            stop: stop.clone(),
            began: Instant::now(),
            deadline,
            lane: Lane::Quick,
            verdict: None,
            is_over: Arc::clone(is_over),
        });
        if state.rests {
            self.0.changed.notify_one();
        }
        number
    }

    /// No signal goes to the process any more; says where it stood and why it was ended, if it was.
    fn unwatch(&self, number: u64) -> (Lane, Option<Verdict>) {
        let mut state = self.0.lock();
        let place = state.runs.iter().position(|run| run.number == number);
        place.map_or((Lane::Quick, None), |place| {
            let run = state.runs.swap_remove(place);
            (run.lane, run.verdict)
        })
    }

    /// Keeps a process for the next query, unless this one left much behind.
    fn give_back(&self, mut process: Process) {
        if process.is_bloated() {
            return self.let_go(process);
        }
        process.idle_since = Instant::now();
        self.0.lock().put_back(process);
        self.0.freed.notify_one();
    }

    /// Has a process end; the keeper replaces it.
    fn let_go(&self, mut process: Process) {
        process.kill();
        self.0.lock().let_go(process);
        self.0.changed.notify_one();
    }

    /// Tells once what of the sandbox does not hold here.
    fn note_open(&self, open: &[String]) {
        if !open.is_empty() {
            self.0.is_noted.call_once(|| {
                tracing::warn!(open = open.join("; "), "queries run in processes that are not shut in whole");
            });
        }
    }
}

impl Drop for Pool {
    /// Ends the keeper, and with it all processes.
    fn drop(&mut self) {
        self.0.lock().is_closed = true;
        self.0.changed.notify_one();
    }
}

fn ended(detail: String) -> QuestionError {
    QuestionError::Told(Refusal { kind: RefusalKind::Ended, detail, position: None })
}
