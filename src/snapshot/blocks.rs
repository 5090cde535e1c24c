//! N-Triples from a stream, in blocks of whole lines for several lanes at once.
//!
//! Blocks go to the lanes in turn and come back in the same order. So what a lane reads, and the
//! numbers it gives, do not depend on which thread is faster; few blocks are in memory at a time;
//! and when a lane stops in a block, all that follows it is still here to be given to the parser.

use super::error::{Full, SnapshotError};
use super::lines::{LONGEST_LINE, Lane, Progress};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::panic;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, ScopedJoinHandle};

/// More lanes than this would wait for the one thread that reads.
const MOST_LANES: usize = 8;
/// Blocks under way for each lane: one that is read, one that waits, one that comes back.
const UNDER_WAY: usize = 3;

/// How an input is shared out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shares {
    /// Bytes of a block, about: enough that handing it over costs nothing.
    pub(super) block: usize,
    /// How many lanes read at once.
    pub(super) lanes: usize,
}

impl Shares {
    /// As many lanes as there are processors, within reason.
    pub(super) fn for_this_machine() -> Self {
        let lanes = thread::available_parallelism().map_or(1, usize::from).min(MOST_LANES);
        Self { block: 1 << 20, lanes }
    }
}

/// What the lanes made of an input.
pub(super) struct LanesRead<R> {
    /// The lanes, in a fixed order.
    pub(super) lanes: Vec<Lane>,
    /// What is left for the parser, if a lane stopped.
    pub(super) rest: Option<Rest<R>>,
}

/// The input from the line on at which a lane stopped.
pub(super) struct Rest<R> {
    /// How many lines are before it.
    pub(super) lines: u64,
    /// What was read of it already.
    pub(super) bytes: Vec<u8>,
    /// What was not.
    pub(super) input: R,
}

/// Reads N-Triples; an input of less than a block with one lane, on this thread.
pub(super) fn read_lines<R: Read>(
    name: &str,
    input: R,
    shares: Shares,
    new_lane: impl Fn() -> Lane,
) -> Result<LanesRead<R>, SnapshotError> {
    let mut blocks = Blocks { input, size: shares.block, head: Vec::new() };
    let unreadable = |error| SnapshotError::Input { name: name.to_owned(), error };
    let first = blocks.next(Vec::new()).map_err(unreadable)?;
    let (lanes, end) = if first.last {
        let mut lane = new_lane();
        let progress = lane.read(&first.bytes, true);
        (vec![lane], Stop::check(progress, first.bytes, 0).map(drop))
    } else {
        in_turn(&mut blocks, first, (0..shares.lanes).map(|_| new_lane()).collect())
    };
    match end {
        Ok(()) => Ok(LanesRead { lanes, rest: None }),
        Err(Halt::Stop(Stop { lines, mut bytes })) => {
            bytes.append(&mut blocks.head);
            Ok(LanesRead { lanes, rest: Some(Rest { lines, bytes, input: blocks.input }) })
        }
        Err(Halt::Input(error)) => Err(unreadable(error)),
        Err(Halt::Full) => Err(SnapshotError::TooLarge),
    }
}

/// Why the end of an input was not reached.
enum Halt {
    Stop(Stop),
    Input(io::Error),
    Full,
}

impl From<Full> for Halt {
    fn from(_: Full) -> Self {
        Self::Full
    }
}

/// Where a lane stopped: the lines before, and the text from there on.
struct Stop {
    lines: u64,
    bytes: Vec<u8>,
}

impl Stop {
    /// The lines in a block before which there were `lines`, and its memory; or the stop in it.
    fn check(progress: Result<Progress, Full>, mut bytes: Vec<u8>, lines: u64) -> Result<(u64, Vec<u8>), Halt> {
        let progress = progress?;
        let lines = lines + progress.lines;
        if progress.bytes == bytes.len() {
            return Ok((lines, bytes));
        }
        bytes.drain(..progress.bytes);
        Err(Halt::Stop(Self { lines, bytes }))
    }
}

/// Some lines of an input.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    /// Whether nothing follows.
    last: bool,
}

impl Block {
    /// Whether no lane may have what follows: nothing does, or it starts within a line.
    fn ends_the_work(&self) -> bool {
        self.last || !self.bytes.ends_with(b"\n")
    }
}

/// Cuts a stream at line ends.
struct Blocks<R> {
    input: R,
    size: usize,
    /// The head of a line whose end was not read yet.
    head: Vec<u8>,
}

impl<R: Read> Blocks<R> {
    /// The next lines, in the memory of a block that is done. The block ends within a line only
    /// if it is the last or the line is too long.
    fn next(&mut self, mut bytes: Vec<u8>) -> io::Result<Block> {
        bytes.clear();
        bytes.append(&mut self.head);
        loop {
            let wanted = self.size.saturating_sub(bytes.len()).max(self.size / 2);
            bytes.reserve_exact(wanted);
            let read = self.input.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
            if read < wanted {
                return Ok(Block { bytes, last: true });
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes) {
                self.head = bytes.split_off(end + 1);
                return Ok(Block { bytes, last: false });
            }
            if bytes.len() > LONGEST_LINE {
                return Ok(Block { bytes, last: false });
            }
        }
    }
}

/// A lane at work, as the thread sees it that hands out the blocks.
struct Worker<'scope> {
    todo: Sender<Block>,
    done: Receiver<Done>,
    thread: ScopedJoinHandle<'scope, Lane>,
}

/// A block that a lane gives back.
struct Done {
    bytes: Vec<u8>,
    progress: Result<Progress, Full>,
}

/// Has lanes read, each on a thread of its own, until the input ends or one stops.
fn in_turn<R: Read>(blocks: &mut Blocks<R>, first: Block, lanes: Vec<Lane>) -> (Vec<Lane>, Result<(), Halt>) {
    thread::scope(|scope| {
        let start = |lane| {
            let ((todo, inbox), (outbox, done)) = (channel(), channel());
            Worker { todo, done, thread: scope.spawn(move || work(lane, &inbox, &outbox)) }
        };
        let workers: Vec<_> = lanes.into_iter().map(start).collect();
        let end = hand_out(blocks, first, &workers);
        (workers.into_iter().map(finish).collect(), end)
    })
}

/// Reads blocks as they come.
fn work(mut lane: Lane, inbox: &Receiver<Block>, outbox: &Sender<Done>) -> Lane {
    for Block { bytes, last } in inbox {
        let progress = lane.read(&bytes, last);
        if outbox.send(Done { bytes, progress }).is_err() {
            break;
        }
    }
    lane
}

/// The lane of a worker that gets no more blocks.
fn finish(worker: Worker<'_>) -> Lane {
    drop(worker.todo);
    worker.thread.join().unwrap_or_else(|panic| panic::resume_unwind(panic))
}

/// Hands out all blocks and takes them back.
fn hand_out<R: Read>(blocks: &mut Blocks<R>, first: Block, workers: &[Worker<'_>]) -> Result<(), Halt> {
    let mut turns = Turns { workers, next: 0, under_way: VecDeque::new(), lines: 0 };
    let mut next = Ok(first);
    while let Ok(block) = next {
        let end = block.ends_the_work();
        turns.give(block);
        if end {
            next = Ok(Block::default());
            break;
        }
        let full = turns.under_way.len() == UNDER_WAY * workers.len();
        next = blocks.next(if full { turns.take_back()? } else { Vec::new() });
    }
    while !turns.under_way.is_empty() {
        turns.take_back()?;
    }
    // The input may break off behind an error of its text, which was told first then.
    next.map(drop).map_err(Halt::Input)
}

/// The blocks that the workers have.
struct Turns<'w, 'scope> {
    workers: &'w [Worker<'scope>],
    /// Whose turn it is.
    next: usize,
    /// Who has a block, in the order of the blocks.
    under_way: VecDeque<&'w Worker<'scope>>,
    /// The lines of the blocks that came back.
    lines: u64,
}

impl Turns<'_, '_> {
    fn give(&mut self, block: Block) {
        let Some(worker) = self.workers.get(self.next) else { return };
        self.next = (self.next + 1) % self.workers.len();
        // A worker that is gone has panicked, which goes on when it is waited for.
        let _: Result<(), _> = worker.todo.send(block);
        self.under_way.push_back(worker);
    }

    /// Waits for the block that was given first; its memory, or the stop in it with all blocks
    /// that were given after it.
    fn take_back(&mut self) -> Result<Vec<u8>, Halt> {
        let Some(Done { bytes, progress }) = self.wait() else { return Err(Halt::Full) };
        match Stop::check(progress, bytes, self.lines) {
            Ok((lines, bytes)) => {
                self.lines = lines;
                Ok(bytes)
            }
            Err(Halt::Stop(mut stop)) => {
                while let Some(done) = self.wait() {
                    stop.bytes.extend(done.bytes);
                }
                Err(Halt::Stop(stop))
            }
            Err(halt) => Err(halt),
        }
    }

    /// The block that was given first; none if its worker has panicked or there is no block.
    fn wait(&mut self) -> Option<Done> {
        self.under_way.pop_front()?.done.recv().ok()
    }
}
