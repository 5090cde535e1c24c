//! Shapes graph and data in, validation report out: [SHACL](https://www.w3.org/TR/shacl/), Core and SPARQL.
//!
//! Knows neither graph nor register nor HTTP: data are whatever implements [`Data`]. Start at
//! [`Shapes::parse`], which reads and compiles a shapes graph once, and go on with [`validate()`] for whole
//! data, or with [`affected()`] and [`validate_nodes`] for what a change can have touched; both give a [`Report`],
//! which can be had as RDF ([`Report::to_graph`]), as text for people ([`write_text`]) and as JSON ([`write_json`]).
//!
//! `constraint` has one file for each section of the recommendation's chapters 4 to 6, and in it everything
//! about a constraint component: how it is read, checked, described, and what its verdict depends on.

mod affected;
mod checker;
mod clock;
mod constraint;
mod data;
mod dependency;
mod error;
mod json;
mod limits;
mod nesting;
mod path;
mod reader;
mod report;
mod report_graph;
mod scan;
mod shapes;
mod sparql;
mod summary;
mod target;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod validate;

pub use affected::{Change, affected};
pub use data::{Data, Node};
pub use error::{Problem, Remark, ShapesError};
pub use json::write_json;
pub use limits::{Failure, Limits};
pub use path::Path;
pub use report::{Report, ResultPath, Source, ValidationResult};
pub use shapes::Shapes;
pub use summary::{Finding, Severity};
pub use text::{Wording, counted, tally, write_text};
pub use validate::{validate, validate_nodes};
