//! From the files of sources to submissions.
//!
//! A file becomes [`Row`]s, a [`Mapping`] (a SPARQL CONSTRUCT in `vocab/mappings/` or a file of
//! the operator's) makes RDF of each row, and what SPARQL cannot say is read by code beside it
//! ([`history`]). This layer writes nothing: it hands a [`Submission`] to the catalogue.
//! Start at [`batch()`]; [`esd()`] and [`govuk()`] say which files go through which mappings.
//!
//! [`Submission`]: crate::catalogue::Submission

mod batch;
mod csv_rows;
mod esd;
mod govuk;
pub mod history;
mod mapping;
mod rdf_file;
mod row;
mod xml_rows;

pub use batch::{ImportError, batch, batch_of_turtle};
pub use esd::{EsdFiles, esd};
pub use govuk::{GovukFiles, govuk};
pub use mapping::{Mapping, MappingError};
pub use rdf_file::{RdfFileError, batch_of_file};
pub use row::{Row, RowError, Table, read_table};
