//! Dumps: `/dump`, which lists them, and the files.

mod body;
mod file;
mod list;
mod range;

pub(super) use file::{get_dated_file, get_file};
pub(super) use list::get_dumps;
