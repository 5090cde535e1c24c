//! Dumps: everything that is published, as files.
//!
//! Each file holds one dataset in one syntax and says so in the [`Manifest`] of its set.

mod manifest;

pub use manifest::{DumpCoding, DumpFile, DumpForm, Manifest};
