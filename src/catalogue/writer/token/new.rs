//! What a token shall be for, and whether that makes sense.

use super::super::super::address::{Base, is_kind};
use super::super::author::Role;
use super::super::rules::LARGEST_NUMBER;
use super::TokenError;
use crate::rdf::NamedNode;
use crate::register::Token;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The longest name of a token, in characters.
const LONGEST_NAME: usize = 100;

/// What a token shall be for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    /// Whose it is: a person or a program.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The IRI of the organisation that they write for.
    pub organisation: Option<String>,
    /// The kinds of record that they may write. None means all, or, where numbers are given, service types.
    pub kinds: BTreeSet<String>,
    /// The numbers of the service types that they may write; nothing means all.
    pub numbers: Option<RangeInclusive<u64>>,
    /// The last day on which it may be used, in UTC, such as `2027-03-31`; nothing for a token without end.
    pub expires: Option<String>,
}

impl NewToken {
    /// The token to be kept, under a prefix and a digest.
    ///
    /// # Errors
    /// [`TokenError::Wrong`].
    pub(super) fn keep(self, base: &Base, prefix: String, digest: [u8; 32]) -> Result<Token, TokenError> {
        Ok(Token {
            prefix,
            digest,
            name: checked_name(&self.name)?,
            role: self.role.name().to_owned(),
            organisation: self.organisation.map(|iri| checked_organisation(base, iri)).transpose()?,
            kinds: checked_kinds(self.kinds, self.numbers.is_some())?,
            numbers: self.numbers.map(checked_numbers).transpose()?,
            ends: self.expires.as_deref().map(last_moment).transpose()?,
        })
    }
}

fn checked_name(name: &str) -> Result<String, TokenError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let wrong = format!("its name must say whose it is, in 1 to {LONGEST_NAME} characters on one line");
        return Err(TokenError::Wrong(wrong));
    }
    Ok(name.to_owned())
}

fn checked_organisation(base: &Base, iri: String) -> Result<String, TokenError> {
    if NamedNode::new(&iri).is_err() {
        let example = base.iri("id/organisation/voorbeeldstad").into_string();
        return Err(TokenError::Wrong(format!("the organisation {iri:?} is no absolute IRI such as {example}")));
    }
    let is_ours = iri.starts_with(base.as_str());
    let is_organisation = base.record_of(&iri).is_some_and(|name| name.kind == "organisation" && name.iri == iri);
    if is_ours && !is_organisation {
        let form = base.iri("id/organisation/").into_string();
        return Err(TokenError::Wrong(format!("{iri} is no organisation; their IRIs here start with {form}")));
    }
    Ok(iri)
}

fn checked_kinds(kinds: BTreeSet<String>, are_numbers_given: bool) -> Result<BTreeSet<String>, TokenError> {
    if let Some(kind) = kinds.iter().find(|kind| !is_kind(kind)) {
        return Err(TokenError::Wrong(format!("{kind:?} is no kind; a kind is a word such as public-service")));
    }
    let service_type = "service-type".to_owned();
    match (are_numbers_given, kinds.is_empty()) {
        (true, true) => Ok([service_type].into()),
        (true, false) if !kinds.contains(&service_type) => {
            let wrong = "numbers are those of service types; add the kind service-type or leave the numbers out";
            Err(TokenError::Wrong(wrong.to_owned()))
        }
        _ => Ok(kinds),
    }
}

fn checked_numbers(numbers: RangeInclusive<u64>) -> Result<RangeInclusive<u64>, TokenError> {
    let (first, last) = (*numbers.start(), *numbers.end());
    if first == 0 || first > last || last > LARGEST_NUMBER {
        let wrong =
            format!("numbers go up from at least 1 to at most {LARGEST_NUMBER}; these go from {first} to {last}");
        return Err(TokenError::Wrong(wrong));
    }
    Ok(numbers)
}

/// The last moment of a day in UTC, as the register has moments.
fn last_moment(day: &str) -> Result<String, TokenError> {
    let date = day.parse::<Date>().ok().filter(|date| date.to_string() == day);
    let moment = date.map(|date| format!("{date}T23:59:59.999Z"));
    match moment.as_deref().map(str::parse::<Timestamp>) {
        Some(Ok(end)) if end < Timestamp::now() => Err(TokenError::Wrong(format!("its last day, {day}, is over"))),
        Some(Ok(_)) => Ok(moment.unwrap_or_default()),
        _ => Err(TokenError::Wrong(format!("its last day {day:?} is no date such as 2027-03-31"))),
    }
}
