//! The text of a token, `eusl_{prefix}_{secret}`: how it is made and what is kept of it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// What every token begins with, so that one that was leaked is recognised as ours.
const MARK: &str = "eusl_";

/// Letters of a prefix: two tokens in 200 million million have the same.
const PREFIX_LETTERS: usize = 8;

/// Letters of a secret: 43 of 62 hold 256 bits.
const SECRET_LETTERS: usize = 43;

/// The letters of both; a double click takes them all.
const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The whole text of a token, secret included. It is in no message and no log: `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TokenText(String);

impl TokenText {
    /// A new text with its public prefix.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub(super) fn draw() -> Result<(Self, String), getrandom::Error> {
        let (prefix, secret) = (random_letters(PREFIX_LETTERS)?, random_letters(SECRET_LETTERS)?);
        Ok((Self(format!("{MARK}{prefix}_{secret}")), prefix))
    }

    /// The text itself, for whoever it was made for.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenText(hidden)")
    }
}

/// The prefix in a text that begins as a token does.
pub(super) fn prefix_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(MARK)?;
    Some(rest.split_once('_').map_or(rest, |(prefix, _)| prefix))
}

/// What the register keeps of a text: a secret of 256 random bits cannot be found from it, so no slow hash is needed.
pub(super) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text).into()
}

/// Letters of the alphabet, each as likely as any other.
fn random_letters(count: usize) -> Result<String, getrandom::Error> {
    let mut letters = String::with_capacity(count);
    let mut bytes = [0; 64];
    while letters.len() < count {
        getrandom::fill(&mut bytes)?;
        // Four times 62 are 248: the bytes from there on would make the first letters likelier.
        let fair = bytes.iter().filter(|byte| **byte < 248);
        let drawn = fair.filter_map(|byte| ALPHABET.get(usize::from(byte % 62))).map(|letter| char::from(*letter));
        letters.extend(drawn.take(count - letters.len()));
    }
    Ok(letters)
}
