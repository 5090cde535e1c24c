//! All solutions of a plain pattern, one after the other: each step looks up what the steps before leave open.
//!
//! What it holds hardly depends on the data, as deep as it goes: the names of all predicates for one step, a bit for each term for another.

use super::counted::Counted;
use super::id_set::IdSet;
use super::plain::Column;
use crate::graph::question::Stop;
use crate::snapshot::TermId;
use spareval::QueryEvaluationError;
use std::cell::OnceCell;
use std::iter::Peekable;
use std::ops::ControlFlow;

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
    /// The same, where the matches themselves are found first.
    Member(Member),
}

/// Whether the value of a column is among those that some steps find for it.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) demands_match: bool,
    pub(super) column: Column,
    pub(super) steps: Vec<Step>,
    /// The row that the steps begin with.
    pub(super) row: Vec<TermId>,
    /// What they find, once the first row has come so far.
    pub(super) found: OnceCell<IdSet>,
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
/// Holds one iterator for each step, on the stack, and one row.
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
    Descent { data, watch, found }.follow(steps, row, 1).map(drop)
}

/// The way through the steps.
struct Descent<'a, 's, D> {
    data: &'a D,
    watch: &'a mut Watch<'s>,
    found: &'a mut Found<'a>,
}

impl<D: Counted> Descent<'_, '_, D> {
    /// Finds the solutions of the steps that are left for a row that is there a number of times.
    fn follow(&mut self, steps: &[Step], row: &mut [TermId], times: u64) -> Result<ControlFlow<()>, Halt> {
        let Some((step, rest)) = steps.split_first() else { return (self.found)(row, times) };
        let data = self.data;
        match step {
            Step::Count(slots) => {
                let here = data.count(known(slots, row)) as u64;
                if here > 0 {
                    return self.follow(rest, row, product(times, here)?);
                }
            }
            Step::Scan(slots) => {
                for triple in data.triples(known(slots, row)) {
                    self.watch.moved()?;
                    if fill(slots, triple, row) && self.follow(rest, row, times)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Step::Runs(slots) => {
                let mut triples = data.triples(known(slots, row)).peekable();
                while let Some(first) = triples.next() {
                    self.watch.moved()?;
                    fill(slots, first, row);
                    let here = pass_run(slots, first, &mut triples, data);
                    if self.follow(rest, row, product(times, here)?)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Step::Predicates(column, all) => {
                for (predicate, here) in all {
                    self.watch.moved()?;
                    if let Some(place) = row.get_mut(*column) {
                        *place = *predicate;
                    }
                    if self.follow(rest, row, product(times, *here)?)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            Step::Test { demands_match, steps: test } => {
                if self.has_match(test, row)? == *demands_match {
                    return self.follow(rest, row, times);
                }
            }
            Step::Member(member) => {
                let found = self.found_by(member)?;
                let is_found = value(row, member.column).is_some_and(|id| found.contains(id));
                if is_found == member.demands_match {
                    return self.follow(rest, row, times);
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Whether `steps` have a solution that agrees with the row.
    fn has_match(&mut self, steps: &[Step], row: &mut [TermId]) -> Result<bool, Halt> {
        let first = &mut |_: &[TermId], _| Ok(ControlFlow::Break(()));
        Ok(Descent { data: self.data, watch: self.watch, found: first }.follow(steps, row, 1)?.is_break())
    }

    /// What is to be found for the column of a member.
    fn found_by<'m>(&mut self, member: &'m Member) -> Result<&'m IdSet, Halt> {
        if let Some(found) = member.found.get() {
            return Ok(found);
        }
        let (mut ids, mut row) = (IdSet::default(), member.row.clone());
        search(self.data, &member.steps, &mut row, self.watch, &mut |row, _| {
            value(row, member.column).map(|id| ids.insert(id));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(member.found.get_or_init(|| ids))
    }
}

fn product(times: u64, here: u64) -> Result<u64, Halt> {
    times.checked_mul(here).ok_or(Halt::TooMuch)
}
