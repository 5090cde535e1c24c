//! The first rows of an order, where the whole query is a part that is found here.
//!
//! A page of twenty needs no row for the other hundred thousand solutions: they are put in order as numbers, and only terms
//! that decide are read. What is put back into the query are the rows of the page, and those before it; the order is made
//! again over these. It is exact where
//!
//! 1. the query selects from a plain pattern, or from groups as [`tally`](super::tally) finds them, or these made distinct,
//!    with nothing between but expressions that are bound to new variables, so that each row stays one solution;
//! 2. each key of the order is a variable that the part binds, or an alias of one: what an expression is bound to is not;
//! 3. no row of the page has a blank node, which VALUES cannot hold.
//!
//! Of rows that are equal in all keys those come first that are found first; which these are is left open by SPARQL.

use super::counted::Counted;
use super::plain::{Column, Plain};
use super::plan::plan;
use super::rows::{Cell, MOST_ROWS, values};
use super::search::{Halt, search, value};
use super::tally::{Search, Tally};
use crate::graph::ordering::{Key, Sorting, Value};
use oxrdf::vocab::xsd;
use oxrdf::{LiteralRef, TermRef, Variable};
use spargebra::algebra::{Expression, GraphPattern};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

/// Puts the rows of a page in the place of the part that a query is; whether they were found.
///
/// # Errors
/// See [`Halt`].
pub(super) fn answer_page(
    pattern: &mut GraphPattern,
    sorting: &Sorting,
    search: &mut Search<'_, '_, impl Counted>,
) -> Result<bool, Halt> {
    let Some(held) = sorting.held().filter(|held| (1..=MOST_ROWS).contains(held)) else { return Ok(false) };
    let Some(keys) = keys_of(pattern, sorting) else { return Ok(false) };
    let page = Page { sorting, keys, held };
    match pattern {
        GraphPattern::Project { inner, variables } => match page.of_plain(inner, variables, search)? {
            Some(rows) => {
                **inner = rows;
                Ok(true)
            }
            None => page.answer_groups(inner, search),
        },
        distinct => page.answer_groups(distinct, search),
    }
}

/// The variables that a query is ordered by.
fn keys_of(pattern: &GraphPattern, sorting: &Sorting) -> Option<Vec<Variable>> {
    let projected = if let GraphPattern::Distinct { inner } = pattern { inner.as_ref() } else { pattern };
    let GraphPattern::Project { variables, .. } = projected else { return None };
    sorting.keys().iter().map(|key| variables.get(key.column).cloned()).collect()
}

/// How many rows are looked at together.
const BATCH: usize = 64;

/// What is wanted.
struct Page<'s> {
    sorting: &'s Sorting,
    /// The variables of the keys.
    keys: Vec<Variable>,
    held: usize,
}

impl Page<'_> {
    /// The rows of a plain pattern.
    fn of_plain(
        &self,
        pattern: &GraphPattern,
        selected: &[Variable],
        Search { data, watch, .. }: &mut Search<'_, '_, impl Counted>,
    ) -> Result<Option<GraphPattern>, Halt> {
        let mut variables: Vec<Variable> = Vec::new();
        for variable in selected {
            if !variables.contains(variable) {
                variables.push(variable.clone());
            }
        }
        let Some(plain) = Plain::of(pattern, *data) else { return Ok(None) };
        let columns = variables.iter().map(|variable| plain.column(variable)).collect::<Option<Vec<Column>>>();
        let (Some(columns), Some(mut least)) = (columns, self.least(&variables, *data)) else { return Ok(None) };
        if !plain.is_hopeless {
            let (steps, mut row) = plan(&plain, &columns, *data, watch)?;
            search(*data, &steps, &mut row, watch, &mut |row, times| {
                least.add(columns.iter().filter_map(|column| value(row, *column)).map(Cell::Term), times);
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(values(variables, least.into_rows(), *data))
    }

    /// Puts the rows of groups in their place, under what is bound to new variables.
    fn answer_groups(
        &self,
        mut part: &mut GraphPattern,
        search: &mut Search<'_, '_, impl Counted>,
    ) -> Result<bool, Halt> {
        let mut keys = self.keys.clone();
        while let GraphPattern::Extend { inner, variable, expression } = part {
            for key in keys.iter_mut().filter(|key| *key == variable) {
                let Expression::Variable(source) = &*expression else { return Ok(false) };
                key.clone_from(source);
            }
            part = inner;
        }
        let Some(tally) = Tally::of(part, search.data) else { return Ok(false) };
        let page = Page { keys, ..*self };
        let Some(mut least) = page.least(tally.variables(), search.data) else { return Ok(false) };
        let Some(groups) = tally.groups(search)? else { return Ok(false) };
        for row in groups.rows() {
            least.add(row.into_iter(), 1);
        }
        let Some(rows) = tally.as_values(least.into_rows(), search.data) else { return Ok(false) };
        *part = rows;
        Ok(true)
    }

    /// No row yet, of rows that have these variables; nothing where they lack a key.
    fn least<'d, D: Counted>(&'d self, variables: &[Variable], data: &'d D) -> Option<Least<'d, D>> {
        let place = |key: &Variable| variables.iter().position(|variable| variable == key);
        let places = self.keys.iter().map(place).collect::<Option<_>>()?;
        Some(Least {
            data,
            keys: self.sorting.keys(),
            places,
            held: self.held,
            width: variables.len().max(1),
            batch: Vec::new(),
            times: Vec::new(),
            found: 0,
            total: 0,
            rows: BinaryHeap::new(),
        })
    }
}

/// The least rows that were found so far.
struct Least<'d, D> {
    data: &'d D,
    keys: &'d [Key],
    /// Where the keys stand in a row.
    places: Vec<usize>,
    held: usize,
    /// How many cells a row has.
    width: usize,
    /// Rows that were found and not looked at, one behind the other.
    batch: Vec<Cell>,
    /// How often each of these is there.
    times: Vec<u64>,
    /// How many rows were looked at.
    found: usize,
    /// How many there are in `rows`, each as often as it is there: as many as are held without the greatest, at most.
    total: u64,
    rows: BinaryHeap<Ranked<'d>>,
}

/// A row with what it is ordered by.
struct Ranked<'d> {
    ranks: Vec<Rank<'d>>,
    keys: &'d [Key],
    /// When it was found.
    place: usize,
    row: Vec<Cell>,
    times: u64,
}

/// What a row is ordered by in a key.
struct Rank<'d> {
    term: Option<TermRef<'d>>,
    value: Value,
}

impl<'d, D: Counted> Least<'d, D> {
    /// Takes up a row that is there a number of times.
    fn add(&mut self, row: impl Iterator<Item = Cell>, times: u64) {
        self.batch.extend(row);
        self.times.push(times);
        if self.times.len() == BATCH {
            self.sift();
        }
    }

    /// Keeps those rows of the batch that are among the least.
    fn sift(&mut self) {
        let (mut batch, mut times) = (std::mem::take(&mut self.batch), std::mem::take(&mut self.times));
        let rows = || batch.chunks_exact(self.width);
        // All of them are read before the first is looked at, so that the processor waits for many at once.
        let first = |row: &[Cell]| self.places.first().map(|place| self.term(row.get(*place).copied()));
        let firsts: Vec<_> = rows().filter_map(first).collect();
        for ((row, times), first) in rows().zip(&times).zip(firsts) {
            self.found += 1;
            if let Some(ranks) = self.ranks(row, first) {
                let (keys, place) = (self.keys, self.found);
                self.hold(Ranked { ranks, keys, place, row: row.to_vec(), times: *times });
            }
        }
        batch.clear();
        times.clear();
        (self.batch, self.times) = (batch, times);
    }

    /// Takes in a row, and lets those go that are behind as many as are held.
    fn hold(&mut self, ranked: Ranked<'d>) {
        self.total = self.total.saturating_add(ranked.times);
        self.rows.push(ranked);
        while let Some(greatest) = self.rows.peek()
            && let Some(others) = self.total.checked_sub(greatest.times)
            && others >= self.held as u64
        {
            self.total = others;
            self.rows.pop();
        }
    }

    /// What a row is ordered by, if there is room for it or it stands before the greatest of the others; no more of it is
    /// read than shows that it does not. The term of its first key is given.
    fn ranks(&self, row: &[Cell], first: Option<TermRef<'d>>) -> Option<Vec<Rank<'d>>> {
        let greatest = self.rows.peek().filter(|_| self.total >= self.held as u64);
        let mut is_before = greatest.is_none();
        let mut ranks = Vec::new();
        for (key, place) in self.keys.iter().zip(&self.places) {
            let cell = row.get(*place).copied();
            let rank = Rank::of(cell, if ranks.is_empty() { first } else { self.term(cell) });
            if !is_before {
                let other = greatest.and_then(|greatest| greatest.ranks.get(ranks.len()))?;
                match key.compare(rank.pair(), other.pair()) {
                    Ordering::Less => is_before = true,
                    Ordering::Equal => {}
                    Ordering::Greater => return None,
                }
            }
            ranks.push(rank);
        }
        is_before.then_some(ranks)
    }

    fn term(&self, cell: Option<Cell>) -> Option<TermRef<'d>> {
        match cell? {
            Cell::Term(id) => self.data.term(id),
            // Integers are compared by their values, so the text does not matter.
            Cell::Count(_) => Some(LiteralRef::new_typed_literal("", xsd::INTEGER).into()),
        }
    }

    /// The rows that are held, in order, each as often as it is there.
    fn into_rows(mut self) -> impl Iterator<Item = Vec<Cell>> {
        self.sift();
        let copies = |ranked: Ranked<'d>| (0..ranked.times).map(move |_| ranked.row.clone());
        self.rows.into_sorted_vec().into_iter().flat_map(copies).take(self.held)
    }
}

impl<'d> Rank<'d> {
    /// What a cell is worth, whose term is given.
    fn of(cell: Option<Cell>, term: Option<TermRef<'d>>) -> Self {
        let value = match cell {
            Some(Cell::Count(count)) => Value::of_integer(i64::try_from(count).unwrap_or(i64::MAX)),
            _ => Value::of(term),
        };
        Self { term, value }
    }

    fn pair(&self) -> (Option<TermRef<'_>>, &Value) {
        (self.term, &self.value)
    }
}

impl Ord for Ranked<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let ranks = self.keys.iter().zip(self.ranks.iter().zip(&other.ranks));
        let mut orders = ranks.map(|(key, (mine, others))| key.compare(mine.pair(), others.pair()));
        orders.find(|order| order.is_ne()).unwrap_or_else(|| self.place.cmp(&other.place))
    }
}

impl PartialOrd for Ranked<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ranked<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked<'_> {}
