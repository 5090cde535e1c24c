//! The one writer: from what sources say to a new revision of register and graph.
//!
//! merge → hold to the shapes → commit to the register in one synced transaction → tell which documents it
//! touches → apply to the graph.

use super::super::address::Base;
use super::super::open::Catalogue;
use super::submission::{Outcome, Submission};
use super::touched::{Rewriting, touched};
use super::verdict::{Refusals, refusals};
use super::writing::{Pending, Writing};
use crate::graph::{Delta, GraphError, Rewritten, VerdictError};
use crate::register::{Attribution, Change, Commit, CommitError, Unreadable, fail_point};

/// A submission that was not written; register and graph are as they were.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// It was made for other IRIs.
    #[error(
        "it was made for the base {submitted}, and the register is for {ours}; \
         run the command with --base {ours}, or on another --data directory"
    )]
    OtherBase {
        /// The base that the submission was made for.
        submitted: String,
        /// The register's.
        ours: Base,
    },
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The register refused the commit.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The register has the commit, the graph could not follow: a restart builds it anew.
    #[error("revision {revision} is written, but the graph could not follow: {source}; restart the server")]
    GraphFailed {
        /// The revision that was written.
        revision: u64,
        /// What failed.
        source: GraphError,
    },
    /// The graph did not follow an earlier commit, so nothing more is written.
    #[error("the graph shows revision {shown}, the register has {written}; restart the server")]
    GraphBehind {
        /// What the graph shows.
        shown: u64,
        /// What the register has.
        written: u64,
    },
    /// It could not be checked.
    #[error("it could not be checked against the shapes: {0}")]
    Unchecked(#[from] VerdictError),
    /// The writer could not be waited for.
    #[error("the writer ended before it answered; run the command again to see what it wrote")]
    Lost,
    /// The release cannot be frozen.
    #[error("release {name:?} cannot be made: {reason}")]
    Release {
        /// Its name.
        name: String,
        /// Why not.
        reason: &'static str,
    },
}

impl Catalogue {
    /// Writes a submission, when its turn has come.
    pub(super) fn write_submission(&self, submission: Submission) -> Result<Outcome, SubmitError> {
        if submission.base != self.base.as_str() {
            return Err(SubmitError::OtherBase { submitted: submission.base, ours: self.base.clone() });
        }
        fail_point::reach("write-begun");
        let snapshot = self.register.snapshot()?;
        let (shown, written) = (self.graph.revision(), snapshot.revision()?.number);
        if shown != written {
            return Err(SubmitError::GraphBehind { shown, written });
        }
        let is_whole = submission.batches.iter().any(|batch| batch.is_whole);
        let mut writing = Writing::new(&self.base, &snapshot);
        for batch in submission.batches {
            writing.hear(batch)?;
        }
        let release = submission.release.map(|name| writing.freeze(name)).transpose()?;
        let (pending, told, mut outcome) = writing.end();
        outcome.revision = written;
        if is_whole && !outcome.rejected.is_empty() {
            return Ok(outcome.refused(Refusals::default()));
        }
        let delta = delta(&pending);
        let report = self.gate.check(&self.graph, &[], &rewritten(&pending), &delta)?;
        let refused = refusals(&self.base, &pending, &report);
        if !refused.rejections.is_empty() {
            return Ok(outcome.refused(refused));
        }
        let touched = touched(&self.base, &snapshot, &rewritings(&pending))?;
        drop(snapshot);
        fail_point::reach("write-merged");
        let commit = Commit {
            attribution: Attribution {
                agent: submission.agent,
                activity: submission.activity,
                ..Attribution::default()
            },
            changes: pending.into_iter().filter(Pending::is_changed).map(change).collect(),
            told,
            release,
            touched,
        };
        if !commit.changes.is_empty() || !commit.told.is_empty() {
            let revision = self.register.commit(&commit)?;
            outcome.revision = revision;
            self.touches.note(revision, commit.touched);
            let followed = self.graph.apply(&Delta { revision, ..delta });
            followed.map_err(|source| SubmitError::GraphFailed { revision, source })?;
            fail_point::reach("graph-applied");
            self.renew_graph();
        }
        Ok(outcome)
    }
}

/// What the graph has to take out and put in.
fn delta(pending: &[Pending]) -> Delta {
    let mut delta = Delta::default();
    for pending in pending {
        let present = pending.present();
        delta.removed.extend(present.minus(&pending.content).cloned());
        delta.added.extend(pending.content.minus(present).cloned());
    }
    delta
}

/// The records as the gate looks at them.
fn rewritten(pending: &[Pending]) -> Vec<Rewritten<'_>> {
    let changed = pending.iter().filter(|pending| pending.is_changed());
    changed.map(|pending| Rewritten::of(pending.present(), &pending.content)).collect()
}

/// The records as the documents that show them look at them.
fn rewritings(pending: &[Pending]) -> Vec<Rewriting<'_>> {
    pending.iter().filter(|pending| pending.is_changed()).map(rewriting).collect()
}

fn rewriting(pending: &Pending) -> Rewriting<'_> {
    Rewriting { record: &pending.name.iri, before: pending.present(), after: &pending.content }
}

fn change(pending: Pending) -> Change {
    let Pending { name, content, .. } = pending;
    Change { number: name.number(), iri: name.iri, kind: name.kind, content }
}
