//! Which documents there are for crawlers, in parts.

use super::address::RecordName;
use super::open::CatalogueError;
use super::present::Present;
use crate::register::Revision;

/// How many records a part has.
const SIZE: u64 = 10_000;

impl Present<'_> {
    /// The parts of all records, in the order in which they were made, that have any which is not withdrawn: the number
    /// of each, from 1, and when one of their documents last came to show something else.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn parts_of_records(&self) -> Result<Vec<(u64, Revision)>, CatalogueError> {
        Ok(self.snapshot.parts_of_records(SIZE)?)
    }

    /// The records of a part that are not withdrawn, and when the document of each last came to show something else.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn part_of_records(&self, part: u64) -> Result<Vec<(RecordName, Revision)>, CatalogueError> {
        let records = self.snapshot.part_of_records(part, SIZE)?.into_iter();
        let named = records.map(|(iri, shown)| match self.base.record_of(&iri) {
            Some(name) => Ok((name, shown)),
            None => Err(CatalogueError::Unnamed(iri)),
        });
        named.collect()
    }
}
