//! SHACL-SPARQL: constraints and validators that are queries
//! ([SHACL, sections 5 and 6](https://www.w3.org/TR/shacl/#sparql-constraints)).
//!
//! [`query`] reads a query and refuses what cannot be pre-bound, [`evaluate`] evaluates it for many
//! focus nodes at once, [`dependency`] tells which changes of the data can change its answers, and
//! [`message`] writes its messages. How shapes are read is not known here.

mod dataset;
pub mod dependency;
#[cfg(test)]
mod differential;
pub mod evaluate;
#[cfg(test)]
mod generate;
mod limits;
#[cfg(test)]
mod memory;
pub mod message;
mod prebind;
pub mod query;
mod scope;
mod token;

pub use dataset::{ShapesGraph, Value};
pub use limits::{Interrupted, Limits};
