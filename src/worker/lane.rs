//! Two lanes: queries that take long never hold all the places.
//!
//! Every query begins in the quick lane. One that is not done after [`QUICK`] moves to the slow lane, which has half of the places,
//! and runs there with the least right to the processor. Where the slow lane is full it waits, stopped, for a place there, and a
//! quarter of the places are for those; who finds no place to wait either is sent away. So at least a quarter of
//! all places are for quick queries at any moment, if there are four or more.

use std::time::Duration;

/// How long a query may take and be a quick one.
pub(super) const QUICK: Duration = Duration::from_secs(1);

/// Where a query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// It runs since less than [`QUICK`].
    Quick,
    /// It takes longer.
    Slow,
    /// It takes longer and is stopped until a place in the slow lane is free.
    Waiting,
}

/// The places that are not for quick queries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lanes {
    /// How many may run in the slow lane.
    pub slow: usize,
    /// How many may wait for it.
    pub waiting: usize,
}

impl Lanes {
    /// Of so many places in all.
    pub(super) fn of(places: usize) -> Self {
        Self { slow: (places / 2).max(1), waiting: places / 4 }
    }

    /// Where a query goes that is no longer quick, or that waits, while the others stand in these lanes; nowhere
    /// where all is full.
    pub(super) fn next(self, from: Lane, others: &[Lane]) -> Option<Lane> {
        let in_lane = |lane| others.iter().filter(|other| **other == lane).count();
        if in_lane(Lane::Slow) < self.slow {
            Some(Lane::Slow)
        } else if from == Lane::Waiting || in_lane(Lane::Waiting) < self.waiting {
            Some(Lane::Waiting)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where queries stand after each of so many was found to take long.
    fn all_slow(places: usize) -> Vec<Option<Lane>> {
        let (mut found, mut held) = (Vec::new(), Vec::new());
        for _ in 0..places {
            let next = Lanes::of(places).next(Lane::Quick, &held);
            held.extend(next);
            found.push(next);
        }
        found
    }

    #[test]
    fn however_many_are_slow_a_quarter_of_the_places_stays_for_quick_ones() {
        for places in 4..70 {
            let lanes = all_slow(places);
            let held = lanes.iter().flatten().count();
            assert!(held + places / 4 <= places, "{places} places, {held} held");
            assert_eq!(lanes.iter().filter(|lane| **lane == Some(Lane::Slow)).count(), places / 2);
        }
        assert_eq!(all_slow(1), [Some(Lane::Slow)], "the only place is for any query");
        assert_eq!(all_slow(2), [Some(Lane::Slow), None]);
    }

    #[test]
    fn who_waits_goes_on_when_a_place_is_free_and_is_not_sent_away() {
        let lanes = Lanes { slow: 1, waiting: 1 };
        assert_eq!(lanes.next(Lane::Waiting, &[Lane::Slow, Lane::Waiting]), Some(Lane::Waiting));
        assert_eq!(lanes.next(Lane::Waiting, &[Lane::Quick, Lane::Waiting]), Some(Lane::Slow));
    }
}
