//! What changed of the list as RDF: a collection of change sets (<https://vocab.org/changeset/schema.html>), as the
//! difference of two versions is one.
//!
//! Between two releases nothing here depends on what came later or on settings.

use super::{ChangedEntry, EntryChange, ListChanges};
use crate::catalogue::Base;
use crate::catalogue::provenance::{Description, version_iri};
use crate::rdf::{Literal, NamedNode, Triple};
use crate::vocab::{cs, prov, rdf, xsd};
use std::collections::BTreeMap;

impl ListChanges {
    /// The IRI of the changes, which is their address as the base has it.
    pub fn iri(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}?changes-since={}", self.until(), self.earlier.name))
    }

    /// The IRI of the later release, or of the list.
    pub fn until(&self) -> &str {
        self.later.as_ref().map_or(&self.list, |(release, _)| &release.record)
    }

    /// A change set for each entry and kind of change, with the entry's two versions and a statement for each value
    /// that went or came.
    pub fn triples(&self, base: &Base) -> Vec<Triple> {
        let iri = self.iri();
        let mut described = Description::default();
        described.with(&iri, rdf::TYPE, prov::COLLECTION);
        for state in [self.earlier.record.as_str(), self.until()] {
            described.with(&iri, prov::WAS_DERIVED_FROM, NamedNode::new_unchecked(state));
        }
        for entry in &self.entries {
            let mut statements: BTreeMap<&'static str, usize> = BTreeMap::new();
            for change in &entry.changes {
                let set = self.change_set(&mut described, base, &iri, entry, change);
                let place = statements.entry(change.kind.name()).or_default();
                tell_values(&mut described, &set, entry, change, place);
            }
        }
        described.0
    }

    /// The change set of an entry and a kind of change; saying the same of it again adds nothing.
    fn change_set(
        &self,
        described: &mut Description,
        base: &Base,
        changes: &NamedNode,
        entry: &ChangedEntry,
        change: &EntryChange,
    ) -> NamedNode {
        let fragment = format!("{}-{}", entry.name.reference, change.kind.name());
        let set = NamedNode::new_unchecked(format!("{}#{fragment}", changes.as_str()));
        described.with(changes, prov::HAD_MEMBER, set.clone());
        described.with(&set, rdf::TYPE, cs::CHANGE_SET);
        described.with(&set, rdf::TYPE, change.kind.class());
        described.with(&set, cs::SUBJECT_OF_CHANGE, NamedNode::new_unchecked(&entry.name.iri));
        if let Some((_, made)) = &self.later {
            described.with(&set, cs::CREATED_DATE, Literal::new_typed_literal(&made.timestamp, xsd::DATE_TIME));
        }
        let version = |number| version_iri(base, &entry.name, number);
        for version in entry.before.into_iter().chain(entry.after).map(version) {
            described.with(&set, prov::WAS_DERIVED_FROM, version);
        }
        if let (Some(before), Some(after)) = (entry.before, entry.after)
            && before < after
        {
            described.with(&version(after), prov::WAS_REVISION_OF, version(before));
        }
        set
    }
}

/// The values that went and came, each as a statement under the next number.
fn tell_values(
    described: &mut Description,
    set: &NamedNode,
    entry: &ChangedEntry,
    change: &EntryChange,
    place: &mut usize,
) {
    let went = change.from.iter().map(|value| (cs::REMOVAL, "removal", value));
    let came = change.to.iter().map(|value| (cs::ADDITION, "addition", value));
    let stays = |value| change.from.contains(value) && change.to.contains(value);
    for (property, name, value) in went.chain(came).filter(|(_, _, value)| !stays(value)) {
        *place += 1;
        let statement = NamedNode::new_unchecked(format!("{}-{name}-{place}", set.as_str()));
        let entry = NamedNode::new_unchecked(&entry.name.iri);
        let triple = Triple::new(entry, change.property, value.clone());
        described.with_statement(set, property, &statement, &triple);
    }
}
