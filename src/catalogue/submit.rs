//! The one writer: from what sources say to a new revision of register and graph.
//!
//! merge → check → commit to the register in one synced transaction → apply to the graph.

use super::address::RecordName;
use super::merge::{Sides, merge};
use super::open::Catalogue;
use super::submission::{Batch, Outcome, Rejection, Said, Submission};
use crate::graph::{Delta, GraphError};
use crate::rdf::{Content, Literal, NamedNode, Term, Triple};
use crate::register::{
    Change, Commit, CommitError, FrozenRelease, RecordVersion, Snapshot, Told, Unreadable, fail_point,
};
use crate::vocab::{adms, dct, rdf, skos};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::PoisonError;

/// A submission that was not written; register and graph are as they were.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
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
    /// The release cannot be frozen.
    #[error("release {name:?} cannot be made: {reason}")]
    Release {
        /// Its name.
        name: String,
        /// Why not.
        reason: &'static str,
    },
}

/// A record as it was found and as it shall be.
struct Pending {
    name: RecordName,
    present: Option<RecordVersion>,
    content: Content,
}

impl Pending {
    fn present(&self) -> Content {
        self.present.as_ref().map_or_else(Content::default, |version| version.content.clone())
    }

    fn is_changed(&self) -> bool {
        self.present.as_ref().is_none_or(|version| version.content != self.content)
    }
}

/// The work of one submission.
#[derive(Default)]
struct Work {
    pending: BTreeMap<String, Pending>,
    told: Vec<Told>,
    outcome: Outcome,
}

impl Catalogue {
    /// Writes what a submission says, whole or not at all. What is refused of it is in the
    /// outcome's `rejected` and leaves no trace; what changes nothing makes no version.
    ///
    /// # Errors
    /// See [`SubmitError`].
    pub fn submit(&self, submission: Submission) -> Result<Outcome, SubmitError> {
        let _writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        fail_point::reach("write-begun");
        let snapshot = self.register.snapshot()?;
        let (shown, written) = (self.graph.revision(), snapshot.revision()?.number);
        if shown != written {
            return Err(SubmitError::GraphBehind { shown, written });
        }
        let mut work = Work::default();
        for batch in submission.batches {
            self.hear(&snapshot, batch, &mut work)?;
        }
        let release = match submission.release {
            Some(name) => Some(self.freeze(&snapshot, name, &mut work)?),
            None => None,
        };
        work.outcome.revision = written;
        drop(snapshot);
        fail_point::reach("write-merged");
        let Work { pending, told, mut outcome } = work;
        let delta = delta(&pending, &mut outcome);
        let changes = pending.into_values().filter(Pending::is_changed).map(|pending| Change {
            number: pending.name.number(),
            iri: pending.name.iri,
            kind: pending.name.kind,
            content: pending.content,
        });
        let commit = Commit {
            agent: submission.agent,
            activity: submission.activity,
            changes: changes.collect(),
            told,
            release,
        };
        if !commit.changes.is_empty() || !commit.told.is_empty() {
            let revision = self.register.commit(&commit)?;
            outcome.revision = revision;
            self.graph
                .apply(&Delta { revision, ..delta })
                .map_err(|source| SubmitError::GraphFailed { revision, source })?;
            fail_point::reach("graph-applied");
        }
        Ok(outcome)
    }

    /// Lays what one source says over what is there.
    fn hear(&self, snapshot: &Snapshot<'_>, batch: Batch, work: &mut Work) -> Result<(), SubmitError> {
        let mut silent: BTreeMap<String, bool> = snapshot.spoken_of(&batch.source)?.into_iter().collect();
        let frozen: BTreeSet<String> = snapshot.releases()?.into_iter().map(|release| release.record).collect();
        work.outcome.rejected.extend(batch.rejected);
        for Said { record, content: now } in batch.said {
            let was_missing = silent.remove(&record).unwrap_or(false);
            let heard_before = work.pending.remove(&record);
            let Some(mut pending) =
                heard_before.map_or_else(|| self.find(snapshot, &record), |found| Ok(Some(found)))?
            else {
                let reason = "it is not the IRI of a record".to_owned();
                work.outcome.rejected.push(Rejection { place: record, reason });
                continue;
            };
            let before = snapshot.told(&batch.source, &record)?;
            // Only what this source dropped can be kept by another.
            let drops = before.minus(&now).next().is_some();
            let others = if drops { snapshot.told_by_others(&batch.source, &record)? } else { Vec::new() };
            let present = std::mem::take(&mut pending.content);
            let sides = Sides { record: &record, present: &present, before: &before, now: &now, others: &others };
            let (content, differences) = merge(&sides, &batch.ownership);
            if let Err(reason) = check(&pending, &content, &frozen) {
                work.outcome.rejected.push(Rejection { place: record.clone(), reason });
                if !present.is_empty() {
                    work.pending.insert(record, Pending { content: present, ..pending });
                }
                continue;
            }
            work.outcome.differences.extend(differences);
            if before != now || was_missing {
                work.told.push(Told { source: batch.source.clone(), record: record.clone(), content: Some(now) });
            }
            pending.content = content;
            work.pending.insert(record, pending);
        }
        for (record, was_marked) in silent {
            if !was_marked {
                work.outcome.missing.push(record.clone());
                work.told.push(Told { source: batch.source.clone(), record, content: None });
            }
        }
        Ok(())
    }

    fn find(&self, snapshot: &Snapshot<'_>, iri: &str) -> Result<Option<Pending>, SubmitError> {
        let Some(name) = self.base.record_of(iri).filter(|name| name.iri == iri) else {
            return Ok(None);
        };
        let present = snapshot.record(iri)?;
        let content = present.as_ref().map_or_else(Content::default, |version| version.content.clone());
        Ok(Some(Pending { name, present, content }))
    }

    /// Adds the record of a release, and the membership of every entry that the list has.
    fn freeze(&self, snapshot: &Snapshot<'_>, name: String, work: &mut Work) -> Result<FrozenRelease, SubmitError> {
        let refuse = |reason| SubmitError::Release { name: name.clone(), reason };
        let list = self.base.iri("list/services");
        let record = format!("{}/{name}", list.as_str());
        let release = self.base.record_of(&record).filter(|found| found.iri == record);
        let release = release
            .ok_or_else(|| refuse("a name has letters, digits, full stops, hyphens and low lines, at most 64"))?;
        if snapshot.record(&record)?.is_some() || work.pending.contains_key(&record) {
            return Err(refuse("there is one of this name, and a release never changes"));
        }
        for entry in snapshot.pointing_at(list.as_str(), skos::IN_SCHEME.as_str(), usize::MAX)? {
            if let (false, Some(pending)) = (work.pending.contains_key(&entry.iri), self.find(snapshot, &entry.iri)?) {
                work.pending.insert(entry.iri, pending);
            }
        }
        let in_scheme =
            |iri: &str, scheme: &NamedNode| Triple::new(NamedNode::new_unchecked(iri), skos::IN_SCHEME, scheme.clone());
        let release_iri = NamedNode::new_unchecked(&record);
        let mut members = Vec::new();
        for (iri, pending) in &mut work.pending {
            if pending.content.contains(&in_scheme(iri, &list)) {
                pending.content.insert(in_scheme(iri, &release_iri));
                members.push(iri.clone());
            }
        }
        if members.is_empty() {
            return Err(refuse("the list has no entries yet"));
        }
        let content = release_content(&release_iri, &list, &name);
        work.pending.insert(record.clone(), Pending { name: release, present: None, content });
        Ok(FrozenRelease { name, record, members })
    }
}

/// What the record of a release says.
fn release_content(release: &NamedNode, list: &NamedNode, name: &str) -> Content {
    let text = |value: String| Term::from(Literal::new_language_tagged_literal_unchecked(value, "en"));
    let status = NamedNode::new_unchecked("http://publications.europa.eu/resource/authority/concept-status/CURRENT");
    [
        (rdf::TYPE, skos::CONCEPT_SCHEME.into_owned().into()),
        (skos::PREF_LABEL, text(format!("European Service List, release {name}"))),
        (dct::IDENTIFIER, Literal::new_simple_literal(name).into()),
        (dct::IS_VERSION_OF, list.clone().into()),
        (adms::STATUS, status.into()),
    ]
    .map(|(property, value): (_, Term)| Triple::new(release.clone(), property, value))
    .into_iter()
    .collect()
}

/// Holds a record to the rules that every record keeps; `frozen` are the IRIs of releases.
fn check(pending: &Pending, content: &Content, frozen: &BTreeSet<String>) -> Result<(), String> {
    let name = &pending.name;
    if name.kind == "service-type" && name.number().is_none() {
        return Err("a service type is named by its number, a positive whole number without leading zeros".to_owned());
    }
    let iri = NamedNode::new_unchecked(&name.iri);
    if content.values(iri.as_ref(), rdf::TYPE).next().is_none() {
        return Err("the register has no such record, and the source does not say what it is (no rdf:type)".to_owned());
    }
    let releases_of = |content: &Content| -> BTreeSet<String> {
        let schemes = content.values(iri.as_ref(), skos::IN_SCHEME).filter_map(|scheme| match scheme {
            Term::NamedNode(scheme) => Some(scheme.as_str().to_owned()),
            _ => None,
        });
        schemes.filter(|scheme| frozen.contains(scheme)).collect()
    };
    if releases_of(content) != releases_of(&pending.present()) {
        return Err(
            "it would change the members of a frozen release; leave the release's skos:inScheme alone".to_owned()
        );
    }
    Ok(())
}

/// The difference to the present state, counted into the outcome.
fn delta(pending: &BTreeMap<String, Pending>, outcome: &mut Outcome) -> Delta {
    let mut delta = Delta::default();
    for pending in pending.values() {
        let present = pending.present();
        delta.removed.extend(present.minus(&pending.content).cloned());
        delta.added.extend(pending.content.minus(&present).cloned());
        match (&pending.present, pending.is_changed()) {
            (None, _) => outcome.added += 1,
            (Some(_), true) => outcome.changed += 1,
            (Some(_), false) => outcome.unchanged += 1,
        }
    }
    delta
}
