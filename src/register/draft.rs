//! What waits to be published: drafts, IRIs that are reserved, and the numbers that were given out.

use super::commit::CommitError;
use super::open::Unreadable;
use super::snapshot::{Snapshot, parse};
use super::transaction::Transaction;
use crate::rdf::Content;
use rusqlite::{OptionalExtension, params};

/// What waits under the IRI of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The IRI.
    pub iri: String,
    /// The kind of the record.
    pub kind: String,
    /// What it shall say; nothing where the IRI is only reserved.
    pub content: Option<Content>,
    /// 1 when it was made, one more with each change.
    pub edit: u64,
    /// The version that it would change; nothing where it would be new.
    pub changes: Option<u64>,
    /// The organisation that it was made for.
    pub organisation: Option<String>,
    /// The public prefix of the token that made it, or changed it last.
    pub token: String,
}

impl Snapshot<'_> {
    /// What waits under an IRI.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn draft(&self, iri: &str) -> Result<Option<Draft>, Unreadable> {
        let found = self
            .connection()?
            .prepare_cached("SELECT iri, kind, edit, changes, organisation, token, content FROM draft WHERE iri = ?1")?
            .query_row([iri], |row| {
                let draft = Draft {
                    iri: row.get(0)?,
                    kind: row.get(1)?,
                    content: None,
                    edit: row.get(2)?,
                    changes: row.get(3)?,
                    organisation: row.get(4)?,
                    token: row.get(5)?,
                };
                Ok((draft, row.get::<_, Option<String>>(6)?))
            })
            .optional()?;
        let Some((draft, text)) = found else { return Ok(None) };
        let content = text.map(|text| parse(iri, &text)).transpose()?;
        Ok(Some(Draft { content, ..draft }))
    }

    /// The IRIs of what waits, for an organisation or for all.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn drafts(&self, organisation: Option<&str>) -> Result<Vec<String>, Unreadable> {
        self.rows(
            "SELECT iri FROM draft WHERE ?1 IS NULL OR organisation = ?1 ORDER BY length(iri), iri",
            [organisation],
            |row| row.get(0),
        )
    }

    /// The largest number that was ever given out of a kind.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn last_number(&self, kind: &str) -> Result<u64, Unreadable> {
        let mut last = self.connection()?.prepare_cached("SELECT last FROM counter WHERE kind = ?1")?;
        Ok(last.query_row([kind], |row| row.get(0)).optional()?.unwrap_or(0))
    }

    /// Whether a draft was dropped that had this reference of a kind; then it is given to nothing else.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn is_retired(&self, kind: &str, reference: &str) -> Result<bool, Unreadable> {
        Ok(self.last_number(&retired(kind, reference))? > 0)
    }
}

impl Transaction<'_> {
    /// Keeps a draft in place of the one under its IRI.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn keep_draft(&self, draft: &Draft) -> Result<(), CommitError> {
        let Draft { iri, kind, content, edit, changes, organisation, token } = draft;
        self.write(|connection| {
            connection
                .prepare_cached(
                    "INSERT OR REPLACE INTO draft (iri, kind, content, edit, changes, organisation, token)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    iri,
                    kind,
                    content.as_ref().map(Content::to_string),
                    edit,
                    changes,
                    organisation,
                    token
                ])?;
            Ok(())
        })
    }

    /// Takes away what waits under an IRI; says whether anything did.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn drop_draft(&self, iri: &str) -> Result<bool, CommitError> {
        self.write(|connection| Ok(connection.prepare_cached("DELETE FROM draft WHERE iri = ?1")?.execute([iri])? > 0))
    }

    /// Notes that a reference of a kind was that of a draft that was dropped. Only a number could be given again.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn retire(&self, kind: &str, reference: &str) -> Result<(), CommitError> {
        match reference.parse::<u64>() {
            Ok(_) => self.count_up(&retired(kind, reference), 1),
            Err(_) => Ok(()),
        }
    }

    /// Notes that the numbers of a kind were given out up to this one.
    ///
    /// # Errors
    /// [`CommitError`].
    pub fn count_up(&self, kind: &str, number: u64) -> Result<(), CommitError> {
        self.write(|connection| {
            let counted = connection
                .prepare_cached("UPDATE counter SET last = max(last, ?2) WHERE kind = ?1")?
                .execute(params![kind, number])?;
            if counted == 0 {
                connection
                    .prepare_cached("INSERT INTO counter (kind, last) VALUES (?1, ?2)")?
                    .execute(params![kind, number])?;
            }
            Ok(())
        })
    }
}

/// The counter of a number whose draft was dropped: one, which no kind can have the name of.
fn retired(kind: &str, number: &str) -> String {
    format!("{kind}/{number}")
}

#[cfg(test)]
mod tests {
    use super::super::{Location, Register};
    use super::*;

    #[test]
    fn a_draft_is_seen_at_once_though_a_view_was_open_and_given_back_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let register = Register::open(&Location::Directory(folder.path().to_owned()), "http://example.eu/").unwrap();
        let view = register.snapshot().unwrap();
        assert_eq!(view.draft("http://example.eu/id/thing/1").unwrap(), None);
        let draft = Draft {
            iri: "http://example.eu/id/thing/1".to_owned(),
            kind: "thing".to_owned(),
            content: None,
            edit: 1,
            changes: None,
            organisation: None,
            token: "aB3dE6gH".to_owned(),
        };
        register.transact::<_, CommitError>(|transaction| transaction.keep_draft(&draft)).unwrap();
        // The view's transaction began before, and no revision was made since.
        drop(view);
        assert_eq!(register.snapshot().unwrap().draft(&draft.iri).unwrap(), Some(draft));
    }
}
