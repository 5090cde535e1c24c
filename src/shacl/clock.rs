//! The time that a validation has.

use std::cell::Cell;
use std::time::Instant;

/// After how many steps the time is looked at.
const BETWEEN_LOOKS: u32 = 1024;

/// Counts the steps of one thread. Every loop whose length data or shapes decide takes steps, and ends early once
/// it is late; what it found is then of no use, and the check that it belongs to fails.
#[derive(Debug)]
pub(super) struct Clock {
    deadline: Option<Instant>,
    steps: Cell<u32>,
    is_late: Cell<bool>,
}

impl Clock {
    /// A clock that is late after the deadline; never, if there is none.
    pub(super) fn new(deadline: Option<Instant>) -> Self {
        Self { deadline, steps: Cell::new(0), is_late: Cell::new(false) }
    }

    /// Takes a step; whether it is late.
    #[inline]
    pub(super) fn step(&self) -> bool {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(BETWEEN_LOOKS) { self.look() } else { self.is_late() }
    }

    /// Looks at the time, as long work does before it begins; whether it is late.
    pub(super) fn look(&self) -> bool {
        let is_late = self.deadline.is_some_and(|deadline| Instant::now() > deadline);
        self.is_late.set(self.is_late() || is_late);
        self.is_late()
    }

    /// Whether it was late when the time was looked at last. Once late, it stays so.
    #[inline]
    pub(super) fn is_late(&self) -> bool {
        self.is_late.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_clock_is_late_after_its_deadline_and_stays_so() {
        let clock = Clock::new(Some(Instant::now().checked_sub(Duration::from_secs(1)).unwrap()));
        assert!(!clock.is_late());
        assert!((0..BETWEEN_LOOKS).any(|_| clock.step()) && clock.is_late());
        assert!(!Clock::new(None).look());
    }
}
