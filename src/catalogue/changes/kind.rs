//! The ways in which an entry of the list changes.

use crate::rdf::NamedNodeRef;
use crate::vocab::eusl;

/// A way in which an entry of the list changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It came onto the list.
    Added,
    /// It was deprecated, superseded or withdrawn, and holds again.
    Reinstated,
    /// Its preferred name in a language changed or went.
    Renamed,
    /// Its name, definition or scope note came in a language that it was not in.
    Translated,
    /// Its definition or scope note changed.
    Redefined,
    /// It stands under another function.
    Moved,
    /// It is no longer to be used, and nothing takes its place.
    Deprecated,
    /// One other entry takes its place.
    Superseded,
    /// Several others take its place.
    Split,
    /// What takes its place takes that of another entry too.
    Merged,
    /// It was withdrawn.
    Withdrawn,
    /// It went from the list and was not withdrawn.
    Removed,
}

impl ChangeKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Added,
        Self::Reinstated,
        Self::Renamed,
        Self::Translated,
        Self::Redefined,
        Self::Moved,
        Self::Deprecated,
        Self::Superseded,
        Self::Split,
        Self::Merged,
        Self::Withdrawn,
        Self::Removed,
    ];

    /// Its name, as tables have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Reinstated => "reinstated",
            Self::Renamed => "renamed",
            Self::Translated => "translated",
            Self::Redefined => "redefined",
            Self::Moved => "moved",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Removed => "removed",
        }
    }

    /// The class of such changes in the vocabulary.
    pub const fn class(self) -> NamedNodeRef<'static> {
        match self {
            Self::Added => eusl::ADDITION,
            Self::Reinstated => eusl::REINSTATEMENT,
            Self::Renamed => eusl::RENAMING,
            Self::Translated => eusl::TRANSLATION,
            Self::Redefined => eusl::REDEFINITION,
            Self::Moved => eusl::MOVE,
            Self::Deprecated => eusl::DEPRECATION,
            Self::Superseded => eusl::SUPERSESSION,
            Self::Split => eusl::SPLIT,
            Self::Merged => eusl::MERGER,
            Self::Withdrawn => eusl::WITHDRAWAL,
            Self::Removed => eusl::REMOVAL,
        }
    }
}
