//! The text index: from words to the literals of records that have them, ranked.
//!
//! Literals go in by record, hits come out. The index is derived: it is kept beside what it is made from, tells
//! the revision that it shows, and is made anew where it is not whole. One thread keeps it through a [`Writer`];
//! whoever searches a [`TextIndex`] waits until it shows what is asked for. Tantivy keeps the words
//! (<https://docs.rs/tantivy>), Snowball brings them to their stems (<https://snowballstem.org>).

mod analysis;
mod contents;
mod fields;
mod language;
mod search;
mod shown;
#[cfg(test)]
mod tests;
mod writer;

pub use contents::{Contents, kept_contents};
pub use search::{Each, Hit, MOST_CHARACTERS, MOST_HITS, Search, SearchError};
pub use shown::{Shown, TextIndex};
pub use writer::{Place, Writer};

use crate::rdf::{Literal, NamedNodeRef};
use serde::{Deserialize, Serialize};

/// A literal of a record, as it is indexed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// The IRI of the property that gives it.
    pub property: String,
    /// Its language tag; empty where it has none.
    pub language: String,
    /// Its lexical form.
    pub value: String,
}

impl Text {
    /// The text of a literal that a property gives.
    pub fn of(property: NamedNodeRef<'_>, literal: &Literal) -> Self {
        Self {
            property: property.as_str().to_owned(),
            language: literal.language().unwrap_or("").to_owned(),
            value: literal.value().to_owned(),
        }
    }

    /// The literal.
    pub fn literal(&self) -> Literal {
        match self.language.as_str() {
            "" => Literal::new_simple_literal(&self.value),
            language => Literal::new_language_tagged_literal_unchecked(&self.value, language),
        }
    }
}

/// An index that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TextIndexError {
    /// Its folder cannot be made or emptied.
    #[error("cannot make the folder of the text index {}: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Tantivy failed.
    #[error("the text index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
}
