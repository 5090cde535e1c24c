//! What became of each test, the failures that are known, and a line for each group.

use crate::manifest::Entry;
use oxrdf::NamedNode;
use std::collections::{BTreeMap, BTreeSet};

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// As expected.
    Passed,
    /// Not as expected, which `known_failures.txt` says.
    KnownFailure,
    /// Not as expected, or listed as a failure although it is none.
    Failed,
}

/// A test that was run.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// The test's IRI.
    pub(crate) test: NamedNode,
    /// The group of the manifest that lists it.
    pub(crate) group: String,
    /// What became of it.
    pub(crate) verdict: Verdict,
}

/// Tests that fail, each with the reason: a line is the test's name or IRI, a tab, and the reason.
pub(crate) struct KnownFailures(BTreeMap<&'static str, &'static str>);

impl KnownFailures {
    /// Reads the lines; empty ones and those that begin with `#` are for the reader.
    ///
    /// # Errors
    /// A sentence that quotes a line without a reason.
    pub(crate) fn parse(text: &'static str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let reasons = lines.map(|line| match line.split_once('\t') {
            Some((test, reason)) if !reason.trim().is_empty() => Ok((test, reason.trim())),
            _ => Err(format!("the line {line:?} of known_failures.txt has no tab with a reason behind it")),
        });
        Ok(Self(reasons.collect::<Result<_, _>>()?))
    }

    /// What a test's result means in the light of the list, and what to say if it fails.
    pub(crate) fn judge(&self, entry: &Entry, result: Result<(), String>) -> (Verdict, Result<(), String>) {
        match (self.reason(entry), result) {
            (None, Ok(())) => (Verdict::Passed, Ok(())),
            (None, Err(difference)) => (Verdict::Failed, Err(difference)),
            (Some(_), Err(_)) => (Verdict::KnownFailure, Ok(())),
            (Some(reason), Ok(())) => {
                let text = format!("passes, but known_failures.txt says that it fails ({reason}): take it out there");
                (Verdict::Failed, Err(text))
            }
        }
    }

    /// What is listed and is none of the tests.
    pub(crate) fn strangers(&self, entries: &[Entry]) -> Vec<&'static str> {
        let tests: BTreeSet<String> =
            entries.iter().flat_map(|entry| [entry.name(), entry.iri.as_str().to_owned()]).collect();
        self.0.keys().filter(|test| !tests.contains(**test)).copied().collect()
    }

    fn reason(&self, entry: &Entry) -> Option<&'static str> {
        self.0.get(entry.name().as_str()).or_else(|| self.0.get(entry.iri.as_str())).copied()
    }
}

/// A line for each group, with how many of its tests pass.
pub(crate) fn summary(outcomes: &[Outcome]) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<Verdict>> = BTreeMap::new();
    for outcome in outcomes {
        groups.entry(&outcome.group).or_default().push(outcome.verdict);
    }
    let count = |verdicts: &[Verdict], wanted| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    groups
        .into_iter()
        .map(|(group, verdicts)| {
            let passed = count(&verdicts, Verdict::Passed);
            let known = match count(&verdicts, Verdict::KnownFailure) {
                0 => String::new(),
                known => format!(", {known} known to fail"),
            };
            format!("{group:<32} {passed:>3} of {:>3} pass{known}", verdicts.len())
        })
        .collect()
}
