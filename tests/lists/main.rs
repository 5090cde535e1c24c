//! The real lists beside the project: skipped, and said so, where they are absent.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../support/register.rs"]
mod register;
#[path = "../support/town.rs"]
mod town;

mod changes;
mod consumer_queries;
mod definitions;
mod desk;
mod esd;
mod govuk;
mod history;

use std::io::Write;
use std::path::PathBuf;

/// The outside data, where it is present: a folder beside the project.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    // Straight to the stream: the harness swallows what the print macros of a passing test say.
    std::io::stderr().write_all(format!("SKIPPED: ../shared/{path} is absent\n").as_bytes()).unwrap();
    None
}
