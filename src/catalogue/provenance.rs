//! The history of records as RDF, after PROV-O (<https://www.w3.org/TR/prov-o/>).
//!
//! A version is an entity of its own, `{document}/v/{number}`, a specialisation of the thing that its record is about.
//! Nothing here depends on what came later or on settings, so the data of a version are the same bytes for ever.

use super::address::{Base, RecordName};
use super::feed::FeedEntry;
use super::history::{Comparison, History, Version};
use crate::rdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use crate::register::{VersionEntry, hex};
use crate::vocab::{cs, dct, foaf, pav, prov, rdf, rdfs, spdx, xsd};

/// The IRI of a version, which is the address of its document as the base has it.
pub(super) fn version_iri(base: &Base, name: &RecordName, number: u64) -> NamedNode {
    base.iri(&format!("{}/v/{number}", name.document_path()))
}

/// The IRI of the activity that made a version.
pub(super) fn activity_iri(version: &NamedNode) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#activity", version.as_str()))
}

impl History {
    /// The IRI of the list of versions.
    pub fn iri(&self, base: &Base) -> NamedNode {
        base.iri(&format!("{}/versions", self.name.document_path()))
    }

    /// The versions of the page: who made each, when and why.
    pub fn triples(&self, base: &Base) -> Vec<Triple> {
        let list = self.iri(base);
        let mut described = Description(Vec::new());
        described.with(&list, rdf::TYPE, prov::COLLECTION);
        for entry in &self.versions {
            described.with(&list, prov::HAD_MEMBER, version_iri(base, &self.name, entry.number));
            described.0.extend(entry_triples(base, &self.name, entry));
        }
        described.0
    }
}

impl Version {
    /// The IRI of the version.
    pub fn iri(&self, base: &Base) -> NamedNode {
        version_iri(base, &self.name, self.entry.number)
    }

    /// What the version says, and who made it, when and why.
    pub fn triples(&self, base: &Base) -> Vec<Triple> {
        self.content.iter().cloned().chain(entry_triples(base, &self.name, &self.entry)).collect()
    }
}

impl FeedEntry {
    /// Who made the version, when and why.
    pub fn provenance(&self, base: &Base) -> Vec<Triple> {
        entry_triples(base, &self.name, &self.version)
    }
}

impl Comparison {
    /// The IRI of the difference.
    pub fn iri(&self, base: &Base) -> NamedNode {
        let to = self.to.iri(base);
        NamedNode::new_unchecked(format!("{}?changes-since={}", to.as_str(), self.from.entry.number))
    }

    /// The difference as a change set (<https://vocab.org/changeset/schema.html>): the triples that went and those that
    /// came, each as an `rdf:Statement`, since RDF has no other way to speak of a triple without saying it.
    pub fn triples(&self, base: &Base) -> Vec<Triple> {
        let (iri, from, to) = (self.iri(base), self.from.iri(base), self.to.iri(base));
        let mut described = Description(Vec::new());
        described.with(&iri, rdf::TYPE, cs::CHANGE_SET);
        described.with(&iri, cs::SUBJECT_OF_CHANGE, NamedNode::new_unchecked(&self.to.name.iri));
        described.with(&iri, cs::CREATED_DATE, moment(&self.to.entry));
        if let (Some(reason), true) = (&self.to.entry.reason, self.from.entry.number + 1 == self.to.entry.number) {
            described.with(&iri, cs::CHANGE_REASON, Literal::new_simple_literal(reason));
        }
        described.with(&iri, prov::WAS_DERIVED_FROM, from.clone());
        described.with(&iri, prov::WAS_DERIVED_FROM, to.clone());
        if self.from.entry.number < self.to.entry.number {
            described.with(&to, prov::WAS_REVISION_OF, from);
        }
        let statement = |name: &str, place: usize| NamedNode::new_unchecked(format!("{}#{name}-{place}", iri.as_str()));
        for (place, triple) in (1..).zip(self.removed()) {
            described.with_statement(&iri, cs::REMOVAL, &statement("removal", place), triple);
        }
        for (place, triple) in (1..).zip(self.added()) {
            described.with_statement(&iri, cs::ADDITION, &statement("addition", place), triple);
        }
        described.0
    }
}

/// What is said of a version: that it is one, of what, made by whom, when, in doing what and why, and its checksum.
fn entry_triples(base: &Base, name: &RecordName, entry: &VersionEntry) -> Vec<Triple> {
    let iri = version_iri(base, name, entry.number);
    let thing = NamedNode::new_unchecked(&name.iri);
    let part = |name: &str| NamedNode::new_unchecked(format!("{}#{name}", iri.as_str()));
    let (activity, agent) = (activity_iri(&iri), part("agent"));
    let mut described = Description(Vec::new());
    described.with(&iri, rdf::TYPE, prov::ENTITY);
    described.with(&iri, prov::SPECIALIZATION_OF, thing.clone());
    described.with(&iri, dct::IS_VERSION_OF, thing);
    described.with(&iri, pav::VERSION, Literal::new_simple_literal(entry.number.to_string()));
    described.with(&iri, prov::GENERATED_AT_TIME, moment(entry));
    if entry.number > 1 {
        described.with(&iri, prov::WAS_REVISION_OF, version_iri(base, name, entry.number - 1));
    }
    if let Some(reason) = &entry.reason {
        described.with(&iri, rdfs::COMMENT, Literal::new_simple_literal(reason));
    }
    described.with(&iri, prov::WAS_GENERATED_BY, activity.clone());
    described.with(&activity, rdf::TYPE, prov::ACTIVITY);
    described.with(&activity, rdfs::LABEL, Literal::new_simple_literal(&entry.activity));
    described.with(&activity, prov::ENDED_AT_TIME, moment(entry));
    let agent = NamedNode::new(&entry.agent).unwrap_or_else(|_| {
        described.with(&agent, rdf::TYPE, foaf::AGENT);
        described.with(&agent, foaf::NAME, Literal::new_simple_literal(&entry.agent));
        agent
    });
    for iri_of_agent in [Some(agent), entry.organisation.as_ref().map(NamedNode::new_unchecked)].into_iter().flatten() {
        described.with(&activity, prov::WAS_ASSOCIATED_WITH, iri_of_agent.clone());
        described.with(&iri, prov::WAS_ATTRIBUTED_TO, iri_of_agent);
    }
    let checksum = part("checksum");
    described.with(&iri, spdx::CHECKSUM, checksum.clone());
    described.with(&checksum, rdf::TYPE, spdx::CHECKSUM_CLASS);
    described.with(&checksum, spdx::ALGORITHM, spdx::SHA_256);
    let digest = Literal::new_typed_literal(hex(&entry.digest), xsd::HEX_BINARY);
    described.with(&checksum, spdx::CHECKSUM_VALUE, digest);
    described.0
}

/// When a version was made, as the register has it.
fn moment(entry: &VersionEntry) -> Literal {
    Literal::new_typed_literal(&entry.revision.timestamp, xsd::DATE_TIME)
}

/// A description that grows.
#[derive(Default)]
pub(super) struct Description(pub Vec<Triple>);

impl Description {
    pub(super) fn with(&mut self, subject: &NamedNode, property: impl Into<NamedNode>, object: impl Into<Term>) {
        self.0.push(Triple::new(subject.clone(), property, object));
    }

    /// A triple as an `rdf:Statement` that a change set has under an IRI of its own.
    pub(super) fn with_statement(
        &mut self,
        set: &NamedNode,
        property: impl Into<NamedNode>,
        statement: &NamedNode,
        triple: &Triple,
    ) {
        let subject: Term = match &triple.subject {
            NamedOrBlankNode::NamedNode(subject) => subject.clone().into(),
            NamedOrBlankNode::BlankNode(subject) => subject.clone().into(),
        };
        self.with(set, property, statement.clone());
        self.with(statement, rdf::TYPE, rdf::STATEMENT);
        self.with(statement, rdf::SUBJECT, subject);
        self.with(statement, rdf::PREDICATE, triple.predicate.clone());
        self.with(statement, rdf::OBJECT, triple.object.clone());
    }
}
