//! In which order the triple patterns of a plain pattern are looked up, and how.
//!
//! The order is found on a sample: a few rows go through the steps that are chosen already, and each pattern that is left is
//! counted for them. So what decides is what the data have, not what a pattern of that form has elsewhere.

use super::counted::Counted;
use super::plain::{Column, Part, Plain, Test};
use super::search::{Halt, Member, Slot, Step, Watch, fill, known};
use crate::snapshot::TermId;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// How many rows the sample has.
const SAMPLE: usize = 32;

/// A column that an earlier step binds halves the expected matches so often, where the sample has run dry.
const HALVINGS: u32 = 10;

/// The steps that find each solution of `plain` in its `needed` columns, and the row to begin with.
pub(super) fn plan<D: Counted>(
    plain: &Plain,
    needed: &[Column],
    data: &D,
    watch: &mut Watch<'_>,
) -> Result<(Vec<Step>, Vec<TermId>), Halt> {
    let mut row = vec![TermId::of(0); plain.width];
    for (column, id) in &plain.given {
        if let Some(place) = row.get_mut(*column) {
            *place = *id;
        }
    }
    let mut bound: BTreeSet<Column> = plain.given.iter().map(|(column, _)| *column).collect();
    let wanted = Wanted::of(needed, plain.triples.iter().chain(plain.tests.iter().flat_map(|test| &test.triples)));
    let has_tests = !plain.tests.is_empty();
    let mut planner = Planner { has_tests, ..Planner::new(data, watch, vec![row.clone()]) };
    let given = bound.clone();
    let mut triples = plain.triples.clone();
    let mut tests: Vec<&Test> = plain.tests.iter().collect();
    loop {
        let ready = ready(&mut tests, &plain.triples, &bound);
        for test in ready {
            planner.add_test(test, &bound, &given, &row, &wanted)?;
        }
        if !planner.add_best(&mut triples, &mut bound, &wanted)? {
            return Ok((planner.steps, row));
        }
    }
}

/// Which columns must have their values: those that the answer needs, and those that meet.
struct Wanted(BTreeSet<Column>);

impl Wanted {
    fn of<'p>(needed: &[Column], triples: impl Iterator<Item = &'p [Part; 3]>) -> Self {
        let mut wanted: BTreeSet<Column> = needed.iter().copied().collect();
        let mut seen = BTreeSet::new();
        for column in triples.flat_map(columns) {
            if !seen.insert(column) {
                wanted.insert(column);
            }
        }
        Self(wanted)
    }
}

/// The columns of a triple pattern, as often as it has them.
fn columns(triple: &[Part; 3]) -> impl Iterator<Item = Column> {
    triple.iter().filter_map(|part| match part {
        Part::Column(column) => Some(*column),
        Part::Given(_) | Part::Nowhere => None,
    })
}

struct Planner<'a, 's, D> {
    data: &'a D,
    watch: &'a mut Watch<'s>,
    /// Whether tests may follow, which are ordered by the sample too.
    has_tests: bool,
    sample: Vec<Vec<TermId>>,
    steps: Vec<Step>,
    /// How many rows there are expected to be after the steps, for one to begin with.
    rows: f64,
    /// How many rows the steps are expected to look at.
    moves: f64,
}

/// The steps of a test, and how many rows they are expected to look at.
struct Way {
    steps: Vec<Step>,
    moves: f64,
}

/// Takes out the tests whose columns outside are bound.
fn ready<'t>(tests: &mut Vec<&'t Test>, outside: &[[Part; 3]], bound: &BTreeSet<Column>) -> Vec<&'t Test> {
    let waits = |test: &Test| {
        test.triples
            .iter()
            .flat_map(columns)
            .any(|column| !bound.contains(&column) && outside.iter().flat_map(columns).any(|other| other == column))
    };
    let (later, ready): (Vec<&Test>, Vec<&Test>) = tests.drain(..).partition(|test| waits(test));
    *tests = later;
    ready
}

impl<'a, 's, D: Counted> Planner<'a, 's, D> {
    /// A plan without steps, for rows of which these are a sample.
    fn new(data: &'a D, watch: &'a mut Watch<'s>, sample: Vec<Vec<TermId>>) -> Self {
        Self { data, watch, has_tests: false, sample, steps: Vec::new(), rows: 1.0, moves: 0.0 }
    }

    /// Adds a test for each row, or finds what passes it first where that takes less.
    fn add_test(
        &mut self,
        test: &Test,
        bound: &BTreeSet<Column>,
        given: &BTreeSet<Column>,
        row: &[TermId],
        wanted: &Wanted,
    ) -> Result<(), Halt> {
        let for_each = self.beside(self.sample.clone(), test, bound, wanted)?;
        let shared: BTreeSet<Column> =
            test.triples.iter().flat_map(columns).filter(|column| bound.contains(column)).collect();
        let mut met = shared.difference(given);
        if let (Some(column), None) = (met.next(), met.next()) {
            let first = self.beside(vec![row.to_vec()], test, given, wanted)?;
            if first.moves < self.rows * for_each.moves {
                self.steps.push(Step::Member(Member {
                    demands_match: test.demands_match,
                    column: *column,
                    steps: first.steps,
                    row: row.to_vec(),
                    found: OnceCell::new(),
                }));
                return Ok(());
            }
        }
        self.steps.push(Step::Test { demands_match: test.demands_match, steps: for_each.steps });
        Ok(())
    }

    /// How the triples of a test are found where some columns are bound.
    fn beside(
        &mut self,
        sample: Vec<Vec<TermId>>,
        test: &Test,
        bound: &BTreeSet<Column>,
        wanted: &Wanted,
    ) -> Result<Way, Halt> {
        let mut inner = Planner::new(self.data, &mut *self.watch, sample);
        let (mut triples, mut bound) = (test.triples.clone(), bound.clone());
        while inner.add_best(&mut triples, &mut bound, wanted)? {}
        Ok(Way { steps: inner.steps, moves: inner.moves })
    }

    /// Moves the triple pattern that multiplies the rows least into a step; whether there was one.
    fn add_best(
        &mut self,
        triples: &mut Vec<[Part; 3]>,
        bound: &mut BTreeSet<Column>,
        wanted: &Wanted,
    ) -> Result<bool, Halt> {
        let mut best: Option<(f64, usize, [Slot; 3])> = None;
        for (index, triple) in triples.iter().enumerate() {
            let slots = slots(triple, bound, wanted);
            let rows = self.expected_rows(&slots);
            if best.as_ref().is_none_or(|(least, ..)| rows < *least) {
                best = Some((rows, index, slots));
            }
        }
        let Some((rows, index, slots)) = best else { return Ok(false) };
        // A row without a match takes a look too.
        self.moves += self.rows * rows.max(1.0);
        self.rows *= rows;
        bound.extend(columns(&triples.remove(index)));
        if !triples.is_empty() || self.has_tests {
            self.advance(&slots);
        }
        self.add(slots)?;
        Ok(true)
    }

    /// How many rows one row becomes by a step, on average.
    #[expect(clippy::cast_precision_loss, reason = "an estimate")]
    fn expected_rows(&self, slots: &[Slot; 3]) -> f64 {
        let count = |row: &[TermId]| match (self.data.count(known(slots, row)), counts_only(slots)) {
            // Rows are not multiplied by a count, but those without a match go.
            (matches, true) => matches.min(1),
            (matches, false) => matches,
        };
        if self.sample.is_empty() {
            let met = slots.iter().filter(|slot| matches!(slot, Slot::Bound(_))).count();
            let given = slots.map(|slot| if let Slot::Given(id) = slot { Some(id) } else { None });
            let halvings = HALVINGS.saturating_mul(u32::try_from(met).unwrap_or(u32::MAX));
            return (self.data.count(given) as f64) / 2_f64.powi(i32::try_from(halvings).unwrap_or(i32::MAX));
        }
        let all: usize = self.sample.iter().map(|row| count(row)).sum();
        all as f64 / self.sample.len() as f64
    }

    /// Takes the sample through a step: matches from all over, not only the first.
    fn advance(&mut self, slots: &[Slot; 3]) {
        if counts_only(slots) {
            self.sample.retain(|row| self.data.count(known(slots, row)) > 0);
            return;
        }
        let each = SAMPLE.div_ceil(self.sample.len().max(1));
        let mut next = Vec::new();
        for row in &self.sample {
            let pattern = known(slots, row);
            let apart = self.data.count(pattern).div_ceil(each).max(1);
            for triple in self.data.triples(pattern).step_by(apart) {
                let mut row = row.clone();
                if fill(slots, triple, &mut row) {
                    next.push(row);
                }
            }
        }
        next.truncate(SAMPLE);
        self.sample = next;
    }

    fn add(&mut self, slots: [Slot; 3]) -> Result<(), Halt> {
        let step = match slots {
            _ if counts_only(&slots) => Step::Count(slots),
            _ if ignored_come_last(&slots) => Step::Runs(slots),
            // Predicates are few, so these are found without a look at each triple.
            [Slot::Ignored, Slot::New(predicate), Slot::Ignored] => Step::Predicates(predicate, self.predicates()?),
            [Slot::Ignored, Slot::New(predicate), object @ Slot::New(_)] => {
                let each_once = self.predicates()?.into_iter().map(|(predicate, _)| (predicate, 1)).collect();
                self.steps.push(Step::Predicates(predicate, each_once));
                Step::Runs([Slot::Ignored, Slot::Bound(predicate), object])
            }
            _ => Step::Scan(slots),
        };
        self.steps.push(step);
        Ok(())
    }

    /// All predicates with the numbers of their triples: subjects are looked at until those seen account for all triples.
    fn predicates(&mut self) -> Result<Vec<(TermId, u64)>, Halt> {
        let mut left = self.data.count([None; 3]);
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for [_, predicate, _] in self.data.triples([None; 3]) {
            if left == 0 {
                break;
            }
            self.watch.moved()?;
            if seen.insert(predicate) {
                let count = self.data.count([None, Some(predicate), None]);
                left = left.saturating_sub(count);
                found.push((predicate, count as u64));
            }
        }
        Ok(found)
    }
}

/// What the parts of a triple pattern are once `bound` columns have their values.
fn slots(triple: &[Part; 3], bound: &BTreeSet<Column>, wanted: &Wanted) -> [Slot; 3] {
    let mut new = BTreeSet::new();
    triple.map(|part| match part {
        Part::Given(id) => Slot::Given(id),
        // Such a pattern is never searched for.
        Part::Nowhere => Slot::Ignored,
        Part::Column(column) if bound.contains(&column) => Slot::Bound(column),
        Part::Column(column) if !wanted.0.contains(&column) => Slot::Ignored,
        Part::Column(column) if new.insert(column) => Slot::New(column),
        Part::Column(column) => Slot::Again(column),
    })
}

/// Whether a step gives no column a value.
fn counts_only(slots: &[Slot; 3]) -> bool {
    !slots.iter().any(|slot| matches!(slot, Slot::New(_)))
}

/// Whether the triples of a step, in the order that they come in, have what is ignored behind all else.
fn ignored_come_last(slots: &[Slot; 3]) -> bool {
    let [subject, predicate, object] = slots;
    let is_known = |slot: &Slot| matches!(slot, Slot::Given(_) | Slot::Bound(_));
    let order = match (is_known(subject), is_known(predicate), is_known(object)) {
        (_, false, true) => [object, subject, predicate],
        (false, true, _) => [predicate, object, subject],
        _ => [subject, predicate, object],
    };
    let first = order.iter().position(|slot| **slot == Slot::Ignored);
    let repeats = slots.iter().any(|slot| matches!(slot, Slot::Again(_)));
    !repeats && first.is_some_and(|first| order.iter().skip(first).all(|slot| **slot == Slot::Ignored))
}
