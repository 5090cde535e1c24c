//! The work on one edit: what each record is, what it shall be, and whether it may be that.

use super::super::address::{Base, RecordName, SERVICE_TYPE};
use super::author::{Author, Role};
use super::edit::{EditError, Numbered, Operation, Precondition, RecordChange, Target};
use super::lifecycle::{Status, check_step, is_entry, left_of, withdrawn_by};
use super::ownership::{self, Ownable};
use super::rules;
use super::split::split;
use super::submission::Rejection;
use crate::rdf::{Content, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use crate::register::{Draft, RecordVersion, Snapshot, Transaction};
use crate::vocab::{adms, dct, skos};
use std::sync::LazyLock;

/// A record as it was found, and what it shall be.
pub(super) struct Prepared {
    /// Its name.
    pub name: RecordName,
    /// Its version; nothing where it is new.
    pub found: Option<RecordVersion>,
    /// What waits under its IRI.
    pub draft: Option<Draft>,
    /// What becomes of it.
    pub becomes: Becomes,
    /// Why that is less than the author says, where it is.
    pub lost: Option<String>,
}

/// What becomes of a record.
pub(super) enum Becomes {
    /// It is published with this status and content.
    Published(Status, Content),
    /// This waits to be published.
    Draft(Content),
    /// Its IRI is taken.
    Reserved,
    /// What waits under its IRI goes.
    Dropped,
}

/// An edit under way: who writes, into what.
pub(super) struct Editing<'e> {
    pub base: &'e Base,
    pub author: &'e Author,
    pub transaction: &'e Transaction<'e>,
    /// The moment that the edit bears, as `xsd:dateTime`.
    pub timestamp: &'e str,
}

impl Prepared {
    /// What the record says as it was found.
    pub(super) fn present(&self) -> &Content {
        static NOTHING: LazyLock<Content> = LazyLock::new(Content::default);
        self.found.as_ref().map_or(&*NOTHING, |version| &version.content)
    }

    /// What it shall say, and so what is held to the shapes.
    pub(super) fn content(&self) -> Option<&Content> {
        match &self.becomes {
            Becomes::Published(_, content) | Becomes::Draft(content) => Some(content),
            Becomes::Reserved | Becomes::Dropped => None,
        }
    }

    /// What it shall say in public, where that is something else than before.
    pub(super) fn published(&self) -> Option<&Content> {
        match &self.becomes {
            Becomes::Published(_, content) if self.found.as_ref().is_none_or(|found| found.content != *content) => {
                Some(content)
            }
            _ => None,
        }
    }

    /// Whether publishing it settles what waits under its IRI: that was the record to be, or says the same.
    pub(super) fn settles_draft(&self) -> bool {
        let Becomes::Published(_, content) = &self.becomes else { return false };
        let waits = self.draft.as_ref().map(|draft| draft.content.as_ref());
        match waits {
            None => false,
            Some(None) => true,
            Some(Some(draft)) => {
                self.found.is_none() || without_status(draft, &self.name.iri) == without_status(content, &self.name.iri)
            }
        }
    }
}

fn without_status(content: &Content, record: &str) -> Content {
    let is_status = |triple: &&Triple| {
        triple.predicate == adms::STATUS
            && matches!(&triple.subject, NamedOrBlankNode::NamedNode(subject) if subject.as_str() == record)
    };
    content.iter().filter(|triple| !is_status(triple)).cloned().collect()
}

impl Editing<'_> {
    /// Finds a record, and works out what becomes of it.
    ///
    /// # Errors
    /// Whatever keeps that from being written, but for the shapes.
    pub(super) fn prepare(&self, change: RecordChange) -> Result<Prepared, EditError> {
        let snapshot = self.transaction.snapshot();
        let was_named = matches!(change.target, Target::Record(_));
        let name = self.name(&snapshot, change.target)?;
        self.author.may_write(&name)?;
        let (found, draft) = (snapshot.record(&name.iri)?, snapshot.draft(&name.iri)?);
        hold(&change.precondition, &name.iri, found.as_ref(), draft.as_ref())?;
        let mut prepared = Prepared { name, found, draft, becomes: Becomes::Reserved, lost: None };
        prepared.becomes = self.becomes(&mut prepared, change.operation)?;
        self.leaves_drafts_of_others(&prepared)?;
        self.check(&snapshot, &prepared, was_named)?;
        Ok(prepared)
    }

    /// The name of a record; a new one's is given the next number that was never given out, of the author's own where
    /// the author has some.
    fn name(&self, snapshot: &Snapshot<'_>, target: Target) -> Result<RecordName, EditError> {
        let kind = match target {
            Target::Record(name) => return Ok(name),
            Target::Next(kind) => kind,
        };
        let own = self.author.numbers.as_ref().filter(|_| kind == SERVICE_TYPE);
        let counted = own.map_or_else(|| kind.clone(), |own| format!("{kind} {}-{}", own.start(), own.end()));
        let first = own.map_or(1, |own| *own.start());
        let mut number = snapshot.last_number(&counted)?.max(first - 1);
        loop {
            number += 1;
            let iri = self.base.iri(&format!("id/{kind}/{number}"));
            let Some(name) = self.base.record_of(iri.as_str()) else {
                return Err(EditError::Malformed(format!("{kind:?} is no kind of record")));
            };
            let is_taken = snapshot.has(&name.iri)? || snapshot.draft(&name.iri)?.is_some();
            if !is_taken && !snapshot.is_retired(&kind, &name.reference)? {
                self.transaction.count_up(&counted, number)?;
                return Ok(name);
            }
        }
    }

    /// Whether a draft that the author does not see stays as it is. One of what is published keeps nobody from changing
    /// that.
    fn leaves_drafts_of_others(&self, prepared: &Prepared) -> Result<(), EditError> {
        let Some(draft) = &prepared.draft else { return Ok(()) };
        let is_published = prepared.found.is_some() && matches!(prepared.becomes, Becomes::Published(..));
        if is_published || self.author.sees(draft) {
            return Ok(());
        }
        let organisation = self.author.organisation.as_ref().unwrap_or(&self.author.name);
        Err(ownership::OthersRecord {
            record: prepared.name.iri.clone(),
            organisation: organisation.clone(),
            reason: "a draft of others waits under its IRI".to_owned(),
        }
        .into())
    }

    fn becomes(&self, prepared: &mut Prepared, operation: Operation) -> Result<Becomes, EditError> {
        let record = &prepared.name.iri;
        let content = match operation {
            Operation::Reserve if prepared.found.is_none() && prepared.draft.is_none() => return Ok(Becomes::Reserved),
            Operation::Reserve => {
                let from = from(prepared);
                return Err(check_step(record, from, Status::Reserved, false).map_or_else(EditError::from, |()| {
                    EditError::Precondition { iri: record.clone(), present: version(prepared) }
                }));
            }
            Operation::Withdraw => match (&prepared.found, &prepared.draft) {
                (Some(found), _) => {
                    let left = left_of(self.base, record, &found.content, self.timestamp);
                    return Ok(Becomes::Published(Status::Withdrawn, left));
                }
                (None, Some(_)) => return Ok(Becomes::Dropped),
                (None, None) => return Err(EditError::Unknown(record.clone())),
            },
            Operation::Drop if prepared.draft.is_some() => return Ok(Becomes::Dropped),
            Operation::Drop => return Err(EditError::Unknown(record.clone())),
            Operation::Replace(content) => content,
            Operation::Create { placeholder, triples } => created(self.base, &prepared.name, &placeholder, triples)?,
            Operation::Revise(revise) => match (&prepared.found, &prepared.draft) {
                (Some(found), _) => revise(&found.content)?,
                (None, Some(Draft { content: Some(content), .. })) => revise(content)?,
                (None, _) => revise(&Content::default())?,
            },
        };
        Ok(match Status::of(record, &content)? {
            Status::Submitted => Becomes::Draft(content),
            Status::Withdrawn => {
                let (left, lost) = withdrawn_by(self.base, record, prepared.present(), &content, self.timestamp);
                prepared.lost = lost;
                Becomes::Published(Status::Withdrawn, left)
            }
            status => Becomes::Published(status, content),
        })
    }

    /// Holds what becomes of a record to its life, to the author's role, to whose it is, and to the rules.
    fn check(&self, snapshot: &Snapshot<'_>, prepared: &Prepared, was_named: bool) -> Result<(), EditError> {
        let record = prepared.name.iri.as_str();
        let content = prepared.content();
        let entry = is_entry(record, prepared.present()) || content.is_some_and(|content| is_entry(record, content));
        let from = from(prepared);
        let to = match &prepared.becomes {
            Becomes::Published(status, _) => Some(*status),
            // A draft of what is published is no step: that stays what it is.
            Becomes::Draft(_) if prepared.found.is_some() => None,
            Becomes::Draft(_) => Some(Status::Submitted),
            Becomes::Reserved => Some(Status::Reserved),
            Becomes::Dropped => None,
        };
        if let Some(to) = to {
            check_step(record, from, to, entry)?;
        }
        self.has_role(record, from, to, entry)?;
        if was_named && prepared.found.is_none() && prepared.draft.is_none() {
            self.was_given(&prepared.name)?;
        }
        let Some(content) = content else { return Ok(()) };
        let present = prepared.found.as_ref().map(|found| &found.content);
        ownership::check(self.author, snapshot, &Ownable { record, present, content })??;
        check_subjects(self.base, &prepared.name, content).map_err(|reason| rejection(record, reason))?;
        rules::check(self.base, &prepared.name, prepared.present(), content)
            .and_then(|()| prepared.lost.clone().map_or(Ok(()), Err))
            .map_err(|reason| rejection(record, reason))
    }

    fn has_role(&self, record: &str, from: Option<Status>, to: Option<Status>, entry: bool) -> Result<(), EditError> {
        let takes = match to {
            None | Some(Status::Submitted) => Role::Submit,
            Some(Status::Stable) if matches!(from, None | Some(Status::Reserved | Status::Submitted)) => Role::Edit,
            Some(to) if entry && Some(to) != from => Role::Manage,
            Some(_) => Role::Edit,
        };
        if self.author.role >= takes {
            return Ok(());
        }
        let to = to.unwrap_or(Status::Submitted);
        Err(EditError::Role { record: record.to_owned(), to, has: self.author.role, takes })
    }

    /// Whether a service type that is new bears a number that was given to the author.
    fn was_given(&self, name: &RecordName) -> Result<(), EditError> {
        let is_theirs = match &self.author.numbers {
            Some(numbers) => name.number().is_some_and(|number| numbers.contains(&number)),
            None => self.author.token.is_none(),
        };
        if name.is_service_type() && !is_theirs { Err(EditError::Number(name.iri.clone())) } else { Ok(()) }
    }
}

/// What a record is.
fn from(prepared: &Prepared) -> Option<Status> {
    match (&prepared.found, &prepared.draft) {
        // What an import brought may have a status of its own; it is published, so it holds.
        (Some(found), _) => Some(Status::of(&found.iri, &found.content).unwrap_or(Status::Stable)),
        (None, Some(Draft { content: Some(_), .. })) => Some(Status::Submitted),
        (None, Some(_)) => Some(Status::Reserved),
        (None, None) => None,
    }
}

fn version(prepared: &Prepared) -> Option<u64> {
    let found = prepared.found.as_ref().map(|found| found.number);
    found.or(prepared.draft.as_ref().map(|draft| draft.edit))
}

fn hold(
    precondition: &Precondition,
    iri: &str,
    found: Option<&RecordVersion>,
    draft: Option<&Draft>,
) -> Result<(), EditError> {
    let (version, edit) = (found.map(|found| found.number), draft.map(|draft| draft.edit));
    let holds = match precondition {
        Precondition::None => true,
        // Nothing is said of what is reserved, so its first words find nothing there.
        Precondition::Absent => found.is_none() && draft.is_none_or(|draft| draft.content.is_none()),
        Precondition::Present => version.or(edit).is_some(),
        Precondition::AnyOf(states) => states.iter().any(|state| match state {
            Numbered::Version(asked) => version == Some(*asked),
            Numbered::Draft(asked) => edit == Some(*asked),
        }),
    };
    if holds { Ok(()) } else { Err(EditError::Precondition { iri: iri.to_owned(), present: version.or(edit) }) }
}

fn rejection(place: &str, reason: String) -> EditError {
    EditError::Rules(Rejection { place: place.to_owned(), reason })
}

/// What is said of a new record, once its IRI is known. A service type bears its number, which nobody knew before, where it says none.
fn created(base: &Base, name: &RecordName, placeholder: &str, triples: Vec<Triple>) -> Result<Content, EditError> {
    let renamed = |node: NamedNode| match node.as_str().strip_prefix(placeholder) {
        Some(part) if part.is_empty() || part.starts_with('#') => {
            NamedNode::new_unchecked(format!("{}{part}", name.iri))
        }
        _ => node,
    };
    let triples = triples.into_iter().map(|Triple { subject, predicate, object }| Triple {
        subject: match subject {
            NamedOrBlankNode::NamedNode(node) => renamed(node).into(),
            blank @ NamedOrBlankNode::BlankNode(_) => blank,
        },
        predicate,
        object: match object {
            Term::NamedNode(node) => renamed(node).into(),
            other => other,
        },
    });
    let mut content = only_of(base, &name.iri, triples.collect())?;
    if name.is_service_type() {
        let record = NamedNode::new_unchecked(&name.iri);
        for property in [skos::NOTATION, dct::IDENTIFIER] {
            if content.values(record.as_ref(), property).next().is_none() {
                let number = Literal::new_simple_literal(&name.reference);
                content.insert(Triple::new(record.clone(), property, number));
            }
        }
    }
    Ok(content)
}

/// Triples as the content of one record.
///
/// # Errors
/// They say something of another, or nothing.
pub fn only_of(base: &Base, record: &str, triples: Vec<Triple>) -> Result<Content, EditError> {
    let (said, rejected) = split(base, "the body", triples);
    if let Some(rejected) = rejected.into_iter().next() {
        return Err(EditError::Rules(rejected));
    }
    let mut content = Content::default();
    for said in said {
        if said.record != record {
            let reason = format!("only {record} is written here; write {} at its own address", said.record);
            return Err(rejection(&said.record, reason));
        }
        content = said.content;
    }
    Ok(content)
}

/// Holds a content to the subjects of its record, none of them without a name.
fn check_subjects(base: &Base, name: &RecordName, content: &Content) -> Result<(), String> {
    let foreign = content.iter().find(|triple| {
        let is_own = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => {
                base.record_of(node.as_str()).is_some_and(|subject| subject.iri == name.iri)
            }
            NamedOrBlankNode::BlankNode(_) => false,
        };
        !is_own || matches!(triple.object, Term::BlankNode(_))
    });
    match foreign {
        Some(triple) => {
            Err(format!("{} is no part of it; a record speaks of itself and its own parts", triple.subject))
        }
        None if name.is_list() && name.reference.contains('/') => Err("a release never changes".to_owned()),
        None => Ok(()),
    }
}
