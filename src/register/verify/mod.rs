//! Holding a register to its promises: what SQL and the chain can say of it, without knowing what contents mean.
//!
//! Everything is read from one snapshot, beside a running server too, and in constant memory. Nothing is mended: a
//! register that does not fit is told, each thing with what to do ([`Finding`]).

mod derived;
mod finding;
mod history;
mod promises;
mod rules;

pub use finding::{Finding, Findings, Remedy};
pub use history::Walked;
