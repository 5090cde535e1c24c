//! Properties: what must hold for every input, tried with many.
//!
//! `fuzz/run` goes on where these stop.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "../support/hostile/mod.rs"]
mod hostile;
mod writing;

use hostile::{Case, Outcome, Random, Seeds, judge, judge_lines, lines};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| Seeds::read(Path::new(env!("CARGO_MANIFEST_DIR"))));

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn shapes_and_data_that_nobody_would_write_end_in_a_report_or_a_reason(number: u64) {
        let case = Case::of(&SEEDS, number);
        prop_assert_eq!(judge(&case).err(), None);
    }

    #[test]
    fn a_snapshot_takes_the_lines_that_the_parser_takes(number: u64) {
        let case = Case::of(&SEEDS, number);
        prop_assert_eq!(judge_lines(&lines(&mut Random::seeded(number), &case)).err(), None);
    }
}

/// Cases that are all refused, or that nothing is said of, would test nothing.
#[test]
fn cases_come_out_in_every_way() {
    let outcomes: Vec<Outcome> = (0..100).filter_map(|number| judge(&Case::of(&SEEDS, number)).ok()).collect();
    for outcome in [Outcome::Refused, Outcome::Conforms, Outcome::DoesNotConform] {
        assert!(outcomes.contains(&outcome), "no case of a hundred: {outcome:?}");
    }
}
