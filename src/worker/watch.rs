//! Looking after queries that run: time, memory, lane, and whether anybody still waits.

use super::lane::{Lane, Lanes, QUICK};
use super::process::Memory;
use crate::graph::Stop;
use rustix::process::{Pid, Signal, getpriority_process, kill_process, setpriority_pgrp};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How long a query may take before it gives way: most are done by then.
const PROMPT: Duration = Duration::from_millis(100);

/// How much less of a right to the processor a query has that is not prompt: a third. (Each step takes a fifth.)
const AFTER_PROMPT: i32 = 5;

/// The same of a slow one: a tenth.
const WHEN_SLOW: i32 = 10;

/// Why a query was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nobody waits for it, or its time is over.
    Stopped,
    /// It takes too much memory.
    Memory,
    /// There is no place for a query that takes so long.
    NoPlace,
}

/// A query that runs in a process.
pub(super) struct Run {
    pub number: u64,
    pub process: Pid,
    pub memory: Memory,
    pub stop: Stop,
    pub began: Instant,
    pub deadline: Instant,
    pub lane: Lane,
    /// How much less of a right to the processor it has than the server; the system lets nobody give it back.
    pub niceness: i32,
    /// Why it was ended, where it was.
    pub verdict: Option<Verdict>,
    /// Whether what it asks of others is of no use any more.
    pub is_over: Arc<AtomicBool>,
}

impl Run {
    /// What is to be done about a query that may take `most` bytes.
    fn verdict(&self, most: u64, now: Instant) -> Option<Verdict> {
        if self.stop.is_used() {
            Some(Verdict::Stopped)
        } else if self.lane == Lane::Waiting && now + QUICK >= self.deadline {
            // It was not too slow: there was no place, and what is left would not do.
            Some(Verdict::NoPlace)
        } else if now >= self.deadline {
            Some(Verdict::Stopped)
        } else if self.memory.now().is_some_and(|now| now > most) {
            Some(Verdict::Memory)
        } else {
            None
        }
    }

    fn end(&mut self, verdict: Verdict) {
        self.verdict = Some(verdict);
        self.is_over.store(true, Ordering::Relaxed);
        self.signal(Signal::KILL);
    }

    fn enter(&mut self, lane: Lane) {
        match (self.lane, lane) {
            (Lane::Quick, Lane::Waiting) => self.signal(Signal::STOP),
            (Lane::Waiting, Lane::Slow) => self.signal(Signal::CONT),
            _ => {}
        }
        self.lane = lane;
    }

    /// Leaves more of the processor to others, the longer it takes.
    fn give_way(&mut self, now: Instant) {
        let niceness = match self.lane {
            Lane::Slow => WHEN_SLOW,
            _ if now > self.began + PROMPT => AFTER_PROMPT,
            _ => 0,
        };
        if niceness > self.niceness {
            // Of the group that the process leads: of the process itself, Linux would change the first thread alone, which waits for
            // the one that works. Without it the query is as quick as others, which is no fault.
            _ = getpriority_process(None).and_then(|own| setpriority_pgrp(Some(self.process), own + niceness));
            self.niceness = niceness;
        }
    }

    /// The process is there, ended or not, as long as the query is among those that run.
    fn signal(&self, signal: Signal) {
        if let Err(error) = kill_process(self.process, signal) {
            tracing::warn!(cause = %error, ?signal, "a worker took no signal");
        }
    }
}

/// Looks at each query that runs and does what is to be done.
pub(super) fn look(runs: &mut [Run], lanes: Lanes, most: u64) {
    let now = Instant::now();
    for place in 0..runs.len() {
        let held: Vec<Lane> = runs
            .iter()
            .enumerate()
            .filter(|(other, run)| *other != place && run.verdict.is_none())
            .map(|(_, run)| run.lane)
            .collect();
        let Some(run) = runs.get_mut(place).filter(|run| run.verdict.is_none()) else { continue };
        if let Some(verdict) = run.verdict(most, now) {
            run.end(verdict);
        } else if run.lane == Lane::Waiting || (run.lane == Lane::Quick && now > run.began + QUICK) {
            match lanes.next(run.lane, &held) {
                Some(lane) => run.enter(lane),
                None => run.end(Verdict::NoPlace),
            }
        }
        run.give_way(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Child, Command};

    const LANES: Lanes = Lanes { slow: 1, waiting: 1 };

    fn process() -> Child {
        Command::new("sleep").arg("60").spawn().unwrap()
    }

    /// A query that began some time ago.
    fn run(child: &Child, seconds_ago: u64) -> Run {
        Run {
            number: 0,
            process: Pid::from_child(child),
            memory: Memory::of(child),
            stop: Stop::new(),
            began: Instant::now().checked_sub(Duration::from_secs(seconds_ago)).unwrap(),
            deadline: Instant::now() + Duration::from_mins(1),
            lane: Lane::Quick,
            niceness: 0,
            verdict: None,
            is_over: Arc::default(),
        }
    }

    #[test]
    fn a_query_that_must_end_is_killed_and_the_others_go_on() {
        let mut children = [process(), process(), process()];
        let mut runs: Vec<Run> = children.iter().map(|child| run(child, 0)).collect();
        runs[0].stop.now();
        runs[1].deadline = Instant::now();
        look(&mut runs, LANES, u64::MAX);
        assert_eq!(runs[0].verdict, Some(Verdict::Stopped));
        assert_eq!(runs[1].verdict, Some(Verdict::Stopped));
        assert_eq!(runs[2].verdict, None);
        assert!(runs[0].is_over.load(Ordering::Relaxed) && !runs[2].is_over.load(Ordering::Relaxed));
        assert!(children[2].try_wait().unwrap().is_none());
        if cfg!(target_os = "linux") {
            look(&mut runs, LANES, 0);
            assert_eq!(runs[2].verdict, Some(Verdict::Memory));
        }
        for run in &runs {
            run.signal(Signal::KILL);
        }
        for child in &mut children {
            assert!(!child.wait().unwrap().success());
        }
    }

    #[test]
    fn slow_queries_take_their_lane_one_after_another() {
        let mut children = [process(), process(), process()];
        let mut runs: Vec<Run> = children.iter().map(|child| run(child, 2)).collect();
        look(&mut runs, LANES, u64::MAX);
        let lanes: Vec<Lane> = runs.iter().map(|run| run.lane).collect();
        assert_eq!(lanes, [Lane::Slow, Lane::Waiting, Lane::Quick]);
        assert_eq!((runs[0].niceness, runs[1].niceness), (WHEN_SLOW, AFTER_PROMPT));
        assert_eq!(runs[2].verdict, Some(Verdict::NoPlace));
        runs.remove(0);
        look(&mut runs, LANES, u64::MAX);
        assert_eq!(runs[0].lane, Lane::Slow, "the place is free");
        for child in &mut children {
            // One of them was killed before.
            drop(child.kill());
            child.wait().unwrap();
        }
    }
}
