//! The list that ships with the source: its tables, the decision rules of the second list, and the
//! checks that editors run on both.
//!
//! `vocab/list/` holds tables that people review line by line. [`Tables`] reads them; [`shipped()`]
//! makes the records of them that a new register starts with. What suits a single point of contact
//! is not written down entry by entry: a [`DecisionTable`] gives the verdict for each kind of service,
//! [`assessments()`] lays the argued exceptions over it, and [`check()`] finds what does not fit together.
//! [`stored_queries()`] are questions that people ask of all of it.

mod assessments;
pub mod check;
mod decision_table;
mod shipped;
mod stored_queries;
mod structure;
mod tables;

pub use assessments::assessments;
pub use check::check;
pub use decision_table::{CHANNELS, DecisionTable, DecisionTableError, Rule, Verdict};
pub use shipped::{ShippedError, demo, shipped, shipped_numbers, submission};
pub use stored_queries::{
    ARGUMENT_LIMIT, ArgumentError, Arguments, Parameter, ParameterKind, QueryForm, StoredQuery, description_of,
    stored_queries,
};
pub use structure::{Functions, Structure};
pub use tables::Tables;
