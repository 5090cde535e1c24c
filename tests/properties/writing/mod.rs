//! The writer against a simple model: whatever is done in whatever order, and wherever the process dies, the catalogue
//! answers what the model says and holds what the model holds.
//!
//! A few hundred sequences are tried each time; `EUSL_SEQUENCES=10000 cargo test --release --test properties writing`
//! tries more, and `EUSL_FIRST_SEQUENCE` says where to begin, which is how one that failed is tried again.

mod life;
mod model;
mod real;
mod says;
mod step;

use crate::hostile::Random;
use model::Model;
use real::Real;
use std::collections::BTreeSet;
use step::{Change, Plan, Step, Target};

/// Sequences that are tried each time.
const SEQUENCES: u64 = 200;

/// Steps of a sequence.
const STEPS: usize = 30;

fn setting(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().map_or(otherwise, |value| value.parse().unwrap())
}

/// How often something came out, so that a test in which nothing ever happens is seen.
#[derive(Debug, Default)]
struct Seen {
    written: usize,
    refused: BTreeSet<String>,
    imported: usize,
}

#[test]
fn whatever_is_done_in_whatever_order_the_catalogue_says_what_the_model_says() {
    let first = setting("EUSL_FIRST_SEQUENCE", 0);
    let count = setting("EUSL_SEQUENCES", SEQUENCES);
    let mut seen = Seen::default();
    for number in first..first + count {
        let told = std::panic::AssertUnwindSafe(|| run(number, &mut seen));
        if let Err(panic) = std::panic::catch_unwind(told) {
            eprintln!("EUSL_FIRST_SEQUENCE={number} EUSL_SEQUENCES=1 shows it again");
            std::panic::resume_unwind(panic);
        }
    }
    if count >= SEQUENCES {
        assert!(seen.written > 1_000 && seen.imported > 100, "{seen:?}");
        assert_eq!(seen.refused.len(), 11, "every refusal comes up: {seen:?}");
    }
}

fn run(number: u64, seen: &mut Seen) {
    let mut random = Random::seeded(number);
    let (mut model, mut real) = (Model::default(), Real::new());
    let mut given = BTreeSet::new();
    for place in 0..STEPS {
        let step = Step::random(&mut random, &model.known());
        let context = format!("sequence {number}, step {place}: {step:?}");
        let told = std::panic::AssertUnwindSafe(|| take(&step, &mut model, &mut real, &mut given, seen));
        if let Err(panic) = std::panic::catch_unwind(told) {
            eprintln!("{context}");
            std::panic::resume_unwind(panic);
        }
    }
    real.compare_versions(&model);
}

/// Takes a step with both.
fn take(step: &Step, model: &mut Model, real: &mut Real, given: &mut BTreeSet<String>, seen: &mut Seen) {
    match step {
        Step::Edits(plans) => edit(plans, model, real, given, seen),
        Step::Import(said) => {
            assert_eq!(real.import(said), model.import(said), "what the import is answered");
            seen.imported += 1;
        }
        Step::Restart => real.restart(),
        Step::Crash => real.crash(),
        Step::CrashBefore(plan) => real.crash_before(plan),
        Step::CrashWithin(plan, hundredths) => real.crash_within(plan, *hundredths),
        Step::Defect(plan) => real.defect(plan),
    }
    real.compare(model);
    if !matches!(step, Step::Edits(_) | Step::Import(_)) {
        real.compare_versions(model);
    }
}

fn edit(plans: &[Plan], model: &mut Model, real: &Real, given: &mut BTreeSet<String>, seen: &mut Seen) {
    for (plan, answer) in plans.iter().zip(real.edits(plans)) {
        let is_again = plan.key.is_some() && model.was_answered(plan);
        let expected = model.edit(plan);
        assert_eq!(answer, expected, "what is answered to {plan:?}");
        match answer {
            Ok((_, records)) => {
                seen.written += 1;
                for (Change { target, .. }, record) in plan.changes.iter().zip(records) {
                    let is_next = matches!(target, Target::Next(_));
                    let is_new = given.insert(record.iri.clone());
                    assert!(is_again || is_new || !is_next, "{} is given out twice", record.iri);
                }
            }
            Err(refusal) => {
                seen.refused.insert(format!("{refusal:?}"));
            }
        }
    }
}
