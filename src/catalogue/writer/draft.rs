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

/// Who publishes sees all drafts that the token is for; who only submits sees those of the same token.
fn visible(snapshot: &Snapshot<'_>, author: &Author, iri: &str) -> Result<Option<Draft>, CatalogueError> {
    let draft = snapshot.draft(iri)?.filter(|draft| {
        let is_own = author.token.as_ref() == Some(&draft.token);
        let is_of_theirs = match &author.organisation {
            Some(organisation) => draft.organisation.as_ref() == Some(organisation),
            None => author.role >= Role::Edit,
        };
        is_own || is_of_theirs
    });
    Ok(draft)
}
