//! What requests with an idempotency key were answered.
//! <https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/>

use super::chain::Digest;
use super::commit::CommitError;
use super::open::Unreadable;
use super::snapshot::Snapshot;
use super::transaction::Transaction;
use rusqlite::{OptionalExtension, params};

/// How long an answer is remembered, in seconds: a week.
const REMEMBERED: i64 = 7 * 24 * 3600;

/// How many of those that are older go with each new one, so that no write pays for all.
const FORGOTTEN_AT_ONCE: i64 = 16;

impl Snapshot<'_> {
    /// The digest of the request that a token sent with this key, and what it was answered.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn answered(&self, token: &str, key: &str) -> Result<Option<(Digest, String)>, Unreadable> {
        Ok(self
            .connection()?
            .prepare_cached("SELECT request, answer FROM answered WHERE token = ?1 AND key = ?2")?
            .query_row([token, key], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }
}

impl Transaction<'_> {
    /// Remembers for a week what a request with a key was answered, and forgets what is older.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn remember(&self, token: &str, key: &str, request: &Digest, answer: &str) -> Result<(), CommitError> {
        self.write(|connection| {
            connection
                .prepare_cached(
                    "DELETE FROM answered WHERE (token, key) IN
                         (SELECT token, key FROM answered WHERE at < unixepoch() - ?1 ORDER BY at LIMIT ?2)",
                )?
                .execute([REMEMBERED, FORGOTTEN_AT_ONCE])?;
            connection
                .prepare_cached("INSERT INTO answered (token, key, request, answer) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![token, key, request, answer])?;
            Ok(())
        })
    }
}
