//! The life of a record: submitted, stable, deprecated or superseded, withdrawn.
//!
//! What is published says its status itself, with `adms:status` and the codes of the EU's list of concept statuses
//! (<https://op.europa.eu/en/web/eu-vocabularies/dataset/-/resource?uri=http://publications.europa.eu/resource/dataset/concept-status>):
//!
//! | status | code |
//! |---|---|
//! | reserved | `PLANNED` |
//! | submitted | `CANDIDATE` |
//! | stable | `CURRENT`, or no `adms:status` at all |
//! | deprecated | `DEPRECATED` |
//! | superseded | `DEPRECATED`, with `dct:isReplacedBy` for each successor |
//! | withdrawn | `RETIRED` |
//!
//! What is reserved or submitted waits in the register and is published nowhere.

use super::super::address::Base;
use crate::rdf::{Content, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use crate::vocab::{NAMING, adms, dct, eusl, prov, rdf, skos, xsd};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where a record is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its IRI is taken, and nothing is said of it.
    Reserved,
    /// It waits to be published.
    Submitted,
    /// It holds.
    Stable,
    /// It is no longer to be used, and nothing takes its place.
    Deprecated,
    /// It is no longer to be used; its successors are.
    Superseded,
    /// It is gone, and says so.
    Withdrawn,
}

/// What the codes of the EU's list of concept statuses begin with.
const CODES: &str = "http://publications.europa.eu/resource/authority/concept-status/";

/// A status that is none of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{record} has the status {status:?}; write one adms:status, which is {CODES} with CANDIDATE (submitted), CURRENT \
     (stable), DEPRECATED or RETIRED (withdrawn) after it"
)]
pub struct UnknownStatus {
    /// The record's IRI.
    pub record: String,
    /// The codes that it gives.
    pub status: Vec<String>,
}

/// A step that a record cannot take.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{record} {}, so it cannot become {to}; it can become {}", now(*from), listed(legal))]
pub struct IllegalStep {
    /// The record's IRI.
    pub record: String,
    /// What it is; nothing where there was none.
    pub from: Option<Status>,
    /// What it was to be.
    pub to: Status,
    /// What it can become.
    pub legal: Vec<Status>,
}

fn now(status: Option<Status>) -> String {
    status.map_or_else(|| "is new".to_owned(), |status| format!("is {status}"))
}

fn listed(legal: &[Status]) -> String {
    legal.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Status {
    /// Every status, in the order of life.
    pub const ALL: [Self; 6] =
        [Self::Reserved, Self::Submitted, Self::Stable, Self::Deprecated, Self::Superseded, Self::Withdrawn];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Submitted => "submitted",
            Self::Stable => "stable",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Its code in the EU's list of concept statuses.
    pub fn code(self) -> NamedNode {
        let code = match self {
            Self::Reserved => "PLANNED",
            Self::Submitted => "CANDIDATE",
            Self::Stable => "CURRENT",
            Self::Deprecated | Self::Superseded => "DEPRECATED",
            Self::Withdrawn => "RETIRED",
        };
        NamedNode::new_unchecked(format!("{CODES}{code}"))
    }

    /// The status that a record's content gives it.
    ///
    /// A status from another list than the EU's of concepts tells something else, such as that of a public service in
    /// use, and leaves it stable.
    ///
    /// # Errors
    /// [`UnknownStatus`] where it gives several, or a code that is none of these.
    pub fn of(record: &str, content: &Content) -> Result<Self, UnknownStatus> {
        let codes: Vec<&str> = content.iris(record, adms::STATUS).filter_map(|iri| iri.strip_prefix(CODES)).collect();
        let is_replaced = content.iris(record, dct::IS_REPLACED_BY).next().is_some();
        match codes.as_slice() {
            [] | ["CURRENT"] => Ok(Self::Stable),
            ["CANDIDATE"] => Ok(Self::Submitted),
            ["DEPRECATED"] if is_replaced => Ok(Self::Superseded),
            ["DEPRECATED"] => Ok(Self::Deprecated),
            ["RETIRED"] => Ok(Self::Withdrawn),
            others => Err(UnknownStatus {
                record: record.to_owned(),
                status: others.iter().map(|code| (*code).to_owned()).collect(),
            }),
        }
    }
}

/// Whether others link to a record as to an entry of a list: such a one is not withdrawn before it was deprecated.
pub fn is_entry(record: &str, content: &Content) -> bool {
    content.values(NamedNodeRef::new_unchecked(record), skos::IN_SCHEME).next().is_some()
}

/// What a record can become, itself included.
pub fn next_steps(from: Option<Status>, is_entry: bool) -> &'static [Status] {
    use Status::{Deprecated, Reserved, Stable, Submitted, Superseded, Withdrawn};
    match from {
        None => &[Reserved, Submitted, Stable],
        Some(Reserved | Submitted) => &[Submitted, Stable],
        Some(Stable) if is_entry => &[Stable, Deprecated, Superseded],
        Some(Stable | Deprecated | Superseded) => &[Stable, Deprecated, Superseded, Withdrawn],
        Some(Withdrawn) => &[Withdrawn, Stable],
    }
}

/// Holds a step to the legal ones.
///
/// # Errors
/// [`IllegalStep`] names them.
pub fn check_step(record: &str, from: Option<Status>, to: Status, is_entry: bool) -> Result<(), IllegalStep> {
    let legal = next_steps(from, is_entry);
    if legal.contains(&to) {
        return Ok(());
    }
    Err(IllegalStep { record: record.to_owned(), from, to, legal: legal.to_vec() })
}

/// Holds what a source says of a record to the legal steps. A source may bring what is deprecated already, since it
/// was published elsewhere; it brings no drafts.
///
/// # Errors
/// What is wrong and what to do.
pub(super) fn check_brought(record: &str, present: Option<&Content>, content: &Content) -> Result<(), String> {
    let to = Status::of(record, content).map_err(|unknown| unknown.to_string())?;
    let from = present.map(|present| Status::of(record, present).unwrap_or(Status::Stable));
    match (from, to) {
        (None, Status::Submitted | Status::Withdrawn) => {
            Err(format!("what is {to} is not brought in; leave it out until it is stable"))
        }
        (None, _) => Ok(()),
        (from, to) => {
            let was_entry = present.is_some_and(|present| is_entry(record, present));
            let illegal = check_step(record, from, to, was_entry || is_entry(record, content));
            illegal.map_err(|illegal| illegal.to_string())
        }
    }
}

/// Whether a record is withdrawn.
pub fn is_withdrawn(record: &str, content: &Content) -> bool {
    Status::of(record, content) == Ok(Status::Withdrawn)
}

/// What is left of a record that is withdrawn: what it was called and numbered, the releases that it is in, since when
/// it is gone, and what to take instead. It has no type of what it was, so nothing that asks for those finds it. One that is
/// withdrawn already says the same as before.
pub(super) fn left_of(base: &Base, record: &str, present: &Content, timestamp: &str) -> Content {
    if is_withdrawn(record, present) {
        return present.clone();
    }
    let is_kept = |triple: &&Triple| {
        let kept = [skos::NOTATION, dct::IDENTIFIER, dct::IS_REPLACED_BY];
        is_of(record, triple)
            && (is_member_of_release(base, triple)
                || kept.iter().chain(&NAMING).any(|property| triple.predicate == *property))
    };
    let mut left: Content = present.iter().filter(is_kept).cloned().collect();
    let moment = Literal::new_typed_literal(timestamp, xsd::DATE_TIME);
    let facts: [(NamedNodeRef<'_>, Term); 3] = [
        (rdf::TYPE, eusl::WITHDRAWN_RECORD.into_owned().into()),
        (adms::STATUS, Status::Withdrawn.code().into()),
        (prov::INVALIDATED_AT_TIME, moment.into()),
    ];
    left.extend(facts.map(|(property, value)| Triple::new(NamedNode::new_unchecked(record), property, value)));
    left
}

/// What is left of a record whose author writes `content` with the status of what is withdrawn: the same, and what `content` says
/// takes its place. With that comes what `content` says or leaves out beside it, which would be lost, and what to do.
pub(super) fn withdrawn_by(
    base: &Base,
    record: &str,
    present: &Content,
    content: &Content,
    timestamp: &str,
) -> (Content, Option<String>) {
    let is_successor = |triple: &&Triple| is_of(record, triple) && triple.predicate == dct::IS_REPLACED_BY;
    let before = left_of(base, record, present, timestamp);
    let mut left: Content = before.iter().filter(|triple| !is_successor(triple)).cloned().collect();
    left.extend(content.iter().filter(is_successor).cloned());
    let was_withdrawn = is_withdrawn(record, present);
    let lost = content.minus(&left).find(|triple| was_withdrawn || !present.contains(triple));
    let left_out = left.minus(content).find(|_| was_withdrawn);
    let lost = lost.or(left_out).map(|triple| {
        format!(
            "what is withdrawn keeps its names and numbers and says what takes its place (dct:isReplacedBy), and no more: leave {} as \
             it is, or give the record another adms:status first",
            triple.predicate
        )
    });
    (left, lost)
}

/// Whether a triple says something of the record itself, not of a part of it.
fn is_of(record: &str, triple: &Triple) -> bool {
    matches!(&triple.subject, NamedOrBlankNode::NamedNode(subject) if subject.as_str() == record)
}

/// Whether a triple says that something is a member of a release, which stays so for ever.
fn is_member_of_release(base: &Base, triple: &Triple) -> bool {
    let releases = base.iri("list/services/");
    let is_release =
        |scheme: &Term| matches!(scheme, Term::NamedNode(scheme) if scheme.as_str().starts_with(releases.as_str()));
    triple.predicate == skos::IN_SCHEME && is_release(&triple.object)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::read_turtle;

    const RECORD: &str = "http://example.eu/id/service-type/1";
    const PREFIXES: &str = "@prefix adms: <http://www.w3.org/ns/adms#> . @prefix dct: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix s: <http://publications.europa.eu/resource/authority/concept-status/> .\n";

    fn content(turtle: &str) -> Content {
        read_turtle(format!("{PREFIXES}{turtle}").as_bytes(), RECORD).unwrap().into_iter().collect()
    }

    #[test]
    fn a_record_says_its_status_itself() {
        for (turtle, status) in [
            ("<> a skos:Concept .", Status::Stable),
            ("<> adms:status s:CURRENT .", Status::Stable),
            ("<> adms:status <http://purl.org/adms/status/Completed> .", Status::Stable),
            ("<> adms:status s:CANDIDATE .", Status::Submitted),
            ("<> adms:status s:DEPRECATED .", Status::Deprecated),
            ("<> adms:status s:DEPRECATED ; dct:isReplacedBy <2> .", Status::Superseded),
            ("<> adms:status s:RETIRED ; dct:isReplacedBy <2> .", Status::Withdrawn),
        ] {
            assert_eq!(Status::of(RECORD, &content(turtle)), Ok(status), "{turtle}");
        }
        for turtle in ["<> adms:status s:WAITING .", "<> adms:status s:CURRENT , s:RETIRED ."] {
            let error = Status::of(RECORD, &content(turtle)).unwrap_err().to_string();
            assert!(error.contains(RECORD) && error.contains("DEPRECATED or RETIRED"), "{error}");
        }
    }

    #[test]
    fn an_entry_of_a_list_is_deprecated_before_it_is_withdrawn_and_an_offer_need_not_be() {
        let error = check_step(RECORD, Some(Status::Stable), Status::Withdrawn, true).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "{RECORD} is stable, so it cannot become withdrawn; it can become stable or deprecated or superseded"
            )
        );
        check_step(RECORD, Some(Status::Stable), Status::Withdrawn, false).unwrap();
        check_step(RECORD, Some(Status::Deprecated), Status::Withdrawn, true).unwrap();
    }

    #[test]
    fn nothing_that_was_published_becomes_a_draft_or_nothing_again() {
        for from in [Status::Stable, Status::Deprecated, Status::Superseded, Status::Withdrawn] {
            for to in [Status::Reserved, Status::Submitted] {
                check_step(RECORD, Some(from), to, false).unwrap_err();
            }
        }
        check_step(RECORD, Some(Status::Withdrawn), Status::Stable, true).unwrap();
        check_step(RECORD, Some(Status::Withdrawn), Status::Deprecated, true).unwrap_err();
    }

    #[test]
    fn a_tombstone_keeps_name_number_releases_and_successor_and_no_part() {
        let present = content(
            "<> a skos:Concept ; skos:prefLabel 'Bins'@en ; skos:definition 'D'@en ; skos:notation '1' ;
                skos:inScheme <http://example.eu/list/services> , <http://example.eu/list/services/1> ;
                dct:isReplacedBy <2> ; adms:status s:DEPRECATED ; skos:altLabel 'Cans'@en .
             <#x> skos:prefLabel 'Part'@en .",
        );
        let base = Base::parse("http://example.eu/").unwrap();
        let left = left_of(&base, RECORD, &present, "2026-11-28T10:00:00.000Z");
        let expected = content(
            "<> a <https://w3id.org/eu-service-list/def#WithdrawnRecord> ; skos:prefLabel 'Bins'@en ;
                skos:notation '1' ; skos:inScheme <http://example.eu/list/services/1> ;
                dct:isReplacedBy <2> ; adms:status s:RETIRED ;
                <http://www.w3.org/ns/prov#invalidatedAtTime>
                    '2026-11-28T10:00:00.000Z'^^<http://www.w3.org/2001/XMLSchema#dateTime> .",
        );
        assert_eq!(left, expected);
    }
}
