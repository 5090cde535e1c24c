//! A register held to all that is promised of it, and a graph held to its register.
//!
//! The history is walked from its first entry to its last in batches: every content is digested by the register's own
//! text and, on another thread, by a library that makes the RDFC-1.0 form of the triples. Then the tables, what is
//! derived, drafts and sources. Memory does not grow with the register.

mod graph;
#[cfg(test)]
mod tests;
mod text_index;

use crate::rdf::{Content, canonical_digest};
use crate::register::{Digest, FeedEntry, Findings, Register, Remedy, Snapshot, Unreadable, Walked};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

pub use graph::verify_graph_made_anew;
pub use text_index::verify_kept_text_index;

/// What a register was found to be.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// How many versions the feed names.
    pub versions: u64,
    /// How many records there are.
    pub records: u64,
    /// The link of the last entry of the feed; nothing if it has none.
    pub last_link: Option<Digest>,
    /// What does not fit.
    pub findings: Findings,
}

/// A version with its text, to be digested.
type Version = (FeedEntry, String);

/// How many versions go to the other thread at once.
const BATCH: usize = 256;

/// How many batches wait for it at most.
const WAITING: usize = 8;

/// Holds a register to its promises. What SQLite cannot read is a finding too.
///
/// # Errors
/// [`Unreadable`]: there is no snapshot to be had of it.
pub fn verify(register: &Register) -> Result<Verified, Unreadable> {
    let snapshot = register.snapshot()?;
    let mut verified = Verified::default();
    let findings = &mut verified.findings;
    told(snapshot.verify_tables(findings), "the tables", findings);
    let walked = history(&snapshot, findings);
    let walked = told(walked, "the history", findings).unwrap_or_default();
    (verified.versions, verified.last_link) = (walked.versions, walked.end.map(|(_, link)| link));
    let records = snapshot.verify_derived(findings);
    verified.records = told(records, "what is derived from the history", findings).unwrap_or_default();
    let others = sources_and_drafts(&snapshot, findings);
    told(others, "sources and drafts", findings);
    Ok(verified)
}

/// What a step gives; where it cannot be taken to its end, that is told.
fn told<T>(step: Result<T, Unreadable>, what: &str, findings: &mut Findings) -> Option<T> {
    match step {
        Ok(given) => Some(given),
        Err(error) => {
            findings.add(format!("{what} cannot be read to the end: {error}"), Remedy::Restore);
            None
        }
    }
}

/// Walks the history; the contents are checked on a thread of their own.
fn history(snapshot: &Snapshot<'_>, findings: &mut Findings) -> Result<Walked, Unreadable> {
    thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Version>>(WAITING);
        let checked = scope.spawn(move || check_contents(&batches));
        let mut batch = Vec::with_capacity(BATCH);
        let walked = snapshot.verify_history(findings, |entry, text| {
            batch.push((entry, text.to_owned()));
            if batch.len() == BATCH {
                // Nobody listens only after a panic, which the end of the scope tells.
                drop(sender.send(std::mem::take(&mut batch)));
            }
        });
        drop(sender.send(batch));
        drop(sender);
        findings.extend(checked.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        walked
    })
}

fn check_contents(batches: &Receiver<Vec<Version>>) -> Findings {
    let mut findings = Findings::default();
    for (entry, text) in batches.iter().flatten() {
        let wrong = match canonical_digest(&text) {
            Ok(digest) if digest != entry.digest => Some("its digest is not that of its RDFC-1.0 form".to_owned()),
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        if let Some(what) = wrong.or_else(|| foreign_line(&entry.record, &text)) {
            findings.add_of(&entry.record, Some(entry.version), what, Remedy::Restore);
        }
    }
    findings
}

/// The first line that is said of something else than a record and its parts.
fn foreign_line(record: &str, text: &str) -> Option<String> {
    let is_own = |line: &str| {
        let rest = line.strip_prefix('<').and_then(|line| line.strip_prefix(record));
        rest.is_some_and(|rest| rest.starts_with(['>', '#']))
    };
    text.lines().find(|line| !is_own(line)).map(|line| format!("it speaks of what is not its own: {line}"))
}

/// Holds what sources said, and what waits to be published, to being readable and canonical.
fn sources_and_drafts(snapshot: &Snapshot<'_>, findings: &mut Findings) -> Result<(), Unreadable> {
    let is_canonical = |text: &str| Content::parse(text).is_ok_and(|content| content.to_string() == text);
    snapshot.each_told(|told| {
        if !is_canonical(told.content) {
            let what = format!("what the source {} said of it cannot be read", told.source);
            findings.add_of(told.record, None, what, Remedy::WriteAnew);
        }
        Ok::<(), Unreadable>(())
    })?;
    snapshot.each_draft(|iri, text| {
        if text.is_some_and(|text| !is_canonical(text)) {
            findings.add_of(iri, None, "its draft cannot be read".to_owned(), Remedy::WriteAnew);
        }
    })
}
