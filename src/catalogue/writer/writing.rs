//! The work on one submission: what is published, and what shall be.

use super::super::address::{Base, RecordName};
use super::lifecycle::{check_brought, is_withdrawn};
use super::merge::{Sides, merge};
use super::rules::{check, check_single};
use super::submission::{Batch, Difference, Outcome, Ownership, Rejection, Said};
use super::submit::SubmitError;
use crate::rdf::{Content, Literal, NamedNode, NamedNodeRef, Term, Triple};
use crate::register::{FrozenRelease, RecordVersion, Snapshot, Told, Unreadable};
use crate::vocab::{adms, dct, rdf, skos};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A record as it was found and as it shall be.
pub(super) struct Pending {
    /// Its name.
    pub name: RecordName,
    /// As it was found; nothing if it is new.
    found: Option<RecordVersion>,
    /// What it shall say.
    pub content: Content,
    /// Where it is said, for people who have to mend it.
    pub place: String,
}

impl Pending {
    /// What it said when it was found.
    pub(super) fn present(&self) -> &Content {
        static NOTHING: LazyLock<Content> = LazyLock::new(Content::default);
        self.found.as_ref().map_or(&*NOTHING, |version| &version.content)
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
    /// Records that were spoken of and taken, by IRI.
    pending: BTreeMap<String, Pending>,
    /// What sources say in this submission, by record and source.
    told: BTreeMap<String, BTreeMap<String, Option<Content>>>,
    outcome: Outcome,
}

impl<'a> Writing<'a> {
    pub(super) fn new(base: &'a Base, snapshot: &'a Snapshot<'a>) -> Self {
        Self { base, snapshot, pending: BTreeMap::new(), told: BTreeMap::new(), outcome: Outcome::default() }
    }

    /// Lays what one source says over what is there.
    pub(super) fn hear(&mut self, batch: Batch) -> Result<(), SubmitError> {
        let mut silent: BTreeMap<String, bool> = self.snapshot.spoken_of(&batch.source)?.into_iter().collect();
        let is_understood = batch.rejected.is_empty();
        self.outcome.rejected.extend(batch.rejected);
        for Said { record, content: now, place } in batch.said {
            let was_missing = silent.remove(&record).unwrap_or(false);
            let mut others = self.said_so_far(&record)?;
            let before = others.remove(&batch.source).unwrap_or_default();
            let others: Vec<Content> = others.into_values().collect();
            let taken = self.pending.get(&record).map(|pending| pending.content.clone());
            let Some(mut pending) = self.take(&record)? else {
                self.reject(format!("{place}, {record}"), "it is not the IRI of a record".to_owned());
                continue;
            };
            let sides =
                Sides { record: &record, present: &pending.content, before: &before, now: &now, others: &others };
            let (content, differences) = merge_unless_withdrawn(&sides, &batch.ownership);
            let found = pending.found.as_ref().map(|found| &found.content);
            let checked = check_single(&record, &now, &batch.ownership)
                .and_then(|()| check(self.base, &pending.name, pending.present(), &content))
                .and_then(|()| check_brought(&record, found, &content));
            if let Err(reason) = checked {
                self.reject(format!("{place}, {record}"), reason);
                // What an earlier source of this submission said of the record stands.
                if let Some(content) = taken {
                    self.pending.insert(record, Pending { content, ..pending });
                }
                continue;
            }
            self.outcome.differences.extend(differences);
            if before != now || was_missing {
                self.tell(&batch.source, &record, Some(now));
            }
            pending.content = content;
            pending.place = place;
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
            self.tell(source, &record, None);
        }
    }

    /// What each source says of a record, this submission included.
    fn said_so_far(&self, record: &str) -> Result<BTreeMap<String, Content>, Unreadable> {
        let mut said = self.snapshot.told(record)?;
        for (source, content) in self.told.get(record).into_iter().flatten() {
            if let Some(content) = content {
                said.insert(source.clone(), content.clone());
            }
        }
        Ok(said)
    }

    fn tell(&mut self, source: &str, record: &str, content: Option<Content>) {
        self.told.entry(record.to_owned()).or_default().insert(source.to_owned(), content);
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
        Ok(Some(Pending { name, found, content, place: String::new() }))
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
        self.outcome.frozen = members.len() as u64;
        if members.is_empty() {
            return Err(refuse("the list has no entries yet"));
        }
        let content = release_content(&release_iri, &list, &name);
        self.pending
            .insert(record.clone(), Pending { name: release, found: None, content, place: format!("release {name}") });
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
        let told = self.told.into_iter().flat_map(|(record, said)| {
            said.into_iter().map(move |(source, content)| Told { source, record: record.clone(), content })
        });
        (self.pending.into_values().collect(), told.collect(), self.outcome)
    }
}

/// What a source changes of a record: nothing of one that is withdrawn, which is told as a difference of status.
fn merge_unless_withdrawn(sides: &Sides<'_>, ownership: &Ownership) -> (Content, Vec<Difference>) {
    let Sides { record, present, now, .. } = sides;
    if !is_withdrawn(record, present) {
        return merge(sides, ownership);
    }
    let statuses = |content: &Content| {
        content.values(NamedNodeRef::new_unchecked(record), adms::STATUS).map(ToString::to_string).collect()
    };
    let difference = Difference {
        record: (*record).to_owned(),
        property: adms::STATUS.as_str().to_owned(),
        ours: statuses(present),
        theirs: statuses(now),
    };
    ((*present).clone(), vec![difference])
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

#[cfg(test)]
mod tests {
    use super::super::submission::Submission;
    use super::*;
    use crate::catalogue::{Batch, Catalogue, Said};
    use crate::register::Location;

    const BASE: &str = "http://lists.example.eu/";
    const RECORD: &str = "http://lists.example.eu/id/thing/1";

    /// What a source says: the thing, and its other names.
    fn batch(source: &str, names: &[&str]) -> Batch {
        let thing = format!("<{RECORD}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <a:Thing> .\n");
        let name = |name: &&str| format!("<{RECORD}> <a:name> \"{name}\" .\n");
        let text: String = std::iter::once(thing).chain(names.iter().map(name)).collect();
        let said = Said { record: RECORD.to_owned(), content: Content::parse(&text).unwrap(), place: String::new() };
        Batch { source: source.to_owned(), ownership: Ownership::default(), said: vec![said], ..Batch::default() }
    }

    fn names(catalogue: &Catalogue, batches: Vec<Batch>) -> Vec<String> {
        let submission = Submission { base: BASE.to_owned(), batches, ..Submission::default() };
        assert_eq!(catalogue.submit(submission).unwrap().rejected, []);
        let document = catalogue.present().unwrap().document(RECORD).unwrap().unwrap();
        let name = NamedNodeRef::new_unchecked("a:name");
        let about = NamedNode::new_unchecked(RECORD);
        document.version.content.values(about.as_ref(), name).map(ToString::to_string).collect()
    }

    #[test]
    fn a_value_that_moves_from_one_source_to_another_in_one_submission_stays() {
        let base = Base::parse(BASE).unwrap();
        for order in [["a:one", "a:two"], ["a:two", "a:one"]] {
            let catalogue = Catalogue::open(&Location::Memory, &base).unwrap();
            let first = vec![batch("a:one", &["p"]), batch("a:two", &["q"])];
            assert_eq!(names(&catalogue, first), ["\"p\"", "\"q\""]);
            let says = |source: &str| batch(source, if source == "a:one" { &["p", "q"] } else { &["r"] });
            let moved = order.map(says).into();
            assert_eq!(names(&catalogue, moved), ["\"p\"", "\"q\"", "\"r\""]);
        }
    }
}
