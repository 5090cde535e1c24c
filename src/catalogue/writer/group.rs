//! Edits that share a sync: each sees those before it, and one that is refused touches no other.

use super::super::open::Catalogue;
use super::author::Author;
use super::edit::{Changes, Edit, EditError, Edited, EditedRecord};
use super::editing::{Becomes, Editing, Prepared};
use super::lifecycle::Status;
use super::touched::{Rewriting, touched};
use crate::graph::{Delta, Rewritten};
use crate::rdf::Content;
use crate::register::{Attribution, Change, Commit, Draft, Touched, Transaction};
use std::collections::{BTreeMap, BTreeSet};

/// The work on a group of edits, in one transaction of the register.
pub(super) struct Group<'g> {
    catalogue: &'g Catalogue,
    transaction: &'g Transaction<'g>,
    /// The records that were written so far, by IRI.
    written: BTreeMap<String, Written>,
    /// Which documents each revision touches.
    touched: Vec<(u64, Touched)>,
}

/// A record that the group has written.
struct Written {
    /// What the graph shows of it.
    shown: Content,
    /// What it says now.
    now: Content,
}

/// What follows from a group once it is on disk.
pub(super) struct Consequences {
    /// What the graph has to follow, with the last revision.
    pub delta: Delta,
    /// Which documents each revision touches.
    pub touched: Vec<(u64, Touched)>,
}

impl<'g> Group<'g> {
    pub(super) fn new(catalogue: &'g Catalogue, transaction: &'g Transaction<'g>) -> Self {
        Self { catalogue, transaction, written: BTreeMap::new(), touched: Vec::new() }
    }

    /// Writes one edit into the transaction, whole or not at all.
    pub(super) fn edit(&mut self, edit: Edit) -> Result<Edited, EditError> {
        let transaction = self.transaction;
        let (edited, prepared, touched) = transaction.part(|| {
            if let Some(edited) = self.answered(&edit)? {
                return Ok((edited, Vec::new(), None));
            }
            let attribution = attribution(&edit);
            let prepared = self.prepare(&edit.author, edit.changes)?;
            self.check(&prepared)?;
            let (edited, touched) = self.write(&attribution, &prepared)?;
            if let (Some(key), Some(token)) = (&edit.key, &edit.author.token) {
                let answer = serde_json::to_string(&edited).map_err(|error| EditError::Group(error.to_string()))?;
                transaction.remember(token, &key.key, &key.request, &answer)?;
            }
            Ok::<_, EditError>((edited, prepared, touched))
        })?;
        self.touched.extend(touched.map(|touched| (edited.revision, touched)));
        for record in prepared {
            self.note(record);
        }
        Ok(edited)
    }

    /// What follows from all that was written; nothing if nothing was published.
    pub(super) fn consequences(self) -> Option<Consequences> {
        let (revision, _) = *self.touched.last()?;
        let mut delta = Delta { revision, ..Delta::default() };
        for Written { shown, now } in self.written.values() {
            delta.removed.extend(shown.minus(now).cloned());
            delta.added.extend(now.minus(shown).cloned());
        }
        Some(Consequences { delta, touched: self.touched })
    }

    /// What the same request was answered before.
    fn answered(&self, edit: &Edit) -> Result<Option<Edited>, EditError> {
        let (Some(key), Some(token)) = (&edit.key, &edit.author.token) else { return Ok(None) };
        let Some((request, answer)) = self.transaction.snapshot().answered(token, &key.key)? else { return Ok(None) };
        if request != key.request {
            return Err(EditError::Key(key.key.clone()));
        }
        // Another release of the program may have written it otherwise.
        serde_json::from_str(&answer).map(Some).map_err(|error| EditError::Group(error.to_string()))
    }

    fn prepare(&self, author: &Author, changes: Changes) -> Result<Vec<Prepared>, EditError> {
        let changes = match changes {
            Changes::Of(changes) => changes,
            Changes::Computed(compute) => compute()?,
        };
        let timestamp = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string();
        let editing =
            Editing { base: &self.catalogue.base, author, transaction: self.transaction, timestamp: &timestamp };
        changes.into_iter().map(|change| editing.prepare(change)).collect()
    }

    /// Holds what the records shall say to the shapes: what is published without what only waits, then both.
    fn check(&self, prepared: &[Prepared]) -> Result<(), EditError> {
        let changed = prepared.iter().filter_map(|record| Some((record, record.content()?)));
        let changed: Vec<(&Prepared, &Content)> =
            changed.filter(|(record, content)| record.found.is_none() || record.present() != *content).collect();
        let published: Vec<(&Prepared, &Content)> =
            changed.iter().copied().filter(|(record, _)| matches!(record.becomes, Becomes::Published(..))).collect();
        if published.len() < changed.len() {
            self.check_together(published)?;
        }
        self.check_together(changed)
    }

    /// Holds records to the shapes, beside each other and what the group has written so far.
    fn check_together(&self, changed: Vec<(&Prepared, &Content)>) -> Result<(), EditError> {
        if changed.is_empty() {
            return Ok(());
        }
        let iris: BTreeSet<&str> = changed.iter().map(|(record, _)| record.name.iri.as_str()).collect();
        let others = self.written.iter().filter(|(iri, _)| !iris.contains(iri.as_str()));
        let settled: Vec<Rewritten<'_>> =
            others.map(|(_, Written { shown, now })| Rewritten { shown, before: now, after: now }).collect();
        let mut delta = Delta::default();
        let mut records = Vec::new();
        for (record, after) in changed {
            let before = record.present();
            let shown = self.written.get(&record.name.iri).map_or(before, |written| &written.shown);
            delta.removed.extend(before.minus(after).cloned());
            delta.added.extend(after.minus(before).cloned());
            records.push(Rewritten { shown, before, after });
        }
        let report = self.catalogue.gate.check(&self.catalogue.graph, &settled, &records, &delta)?;
        if report.violations().next().is_some() { Err(EditError::Shapes(Box::new(report))) } else { Ok(()) }
    }

    /// Writes what was prepared; gives the documents that it touches, if anything of it is published.
    fn write(&self, attribution: &Attribution, prepared: &[Prepared]) -> Result<(Edited, Option<Touched>), EditError> {
        let published: Vec<(&Prepared, &Content)> =
            prepared.iter().filter_map(|record| Some((record, record.published()?))).collect();
        let mut revision = self.transaction.snapshot().revision()?.number;
        let mut touches = None;
        if !published.is_empty() {
            let rewritings: Vec<Rewriting<'_>> = published
                .iter()
                .map(|(record, after)| Rewriting { record: &record.name.iri, before: record.present(), after })
                .collect();
            let touched = touched(&self.catalogue.base, &self.transaction.snapshot(), &rewritings)?;
            let changes = published.iter().map(|(record, content)| change(record, content)).collect();
            let commit = Commit { attribution: attribution.clone(), changes, touched, ..Commit::default() };
            revision = self.transaction.commit(&commit)?;
            touches = Some(commit.touched);
        }
        let records = prepared.iter().map(|record| self.keep(attribution, record)).collect::<Result<_, _>>()?;
        Ok((Edited { revision, records }, touches))
    }

    /// Keeps or drops what waits under a record's IRI, and tells what became of the record.
    fn keep(&self, attribution: &Attribution, record: &Prepared) -> Result<EditedRecord, EditError> {
        let iri = record.name.iri.clone();
        let edit = record.draft.as_ref().map_or(1, |draft| draft.edit + 1);
        let draft = |content: Option<Content>| Draft {
            iri: iri.clone(),
            kind: record.name.kind.clone(),
            content,
            edit,
            changes: record.found.as_ref().map(|found| found.number),
            organisation: attribution.organisation.clone(),
            token: attribution.token.clone().unwrap_or_default(),
        };
        let is_new = record.found.is_none() && record.draft.is_none();
        Ok(match &record.becomes {
            Becomes::Published(status, _) => {
                if record.settles_draft() {
                    self.transaction.drop_draft(&iri)?;
                }
                let is_changed = record.published().is_some();
                let version = record.found.as_ref().map_or(0, |found| found.number) + u64::from(is_changed);
                EditedRecord { iri, status: Some(*status), version, is_new: record.found.is_none(), is_changed }
            }
            Becomes::Draft(content) => {
                self.transaction.keep_draft(&draft(Some(content.clone())))?;
                EditedRecord { iri, status: Some(Status::Submitted), version: edit, is_new, is_changed: true }
            }
            Becomes::Reserved => {
                self.transaction.keep_draft(&draft(None))?;
                EditedRecord { iri, status: Some(Status::Reserved), version: edit, is_new, is_changed: true }
            }
            Becomes::Dropped => {
                self.transaction.drop_draft(&iri)?;
                if record.found.is_none() {
                    self.transaction.retire(&record.name.kind, &record.name.reference)?;
                }
                EditedRecord { iri, status: None, version: 0, is_new: false, is_changed: true }
            }
        })
    }

    fn note(&mut self, record: Prepared) {
        let Some(now) = record.published().cloned() else { return };
        let shown = record.present().clone();
        self.written.entry(record.name.iri).or_insert(Written { shown, now: Content::default() }).now = now;
    }
}

fn attribution(edit: &Edit) -> Attribution {
    let Edit { author, activity, reason, .. } = edit;
    Attribution {
        agent: author.name.clone(),
        organisation: author.organisation.clone(),
        token: author.token.clone(),
        activity: activity.clone(),
        reason: reason.clone(),
    }
}

fn change(record: &Prepared, content: &Content) -> Change {
    let name = &record.name;
    Change { iri: name.iri.clone(), kind: name.kind.clone(), number: name.number(), content: content.clone() }
}
