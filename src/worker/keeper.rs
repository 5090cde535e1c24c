//! The one thread that starts workers, looks after queries that run, and lets workers go.
//!
//! The system kills a worker when the thread that started it ends, so it must be one that stays.

use super::frame::Frames;
use super::pool::Kept;
use super::process::Process;
use super::watch::{Run, look};
use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How many processes are kept ready.
const READY: usize = 2;

/// How often queries that run are looked at.
const LOOK: Duration = Duration::from_millis(20);

/// How often processes are looked at that do nothing, and how long it is before the keeper rests.
const REST: Duration = Duration::from_secs(1);

/// How long a process more than [`READY`] may do nothing.
const IDLE: Duration = Duration::from_secs(10);

/// How long it is before starting is tried again after it failed.
const AGAIN: Duration = Duration::from_millis(200);

/// What a pool holds.
#[derive(Default)]
pub(super) struct State {
    /// Those that wait for a question, the one that was used last at the end.
    idle: VecDeque<Process>,
    /// How many have one.
    busy: usize,
    /// Those that were killed and are not gone yet.
    leaving: Vec<Process>,
    /// How many queries wait for a process.
    pub waiting: usize,
    /// The queries that run.
    pub runs: Vec<Run>,
    /// The number of the last of them.
    pub number: u64,
    /// Whether the keeper must be told of a query that begins.
    pub rests: bool,
    /// Whether the pool is no longer used.
    pub is_closed: bool,
}

impl State {
    /// Takes a process for a query; where there is none, the query is one more that waits.
    pub(super) fn take_or_wait(&mut self) -> Option<Process> {
        let process = self.idle.pop_back();
        match process {
            Some(_) => self.busy += 1,
            None => self.waiting += 1,
        }
        process
    }

    /// Takes back a process whose query ended.
    pub(super) fn put_back(&mut self, process: Process) {
        self.busy -= 1;
        self.idle.push_back(process);
    }

    /// Takes a process that was taken and killed.
    pub(super) fn let_go(&mut self, process: Process) {
        self.busy -= 1;
        self.leaving.push(process);
    }

    /// Whether another process shall be started where there may be `most`.
    fn lacks(&self, most: usize) -> bool {
        let wanted = self.waiting.max(READY);
        self.idle.len() < wanted && self.idle.len() + self.busy < most
    }

    /// Kills those that have done nothing for long.
    fn thin_out(&mut self) {
        while self.idle.len() > READY && self.idle.front().is_some_and(|process| process.idle_since.elapsed() > IDLE) {
            self.kill_oldest();
        }
    }

    fn kill_oldest(&mut self) {
        if let Some(mut process) = self.idle.pop_front() {
            process.kill();
            self.leaving.push(process);
        }
    }
}

/// Starts the thread.
pub(super) fn start(kept: &Arc<Kept>) -> io::Result<()> {
    let kept = Arc::clone(kept);
    thread::Builder::new().name("workers".to_owned()).spawn(move || keep(&kept)).map(drop)
}

/// Keeps the pool until it is closed.
fn keep(kept: &Kept) {
    let (mut last_query, mut refreshed) = (Instant::now(), Instant::now());
    let mut failed: Option<Instant> = None;
    let mut state = kept.lock();
    while !state.is_closed {
        look(&mut state.runs, kept.lanes, kept.settings.memory);
        state.leaving.retain_mut(|process| !process.is_gone());
        if state.lacks(kept.settings.processes) && failed.is_none_or(|failed| failed.elapsed() > AGAIN) {
            drop(state);
            let started = start_process(kept);
            state = kept.lock();
            failed = started.is_none().then(Instant::now);
            if let Some(process) = started {
                state.idle.push_back(process);
                kept.freed.notify_one();
                continue;
            }
        }
        if refreshed.elapsed() > REST {
            state.thin_out();
            state = refresh(kept, state);
            refreshed = Instant::now();
        }
        if !state.runs.is_empty() || !state.leaving.is_empty() || state.waiting > 0 {
            last_query = Instant::now();
        }
        state.rests = last_query.elapsed() > REST;
        let pause = if state.rests { REST } else { LOOK };
        (state, _) = kept.changed.wait_timeout(state, pause).unwrap_or_else(PoisonError::into_inner);
    }
    while !state.idle.is_empty() {
        state.kill_oldest();
    }
    state.leaving.iter_mut().for_each(|process| drop(process.death()));
}

fn start_process(kept: &Kept) -> Option<Process> {
    let shared = kept.shared(None)?;
    let _inside = kept.runtime.enter();
    match Process::start(&kept.settings.program, &shared, kept.settings.memory) {
        Ok(process) => Some(process),
        Err(error) => {
            tracing::error!(cause = %error, "no worker can be started");
            None
        }
    }
}

/// Has each process that waits follow the graph, so that the next query need not; one with an old file is let go, and so is
/// one that ended by itself.
fn refresh<'k>(kept: &'k Kept, mut state: MutexGuard<'k, State>) -> MutexGuard<'k, State> {
    for _ in 0..state.idle.len() {
        let Some(mut process) = state.idle.pop_front() else { break };
        state.busy += 1;
        drop(state);
        let is_of_use = follow(kept, &mut process).unwrap_or(false);
        state = kept.lock();
        state.busy -= 1;
        if is_of_use {
            // At the front: what was used last stays last.
            state.idle.push_front(process);
            state.idle.rotate_left(1);
        } else {
            process.kill();
            state.leaving.push(process);
        }
    }
    kept.freed.notify_waiters();
    state
}

fn follow(kept: &Kept, process: &mut Process) -> io::Result<bool> {
    if process.is_gone() {
        return Ok(false);
    }
    let Some(shared) = kept.shared(process.shown()) else { return Ok(false) };
    if shared.generation != process.generation {
        return Ok(false);
    }
    let mut frames = Frames::default();
    process.follow(&shared, &mut frames)?;
    if frames.len() > 0 {
        kept.runtime.block_on(process.connection.send(&mut frames))?;
    }
    Ok(true)
}
