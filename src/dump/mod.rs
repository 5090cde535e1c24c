//! Dumps: everything that is published, as files, made in the background.
//!
//! A set of dumps is what the register says at one revision. It is made from the register alone, in a folder that nobody
//! reads yet, and takes the place of the set before when it is whole. [`Dumps`] keeps the newest sets and makes new ones;
//! [`write_dump`] writes a single file for whoever runs the command. Nothing here knows of HTTP or the graph.
//!
//! | what | where |
//! |---|---|
//! | what a set is made of, as its files tell it | `manifest` |
//! | the register read once, in a file to be read again | `copy` |
//! | documents cut into parts, counted and digested while they are written | `parts`, `coding` |
//! | what goes into which file | `set`, `organisations`, `history`, `table` |
//! | which sets there are, and how a new one takes its place | `place` |
//! | when a new one is made | `keeper` |
//! | one file for the command | `single` |

mod coding;
mod copy;
mod error;
mod history;
mod keeper;
mod manifest;
mod organisations;
mod parts;
mod place;
mod set;
mod single;
mod table;

pub use error::DumpError;
pub use keeper::Dumps;
pub use manifest::{ALL, DumpCoding, DumpFile, DumpForm, HISTORY, Manifest};
pub use place::{Missing, OpenDump};
pub use set::Limits;
pub use single::{Wanted, write_dump};
pub use table::{suitability_rows, write_table};

#[cfg(test)]
mod tests;
