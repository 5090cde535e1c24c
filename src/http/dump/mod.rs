//! Dumps: `/dump`, which lists them, and the files.

mod body;
mod file;
mod range;

pub(super) use file::{get_dated_file, get_file};
