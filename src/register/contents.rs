//! Reading what is kept beside versions, one row after the other: what sources said, and what waits to be published.

use super::open::Unreadable;
use super::snapshot::Snapshot;

/// What a source said of a record, as its text stands in the register.
#[derive(Clone, Copy, Debug)]
pub struct ToldText<'r> {
    /// The source's IRI.
    pub source: &'r str,
    /// The record's IRI.
    pub record: &'r str,
    /// What it said.
    pub content: &'r str,
    /// The revision since which the source no longer speaks of it.
    pub missing_since: Option<u64>,
}

impl Snapshot<'_> {
    /// Hands what each source said of each record to `each`.
    ///
    /// # Errors
    /// [`Unreadable`], or what `each` says.
    pub fn each_told<E: From<Unreadable>>(&self, mut each: impl FnMut(ToldText<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut visit = || -> Result<Result<(), E>, Unreadable> {
            let mut statement = self.connection()?.prepare(
                "SELECT source, iri, content, missing_since FROM told JOIN record ON record.id = told.record
                 ORDER BY source, told.record",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let text = |column| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
                let told =
                    ToldText { source: text(0)?, record: text(1)?, content: text(2)?, missing_since: row.get(3)? };
                if let Err(error) = each(told) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        };
        visit()?
    }

    /// Hands the IRI and the text of each draft to `each`; what is only reserved has no text.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn each_draft(&self, mut each: impl FnMut(&str, Option<&str>)) -> Result<(), Unreadable> {
        let mut statement = self.connection()?.prepare("SELECT iri, content FROM draft ORDER BY iri")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let iri = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            each(iri, row.get_ref(1)?.as_str_or_null().map_err(rusqlite::Error::from)?);
        }
        Ok(())
    }
}
