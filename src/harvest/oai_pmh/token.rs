//! Resumption tokens: where a list goes on, told by the token alone
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#FlowControl>).
//!
//! The server keeps nothing of a list. A token has the position of the feed at which the next record stands, and what
//! the list was asked by; its seal is a digest of that and of the feed's link there, so that neither a token that was
//! altered on its way nor one of another register is taken for what it is not. It ends never: what changed meanwhile
//! stands further on in the feed.

use super::format::Format;
use crate::catalogue::{CatalogueError, Present};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What stands between the parts of a token. None of them holds it, and addresses need not escape it.
const BETWEEN: char = '~';

/// Where a list of records goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub format: Format,
    pub set: Option<String>,
    /// The last second that is meant, from 1970 on.
    pub until: Option<u64>,
    /// The position of the feed at which the next record stands.
    pub position: u64,
    /// How many records were told before it.
    pub told: u64,
}

impl Cursor {
    /// The token of a list that a verb asks for.
    pub(super) fn token(&self, verb: &str, present: &Present<'_>) -> Result<String, CatalogueError> {
        let until = self.until.map_or_else(String::new, |until| until.to_string());
        let parts = [
            self.format.prefix(),
            self.set.as_deref().unwrap_or_default(),
            &until,
            &self.position.to_string(),
            &self.told.to_string(),
        ];
        let parts = parts.join(&BETWEEN.to_string());
        let link = present.feed_link(self.position)?.unwrap_or_default();
        Ok(format!("{parts}{BETWEEN}{}", seal(verb, &parts, &link)))
    }

    /// Reads a token; nothing where it is none of this register and this verb.
    pub(super) fn read(text: &str, verb: &str, present: &Present<'_>) -> Result<Option<Self>, CatalogueError> {
        let Some(cursor) = Self::parse(text) else { return Ok(None) };
        if present.feed_link(cursor.position)?.is_none() {
            return Ok(None);
        }
        let is_ours = cursor.token(verb, present)? == text;
        Ok(is_ours.then_some(cursor))
    }

    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(BETWEEN).collect();
        let [format, set, until, position, told, _] = parts.as_slice() else { return None };
        Some(Self {
            format: Format::of_prefix(format)?,
            set: (!set.is_empty()).then(|| (*set).to_owned()),
            until: if until.is_empty() { None } else { Some(until.parse().ok()?) },
            position: position.parse().ok()?,
            told: told.parse().ok()?,
        })
    }
}

/// The token of a list of sets that goes on after one.
pub(super) fn after_set(name: &str) -> String {
    format!("{name}{BETWEEN}{}", seal("ListSets", name, &[]))
}

/// The set that a list of sets goes on after; nothing where the token is none.
pub(super) fn read_after_set(text: &str) -> Option<&str> {
    let (name, _) = text.split_once(BETWEEN)?;
    (after_set(name) == text).then_some(name)
}

fn seal(verb: &str, parts: &str, link: &[u8]) -> String {
    let digest = Sha256::new().chain_update(verb).chain_update(parts).chain_update(link).finalize();
    digest.iter().take(8).fold(String::new(), |mut seal, byte| {
        // Writing into a string gives no error.
        let _ = write!(seal, "{byte:02x}");
        seal
    })
}
