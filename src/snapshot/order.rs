//! The triples of a snapshot, sorted in one of three ways.

use super::dictionary::TermId;
use std::ops::Range;

/// Which part of a triple comes first, second and third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permutation {
    /// Subject, predicate, object.
    Spo,
    /// Predicate, object, subject.
    Pos,
    /// Object, subject, predicate.
    Osp,
}

impl Permutation {
    /// The parts of a triple in this order.
    #[inline]
    pub(super) fn apply<T>(self, [s, p, o]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [s, p, o],
            Self::Pos => [p, o, s],
            Self::Osp => [o, s, p],
        }
    }

    /// The triple of parts in this order.
    #[inline]
    pub(super) fn undo<T>(self, [first, second, third]: [T; 3]) -> [T; 3] {
        match self {
            Self::Spo => [first, second, third],
            Self::Pos => [third, first, second],
            Self::Osp => [second, third, first],
        }
    }
}

/// Second and third part of a triple in one number that sorts as they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Row(u64);

impl Row {
    #[inline]
    fn of(second: TermId, third: TermId) -> Self {
        Self(u64::from(second.number()) << 32 | u64::from(third.number()))
    }

    #[inline]
    pub(super) fn second(self) -> TermId {
        TermId::of((self.0 >> 32) as u32)
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    pub(super) fn third(self) -> TermId {
        TermId::of(self.0 as u32)
    }
}

/// Triples grouped by their first part; each group is sorted by the second and the third.
/// Takes eight bytes for each triple and four for each term.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// Where the group of each term ends; it starts where the one before ends.
    ends: Vec<u32>,
    rows: Vec<Row>,
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
        let mut order = Self { ends, rows };
        order.sort_groups();
        Some(order)
    }

    fn sort_groups(&mut self) {
        let (mut start, mut kept) = (0, 0);
        for end in &mut self.ends {
            let group = start..*end as usize;
            start = group.end;
            if let Some(rows) = self.rows.get_mut(group.clone()) {
                rows.sort_unstable();
            }
            kept = keep_distinct(&mut self.rows, group, kept);
            // Not more than before, so it fits.
            *end = u32::try_from(kept).unwrap_or(*end);
        }
        self.rows.truncate(kept);
    }

    /// How many triples there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows from `range` on.
    #[inline]
    pub(super) fn rows(&self, range: Range<usize>) -> &[Row] {
        self.rows.get(range).unwrap_or_default()
    }

    /// Where the group of a term ends.
    #[inline]
    pub(super) fn end(&self, first: TermId) -> Option<usize> {
        self.ends.get(first.index()).map(|end| *end as usize)
    }

    /// The triples whose first part, and second and third if given, are these.
    #[inline]
    pub(super) fn range(&self, first: TermId, second: Option<TermId>, third: Option<TermId>) -> &[Row] {
        let start = match first.index().checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |end| *end as usize),
            None => 0,
        };
        let group = self.rows(start..self.end(first).unwrap_or(start));
        let Some(second) = second else { return group };
        let least = Row::of(second, third.unwrap_or(TermId::MIN));
        let greatest = Row::of(second, third.unwrap_or(TermId::of(u32::MAX)));
        let from = group.partition_point(|row| *row < least);
        let rest = group.get(from..).unwrap_or_default();
        let count = rest.partition_point(|row| *row <= greatest);
        rest.get(..count).unwrap_or_default()
    }
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
