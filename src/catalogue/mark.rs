//! How far along the register's feed something is that is made from it.

use crate::register::{Digest, Snapshot, Unreadable, hex};

/// By what something that is made from the register knows the feed that it was made from: a position, and the link there,
/// which no other feed has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// The last position that was followed; 0 before the first.
    pub(super) position: u64,
    link: Option<Digest>,
}

impl Mark {
    /// That of all the feed that a snapshot has.
    pub(super) fn end(snapshot: &Snapshot<'_>) -> Result<Self, Unreadable> {
        let end = snapshot.feed_end()?;
        Ok(end.map_or_else(Self::default, |(position, link)| Self { position, link: Some(link) }))
    }

    /// That of the feed as it was at a revision.
    pub(super) fn at(revision: u64, snapshot: &Snapshot<'_>) -> Result<Self, Unreadable> {
        let end = snapshot.feed_end_at(revision)?;
        Ok(end.map_or_else(Self::default, |(position, link)| Self { position, link: Some(link) }))
    }

    /// The mark that a text gives, if the feed has it.
    pub(super) fn known(text: &str, snapshot: &Snapshot<'_>) -> Result<Option<Self>, Unreadable> {
        let Some(position) = text.split(' ').next().and_then(|position| position.parse().ok()) else { return Ok(None) };
        let mark = Self { position, link: snapshot.feed_link(position)? };
        let is_there = position == 0 || mark.link.is_some();
        Ok((is_there && mark.text() == text).then_some(mark))
    }

    /// The text that gives it.
    pub(super) fn text(&self) -> String {
        let link = self.link.map(|link| hex(&link)).unwrap_or_default();
        format!("{} {link}", self.position)
    }
}
