//! All solutions of a plain pattern, one after the other: each step looks up what the steps before leave open.
//!
//! Holds one iterator for each step and one row, whatever the data; it does not recurse.

use super::counted::Counted;
use super::plain::Column;
use crate::graph::question::Stop;
use crate::snapshot::TermId;
use spareval::QueryEvaluationError;
use std::iter::Peekable;
use std::ops::ControlFlow;
use std::slice;

/// Why a short cut gives no answer.
#[derive(Debug)]
pub(super) enum Halt {
    /// The query was stopped.
    Stopped(QueryEvaluationError),
    /// It would take more than it may; the engine shall do it.
    TooMuch,
}

/// What a part of a triple pattern is when its step comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A term of the query.
    Given(TermId),
    /// A column that has its value.
    Bound(Column),
    /// A column that gets it.
    New(Column),
    /// A column that a part before it in this triple gives its value.
    Again(Column),
    /// A column that nobody asks for.
    Ignored,
}

/// A triple pattern, or a test, in its turn.
#[derive(Debug)]
pub(super) enum Step {
    /// Nothing new is asked for: only how many matches there are.
    Count([Slot; 3]),
    /// The new columns stand before the ignored ones in the order of the triples, so that triples which differ in those
    /// alone stand together.
    Runs([Slot; 3]),
    /// Each match.
    Scan([Slot; 3]),
    /// All predicates, each with the number of its triples.
    Predicates(Column, Vec<(TermId, u64)>),
    /// Whether there is a match.
    Test { demands_match: bool, steps: Vec<Step> },
}

/// Rows of a run that are looked at one by one before it is counted.
const SHORT_RUN: u64 = 16;

/// How many moves are made between two looks at the stop.
const MOVES: u32 = 1 << 12;

/// Looks at the stop now and then.
pub(super) struct Watch<'s> {
    stop: &'s Stop,
    moves: u32,
}

impl<'s> Watch<'s> {
    pub(super) fn new(stop: &'s Stop) -> Self {
        Self { stop, moves: 0 }
    }

    /// Counts a move.
    #[inline]
    pub(super) fn moved(&mut self) -> Result<(), Halt> {
        self.moves += 1;
        if self.moves < MOVES {
            return Ok(());
        }
        self.moves = 0;
        self.stop.check().map_err(Halt::Stopped)
    }
}

/// The value of a column.
#[inline]
pub(super) fn value(row: &[TermId], column: Column) -> Option<TermId> {
    row.get(column).copied()
}

/// What is known of a triple when its step comes.
#[inline]
pub(super) fn known(slots: &[Slot; 3], row: &[TermId]) -> [Option<TermId>; 3] {
    slots.map(|slot| match slot {
        Slot::Given(id) => Some(id),
        Slot::Bound(column) => value(row, column),
        Slot::New(_) | Slot::Again(_) | Slot::Ignored => None,
    })
}

/// Puts a match into the row; whether it is one.
#[inline]
pub(super) fn fill(slots: &[Slot; 3], triple: [TermId; 3], row: &mut [TermId]) -> bool {
    for (slot, id) in slots.iter().zip(triple) {
        match *slot {
            Slot::New(column) => {
                if let Some(place) = row.get_mut(column) {
                    *place = id;
                }
            }
            Slot::Again(column) if value(row, column) != Some(id) => return false,
            _ => {}
        }
    }
    true
}

/// The matches of a step that are still to come.
enum Matches<'s, I: Iterator<Item = [TermId; 3]>> {
    Times(u64),
    Runs(&'s [Slot; 3], Peekable<I>),
    Scan(&'s [Slot; 3], I),
    Predicates(Column, slice::Iter<'s, (TermId, u64)>),
}

/// The matches of a step for a row; those of a test are found by [`search`].
fn matches<'s, D: Counted>(
    data: &'s D,
    step: &'s Step,
    row: &[TermId],
) -> Matches<'s, impl Iterator<Item = [TermId; 3]> + use<'s, D>> {
    match step {
        Step::Count(slots) => Matches::Times(data.count(known(slots, row)) as u64),
        Step::Runs(slots) => Matches::Runs(slots, data.triples(known(slots, row)).peekable()),
        Step::Scan(slots) => Matches::Scan(slots, data.triples(known(slots, row))),
        Step::Predicates(column, all) => Matches::Predicates(*column, all.iter()),
        Step::Test { .. } => Matches::Times(1),
    }
}

impl<I: Iterator<Item = [TermId; 3]>> Matches<'_, I> {
    /// Puts the next match into the row; how often it is there.
    #[inline]
    fn next(&mut self, data: &impl Counted, row: &mut [TermId]) -> Option<u64> {
        match self {
            Self::Times(times) => Some(std::mem::take(times)).filter(|times| *times > 0),
            Self::Scan(slots, triples) => {
                triples.find(|triple| fill(slots, *triple, row))?;
                Some(1)
            }
            Self::Runs(slots, triples) => {
                let first = triples.next()?;
                fill(slots, first, row);
                Some(pass_run(slots, first, triples, data))
            }
            Self::Predicates(column, all) => {
                let (predicate, times) = all.next()?;
                *row.get_mut(*column)? = *predicate;
                Some(*times)
            }
        }
    }
}

/// Passes over the triples that are the same as `first` but for ignored parts; how many there are with it.
fn pass_run(
    slots: &[Slot; 3],
    first: [TermId; 3],
    triples: &mut Peekable<impl Iterator<Item = [TermId; 3]>>,
    data: &impl Counted,
) -> u64 {
    let mut run = [None; 3];
    for (part, (slot, id)) in run.iter_mut().zip(slots.iter().zip(first)) {
        *part = (*slot != Slot::Ignored).then_some(id);
    }
    let is_same = |triple: &[TermId; 3]| run.iter().zip(triple).all(|(part, id)| part.is_none_or(|part| part == *id));
    let mut passed = 1;
    while passed < SHORT_RUN {
        if triples.next_if(is_same).is_none() {
            return passed;
        }
        passed += 1;
    }
    let all = data.count(run) as u64;
    if let Some(last) = all.checked_sub(passed + 1).and_then(|left| usize::try_from(left).ok()) {
        triples.nth(last);
    }
    all
}

/// Takes the row of a solution, and how often it is one.
type Found<'f> = dyn FnMut(&[TermId], u64) -> Result<ControlFlow<()>, Halt> + 'f;

/// Calls `found` with each solution of `steps` that agrees with the row, and how often it is one, until it breaks.
///
/// # Errors
/// What `found` fails with; a stop; a solution that is there more than 2⁶⁴ times.
pub(super) fn search<D: Counted>(
    data: &D,
    steps: &[Step],
    row: &mut [TermId],
    watch: &mut Watch<'_>,
    found: &mut Found<'_>,
) -> Result<(), Halt> {
    let mut levels = Vec::with_capacity(steps.len());
    let mut times = 1_u64;
    loop {
        match steps.get(levels.len()) {
            Some(Step::Test { demands_match, steps: test }) if has_match(data, test, row, watch)? != *demands_match => {
            }
            Some(step) => levels.push((matches(data, step, row), times)),
            None => {
                if found(row, times)?.is_break() {
                    return Ok(());
                }
            }
        }
        loop {
            watch.moved()?;
            let Some((matches, before)) = levels.last_mut() else { return Ok(()) };
            if let Some(here) = matches.next(data, row) {
                times = before.checked_mul(here).ok_or(Halt::TooMuch)?;
                break;
            }
            levels.pop();
        }
    }
}

/// Whether `steps` have a solution that agrees with the row.
fn has_match<D: Counted>(data: &D, steps: &[Step], row: &mut [TermId], watch: &mut Watch<'_>) -> Result<bool, Halt> {
    let mut has_match = false;
    search(data, steps, row, watch, &mut |_, _| {
        has_match = true;
        Ok(ControlFlow::Break(()))
    })?;
    Ok(has_match)
}
