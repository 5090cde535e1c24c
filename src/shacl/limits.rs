//! What a validation may take, and how it fails.

use std::time::Instant;

/// How long a validation may run, and how much it may say.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The moment after which it fails.
    pub deadline: Option<Instant>,
    /// The number of violations that are kept, and as many other results, each with a hundred details at most;
    /// more are only counted. Where there is a number, their terms may take two kilobytes each on average.
    pub results: usize,
}

/// What a report may still hold. Violations have room of their own: advice never drives them out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    violations: usize,
    others: usize,
    /// Bytes of the terms of results.
    text: usize,
    has_violation: bool,
}

/// How many bytes the terms of a result may take on average, where results are limited.
const TEXT_OF_A_RESULT: usize = 2_000;

impl Room {
    /// Room for so many results of each kind.
    pub(super) fn of(results: usize) -> Self {
        let text = results.saturating_mul(TEXT_OF_A_RESULT);
        Self { violations: results, others: results, text, has_violation: false }
    }

    /// Whether every result can be kept, whatever its size.
    pub(super) fn is_unlimited(&self) -> bool {
        self.text == usize::MAX
    }

    /// Whether there is room for anything.
    pub(super) fn is_open(&self) -> bool {
        self.violations > 0 || self.others > 0
    }

    /// Takes room for a result with so many bytes of terms; whether there is any. The first violation has it always.
    pub(super) fn take(&mut self, is_violation: bool, text: usize) -> bool {
        let left = if is_violation { &mut self.violations } else { &mut self.others };
        let is_first = is_violation && !self.has_violation;
        if *left == 0 || (text > self.text && !is_first) {
            return false;
        }
        *left -= 1;
        if self.text != usize::MAX {
            self.text = self.text.saturating_sub(text);
        }
        self.has_violation |= is_violation;
        true
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { deadline: None, results: usize::MAX }
    }
}

/// A validation that came to no verdict. <https://www.w3.org/TR/shacl/#failures>
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The deadline passed.
    #[error("the validation of {place} ran longer than it may; simplify the shape, or check fewer data at once")]
    TooLong {
        /// The shape, or the constraint of it, that was being checked.
        place: String,
    },
    /// A SPARQL constraint failed.
    #[error("the query of {place} failed{}: {reason}", .focus.as_deref().map(|node| format!(" at {node}")).unwrap_or_default())]
    Query {
        /// The constraint.
        place: String,
        /// The focus node, where it is known.
        focus: Option<String>,
        /// Why.
        reason: String,
    },
    /// A thread that checked ended before it was done.
    #[error("the validation ended before it was done")]
    Interrupted,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_takes_no_room_from_violations_and_the_first_violation_always_has_some() {
        let mut room = Room::of(2);
        assert!(room.take(false, 10) && room.take(false, 10) && !room.take(false, 10));
        assert!(room.take(true, 10_000_000), "the first");
        assert!(!room.take(true, 1), "its text took all that there was");
        let mut room = Room::of(usize::MAX);
        assert!((0..3).all(|_| room.take(true, usize::MAX)), "there is no bound");
    }
}
