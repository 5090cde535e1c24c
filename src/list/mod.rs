//! The list that ships with the source: its tables, the decision rules of the second list, and the
//! checks that editors run on both.
//!
//! `vocab/list/` holds tables that people review line by line. [`Tables`] reads them; [`shipped()`]
//! makes the records of them that a new register starts with. What suits a single point of contact
//! is not written down entry by entry: a [`DecisionTable`] gives the verdict for each kind of service,
//! [`assessments()`] lays the argued exceptions over it.

mod assessments;
mod decision_table;
mod shipped;
mod structure;
mod tables;

pub use assessments::assessments;
pub use decision_table::{CHANNELS, DecisionTable, DecisionTableError, Rule, Verdict};
pub use shipped::{ShippedError, shipped, shipped_numbers};
pub use structure::{Functions, Structure};
pub use tables::{Tables, TablesError};
