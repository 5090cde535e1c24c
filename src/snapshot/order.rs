//! The triples of a snapshot, sorted in one of three ways.

use super::array::Array;
use super::dictionary::TermId;
use bytemuck::{Pod, Zeroable};
use std::ops::Range;

/// Which part of a triple comes first, second and third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permutation {
    /// Subject, predicate, object.
    Spo,
    /// Predicate, object, subject.
    Pos,
    /// Object, subject, predicate.
    Osp,
}

impl Permutation {
    /// All of them, in the sequence of the arrays of a [`Patch`](super::Patch).
    pub const ALL: [Self; 3] = [Self::Spo, Self::Pos, Self::Osp];

    /// The one in which the triples of a pattern stand together: its given parts come first.
    #[inline]
    pub fn of_pattern<T>([s, p, o]: [Option<T>; 3]) -> Self {
        match (s, p, o) {
            (Some(_) | None, None, Some(_)) => Self::Osp,
            (None, Some(_), _) => Self::Pos,
            (Some(_), ..) | (None, None, None) => Self::Spo,
        }
    }

    /// The parts of a triple in this order.
    #[inline]
    pub fn apply<T>(self, [s, p, o]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [s, p, o],
            Self::Pos => [p, o, s],
            Self::Osp => [o, s, p],
        }
    }

    /// The triple of parts in this order.
    #[inline]
    pub fn undo<T>(self, [first, second, third]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [first, second, third],
            Self::Pos => [third, first, second],
            Self::Osp => [second, third, first],
        }
    }
}

/// Second and third part of a triple in one number that sorts as they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
pub(crate) struct Row(u64);

impl Row {
    /// The row of two parts.
    #[inline]
    pub(super) fn of(second: TermId, third: TermId) -> Self {
        Self(u64::from(second.number()) << 32 | u64::from(third.number()))
    }

    /// The second part.
    #[inline]
    pub(crate) fn second(self) -> TermId {
        TermId::of((self.0 >> 32) as u32)
    }

    /// The third part.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    pub(crate) fn third(self) -> TermId {
        TermId::of(self.0 as u32)
    }
}

/// Triples grouped by their first part; each group is sorted by the second and the third.
/// Takes eight bytes for each triple and four for each term.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// Where the group of each term ends; it starts where the one before ends.
    ends: Array<u32>,
    rows: Array<Row>,
}

impl Order {
    /// Sorts triples, whose parts are numbers below `terms`, and drops what is there twice.
    /// `None` if there are more than 2³² triples.
    pub(super) fn of(terms: usize, triples: impl Iterator<Item = [TermId; 3]> + Clone) -> Option<Self> {
        let (mut ends, len) = starts(terms, triples.clone())?;
        let mut rows = vec![Row(0); len];
        for [first, second, third] in triples {
            let next = ends.get_mut(first.index())?;
            *rows.get_mut(*next as usize)? = Row::of(second, third);
            *next += 1;
        }
        // Every start has moved on to the end of its group.
        sort_groups(&mut ends, &mut rows);
        Some(Self { ends: Array::Owned(ends), rows: Array::Owned(rows) })
    }

    /// The order of arrays that were sorted before.
    pub(super) fn sorted(ends: Array<u32>, rows: Array<Row>) -> Self {
        Self { ends, rows }
    }

    /// Whether every group ends where it starts or behind, and the last one where the rows do.
    pub(super) fn is_whole(&self) -> bool {
        self.ends.is_sorted() && self.ends.last().map_or(0, |end| *end as usize) == self.rows.len()
    }

    /// How many triples there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Where the group of each term ends.
    #[inline]
    pub(crate) fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// The rows of all groups.
    #[inline]
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The triples whose first part, and second and third if given, are these.
    #[inline]
    pub(crate) fn range(&self, first: TermId, second: Option<TermId>, third: Option<TermId>) -> &[Row] {
        let ends = self.ends();
        let end = |index: usize| ends.get(index).map_or(0, |end| *end as usize);
        let start = first.index().checked_sub(1).map_or(0, end);
        let group = self.rows().get(start..end(first.index())).unwrap_or_default();
        let Some(second) = second else { return group };
        let least = Row::of(second, third.unwrap_or(TermId::MIN));
        let greatest = Row::of(second, third.unwrap_or(TermId::of(u32::MAX)));
        let is_before = |row: &Row| *row < least;
        let from = if group.len() > SHORT { group.partition_point(is_before) } else { leading(group, is_before) };
        let rest = group.get(from..).unwrap_or_default();
        rest.get(..leading(rest, |row| *row <= greatest)).unwrap_or_default()
    }
}

/// So many rows are looked at one by one. Where such a walk ends is foreseen by the processor, which reads ahead, since most
/// groups are alike; a search by halves waits for memory at each of its steps.
const SHORT: usize = 64;

/// How many rows come before the first for which something does not hold; few, as a rule.
#[inline]
fn leading(rows: &[Row], holds: impl Fn(&Row) -> bool) -> usize {
    let (near, far) = rows.split_at(rows.len().min(SHORT));
    let walked = near.iter().position(|row| !holds(row));
    walked.unwrap_or_else(|| near.len() + far.partition_point(holds))
}

/// Where the group of each term starts, and how many triples there are.
fn starts(terms: usize, triples: impl Iterator<Item = [TermId; 3]>) -> Option<(Vec<u32>, usize)> {
    let mut counts = vec![0_u32; terms];
    let mut len = 0_usize;
    for [first, ..] in triples {
        *counts.get_mut(first.index())? += 1;
        len += 1;
        u32::try_from(len).ok()?;
    }
    let mut start = 0;
    for count in &mut counts {
        (*count, start) = (start, start + *count);
    }
    Some((counts, len))
}

/// Sorts each group and drops what is in it twice.
fn sort_groups(ends: &mut [u32], rows: &mut Vec<Row>) {
    let (mut start, mut kept) = (0, 0);
    for end in ends {
        let group = start..*end as usize;
        start = group.end;
        if let Some(rows) = rows.get_mut(group.clone()) {
            rows.sort_unstable();
        }
        kept = keep_distinct(rows, group, kept);
        // Not more than before, so it fits.
        *end = u32::try_from(kept).unwrap_or(*end);
    }
    rows.truncate(kept);
}

/// Moves the distinct rows of a sorted group to `kept`, behind those of the groups before it;
/// where the next group's belong.
fn keep_distinct(rows: &mut [Row], group: Range<usize>, mut kept: usize) -> usize {
    let mut last = None;
    for index in group {
        let row = rows.get(index).copied();
        if row != last
            && let (Some(row), Some(place)) = (row, rows.get_mut(kept))
        {
            *place = row;
            kept += 1;
            last = Some(row);
        }
    }
    kept
}
