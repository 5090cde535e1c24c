//! Shapes graphs and data that nobody would write, made of those that somebody wrote, and what must hold for
//! each: the engine never panics, always ends, and is of one mind with itself.
//!
//! Shared by the property test and by `fuzz/`. A case is made from a number alone, so the number is all that
//! is needed to have it again.

mod change;
mod graph;
mod judge;
mod lines;
mod part;
mod random;
mod seeds;
mod text;
mod words;

pub(crate) use judge::{Outcome, judge};
pub(crate) use lines::{judge_lines, lines};
pub(crate) use random::Random;
pub(crate) use seeds::Seeds;

use eu_service_list::rdf::Triple;

/// What is judged.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The shapes graph.
    pub(crate) shapes: Vec<Triple>,
    /// The data.
    pub(crate) data: Vec<Triple>,
}

impl Case {
    /// The case of a number.
    pub(crate) fn of(seeds: &Seeds, number: u64) -> Self {
        let mut random = Random::seeded(number);
        let seed = seeds.pick(&mut random);
        let mut shapes = seed.clone();
        // Most seeds are shapes and data in one; sometimes the data are those of others.
        let mut data = if random.one_in(8) { seeds.pick(&mut random).clone() } else { seed.clone() };
        if random.one_in(6) {
            let other = seeds.pick(&mut random);
            shapes.extend(part::of_one_shape(&mut random, &other));
        }
        for _ in 0..random.few(12) {
            change::shapes(&mut random, seeds, &mut shapes);
        }
        for _ in 0..random.few(6) {
            change::data(&mut random, &shapes, &mut data);
        }
        Self { shapes, data }
    }
}
