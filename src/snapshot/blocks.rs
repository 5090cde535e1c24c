//! N-Triples from a stream, in blocks of whole lines for several lanes at once.
//!
//! Blocks go to the lanes in turn and come back in the same order. So what a lane reads, and the
//! numbers it gives, do not depend on which thread is faster; few blocks are in memory at a time;
//! and when a lane stops in a block, all that follows it is still here to be given to the parser.

use super::error::Full;
use super::lines::{Lane, Progress};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, ScopedJoinHandle};
use std::{mem, panic};

/// Bytes of a block: long enough that handing it over costs nothing.
const BLOCK: usize = 1 << 20;
/// The parser takes no token longer than this, so no longer line is waited for.
const LONGEST_LINE: usize = 1 << 24;
/// More lanes than this would wait for the one thread that reads.
const MOST_LANES: usize = 8;
/// Blocks under way for each lane: one that is read, one that waits, one that comes back.
const UNDER_WAY: usize = 3;

/// Some lines of an input.
#[derive(Debug, Default)]
struct Block {
    bytes: Vec<u8>,
    /// Whether nothing follows.
    last: bool,
}

/// Cuts a stream at line ends.
struct Blocks<R> {
    input: R,
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
            let wanted = BLOCK.saturating_sub(bytes.len()).max(BLOCK / 2);
            bytes.reserve_exact(wanted);
            let read = self.input.by_ref().take(wanted as u64).read_to_end(&mut bytes)?;
            if read < wanted {
                return Ok(Block { bytes, last: true });
            }
            if let Some(end) = memchr::memrchr(b'\n', &bytes) {
                self.head = bytes.split_off(end + 1);
                return Ok(Block { bytes, last: false });
            }
            if bytes.len() >= LONGEST_LINE {
                return Ok(Block { bytes, last: false });
            }
        }
    }
}

/// What the lanes made of an input.
pub(super) struct Lines<R> {
    /// The lanes, in a fixed order.
    pub(super) lanes: Vec<Lane>,
    /// What is left for the parser, if a lane stopped.
    pub(super) rest: Option<Rest<R>>,
}

/// The input from the line on where a lane stopped.
pub(super) struct Rest<R> {
    /// The lines before.
    pub(super) lines: u64,
    /// What was read of it already.
    pub(super) bytes: Vec<u8>,
    /// What was not.
    pub(super) input: R,
}

/// Why the lanes gave up: the input, or their numbers.
pub(super) enum Failure {
    Input(io::Error),
    Full,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Input(error)
    }
}

impl From<Full> for Failure {
    fn from(_: Full) -> Self {
        Self::Full
    }
}

/// Reads N-Triples with as many lanes as there are processors, or with one if it is short.
pub(super) fn read_lines<R: Read>(input: R, new_lane: impl Fn() -> Lane) -> Result<Lines<R>, Failure> {
    let mut blocks = Blocks { input, head: Vec::new() };
    let first = blocks.next(Vec::new())?;
    let (lanes, stop) = if first.last {
        let mut lane = new_lane();
        let progress = lane.read(&first.bytes, true)?;
        (vec![lane], Stop::within(first.bytes, progress, 0))
    } else {
        let count = thread::available_parallelism().map_or(1, usize::from).min(MOST_LANES);
        in_turn(&mut blocks, first, (0..count).map(|_| new_lane()).collect())?
    };
    let rest = stop.map(|Stop { lines, mut bytes }| {
        bytes.append(&mut blocks.head);
        Rest { lines, bytes, input: blocks.input }
    });
    Ok(Lines { lanes, rest })
}

/// Where a lane stopped: the lines before, and the text from there on.
struct Stop {
    lines: u64,
    bytes: Vec<u8>,
}

impl Stop {
    /// The stop in a block before which there were `lines`, unless it was read to its end.
    fn within(mut bytes: Vec<u8>, progress: Progress, lines: u64) -> Option<Self> {
        (progress.bytes < bytes.len()).then(|| {
            bytes.drain(..progress.bytes);
            Self { lines: lines + progress.lines, bytes }
        })
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

/// Hands blocks to the lanes in turn, until the input ends or a lane stops.
fn in_turn<R: Read>(
    blocks: &mut Blocks<R>,
    first: Block,
    lanes: Vec<Lane>,
) -> Result<(Vec<Lane>, Option<Stop>), Failure> {
    thread::scope(|scope| {
        let workers: Vec<_> = lanes
            .into_iter()
            .map(|lane| {
                let ((todo, inbox), (outbox, done)) = (channel(), channel());
                Worker { todo, done, thread: scope.spawn(move || work(lane, &inbox, &outbox)) }
            })
            .collect();
        let stop = hand_out(blocks, first, &workers);
        let lanes = workers.into_iter().map(finish).collect();
        Ok((lanes, stop?))
    })
}

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

fn hand_out<R: Read>(blocks: &mut Blocks<R>, first: Block, workers: &[Worker<'_>]) -> Result<Option<Stop>, Failure> {
    let mut lines = 0;
    let mut next = first;
    let mut under_way = VecDeque::new();
    let mut free = workers.iter().cycle();
    let mut ended = false;
    loop {
        if !ended && let Some(worker) = free.next() {
            ended = next.last;
            // A worker that is gone has panicked, which is told when it is waited for.
            let _: Result<(), _> = worker.todo.send(mem::take(&mut next));
            under_way.push_back(worker);
        }
        let mut bytes = Vec::new();
        if ended || under_way.len() == UNDER_WAY * workers.len() {
            let Some(done) = under_way.pop_front().and_then(|worker| worker.done.recv().ok()) else { return Ok(None) };
            let progress = done.progress?;
            if progress.bytes < done.bytes.len() {
                return Ok(stopped(done.bytes, progress, lines, under_way));
            }
            lines += progress.lines;
            bytes = done.bytes;
        }
        if !ended {
            next = blocks.next(bytes)?;
        }
    }
}

/// The stop in a block, and all blocks that were given out behind it.
fn stopped(bytes: Vec<u8>, progress: Progress, lines: u64, under_way: VecDeque<&Worker<'_>>) -> Option<Stop> {
    let mut stop = Stop::within(bytes, progress, lines)?;
    for worker in under_way {
        stop.bytes.extend(worker.done.recv().ok()?.bytes);
    }
    Some(stop)
}
