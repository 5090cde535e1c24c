//! The tokens that let clients write: made once, revoked once, never forgotten.
//!
//! What is kept of a secret is its SHA-256 alone. Making or revoking one is a transaction of its own and no
//! revision: nothing that is published changes.

use super::commit::CommitError;
use super::open::{Register, Unreadable};
use super::snapshot::Snapshot;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// A token to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What names it in public.
    pub prefix: String,
    /// The SHA-256 of its whole text.
    pub digest: [u8; 32],
    /// Whose it is.
    pub name: String,
    /// `submit`, `edit` or `manage`.
    pub role: String,
    /// The IRI of the organisation that it writes for.
    pub organisation: Option<String>,
    /// The kinds of record that it may write; none means all.
    pub kinds: BTreeSet<String>,
    /// The numbers of the service types that it may write; none means all.
    pub numbers: Option<RangeInclusive<u64>>,
    /// The last moment at which it may be used, as `xsd:dateTime` in UTC.
    pub ends: Option<String>,
}

/// A token as the register keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptToken {
    /// What was decided when it was made.
    pub token: Token,
    /// When it was made, as `xsd:dateTime` in UTC.
    pub made: String,
    /// When it was revoked, if it was.
    pub revoked: Option<String>,
}

const COLUMNS: &str = "prefix, digest, name, role, organisation, kinds, first, last, ends, made, revoked";

impl Register {
    /// Keeps a token, once it is on disk.
    ///
    /// # Errors
    /// [`CommitError`]: the disk, or there is one with this prefix.
    pub fn add_token(&self, token: &Token) -> Result<(), CommitError> {
        let kinds: Vec<&str> = token.kinds.iter().map(String::as_str).collect();
        let insert = "INSERT INTO token (prefix, digest, name, role, organisation, kinds, first, last, ends)
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let values = params![
            token.prefix,
            token.digest,
            token.name,
            token.role,
            token.organisation,
            kinds.join(" "),
            token.numbers.as_ref().map(|numbers| *numbers.start()),
            token.numbers.as_ref().map(|numbers| *numbers.end()),
            token.ends,
        ];
        self.transact(|transaction| {
            transaction.write(|connection| {
                connection.execute(insert, values)?;
                Ok(())
            })
        })
    }

    /// Revokes a token from now on; one that was revoked before stays so.
    ///
    /// # Errors
    /// [`CommitError`]: the disk.
    pub fn revoke_token(&self, prefix: &str) -> Result<(), CommitError> {
        let revoke = "UPDATE token SET revoked = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
                      WHERE prefix = ?1 AND revoked IS NULL";
        self.transact(|transaction| {
            transaction.write(|connection| {
                connection.execute(revoke, [prefix])?;
                Ok(())
            })
        })
    }
}

impl Snapshot<'_> {
    /// The token with this prefix.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn token(&self, prefix: &str) -> Result<Option<KeptToken>, Unreadable> {
        let sql = format!("SELECT {COLUMNS} FROM token WHERE prefix = ?1");
        Ok(self.connection()?.prepare_cached(&sql)?.query_row([prefix], kept).optional()?)
    }

    /// Every token that was ever made, the oldest first.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn tokens(&self) -> Result<Vec<KeptToken>, Unreadable> {
        self.rows(&format!("SELECT {COLUMNS} FROM token ORDER BY made, prefix"), [], kept)
    }
}

fn kept(row: &Row<'_>) -> rusqlite::Result<KeptToken> {
    let kinds: String = row.get(5)?;
    let numbers: (Option<u64>, Option<u64>) = (row.get(6)?, row.get(7)?);
    let token = Token {
        prefix: row.get(0)?,
        digest: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        organisation: row.get(4)?,
        kinds: kinds.split_whitespace().map(str::to_owned).collect(),
        numbers: numbers.0.zip(numbers.1).map(|(first, last)| first..=last),
        ends: row.get(8)?,
    };
    Ok(KeptToken { token, made: row.get(9)?, revoked: row.get(10)? })
}

#[cfg(test)]
mod tests {
    use super::super::Location;
    use super::*;

    fn token(prefix: &str, digest: u8) -> Token {
        Token {
            prefix: prefix.to_owned(),
            digest: [digest; 32],
            name: "Bins of Voorbeeldstad".to_owned(),
            role: "edit".to_owned(),
            organisation: Some("http://example.eu/id/organisation/voorbeeldstad".to_owned()),
            kinds: ["public-service".to_owned(), "service-type".to_owned()].into(),
            numbers: Some(10_000..=10_999),
            ends: Some("2027-03-31T23:59:59.999Z".to_owned()),
        }
    }

    fn register() -> (tempfile::TempDir, Register) {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
        (folder, register)
    }

    fn found(register: &Register, prefix: &str) -> Option<KeptToken> {
        register.snapshot().unwrap().token(prefix).unwrap()
    }

    #[test]
    fn a_token_is_found_by_its_prefix_as_it_was_made() {
        let (_folder, register) = register();
        let plain =
            Token { organisation: None, kinds: BTreeSet::new(), numbers: None, ends: None, ..token("plain000", 2) };
        for token in [token("full0000", 1), plain] {
            register.add_token(&token).unwrap();
            let kept = found(&register, &token.prefix).unwrap();
            assert_eq!((kept.token, kept.revoked), (token, None));
        }
        assert_eq!(found(&register, "nobody00"), None);
        assert_eq!(register.snapshot().unwrap().tokens().unwrap().len(), 2);
    }

    #[test]
    fn a_revocation_is_seen_at_once_though_a_view_was_open_and_given_back_after_it() {
        let (_folder, register) = register();
        register.add_token(&token("full0000", 1)).unwrap();
        let view = register.snapshot().unwrap();
        assert!(found(&register, "full0000").unwrap().revoked.is_none());
        register.revoke_token("full0000").unwrap();
        // The view's transaction began before, and no revision was made since.
        drop(view);
        assert!(found(&register, "full0000").unwrap().revoked.is_some());
        let before = found(&register, "full0000");
        register.revoke_token("full0000").unwrap();
        assert_eq!(found(&register, "full0000"), before);
    }

    #[test]
    fn a_register_in_memory_keeps_tokens_beside_an_open_view() {
        let register = Register::open(&Location::Memory, "http://example.eu/").unwrap();
        drop(register.snapshot().unwrap());
        register.add_token(&token("full0000", 1)).unwrap();
        register.revoke_token("full0000").unwrap();
        assert!(found(&register, "full0000").unwrap().revoked.is_some());
    }

    #[test]
    fn a_second_token_with_a_prefix_or_a_digest_that_is_there_is_refused() {
        let (_folder, register) = register();
        register.add_token(&token("full0000", 1)).unwrap();
        for twin in [token("full0000", 2), token("other000", 1)] {
            let error = register.add_token(&twin).unwrap_err().to_string();
            assert!(error.contains("a token is made once"), "{error}");
        }
    }
}
