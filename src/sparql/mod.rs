//! SPARQL before it is evaluated: the algebra of a query walked part by part, the bounds that keep
//! a query from costing more than a server has, and whether its answer may be kept.
//!
//! Knows no data. Start at [`Bounds`].

pub(crate) mod algebra;
mod bounds;
mod settled;

pub use bounds::{Bounds, BoundsError};
pub use settled::is_settled_by_data;
