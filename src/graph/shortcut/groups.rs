//! What is counted, by group.

use super::id_set::IdSet;
use super::plain::Column;
use super::rows::{Cell, MOST_ROWS};
use super::search::{Halt, value};
use crate::snapshot::TermId;
use rustc_hash::{FxHashMap, FxHashSet};

/// The most columns that groups are told apart by.
pub(super) const MOST_KEYS: usize = 2;
/// The most values that are remembered to count each once, some 16 bytes each.
const MOST_VALUES: usize = 1 << 22;

/// What is counted of the solutions of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    Solutions,
    /// The values of a column, each once.
    Distinct(Column),
}

/// The groups that were found so far.
pub(super) struct Groups {
    keys: Vec<Column>,
    /// The number of a group by its packed key.
    numbers: FxHashMap<u64, usize>,
    /// The packed keys by the numbers.
    order: Vec<u64>,
    tallies: Vec<Tally>,
    /// The group of the last solution: those of a group often come together.
    last: Option<(u64, usize)>,
}

/// One count of all groups.
struct Tally {
    counting: Counting,
    by_group: Vec<u64>,
    seen: Seen,
}

/// The values of a column that were counted.
enum Seen {
    /// Of the one group that there is.
    All(IdSet),
    /// With the numbers of their groups.
    Pairs(FxHashSet<u64>),
}

impl Seen {
    fn is_new(&mut self, group: usize, id: TermId) -> bool {
        match self {
            Self::All(values) => values.insert(id),
            // There are no more groups than fit.
            Self::Pairs(pairs) => pairs.insert((group as u64) << 32 | u64::from(id.number())),
        }
    }

    /// How many values take memory of their own.
    fn len(&self) -> usize {
        match self {
            Self::All(_) => 0,
            Self::Pairs(pairs) => pairs.len(),
        }
    }
}

impl Groups {
    /// No group yet, or the one group of all solutions where there is no key: that is there without any solution.
    pub(super) fn new(keys: Vec<Column>, counts: &[Counting]) -> Self {
        let has_one = keys.is_empty();
        let mut groups = Self::none(keys, counts);
        if has_one {
            groups.open(0);
        }
        groups
    }

    /// No row yet of a set, however few its columns are.
    pub(super) fn rows_of(columns: Vec<Column>) -> Self {
        Self::none(columns, &[])
    }

    fn none(keys: Vec<Column>, counts: &[Counting]) -> Self {
        let seen = || if keys.is_empty() { Seen::All(IdSet::default()) } else { Seen::Pairs(FxHashSet::default()) };
        let tally = |counting: &Counting| Tally { counting: *counting, by_group: Vec::new(), seen: seen() };
        let tallies = counts.iter().map(tally).collect();
        Self { keys, numbers: FxHashMap::default(), order: Vec::new(), tallies, last: None }
    }

    /// The columns that tell groups apart.
    pub(super) fn keys(&self) -> &[Column] {
        &self.keys
    }

    /// Takes up a solution that is there a number of times, in some of the counts.
    pub(super) fn add(&mut self, row: &[TermId], times: u64, counts: &[Counting]) -> Result<(), Halt> {
        let group = self.group(row)?;
        for tally in self.tallies.iter_mut().filter(|tally| counts.contains(&tally.counting)) {
            let more = match tally.counting {
                Counting::Solutions => times,
                Counting::Distinct(column) => {
                    let is_new = value(row, column).is_some_and(|id| tally.seen.is_new(group, id));
                    u64::from(is_new)
                }
            };
            if let Some(count) = tally.by_group.get_mut(group) {
                *count = count.checked_add(more).ok_or(Halt::TooMuch)?;
            }
        }
        if self.tallies.iter().map(|tally| tally.seen.len()).sum::<usize>() > MOST_VALUES {
            return Err(Halt::TooMuch);
        }
        Ok(())
    }

    fn group(&mut self, row: &[TermId]) -> Result<usize, Halt> {
        let key = self
            .keys
            .iter()
            .filter_map(|column| value(row, *column))
            .fold(0, |key, id| key << 32 | u64::from(id.number()));
        if let Some((last, group)) = self.last
            && last == key
        {
            return Ok(group);
        }
        let group = match self.numbers.get(&key) {
            Some(group) => *group,
            None if self.order.len() == MOST_ROWS => return Err(Halt::TooMuch),
            None => self.open(key),
        };
        self.last = Some((key, group));
        Ok(group)
    }

    fn open(&mut self, key: u64) -> usize {
        let group = self.order.len();
        self.numbers.insert(key, group);
        self.order.push(key);
        for tally in &mut self.tallies {
            tally.by_group.push(0);
        }
        group
    }

    /// A row for each group: its keys, then its counts.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Cell>> {
        let width = self.keys.len();
        self.order.iter().enumerate().map(move |(group, key)| {
            #[expect(clippy::cast_possible_truncation, reason = "each half is meant")]
            let halves = [TermId::of((key >> 32) as u32), TermId::of(*key as u32)];
            let keys = halves.into_iter().skip(MOST_KEYS - width).map(Cell::Term);
            let counts = self.tallies.iter().filter_map(|tally| tally.by_group.get(group).copied()).map(Cell::Count);
            keys.chain(counts).collect()
        })
    }
}
