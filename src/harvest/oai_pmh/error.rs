//! What is wrong with a request, as the protocol tells it
//! (<http://www.openarchives.org/OAI/openarchivesprotocol.html#ErrorConditions>).

use crate::catalogue::CatalogueError;
use std::io;

/// A condition that the protocol has a code for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    BadArgument,
    BadResumptionToken,
    BadVerb,
    CannotDisseminateFormat,
    IdDoesNotExist,
    NoRecordsMatch,
}

impl Condition {
    /// Its code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::BadArgument => "badArgument",
            Self::BadResumptionToken => "badResumptionToken",
            Self::BadVerb => "badVerb",
            Self::CannotDisseminateFormat => "cannotDisseminateFormat",
            Self::IdDoesNotExist => "idDoesNotExist",
            Self::NoRecordsMatch => "noRecordsMatch",
        }
    }

    /// Whether the request can be told back, argument by argument, beside it.
    pub(super) fn has_arguments(self) -> bool {
        !matches!(self, Self::BadVerb | Self::BadArgument)
    }
}

/// Why a request is not answered with what it asks for.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// It is the request.
    #[error("{message}")]
    Condition { condition: Condition, message: String },
    /// The register cannot be read.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The answer cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl Refusal {
    /// A condition, with what is wrong and what to do.
    pub(super) fn of(condition: Condition, message: impl Into<String>) -> Self {
        Self::Condition { condition, message: message.into() }
    }
}
