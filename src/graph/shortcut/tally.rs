//! Which parts of a query are answered from counts, and their answers.
//!
//! | part | answer |
//! |---|---|
//! | `GROUP BY` with COUNT, COUNT DISTINCT or nothing, over a plain pattern or a SELECT DISTINCT of one | a row for each group |
//! | `SELECT DISTINCT` over a plain pattern | the distinct rows |
//!
//! Each has up to two keys. It is exact where
//!
//! 1. the pattern is [plain](super::plain), so that its solutions are what triples say, each variable bound in all of them;
//! 2. each key, and each variable that is counted, is seen outside the pattern: COUNT(?v) is then COUNT(*);
//! 3. COUNT(DISTINCT *) is over solutions that differ in what is seen of them, so that it is COUNT(*);
//! 4. no key is a blank node, which VALUES cannot hold.
//!
//! Without GROUP BY there is one group, of no solutions too; with it a group has at least one. Counts are `xsd:integer`.

use super::counted::Counted;
use super::groups::{Counting, Groups, MOST_KEYS};
use super::plain::{Column, Plain};
use super::plan::plan;
use super::rows::{Cell, values};
use super::search::{Halt, Step, Watch, search};
use crate::snapshot::TermId;
use oxrdf::Variable;
use spargebra::algebra::{AggregateExpression, AggregateFunction, Expression, GraphPattern};
use std::ops::ControlFlow;

/// Where and how long to look for solutions.
pub(super) struct Search<'d, 's, D> {
    pub(super) data: &'d D,
    pub(super) watch: Watch<'s>,
    /// Whether the engine would not look for all solutions, so that only what is found at once is worth it.
    pub(super) may_end_early: bool,
}

/// Groups of a plain pattern's solutions, and what is counted of each.
pub(super) struct Tally {
    plain: Plain,
    /// The columns in which solutions are made distinct before they are counted.
    distinct: Option<Vec<Column>>,
    keys: Vec<Column>,
    counts: Vec<Counting>,
    /// The variables of the keys, then those of the counts.
    variables: Vec<Variable>,
    /// Whether the engine gives the first row before it has found all solutions.
    streams: bool,
}

impl Tally {
    /// Reads a part of a query; `None` if it is not of a form that is answered from counts.
    pub(super) fn of(pattern: &GraphPattern, data: &impl Counted) -> Option<Self> {
        match pattern {
            GraphPattern::Group { inner, variables, aggregates } => match inner.as_ref() {
                GraphPattern::Distinct { inner } => {
                    let GraphPattern::Project { inner, variables: distinct } = inner.as_ref() else { return None };
                    Self::grouped(inner, Some(distinct), variables, aggregates, data)
                }
                _ => Self::grouped(inner, None, variables, aggregates, data),
            },
            GraphPattern::Distinct { inner } => {
                let GraphPattern::Project { inner, variables } = inner.as_ref() else { return None };
                Some(Self { streams: true, ..Self::grouped(inner, None, variables, &[], data)? })
            }
            _ => None,
        }
    }

    fn grouped(
        inner: &GraphPattern,
        distinct: Option<&Vec<Variable>>,
        keys: &[Variable],
        aggregates: &[(Variable, AggregateExpression)],
        data: &impl Counted,
    ) -> Option<Self> {
        let is_told_apart = |list: &[Variable]| {
            list.len() <= MOST_KEYS
                && list.iter().enumerate().all(|(at, variable)| !list.iter().take(at).any(|other| other == variable))
        };
        if !is_told_apart(keys)
            || !distinct.is_none_or(|list| is_told_apart(list))
            || keys.len() + aggregates.len() == 0
        {
            return None;
        }
        let plain = Plain::of(inner, data)?;
        let column = |variable: &Variable| {
            let is_seen = distinct.is_none_or(|list| list.contains(variable));
            plain.column(variable).filter(|_| is_seen)
        };
        let all = |list: &[Variable]| list.iter().map(column).collect::<Option<Vec<Column>>>();
        let distinct = match distinct {
            Some(list) => Some(all(list)?),
            None => None,
        };
        let is_set = distinct.is_some() || !plain.hides;
        let counts =
            aggregates.iter().map(|(_, aggregate)| counting(aggregate, is_set, column)).collect::<Option<_>>()?;
        let variables = keys.iter().chain(aggregates.iter().map(|(variable, _)| variable)).cloned().collect();
        Some(Self { keys: all(keys)?, distinct, counts, variables, plain, streams: false })
    }

    /// The part's solutions as VALUES; `None` if they are left to the engine.
    pub(super) fn answer(&self, search: &mut Search<'_, '_, impl Counted>) -> Result<Option<GraphPattern>, Halt> {
        let Some(groups) = self.groups(search)? else { return Ok(None) };
        Ok(self.as_values(groups.rows(), search.data))
    }

    /// Rows of groups as VALUES; `None` if these cannot hold them.
    pub(super) fn as_values(&self, rows: impl Iterator<Item = Vec<Cell>>, data: &impl Counted) -> Option<GraphPattern> {
        let values = values(self.variables.clone(), rows, data)?;
        // The engine forgets the variables of VALUES without rows, which are those of the answer where nothing selects them.
        let selected = |values| GraphPattern::Project { inner: Box::new(values), variables: self.variables.clone() };
        Some(if self.streams { selected(values) } else { values })
    }

    /// What is known of each group: its keys, then its counts.
    pub(super) fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Finds all solutions; `None` if they are left to the engine.
    pub(super) fn groups(&self, search: &mut Search<'_, '_, impl Counted>) -> Result<Option<Groups>, Halt> {
        let mut groups = Groups::new(self.keys.clone(), &self.counts);
        if self.plain.is_hopeless {
            return Ok(Some(groups));
        }
        let Some(distinct) = &self.distinct else {
            for counts in self.passes() {
                if !self.pass(&counts, &mut groups, search)? {
                    return Ok(None);
                }
            }
            return Ok(Some(groups));
        };
        let mut rows = Groups::rows_of(distinct.clone());
        self.pass(&[], &mut rows, search)?;
        let mut row = vec![TermId::of(0); self.plain.width];
        for cells in rows.rows() {
            for (column, cell) in distinct.iter().zip(cells) {
                if let (Some(place), Cell::Term(id)) = (row.get_mut(*column), cell) {
                    *place = id;
                }
            }
            groups.add(&row, 1, &self.counts)?;
        }
        Ok(Some(groups))
    }

    /// Finds all solutions for some of the counts; whether that was worth it.
    fn pass(
        &self,
        counts: &[Counting],
        groups: &mut Groups,
        Search { data, watch, may_end_early }: &mut Search<'_, '_, impl Counted>,
    ) -> Result<bool, Halt> {
        let mut needed = groups.keys().to_vec();
        for counting in counts {
            if let Counting::Distinct(column) = counting {
                needed.push(*column);
            }
        }
        let (steps, mut row) = plan(&self.plain, &needed, *data, watch)?;
        if self.streams && *may_end_early && !is_soon_done(&steps) {
            return Ok(false);
        }
        search(*data, &steps, &mut row, watch, &mut |row, times| {
            groups.add(row, times, counts)?;
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(true)
    }

    /// Which counts are found together, each in one of them. For one triple pattern each has a way of its own, which passes over
    /// more.
    fn passes(&self) -> Vec<Vec<Counting>> {
        if self.plain.triples.len() == 1 && self.counts.len() > 1 {
            let mut apart: Vec<Vec<Counting>> = Vec::new();
            for counting in &self.counts {
                if !apart.iter().any(|pass| pass.contains(counting)) {
                    apart.push(vec![*counting]);
                }
            }
            apart
        } else {
            vec![self.counts.clone()]
        }
    }
}

/// What an aggregate counts, if it is one of those that can be told.
fn counting(
    aggregate: &AggregateExpression,
    is_set: bool,
    column: impl Fn(&Variable) -> Option<Column>,
) -> Option<Counting> {
    match aggregate {
        AggregateExpression::CountSolutions { distinct } => (is_set || !distinct).then_some(Counting::Solutions),
        AggregateExpression::FunctionCall {
            name: AggregateFunction::Count,
            expr: Expression::Variable(variable),
            distinct,
        } => {
            let column = column(variable)?;
            Some(if *distinct { Counting::Distinct(column) } else { Counting::Solutions })
        }
        AggregateExpression::FunctionCall { .. } => None,
    }
}

/// Whether the steps pass over most of what they would find, so that it does not matter how soon the first is found.
fn is_soon_done(steps: &[Step]) -> bool {
    matches!(steps, [Step::Count(_) | Step::Runs(_) | Step::Predicates(..)])
}
