//! The table of `docs/SPARQL-CONFORMANCE.md`: what passes, by manifest, here and in `oxigraph serve`.
//!
//! A run holds each server to its list of failures, test by test, so the counts follow from the lists.

use crate::lists::{Lists, Reasons};
use crate::manifest::Entry;
use eu_service_list::graph::Engine;
use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("../../docs/SPARQL-CONFORMANCE.md");

/// The counts of a manifest.
#[derive(Default)]
struct Counts {
    run: usize,
    skipped: usize,
    failed: usize,
    failed_in_oxigraph: usize,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.run += other.run;
        self.skipped += other.skipped;
        self.failed += other.failed;
        self.failed_in_oxigraph += other.failed_in_oxigraph;
    }

    fn row(&self, name: &str) -> String {
        let Self { run, skipped, failed, failed_in_oxigraph } = self;
        let (passed, passed_in_oxigraph) = (run - failed, run - failed_in_oxigraph);
        format!("| {name} | {passed} | {failed} | {skipped} | {passed_in_oxigraph} | {failed_in_oxigraph} |")
    }
}

/// Holds the document to the lists; it is of the graph that is served by default.
///
/// # Errors
/// The rows as they should be, where one is not there.
pub(crate) fn check(entries: &[Entry], lists: &Lists) -> Result<(), String> {
    let rows = rows(entries, lists);
    if Engine::default() == Engine::Oxigraph || rows.iter().all(|row| DOCUMENT.lines().any(|line| line == row)) {
        return Ok(());
    }
    Err(format!("docs/SPARQL-CONFORMANCE.md should have these rows:\n{}", rows.join("\n")))
}

fn rows(entries: &[Entry], lists: &Lists) -> Vec<String> {
    let mut groups: BTreeMap<String, Counts> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.name().starts_with("sparql")) {
        let is_skipped = lists.skipped.of(entry).is_some();
        let fails_in = |reasons: &Reasons| usize::from(!is_skipped && reasons.of(entry).is_some());
        groups.entry(entry.group()).or_default().add(&Counts {
            run: usize::from(!is_skipped),
            skipped: usize::from(is_skipped),
            failed: fails_in(&lists.ours),
            failed_in_oxigraph: fails_in(&lists.of_oxigraph),
        });
    }
    let mut all = Counts::default();
    for counts in groups.values() {
        all.add(counts);
    }
    let mut rows: Vec<String> = groups.iter().map(|(name, counts)| counts.row(name)).collect();
    rows.push(all.row("all"));
    rows
}

/// Queries that fail here and pass in `oxigraph serve`, but for those that need RDF 1.2.
pub(crate) fn lost(entries: &[Entry], lists: &Lists) -> Vec<String> {
    let is_of_queries = |entry: &&Entry| {
        let kind = entry.kind.as_str();
        kind.ends_with("#QueryEvaluationTest") || kind.ends_with("#CSVResultFormatTest")
    };
    let fails_here_alone = |entry: &&Entry| {
        let is_ours = lists.ours.of(entry).is_some_and(|reason| !reason.contains("SPARQL 1.2"));
        is_ours && lists.of_oxigraph.of(entry).is_none()
    };
    entries.iter().filter(is_of_queries).filter(fails_here_alone).map(Entry::name).collect()
}
