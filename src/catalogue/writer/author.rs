//! Who writes, and what they may write.

use super::super::address::RecordName;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// What somebody may do with the records that they may write; each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Hand in drafts, which others publish.
    Submit,
    /// Publish and change.
    Edit,
    /// Deprecate, supersede, withdraw and reinstate too.
    Manage,
}

impl Role {
    /// Every role, the least first.
    pub const ALL: [Self; 3] = [Self::Submit, Self::Edit, Self::Manage];

    /// Its name, as commands and the register have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Edit => "edit",
            Self::Manage => "manage",
        }
    }

    /// The role of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Somebody who writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The prefix of the token that they showed; nothing for the operator's own commands.
    pub token: Option<String>,
    /// What they are called.
    pub name: String,
    /// The IRI of the organisation that they write for.
    pub organisation: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The kinds of record that they may write; none means all.
    pub kinds: BTreeSet<String>,
    /// The numbers of the service types that they may write; nothing means all.
    pub numbers: Option<RangeInclusive<u64>>,
}

/// A record that somebody may not write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAllowed {
    /// It is of another kind than they may write.
    #[error("{name} may not write {iri}: only records of the kinds {allowed}; ask the operator for a token that may")]
    Kind {
        /// Whose token it is.
        name: String,
        /// The record's IRI.
        iri: String,
        /// The kinds that they may write, with commas.
        allowed: String,
    },
    /// It is a service type with another number than they may write.
    #[error(
        "{name} may not write {iri}: of service types only those with numbers from {first} to {last}; \
         ask the operator for a token that may"
    )]
    Number {
        /// Whose token it is.
        name: String,
        /// The record's IRI.
        iri: String,
        /// The smallest number that they may write.
        first: u64,
        /// The largest.
        last: u64,
    },
}

impl Author {
    /// The operator of the server, whose commands may write everything.
    pub fn operator(name: impl Into<String>) -> Self {
        Self {
            token: None,
            name: name.into(),
            organisation: None,
            role: Role::Manage,
            kinds: BTreeSet::new(),
            numbers: None,
        }
    }

    /// Whether a record is of the kinds and numbers that they may write. What their role may do with it is another
    /// question.
    ///
    /// # Errors
    /// [`NotAllowed`] names what they may write.
    pub fn may_write(&self, record: &RecordName) -> Result<(), NotAllowed> {
        let (name, iri) = (self.name.clone(), record.iri.clone());
        if !self.kinds.is_empty() && !self.kinds.contains(&record.kind) {
            let allowed: Vec<&str> = self.kinds.iter().map(String::as_str).collect();
            return Err(NotAllowed::Kind { name, iri, allowed: allowed.join(", ") });
        }
        match &self.numbers {
            // A service type whose reference is no number is in no range.
            Some(numbers)
                if record.is_service_type() && !record.number().is_some_and(|number| numbers.contains(&number)) =>
            {
                Err(NotAllowed::Number { name, iri, first: *numbers.start(), last: *numbers.end() })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::address::Base;
    use super::*;

    fn record(path: &str) -> RecordName {
        Base::parse("http://example.eu/").unwrap().record_of(&format!("http://example.eu/{path}")).unwrap()
    }

    fn author(kinds: &[&str], numbers: Option<RangeInclusive<u64>>) -> Author {
        let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
        Author { token: Some("aB3dE6gH".to_owned()), kinds, numbers, ..Author::operator("Voorbeeldstad") }
    }

    #[test]
    fn each_role_may_do_what_those_before_it_may() {
        assert!(Role::Submit < Role::Edit && Role::Edit < Role::Manage);
        for role in Role::ALL {
            assert_eq!(Role::named(role.name()), Some(role));
        }
        assert_eq!(Role::named("Manage"), None);
    }

    #[test]
    fn the_operator_may_write_everything() {
        let operator = Author::operator("eusl");
        assert_eq!((operator.token.as_deref(), operator.role), (None, Role::Manage));
        for path in ["id/service-type/1", "id/organisation/x", "list/services", "id/assessment/1-x"] {
            operator.may_write(&record(path)).unwrap();
        }
    }

    #[test]
    fn another_kind_is_refused_with_the_kinds_that_are_allowed() {
        let author = author(&["public-service", "channel"], None);
        author.may_write(&record("id/public-service/1")).unwrap();
        for path in ["id/service-type/1", "list/services"] {
            let error = author.may_write(&record(path)).unwrap_err().to_string();
            assert!(error.contains("channel, public-service") && error.contains(path), "{error}");
        }
    }

    #[test]
    fn a_number_out_of_range_is_refused_with_the_range() {
        let author = author(&[], Some(10_000..=10_999));
        for path in ["id/service-type/10000", "id/service-type/10999", "id/function/5"] {
            author.may_write(&record(path)).unwrap();
        }
        for path in ["id/service-type/9999", "id/service-type/11000", "id/service-type/010500", "id/service-type/x"] {
            let error = author.may_write(&record(path)).unwrap_err().to_string();
            assert!(error.contains("from 10000 to 10999") && error.contains(path), "{error}");
        }
    }
}
