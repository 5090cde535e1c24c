//! What an index says at one moment.

use super::fields::{FORM, Fields};
use super::shown::Shown;
use super::writer::Payload;
use super::{Text, TextIndexError};
use std::path::Path;
use tantivy::collector::{Count, DocSetCollector};
use tantivy::directory::MmapDirectory;
use tantivy::query::{AllQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

/// What an index says, unchanging.
#[derive(Clone)]
pub struct Contents {
    pub(super) searcher: Searcher,
    pub(super) fields: Fields,
}

impl Contents {
    pub(super) fn of(index: &Index, fields: &Fields) -> Result<Self, TextIndexError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { searcher: reader.searcher(), fields: fields.clone() })
    }

    /// How many literals it has.
    pub fn count(&self) -> Result<u64, TextIndexError> {
        let count = self.searcher.search(&AllQuery, &Count)?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// The literals of a record, sorted.
    pub fn texts(&self, record: &str) -> Result<Vec<Text>, TextIndexError> {
        let term = Term::from_field_text(self.fields.record, record);
        let of_record = TermQuery::new(term, IndexRecordOption::Basic);
        let mut texts = Vec::new();
        for address in self.searcher.search(&of_record, &DocSetCollector)? {
            let document: TantivyDocument = self.searcher.doc(address)?;
            texts.push(self.fields.read(&document).1);
        }
        texts.sort();
        Ok(texts)
    }

    /// Hands the record of each literal to `each`, in no order.
    pub fn each_record(&self, mut each: impl FnMut(&str)) -> Result<(), TextIndexError> {
        for address in self.searcher.search(&AllQuery, &DocSetCollector)? {
            let document: TantivyDocument = self.searcher.doc(address)?;
            each(&self.fields.read(&document).0);
        }
        Ok(())
    }
}

/// What the index in a folder says, read while nobody need keep it: nothing where there is none, or one of another
/// form, which the next writer makes anew.
///
/// # Errors
/// The index is there and cannot be read.
pub fn kept_contents(folder: &Path) -> Result<Option<(Shown, Contents)>, TextIndexError> {
    if !folder.join("meta.json").exists() {
        return Ok(None);
    }
    let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
    let index = Index::open(directory)?;
    let (schema, fields) = Fields::schema();
    let Some(payload) = Payload::of(&index)?.filter(|payload| payload.form == FORM && index.schema() == schema) else {
        return Ok(None);
    };
    Ok(Some((payload.shown, Contents::of(&index, &fields)?)))
}
