//! The work on one submission: what is published, and what shall be.

use super::address::{Base, RecordName};
use super::merge::{Sides, merge};
use super::rules::{check, check_single};
use super::submission::{Batch, Outcome, Rejection, Said};
use super::submit::SubmitError;
use crate::rdf::{Content, Literal, NamedNode, Term, Triple};
use crate::register::{FrozenRelease, RecordVersion, Snapshot, Told, Unreadable};
use crate::vocab::{adms, dct, rdf, skos};
use std::collections::{BTreeMap, BTreeSet};

/// A record as it was found and as it shall be.
pub(super) struct Pending {
    /// Its name.
    pub name: RecordName,
    /// As it was found; nothing if it is new.
    found: Option<RecordVersion>,
    /// What it shall say.
    pub content: Content,
}

impl Pending {
    /// What it said when it was found.
    pub(super) fn present(&self) -> Content {
        self.found.as_ref().map_or_else(Content::default, |version| version.content.clone())
    }

    /// Whether it says something else than when it was found.
    pub(super) fn is_changed(&self) -> bool {
        self.found.as_ref().is_none_or(|version| version.content != self.content)
    }
}

/// The work on one submission.
pub(super) struct Writing<'a> {
    base: &'a Base,
    snapshot: &'a Snapshot<'a>,
    /// The IRIs of the releases there are.
    frozen: BTreeSet<String>,
    /// Records that were spoken of and taken, by IRI.
    pending: BTreeMap<String, Pending>,
    told: Vec<Told>,
    outcome: Outcome,
}

impl<'a> Writing<'a> {
    pub(super) fn new(base: &'a Base, snapshot: &'a Snapshot<'a>) -> Result<Self, Unreadable> {
        let frozen = snapshot.releases()?.into_iter().map(|release| release.record).collect();
        Ok(Self { base, snapshot, frozen, pending: BTreeMap::new(), told: Vec::new(), outcome: Outcome::default() })
    }

    /// Lays what one source says over what is there.
    pub(super) fn hear(&mut self, batch: Batch) -> Result<(), SubmitError> {
        let mut silent: BTreeMap<String, bool> = self.snapshot.spoken_of(&batch.source)?.into_iter().collect();
        let is_understood = batch.rejected.is_empty();
        self.outcome.rejected.extend(batch.rejected);
        for Said { record, content: now } in batch.said {
            let was_missing = silent.remove(&record).unwrap_or(false);
            let before = self.snapshot.told(&batch.source, &record)?;
            let others = self.snapshot.told_by_others(&batch.source, &record)?;
            let taken = self.pending.get(&record).map(|pending| pending.content.clone());
            let Some(mut pending) = self.take(&record)? else {
                self.reject(format!("{record}, by {}", batch.title), "it is not the IRI of a record".to_owned());
                continue;
            };
            let sides =
                Sides { record: &record, present: &pending.content, before: &before, now: &now, others: &others };
            let (content, differences) = merge(&sides, &batch.ownership);
            let single = check_single(&record, &now, &batch.ownership);
            if let Err(reason) = single.and_then(|()| check(&pending.name, &pending.present(), &content, &self.frozen))
            {
                self.reject(format!("{record}, by {}", batch.title), reason);
                // What an earlier source of this submission said of the record stands.
                if let Some(content) = taken {
                    self.pending.insert(record, Pending { content, ..pending });
                }
                continue;
            }
            self.outcome.differences.extend(differences);
            if before != now || was_missing {
                let source = batch.source.clone();
                self.told.push(Told { source, record: record.clone(), content: Some(now) });
            }
            pending.content = content;
            self.pending.insert(record, pending);
        }
        // A row that could not be understood may be the one that is missed.
        if is_understood {
            self.mark_missing(&batch.source, silent);
        }
        Ok(())
    }

    /// Marks the records that a source no longer speaks of.
    fn mark_missing(&mut self, source: &str, silent: BTreeMap<String, bool>) {
        for (record, _) in silent.into_iter().filter(|(_, was_marked)| !was_marked) {
            self.outcome.missing.push(record.clone());
            self.told.push(Told { source: source.to_owned(), record, content: None });
        }
    }

    fn reject(&mut self, place: String, reason: String) {
        self.outcome.rejected.push(Rejection { place, reason });
    }

    /// The record as this submission has it so far; nothing if the IRI is no record's.
    fn take(&mut self, iri: &str) -> Result<Option<Pending>, Unreadable> {
        if let Some(pending) = self.pending.remove(iri) {
            return Ok(Some(pending));
        }
        let Some(name) = self.base.record_of(iri).filter(|name| name.iri == iri) else {
            return Ok(None);
        };
        let found = self.snapshot.record(iri)?;
        let content = found.as_ref().map_or_else(Content::default, |version| version.content.clone());
        Ok(Some(Pending { name, found, content }))
    }

    /// Adds the record of a release, and the membership of every entry that the list has.
    pub(super) fn freeze(&mut self, name: String) -> Result<FrozenRelease, SubmitError> {
        let refuse = |reason| SubmitError::Release { name: name.clone(), reason };
        let list = self.base.iri("list/services");
        let record = format!("{}/{name}", list.as_str());
        let Some(release) = self.base.record_of(&record).filter(|found| found.iri == record) else {
            return Err(refuse("a name has letters, digits, full stops, hyphens and low lines, at most 64"));
        };
        if self.snapshot.has(&record)? || self.pending.contains_key(&record) {
            return Err(refuse("there is one of this name, and a release never changes"));
        }
        for entry in self.snapshot.pointing_at(list.as_str(), skos::IN_SCHEME.as_str(), usize::MAX)? {
            if let Some(pending) = self.take(&entry.record)? {
                self.pending.insert(entry.record, pending);
            }
        }
        let in_scheme =
            |iri: &str, scheme: &NamedNode| Triple::new(NamedNode::new_unchecked(iri), skos::IN_SCHEME, scheme.clone());
        let release_iri = NamedNode::new_unchecked(&record);
        let mut members = Vec::new();
        for (iri, pending) in &mut self.pending {
            if pending.content.contains(&in_scheme(iri, &list)) {
                pending.content.insert(in_scheme(iri, &release_iri));
                members.push(iri.clone());
            }
        }
        if members.is_empty() {
            return Err(refuse("the list has no entries yet"));
        }
        let content = release_content(&release_iri, &list, &name);
        self.pending.insert(record.clone(), Pending { name: release, found: None, content });
        Ok(FrozenRelease { name, record, members })
    }

    /// The records that were spoken of, what sources said, and the count of it all.
    pub(super) fn end(mut self) -> (Vec<Pending>, Vec<Told>, Outcome) {
        for pending in self.pending.values() {
            match (&pending.found, pending.is_changed()) {
                (None, _) => self.outcome.added += 1,
                (Some(_), true) => self.outcome.changed += 1,
                (Some(_), false) => self.outcome.unchanged += 1,
            }
        }
        (self.pending.into_values().collect(), self.told, self.outcome)
    }
}

/// What the record of a release says.
fn release_content(release: &NamedNode, list: &NamedNode, name: &str) -> Content {
    let title = Literal::new_language_tagged_literal_unchecked(format!("European Service List, release {name}"), "en");
    let status = NamedNode::new_unchecked("http://publications.europa.eu/resource/authority/concept-status/CURRENT");
    let facts: [(_, Term); 5] = [
        (rdf::TYPE, skos::CONCEPT_SCHEME.into_owned().into()),
        (skos::PREF_LABEL, title.into()),
        (dct::IDENTIFIER, Literal::new_simple_literal(name).into()),
        (dct::IS_VERSION_OF, list.clone().into()),
        (adms::STATUS, status.into()),
    ];
    facts.map(|(property, value)| Triple::new(release.clone(), property, value)).into_iter().collect()
}
