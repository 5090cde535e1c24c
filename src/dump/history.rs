//! Every version of every record as N-Quads: each in a graph named by the version's IRI, and what is said of the versions
//! in the default graph.

use super::error::DumpError;
use crate::catalogue::{Base, FeedEntry, Present};
use crate::rdf::Content;

/// How many versions are read from the register at once.
const BATCH: u64 = 500;

/// Hands the lines of each version to `each`, in the order of the feed.
pub(super) fn each_version(
    present: &Present<'_>,
    base: &Base,
    is_ended: &dyn Fn() -> bool,
    mut each: impl FnMut(&[u8]) -> Result<(), DumpError>,
) -> Result<(), DumpError> {
    let end = present.feed_end()?;
    let mut first = 1;
    while first <= end {
        let last = first.saturating_add(BATCH - 1).min(end);
        for entry in present.feed(first..=last)? {
            each(quads(&entry, base).as_bytes())?;
        }
        if is_ended() {
            return Err(DumpError::Stopped);
        }
        first = last + 1;
    }
    Ok(())
}

/// What a version said, in its graph, and what is said of it.
fn quads(entry: &FeedEntry, base: &Base) -> String {
    let graph = entry.version_iri(base).to_string();
    // The canonical form of a triple ends in ` .`, before which the name of a graph stands.
    let quad = |line: &str| [line.strip_suffix('.').unwrap_or(line), &graph, " .\n"].concat();
    let said: String = entry.content.to_string().lines().map(quad).collect();
    said + &Content::from_iter(entry.provenance(base)).to_string()
}
