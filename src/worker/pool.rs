//! The processes that queries run in, and the way of a query through one of them.

use super::apart::apart;
use super::asking::{Asking, AsyncReceiver, Outcome};
use super::keeper::{self, State};
use super::lane::{Lane, Lanes};
use super::process::{Death, Process};
use super::watch::{Run, Verdict};
use crate::graph::{GraphError, Outside, Question, QuestionError, Refusal, RefusalKind, Shared, Stop};
use crate::sparql::Bounds;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::timeout_at;

/// How long a query waits for a process when as many are busy as there may be.
const TURN: Duration = Duration::from_secs(2);

/// The length of a text, in bytes, that is looked at on a thread of its own.
const LONG: usize = 64 << 10;

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
    pub freed: Notify,
    /// What waits for the processes.
    pub runtime: Handle,
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
    /// A pool whose processes show what `source` tells; some are started at once. Made inside the runtime that asks it.
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
            freed: Notify::new(),
            runtime: Handle::current(),
            is_noted: Once::new(),
        });
        keeper::start(&kept)?;
        Ok(Self(kept))
    }

    /// Answers a question into `receiver`, in a process that shows the graph as it is now.
    ///
    /// # Errors
    /// Those of [`Graph::answer`](crate::graph::Graph::answer), and the end of the process: by the query's memory or depth, by the
    /// place that it found or did not, or by a fault.
    pub async fn answer(
        &self,
        question: &Question,
        outside: Arc<dyn Outside>,
        stop: &Stop,
        deadline: Instant,
        receiver: &mut impl AsyncReceiver,
    ) -> Result<(), QuestionError> {
        check_text(&question.text).await?;
        let mut tries = 0;
        while tries < TRIES {
            let (mut process, shared) = self.take(stop, deadline).await?;
            let is_over = Arc::new(AtomicBool::new(false));
            let (number, is_alone) = self.watch(&process, stop, deadline, &is_over);
            let outcome = Asking::new(question, &outside, &is_over, receiver, is_alone)
                .put_to(&mut process, &shared, &|open| self.note_open(open))
                .await;
            let outcome = outcome.unwrap_or_else(Outcome::Broken);
            let (was_prompt, verdict) = self.unwatch(number);
            match outcome {
                Outcome::Answered if verdict.is_none() && was_prompt => {
                    self.give_back(process);
                    return Ok(());
                }
                Outcome::Refused(refusal) if verdict.is_none() && was_prompt => {
                    self.give_back(process);
                    return Err(refusal.into());
                }
                outcome => {
                    tries += usize::from(!process.is_ready);
                    if let Some(result) = self.last(outcome, verdict, process).await {
                        return result;
                    }
                }
            }
        }
        tracing::error!("workers end before they begin; what they said stands before this");
        Err(QuestionError::Write(io::Error::other("no process can be started for the query")))
    }

    /// Lets a process go; says what its question comes to, nothing where it was not heard.
    async fn last(
        &self,
        outcome: Outcome,
        verdict: Option<Verdict>,
        process: Process,
    ) -> Option<Result<(), QuestionError>> {
        let result = match (outcome, verdict) {
            (Outcome::Died, None) => return Some(Err(self.lose(process).await)),
            (Outcome::Answered | Outcome::Unwanted, _) => Some(Ok(())),
            (Outcome::Refused(refusal), _) => Some(Err(refusal.into())),
            (Outcome::Untaken(error), _) => Some(Err(error.into())),
            (_, Some(verdict)) => Some(Err(self.sentence(verdict))),
            (Outcome::Unheard, None) => None,
            (Outcome::Broken(error), None) => {
                tracing::error!(cause = %error, "a worker broke the protocol and is let go");
                Some(Err(ended("the process that evaluated the query broke; the cause was logged".to_owned())))
            }
        };
        self.let_go(process);
        result
    }

    /// Lets a process go that ended while it evaluated a query; says how that was.
    async fn lose(&self, mut process: Process) -> QuestionError {
        let died = apart(move || {
            let death = process.death();
            (process, death)
        });
        match died.await {
            Ok((process, death)) => {
                self.let_go(process);
                self.dead(&death)
            }
            Err(error) => QuestionError::Write(error),
        }
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
    async fn take(&self, stop: &Stop, deadline: Instant) -> Result<(Process, Shared), QuestionError> {
        let patience = deadline.min(Instant::now() + TURN);
        loop {
            // Before the look, so that a process is not missed that comes free after it.
            let freed = self.0.freed.notified();
            let Some(process) = self.0.lock().take_or_wait() else {
                self.0.changed.notify_one();
                let is_late = timeout_at(patience.into(), freed).await.is_err();
                self.0.lock().waiting -= 1;
                if stop.is_used() {
                    return Err(QuestionError::Stopped);
                }
                if is_late {
                    let detail = format!("{} queries are running, as many as may", self.0.settings.processes);
                    return Err(Refusal { kind: RefusalKind::Busy, detail, position: None }.into());
                }
                continue;
            };
            match self.0.shared(process.shown()) {
                Some(shared) if shared.generation == process.generation => return Ok((process, shared)),
                _ => self.let_go(process),
            }
        }
    }

    /// Has the keeper look after a query; gives its number, and whether no other runs.
    fn watch(&self, process: &Process, stop: &Stop, deadline: Instant, is_over: &Arc<AtomicBool>) -> (u64, bool) {
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
            niceness: 0,
            verdict: None,
            is_over: Arc::clone(is_over),
        });
        if state.rests {
            self.0.changed.notify_one();
        }
        (number, state.runs.len() == 1)
    }

    /// No signal goes to the process any more; says whether it has all its right to the processor still, and why it was ended, if
    /// it was.
    fn unwatch(&self, number: u64) -> (bool, Option<Verdict>) {
        let mut state = self.0.lock();
        let place = state.runs.iter().position(|run| run.number == number);
        place.map_or((true, None), |place| {
            let run = state.runs.swap_remove(place);
            (run.niceness == 0, run.verdict)
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

/// Holds a text to its bounds, a long one apart: it takes milliseconds, in which nobody else would be served.
async fn check_text(text: &str) -> Result<(), QuestionError> {
    if text.len() <= LONG {
        return Ok(Bounds::default().check_text(text)?);
    }
    let text = text.to_owned();
    Ok(apart(move || Bounds::default().check_text(&text)).await??)
}

fn ended(detail: String) -> QuestionError {
    QuestionError::Told(Refusal { kind: RefusalKind::Ended, detail, position: None })
}
