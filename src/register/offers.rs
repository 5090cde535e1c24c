//! Who offers public services, from the table of links alone.

use super::open::Unreadable;
use super::snapshot::Snapshot;
use crate::vocab::cv;

impl Snapshot<'_> {
    /// The IRIs of the organisations that records name as competent authorities, in their order. Each step finds the
    /// next one in the index of them.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn authorities(&self) -> Result<Vec<String>, Unreadable> {
        // The property stands in the text, since an index of some rows serves only what surely asks for those.
        let named = format!("property = '{}'", cv::HAS_COMPETENT_AUTHORITY.as_str());
        let sql = format!(
            "WITH RECURSIVE next (object) AS (
                 SELECT min(object) FROM link INDEXED BY link_to_authority WHERE {named}
                 UNION ALL SELECT (SELECT min(object) FROM link INDEXED BY link_to_authority
                     WHERE {named} AND object > next.object) FROM next WHERE object IS NOT NULL)
             SELECT object FROM next WHERE object IS NOT NULL"
        );
        self.rows(&sql, [], |row| row.get(0))
    }

    /// How many links an IRI is the object of, by a property.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn count_pointing_at(&self, object: &str, property: &str) -> Result<u64, Unreadable> {
        let sql = "SELECT count(*) FROM link WHERE object = ?1 AND property = ?2 AND part = ''";
        Ok(self.connection()?.prepare_cached(sql)?.query_row([object, property], |row| row.get(0))?)
    }

    /// What a record points at by a property, in its own name.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub fn objects(&self, iri: &str, property: &str) -> Result<Vec<String>, Unreadable> {
        self.rows(
            "SELECT object FROM link JOIN record ON link.record = record.id
             WHERE iri = ?1 AND part = '' AND property = ?2 ORDER BY object",
            [iri, property],
            |row| row.get(0),
        )
    }
}
