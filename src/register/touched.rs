//! Which documents a commit touches: they show something else after it.

use std::collections::BTreeSet;

/// The documents that a commit, or several, touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Touched {
    /// Those of the records with these IRIs, and no others.
    Documents(BTreeSet<String>),
    /// Too many to tell apart.
    Everything,
}

impl Touched {
    /// Whether the document of the record with this IRI is one of them.
    pub fn has(&self, iri: &str) -> bool {
        match self {
            Self::Documents(iris) => iris.contains(iri),
            Self::Everything => true,
        }
    }
}

impl Default for Touched {
    fn default() -> Self {
        Self::Documents(BTreeSet::new())
    }
}
