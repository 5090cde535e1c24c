//! Limits on the evaluation of a query.

use std::cell::Cell;
use std::time::Instant;

/// How much one evaluation may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// When to stop; never, if it is not given.
    pub deadline: Option<Instant>,
    /// How many solutions a row may have.
    pub solutions: usize,
    /// How many triples may be read for one row; texts count by their length. What the engine keeps for a row, to sort, group or
    /// compare, comes from what it reads, so this bounds memory too.
    pub reads: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { deadline: None, solutions: 100_000, reads: 2_000_000 }
    }
}

/// Why an evaluation was ended before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Interrupted {
    /// The deadline passed.
    #[error("the query takes too long: let it start from $this, or check fewer data at once")]
    Deadline,
    /// A row has more solutions than [`Limits::solutions`].
    #[error(
        "the query has more than {limit} solutions for one focus node: connect its patterns, or use SELECT DISTINCT"
    )]
    Answers {
        /// The row, from 0.
        row: usize,
        /// The limit.
        limit: usize,
    },
    /// More triples than [`Limits::reads`] were read for a row.
    #[error("the query reads more than {limit} triples for one focus node: let its patterns start from $this")]
    Reads {
        /// The row, from 0.
        row: usize,
        /// The limit.
        limit: u64,
    },
}

impl Interrupted {
    /// The row that was too much, where one was.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::Deadline => None,
            Self::Answers { row, .. } | Self::Reads { row, .. } => Some(*row),
        }
    }
}

/// How many steps lie between two looks at the time.
const INTERVAL: u64 = 512;

/// So many bytes of texts count as a triple that is read.
const BYTES: usize = 64;

/// Counts what is read. Once it has stopped it stays so: nothing more is read then, and what was found is of no use.
#[derive(Debug)]
pub(super) struct Clock {
    limits: Limits,
    row: Cell<usize>,
    reads: Cell<u64>,
    steps: Cell<u64>,
    stopped: Cell<Option<Interrupted>>,
}

impl Clock {
    pub(super) fn new(limits: Limits) -> Self {
        let (row, reads, steps, stopped) = Default::default();
        Self { limits, row, reads, steps, stopped }
    }

    /// Why it has stopped, if it has.
    pub(super) fn stopped(&self) -> Option<Interrupted> {
        self.stopped.get()
    }

    /// Starts counting for the next row.
    pub(super) fn start_row(&self, row: usize) -> Result<(), Interrupted> {
        self.row.set(row);
        self.reads.set(0);
        self.look()
    }

    /// Counts a read.
    pub(super) fn count(&self) -> Result<(), Interrupted> {
        self.add(1)
    }

    /// Counts a text that is made or looked at.
    pub(super) fn weigh(&self, text: &str) -> Result<(), Interrupted> {
        self.add(u64::try_from(text.len() / BYTES).unwrap_or(u64::MAX))
    }

    fn add(&self, reads: u64) -> Result<(), Interrupted> {
        self.reads.set(self.reads.get().saturating_add(reads));
        self.steps.set(self.steps.get() + 1);
        if self.reads.get() > self.limits.reads {
            return self.stop(Interrupted::Reads { row: self.row.get(), limit: self.limits.reads });
        }
        if self.steps.get().is_multiple_of(INTERVAL) { self.look() } else { self.still() }
    }

    /// Looks at the time.
    pub(super) fn look(&self) -> Result<(), Interrupted> {
        if self.limits.deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            return self.stop(Interrupted::Deadline);
        }
        self.still()
    }

    fn stop(&self, interrupted: Interrupted) -> Result<(), Interrupted> {
        if self.stopped.get().is_none() {
            self.stopped.set(Some(interrupted));
        }
        self.still()
    }

    fn still(&self) -> Result<(), Interrupted> {
        self.stopped.get().map_or(Ok(()), Err)
    }
}
