//! What waits to be published, as far as somebody may see it.

use super::super::open::{Catalogue, CatalogueError};
use super::author::{Author, Role};
use crate::register::{Draft, Snapshot};

impl Catalogue {
    /// What waits under the IRI of a record; nothing too where the author may not see it.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn draft(&self, author: &Author, iri: &str) -> Result<Option<Draft>, CatalogueError> {
        let snapshot = self.register.snapshot()?;
        visible(&snapshot, author, iri)
    }

    /// Everything that waits and that the author may see, by its IRI.
    ///
    /// # Errors
    /// See [`CatalogueError`].
    pub fn drafts(&self, author: &Author) -> Result<Vec<Draft>, CatalogueError> {
        let snapshot = self.register.snapshot()?;
        let iris = snapshot.drafts(author.organisation.as_deref())?;
        iris.iter().filter_map(|iri| visible(&snapshot, author, iri).transpose()).collect()
    }
}

fn visible(snapshot: &Snapshot<'_>, author: &Author, iri: &str) -> Result<Option<Draft>, CatalogueError> {
    Ok(snapshot.draft(iri)?.filter(|draft| author.sees(draft)))
}

impl Author {
    /// Whether a draft is one that they see, and so may change: their own, one of their organisation, or for who writes
    /// for none and publishes, any.
    pub(super) fn sees(&self, draft: &Draft) -> bool {
        let is_own = self.token.as_ref() == Some(&draft.token);
        let is_of_theirs = match &self.organisation {
            Some(organisation) => draft.organisation.as_ref() == Some(organisation),
            None => self.role >= Role::Edit,
        };
        is_own || is_of_theirs
    }
}
