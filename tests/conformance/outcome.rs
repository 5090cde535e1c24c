//! What became of each test, and a line for each group.

use oxrdf::NamedNode;
use std::collections::BTreeMap;

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
