//! Tokens: made, listed and revoked by the operator, and turned into an author where one is shown.
//!
//! A token is `eusl_{prefix}_{secret}`, a bearer token of [RFC 6750](https://www.rfc-editor.org/rfc/rfc6750). The
//! prefix is public and names it; the secret is 256 random bits, shown once. The register keeps a SHA-256 alone.

mod new;
#[cfg(test)]
mod tests;
mod text;

use super::super::open::Catalogue;
use super::author::{Author, Role};
use crate::register::{CommitError, KeptToken, Token, Unreadable};
use jiff::Timestamp;
pub use new::NewToken;
use serde::{Deserialize, Serialize};
use std::time::SystemTime;
use subtle::ConstantTimeEq;
pub use text::TokenText;
use text::{digest, prefix_of};

/// A token that was made: this is the only time that its text is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MadeToken {
    /// What the client shows.
    pub text: TokenText,
    /// Who its client is to the server.
    pub author: Author,
    /// The last day on which it may be used, in UTC.
    pub ends: Option<String>,
}

/// A token as the operator sees it later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedToken {
    /// Who its client is to the server.
    pub author: Author,
    /// The day on which it was made, in UTC.
    pub made: String,
    /// The last day on which it may be used, in UTC.
    pub ends: Option<String>,
    /// Whether it may be used.
    pub state: TokenState,
}

/// Whether a token may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TokenState {
    /// It may.
    Valid,
    /// Its last day is over.
    Expired,
    /// It was revoked on this day.
    Revoked(String),
}

/// A token that was not made or not revoked.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// What it shall be for makes no sense.
    #[error("there can be no such token: {0}")]
    Wrong(String),
    /// There is none.
    #[error("no token has the prefix {0}; `eusl token list` shows them all")]
    NoSuchToken(String),
    /// It cannot be used anyway.
    #[error("the token {prefix} was revoked before, on {day}")]
    RevokedBefore {
        /// Its prefix.
        prefix: String,
        /// The day on which that was.
        day: String,
    },
    /// The system gives no random bytes.
    #[error("the system gives no random bytes, so no secret can be made: {0}")]
    NoRandomness(getrandom::Error),
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The register refused it.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// A text that makes nobody an author.
#[derive(Debug, thiserror::Error)]
pub enum NotKnown {
    /// There is no such token.
    #[error("the token is not known here; look whether it was copied whole")]
    Unknown,
    /// Its last day is over.
    #[error("the token {prefix} could be used until {day}; ask the operator for a new one")]
    Expired {
        /// Its prefix.
        prefix: String,
        /// Its last day, in UTC.
        day: String,
    },
    /// The operator revoked it.
    #[error("the token {prefix} was revoked on {day}; ask the operator for a new one")]
    Revoked {
        /// Its prefix.
        prefix: String,
        /// The day, in UTC.
        day: String,
    },
    /// The register cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Catalogue {
    /// Makes a token; its text is in the answer and nowhere else.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub fn add_token(&self, new: NewToken) -> Result<MadeToken, TokenError> {
        let (text, prefix) = TokenText::draw().map_err(TokenError::NoRandomness)?;
        let token = new.keep(&self.base, prefix, digest(text.reveal()))?;
        self.register.add_token(&token)?;
        Ok(MadeToken { text, ends: token.ends.as_deref().map(day), author: author(token) })
    }

    /// Every token that was ever made, the oldest first.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn tokens(&self, now: SystemTime) -> Result<Vec<ListedToken>, Unreadable> {
        Ok(self.register.snapshot()?.tokens()?.into_iter().map(|kept| listed(kept, now)).collect())
    }

    /// Revokes the token with this prefix, from now on. The whole text is understood too, and told to nobody.
    ///
    /// # Errors
    /// See [`TokenError`].
    pub fn revoke_token(&self, prefix: &str) -> Result<ListedToken, TokenError> {
        let prefix = prefix_of(prefix).unwrap_or(prefix);
        if let TokenState::Revoked(day) = self.token(prefix)?.state {
            return Err(TokenError::RevokedBefore { prefix: prefix.to_owned(), day });
        }
        self.register.revoke_token(prefix)?;
        self.token(prefix)
    }

    fn token(&self, prefix: &str) -> Result<ListedToken, TokenError> {
        let kept =
            self.register.snapshot()?.token(prefix)?.ok_or_else(|| TokenError::NoSuchToken(prefix.to_owned()))?;
        Ok(listed(kept, SystemTime::now()))
    }

    /// Who shows this text as a token. The time it takes tells nothing of secrets or of which digests there are,
    /// and only who has the right secret learns that it expired or was revoked.
    ///
    /// # Errors
    /// See [`NotKnown`].
    pub fn author_of(&self, presented: &str, now: SystemTime) -> Result<Author, NotKnown> {
        let digest = digest(presented);
        let kept = self.register.snapshot()?.token(prefix_of(presented).unwrap_or_default())?;
        // What is not there is compared with too: no text has a digest of zeros that anybody knows.
        let right = kept.as_ref().map_or([0; 32], |kept| kept.token.digest);
        let is_right = bool::from(right.ct_eq(&digest));
        let kept = kept.filter(|_| is_right).ok_or(NotKnown::Unknown)?;
        let ListedToken { author, ends, state, .. } = listed(kept, now);
        let prefix = author.token.clone().unwrap_or_default();
        match state {
            TokenState::Valid => Ok(author),
            TokenState::Expired => Err(NotKnown::Expired { prefix, day: ends.unwrap_or_default() }),
            TokenState::Revoked(day) => Err(NotKnown::Revoked { prefix, day }),
        }
    }
}

/// The day of a moment.
fn day(moment: &str) -> String {
    moment.split('T').next().unwrap_or_default().to_owned()
}

fn listed(kept: KeptToken, now: SystemTime) -> ListedToken {
    let state = match (&kept.revoked, &kept.token.ends) {
        (Some(moment), _) => TokenState::Revoked(day(moment)),
        (None, Some(ends)) if is_over(ends, now) => TokenState::Expired,
        _ => TokenState::Valid,
    };
    ListedToken { made: day(&kept.made), ends: kept.token.ends.as_deref().map(day), state, author: author(kept.token) }
}

/// Whether a moment has passed; one that cannot be read counts as passed.
fn is_over(moment: &str, now: SystemTime) -> bool {
    match (moment.parse::<Timestamp>(), Timestamp::try_from(now)) {
        (Ok(moment), Ok(now)) => now > moment,
        _ => true,
    }
}

fn author(token: Token) -> Author {
    Author {
        token: Some(token.prefix),
        name: token.name,
        organisation: token.organisation,
        // The register takes no other word; if it had one, the least role is the safe one.
        role: Role::named(&token.role).unwrap_or(Role::Submit),
        kinds: token.kinds,
        numbers: token.numbers,
    }
}
