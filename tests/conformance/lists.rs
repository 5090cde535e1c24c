//! What is known before a run: the tests that fail here or in another server, and those that are not run, each with the
//! reason.

use crate::manifest::Entry;
use crate::outcome::Verdict;
use crate::sparql::Peer;
use eu_service_list::graph::Engine;
use std::collections::BTreeMap;

/// What is known before a run.
pub(crate) struct Lists {
    /// The tests that fail here.
    pub(crate) ours: Reasons,
    /// Those that fail in `oxigraph serve`.
    pub(crate) of_oxigraph: Reasons,
    /// Those that are not run.
    pub(crate) skipped: Reasons,
}

impl Lists {
    /// Reads the files beside this one.
    ///
    /// # Errors
    /// A sentence that quotes a line without a reason.
    pub(crate) fn read() -> Result<Self, String> {
        let mut ours = Reasons::parse("known_failures.txt", include_str!("known_failures.txt"))?;
        if Engine::default() == Engine::Oxigraph {
            let file = "known_failures_in_store.txt";
            ours.lines.append(&mut Reasons::parse(file, include_str!("known_failures_in_store.txt"))?.lines);
        }
        Ok(Self {
            ours,
            of_oxigraph: Reasons::parse("failures_of_oxigraph.txt", include_str!("failures_of_oxigraph.txt"))?,
            skipped: Reasons::parse("skipped.txt", include_str!("skipped.txt"))?,
        })
    }

    /// The failures of the server that is asked.
    pub(crate) fn failures(&self) -> &Reasons {
        if Peer::of_the_environment().is_some() { &self.of_oxigraph } else { &self.ours }
    }
}

/// Tests with a reason why they do not pass: a line is a name, a tab, and the reason.
pub(crate) struct Reasons {
    file: &'static str,
    lines: BTreeMap<&'static str, &'static str>,
}

impl Reasons {
    /// Reads the lines; empty ones and those that begin with `#` are for the reader.
    ///
    /// # Errors
    /// A sentence that quotes a line without a reason.
    pub(crate) fn parse(file: &'static str, text: &'static str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let reasons = lines.map(|line| match line.split_once('\t') {
            Some((test, reason)) if !reason.trim().is_empty() => Ok((test, reason.trim())),
            _ => Err(format!("the line {line:?} of {file} has no tab with a reason behind it")),
        });
        Ok(Self { file, lines: reasons.collect::<Result<_, _>>()? })
    }

    /// What a test's result means in the light of the reasons that it fails for, and what to say if it fails.
    pub(crate) fn judge(&self, entry: &Entry, result: Result<(), String>) -> (Verdict, Result<(), String>) {
        match (self.of(entry), result) {
            (None, Ok(())) => (Verdict::Passed, Ok(())),
            (None, Err(difference)) => (Verdict::Failed, Err(difference)),
            (Some(_), Err(_)) => (Verdict::KnownFailure, Ok(())),
            (Some(reason), Ok(())) => {
                let text = format!("passes, but {} says that it fails ({reason}): take it out there", self.file);
                (Verdict::Failed, Err(text))
            }
        }
    }

    /// The reason of a test: its name is listed, or what its name begins with, up to a slash.
    pub(crate) fn of(&self, entry: &Entry) -> Option<&'static str> {
        let name = entry.name();
        let mut listed = self.lines.iter();
        listed.find(|(listed, _)| is_named(&name, listed)).map(|(_, reason)| *reason)
    }

    /// What is listed and is none of the tests.
    pub(crate) fn strangers(&self, entries: &[Entry]) -> Vec<&'static str> {
        let names: Vec<String> = entries.iter().map(Entry::name).collect();
        let is_stranger = |listed: &&&str| !names.iter().any(|name| is_named(name, listed));
        self.lines.keys().filter(is_stranger).copied().collect()
    }

    /// What is listed, with the reasons.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.lines.iter().map(|(listed, reason)| (*listed, *reason))
    }
}

/// Whether a name is listed, or lies in a folder that is.
fn is_named(name: &str, listed: &str) -> bool {
    name == listed || (listed.ends_with('/') && name.starts_with(listed))
}
