//! Threads with a deep stack, on which queries run.
//!
//! Making such a thread costs more than a small query, so a few that have ended their work are kept.

use crate::graph::STACK_SIZE;
use std::io;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;

/// How many idle threads are kept.
const KEPT: usize = 4;

type Work = Box<dyn FnOnce() + Send>;

/// Hands work to idle threads, or to new ones.
#[derive(Clone, Default)]
pub(super) struct QueryThreads {
    idle: Arc<Mutex<Vec<Sender<Work>>>>,
}

impl QueryThreads {
    /// Runs work on a thread that is kept for the next.
    ///
    /// # Errors
    /// The system makes no more threads.
    pub(super) fn run(&self, mut work: Work) -> io::Result<()> {
        while let Some(thread) = self.lock().pop() {
            match thread.send(work) {
                Ok(()) => return Ok(()),
                // That thread died with its last work; the next may live.
                Err(unsent) => work = unsent.0,
            }
        }
        let threads = self.clone();
        Self::spawn(move || {
            let (own, next) = channel();
            loop {
                work();
                if !threads.keep(own.clone()) {
                    break;
                }
                let Ok(given) = next.recv() else { break };
                work = given;
            }
        })
    }

    /// Runs work on a thread of its own, which ends with it: for work that may fill its stack,
    /// whose memory a kept thread would hold on to.
    ///
    /// # Errors
    /// The system makes no more threads.
    pub(super) fn run_apart(work: Work) -> io::Result<()> {
        Self::spawn(work)
    }

    fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        Builder::new().name("query".to_owned()).stack_size(STACK_SIZE).spawn(work).map(drop)
    }

    /// Puts a thread among the idle ones, unless there are enough.
    fn keep(&self, thread: Sender<Work>) -> bool {
        let mut idle = self.lock();
        let has_room = idle.len() < KEPT;
        if has_room {
            idle.push(thread);
        }
        has_room
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Sender<Work>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn work_runs_on_a_kept_thread_and_a_dead_one_is_passed_over() {
        let threads = QueryThreads::default();
        let (told, heard) = channel();
        let name = |told: Sender<std::thread::ThreadId>| -> Work {
            Box::new(move || told.send(std::thread::current().id()).unwrap())
        };
        threads.run(name(told.clone())).unwrap();
        let first = heard.recv().unwrap();
        while threads.lock().is_empty() {
            std::thread::sleep(Duration::from_millis(1));
        }
        threads.run(name(told.clone())).unwrap();
        assert_eq!(heard.recv().unwrap(), first);
        let (dead, _) = channel();
        while threads.lock().is_empty() {
            std::thread::sleep(Duration::from_millis(1));
        }
        threads.lock().push(dead);
        threads.run(name(told)).unwrap();
        assert_eq!(heard.recv().unwrap(), first);
    }
}
