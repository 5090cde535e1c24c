//! Putting in order, piece by piece, so that a stop is seen.

use super::Ranked;
use spareval::QueryEvaluationError;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::vec::IntoIter;

/// How many solutions are sorted at once.
const RUN: usize = 1 << 14;

/// The least solutions, as many as are `held`, in order.
pub(super) fn least(
    held: usize,
    solutions: impl Iterator<Item = Result<Ranked, QueryEvaluationError>>,
) -> Result<Vec<Ranked>, QueryEvaluationError> {
    let mut least = BinaryHeap::new();
    for ranked in solutions {
        let ranked = ranked?;
        if least.len() < held {
            least.push(ranked);
        } else if let Some(mut greatest) = least.peek_mut()
            && ranked < *greatest
        {
            *greatest = ranked;
        }
    }
    Ok(least.into_sorted_vec())
}

/// All solutions, in runs that are in order each.
pub(super) fn sorted_runs(
    solutions: impl Iterator<Item = Result<Ranked, QueryEvaluationError>>,
) -> Result<Vec<Vec<Ranked>>, QueryEvaluationError> {
    let mut runs = vec![Vec::new()];
    for ranked in solutions {
        if let Some(run) = runs.last_mut() {
            run.push(ranked?);
            if run.len() == RUN {
                run.sort_unstable();
                runs.push(Vec::new());
            }
        }
    }
    if let Some(run) = runs.last_mut() {
        run.sort_unstable();
    }
    Ok(runs)
}

/// Runs that are in order each, as one, merged while it is read.
pub(super) struct Merged {
    /// The next of each run that is not at its end, with the number of the run.
    heads: BinaryHeap<Reverse<(Ranked, usize)>>,
    runs: Vec<IntoIter<Ranked>>,
}

impl Merged {
    pub(super) fn of(runs: Vec<Vec<Ranked>>) -> Self {
        let mut runs: Vec<IntoIter<Ranked>> = runs.into_iter().map(Vec::into_iter).collect();
        let first = |(number, run): (usize, &mut IntoIter<Ranked>)| run.next().map(|ranked| Reverse((ranked, number)));
        let heads = runs.iter_mut().enumerate().filter_map(first).collect();
        Self { heads, runs }
    }
}

impl Iterator for Merged {
    type Item = Ranked;

    fn next(&mut self) -> Option<Ranked> {
        let mut head = self.heads.peek_mut()?;
        let Reverse((_, number)) = &*head;
        match self.runs.get_mut(*number).and_then(Iterator::next) {
            Some(mut next) => {
                std::mem::swap(&mut head.0.0, &mut next);
                Some(next)
            }
            None => Some(PeekMut::pop(head).0.0),
        }
    }
}
