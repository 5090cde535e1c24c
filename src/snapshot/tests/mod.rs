//! Tests of the layer as a whole.

mod questions;
mod reading;
mod same_as_parser;

use super::{Snapshot, TermId};
use std::collections::BTreeSet;

/// A triple in N-Triples, without the dot.
fn written(snapshot: &Snapshot, triple: [TermId; 3]) -> String {
    triple.map(|id| snapshot.term(id).unwrap().to_string()).join(" ")
}

/// All triples in N-Triples.
fn all(snapshot: &Snapshot) -> BTreeSet<String> {
    snapshot.matching(None, None, None).map(|triple| written(snapshot, triple)).collect()
}
