//! Whose a record is: a token for an organisation writes what is that organisation's, and nothing in the name of another.

use super::author::Author;
use crate::rdf::Content;
use crate::register::{Snapshot, Unreadable};
use crate::vocab::{cv, org, prov};
use oxrdf::NamedNodeRef;

/// The properties by which a record says whose it is.
const RESPONSIBLE: [NamedNodeRef<'static>; 3] = [cv::HAS_COMPETENT_AUTHORITY, prov::WAS_ATTRIBUTED_TO, org::UNIT_OF];

/// A record that is another organisation's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{record} is not of {organisation}, for which the token writes: {reason}; ask those whose it is to write it")]
pub struct OthersRecord {
    /// The record's IRI.
    pub record: String,
    /// The organisation that the token writes for.
    pub organisation: String,
    /// How it is seen that the record is not theirs.
    pub reason: String,
}

/// What a record was and shall be.
pub(super) struct Ownable<'c> {
    /// Its IRI.
    pub record: &'c str,
    /// What it says; nothing where it is new.
    pub present: Option<&'c Content>,
    /// What it shall say.
    pub content: &'c Content,
}

/// Holds an author who writes for an organisation to its records. One who writes for none may write all.
///
/// A record is an organisation's if it is the organisation itself, if it says so, or if the organisation made it.
pub(super) fn check(
    author: &Author,
    snapshot: &Snapshot<'_>,
    Ownable { record, present, content }: &Ownable<'_>,
) -> Result<Result<(), OthersRecord>, Unreadable> {
    let Some(organisation) = author.organisation.as_deref() else { return Ok(Ok(())) };
    let refuse = |reason: String| {
        Err(OthersRecord { record: (*record).to_owned(), organisation: organisation.to_owned(), reason })
    };
    if *record == organisation {
        return Ok(Ok(()));
    }
    if let Some(other) = responsible(record, content).into_iter().find(|named| *named != organisation) {
        return Ok(refuse(format!("it would be of {other}")));
    }
    let Some(present) = present else { return Ok(Ok(())) };
    let named = responsible(record, present);
    if named.iter().any(|named| *named != organisation) {
        return Ok(refuse(format!("it is of {}", named.join(" and "))));
    }
    let is_theirs = !named.is_empty() || snapshot.maker(record)?.as_deref() == Some(organisation);
    Ok(if is_theirs { Ok(()) } else { refuse("others made it".to_owned()) })
}

/// The organisations that a record says it is of.
fn responsible<'c>(record: &'c str, content: &'c Content) -> Vec<&'c str> {
    RESPONSIBLE.iter().flat_map(|property| content.iris(record, *property)).collect()
}
