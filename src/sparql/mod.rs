//! SPARQL before it is evaluated: the algebra of a query walked part by part, and the bounds that keep
//! a query from costing more than a server has.
//!
//! Knows no data. Start at [`Bounds`].

pub(crate) mod algebra;
mod bounds;

pub use bounds::{Bounds, BoundsError};
