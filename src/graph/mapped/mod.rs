//! The graph over a snapshot: an immutable base that is mapped from a file, and what commits changed since.
//!
//! A [`View`] is the graph at one revision. It never changes: a commit makes the next one, which shares the base and the
//! texts of terms with it, so whoever reads keeps the revision that he began with. [`Step`](step::Step) is a commit in numbers, the
//! same for every process that has the same file. [`Generations`] is the upkeep: which view is shown, from which file,
//! and when changes are merged into a new one. [`Reading`] is what Oxigraph's evaluator reads.

mod generations;
mod place;
mod reading;
mod step;
mod terms;
#[cfg(test)]
mod tests;
mod triple_set;
mod triples;
mod view;

pub(super) use generations::Generations;
pub use generations::Shared;
pub use place::{Place, StampOf};
pub(super) use reading::Reading;
pub use step::StepError;
pub(super) use view::View;
