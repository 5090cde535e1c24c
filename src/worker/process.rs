//! One worker process, as the server has it.

use super::frame::{Frames, ServerEnd, WorkerEnd};
use super::protocol::{Start, ToWorker};
use crate::graph::Shared;
use rustix::process::Pid;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::os::unix::fs::FileExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// What a query may leave in a process that is kept, in bytes; memory beyond it goes back with the process.
const LEFT: u64 = 64 << 20;

/// The most that is remembered of what a process says, in bytes.
const SAID: usize = 2 << 10;

/// A worker process.
pub(super) struct Process {
    child: Child,
    pub connection: ServerEnd,
    memory: Memory,
    log: Option<JoinHandle<Vec<u8>>>,
    /// The file that it maps.
    pub generation: u64,
    /// The revision that it shows, or will when it has read what it was sent; none before the first step.
    revision: Option<u64>,
    /// Whether it shut itself in and waits for questions.
    pub is_ready: bool,
    /// What it took when it was ready, in bytes.
    at_first: u64,
    pub idle_since: Instant,
}

/// What a process takes of memory that it shares with nobody.
#[derive(Clone)]
pub(super) struct Memory(Option<Arc<File>>);

impl Memory {
    pub(super) fn of(child: &Child) -> Self {
        Self(File::open(format!("/proc/{}/statm", child.id())).ok().map(Arc::new))
    }

    /// In bytes; nothing where the system does not tell.
    pub(super) fn now(&self) -> Option<u64> {
        let mut statm = [0; 128];
        let length = self.0.as_ref()?.read_at(&mut statm, 0).ok()?;
        let statm = str::from_utf8(statm.get(..length)?).ok()?;
        let mut pages = statm.split(' ').skip(1).map_while(|pages| pages.parse::<u64>().ok());
        let (resident, shared) = (pages.next()?, pages.next()?);
        Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
    }
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Death {
    /// It got no more memory.
    Memory,
    /// Its stack was full.
    Depth,
    /// In another way, in words.
    Other(String),
}

impl Process {
    /// Starts a process that maps the file of a graph, inside the runtime that will wait for it. It gets ready on its own.
    pub(super) fn start(program: &Path, shared: &Shared, memory: u64) -> io::Result<Self> {
        let (own, of_worker) = UnixStream::pair()?;
        let mut child = Command::new(program)
            .arg0("eusl")
            .arg("worker")
            .env_clear()
            // Memory is the process's own only as it is used; otherwise a gigabyte counts from the start.
            .env("MIMALLOC_ARENA_EAGER_COMMIT", "0")
            .current_dir("/")
            // What a terminal sends to the server is not for the worker, which ends with the server's answers.
            .process_group(0)
            .stdin(Stdio::from(shared.file.try_clone()?))
            .stdout(Stdio::from(OwnedFd::from(of_worker)))
            .stderr(Stdio::piped())
            .spawn()?;
        let id = child.id();
        let log = child.stderr.take().map(|stderr| read_log(stderr, id)).transpose()?;
        let start = Start { server: std::process::id(), is_of_register: shared.is_of_register, memory };
        // The first message has room in a new socket.
        WorkerEnd::new(own.try_clone()?).tell(&ToWorker::Start(start))?;
        let memory = Memory::of(&child);
        Ok(Self {
            child,
            connection: ServerEnd::new(own)?,
            memory,
            log,
            generation: shared.generation,
            revision: None,
            is_ready: false,
            at_first: 0,
            idle_since: Instant::now(),
        })
    }

    /// What it shows: a file, and the revision since that; nothing where it was told no step yet.
    pub(super) fn shown(&self) -> Option<(u64, u64)> {
        Some((self.generation, self.revision?))
    }

    /// Adds the steps to a later revision of the same file to what will be sent.
    pub(super) fn follow(&mut self, shared: &Shared, frames: &mut Frames) -> io::Result<()> {
        for step in &shared.steps {
            frames.bytes(step)?;
        }
        self.revision = Some(shared.revision);
        Ok(())
    }

    pub(super) fn id(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    pub(super) fn memory(&self) -> Memory {
        self.memory.clone()
    }

    /// Notes that it shut itself in.
    pub(super) fn set_ready(&mut self) {
        self.is_ready = true;
        self.at_first = self.memory.now().unwrap_or(0);
    }

    /// Whether its last query left memory behind that only its end gives back.
    pub(super) fn is_bloated(&self) -> bool {
        self.memory.now().is_some_and(|now| now > self.at_first + LEFT)
    }

    pub(super) fn kill(&mut self) {
        // It may have ended before.
        drop(self.child.kill());
    }

    /// Whether it has ended, after it was killed.
    pub(super) fn is_gone(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits for its end, which its closed socket told, and says how it was.
    pub(super) fn death(&mut self) -> Death {
        self.kill();
        let status = self.child.wait();
        let said = self.log.take().and_then(|log| log.join().ok()).unwrap_or_default();
        death(status.ok(), &String::from_utf8_lossy(&said))
    }
}

/// How a process ended that gave this status and said this at last.
fn death(status: Option<ExitStatus>, said: &str) -> Death {
    // The words of the standard library, for what it cannot tell by a status.
    if said.contains("memory allocation of ") {
        Death::Memory
    } else if said.contains("has overflowed its stack") {
        Death::Depth
    } else {
        Death::Other(status.map_or_else(|| "it is unknown how".to_owned(), |status| status.to_string()))
    }
}

/// Passes what a process says on to the log until it ends; gives the end of it.
fn read_log(mut stderr: ChildStderr, id: u32) -> io::Result<JoinHandle<Vec<u8>>> {
    let read = move || {
        let mut said = Vec::new();
        let mut buffer = [0; SAID];
        while let Ok(length @ 1..) = stderr.read(&mut buffer) {
            let new = buffer.get(..length).unwrap_or_default();
            tracing::info!(worker = id, said = %String::from_utf8_lossy(new).trim_end(), "a worker says");
            said.extend_from_slice(new);
            said.drain(..said.len().saturating_sub(SAID));
        }
        said
    };
    thread::Builder::new().name("worker log".to_owned()).stack_size(128 << 10).spawn(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_says_at_last_tells_how_it_ended() {
        let of = |said: &str| death(Some(ExitStatus::default()), said);
        assert_eq!(of("memory allocation of 4294967296 bytes failed\n"), Death::Memory);
        assert_eq!(
            of("thread 'query' (7) has overflowed its stack\nfatal runtime error: stack overflow"),
            Death::Depth
        );
        assert!(matches!(of("thread 'query' panicked"), Death::Other(_)));
    }

    #[test]
    fn memory_that_is_shared_does_not_count() {
        let mut child = Command::new("sleep").arg("9").spawn().unwrap();
        let memory = Memory::of(&child).now();
        child.kill().unwrap();
        child.wait().unwrap();
        if cfg!(target_os = "linux") {
            assert!(memory.is_some_and(|memory| memory < 1 << 20), "{memory:?}");
        }
    }
}
