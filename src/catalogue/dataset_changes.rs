//! When the datasets last changed.

use super::dataset::Dataset;
use super::open::CatalogueError;
use super::present::Present;
use crate::register::Revision;
use crate::vocab::cv;

/// How far the feed is looked back for the last change of each dataset.
const DEPTH: u32 = 10_000;

/// The last commits that changed the three datasets that everything is in.
#[derive(Clone, Debug)]
pub struct LastChanges([Revision; 3]);

impl LastChanges {
    /// Of one of the three; of a country or an organisation that of all public services.
    pub fn of(&self, dataset: &Dataset) -> &Revision {
        let [services, suitability, public_services] = &self.0;
        match dataset {
            Dataset::Services => services,
            Dataset::Suitability => suitability,
            Dataset::PublicServices | Dataset::Country(_) | Dataset::Organisation(_) => public_services,
        }
    }
}

impl Present<'_> {
    /// The last commits that changed the three datasets. One that changed before the last 10,000 entries of the feed did
    /// is told to have changed with the first of these: later than it was, and never earlier.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn last_changes(&self) -> Result<LastChanges, CatalogueError> {
        let kinds = self.snapshot.last_changes(DEPTH)?;
        let end = self.feed_end()?;
        let bound = self.committed(end.saturating_sub(u64::from(DEPTH)).max(1))?;
        let bound = bound.unwrap_or_else(|| self.last_commit().clone());
        Ok(LastChanges(Dataset::WHOLE.map(|dataset| {
            let of_dataset = kinds.iter().filter(|(kind, _)| Dataset::of_kind(kind) == dataset);
            let last = of_dataset.map(|(_, revision)| revision).max_by_key(|revision| revision.number);
            last.unwrap_or(&bound).clone()
        })))
    }

    /// The last commit that changed what an organisation has: itself, or what it offers.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn last_change_of(&self, organisation: &str) -> Result<Option<Revision>, CatalogueError> {
        Ok(self.snapshot.last_change_around(organisation, cv::HAS_COMPETENT_AUTHORITY.as_str())?)
    }

    /// How many records match something elsewhere whose IRI begins with `space`, which ends with `/`.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn count_exact_matches(&self, space: &str) -> Result<u64, CatalogueError> {
        Ok(self.snapshot.count_links_into(space, crate::vocab::skos::EXACT_MATCH.as_str())?)
    }
}
