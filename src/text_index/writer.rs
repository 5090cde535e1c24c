//! Keeping the index: opening it or making it anew, and following.
//!
//! A commit of tantivy replaces one small file, `meta.json`, once all it names is on disk, and carries what the index
//! shows. So a process that is killed leaves the index of the commit before.

use super::contents::Contents;
use super::fields::{FORM, Fields};
use super::shown::{Shown, TextIndex};
use super::{Text, TextIndexError};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::directory::MmapDirectory;
use tantivy::indexer::IndexWriterOptions;
use tantivy::store::Compressor;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError, Term};

/// Where an index is kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// In a folder of its own, which is emptied where what is in it cannot be used.
    Folder(PathBuf),
    /// In memory.
    Memory,
}

/// The memory, in bytes, in which documents wait to be written.
const HEAP: usize = 20_000_000;

/// What goes with each commit.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    pub form: u32,
    #[serde(flatten)]
    pub shown: Shown,
}

impl Payload {
    /// That of the last commit; nothing where it has none that can be read.
    pub(super) fn of(index: &Index) -> Result<Option<Self>, TantivyError> {
        let payload = index.load_metas()?.payload;
        Ok(payload.and_then(|payload| serde_json::from_str(&payload).ok()))
    }
}

/// Who writes an index: one at a time.
pub struct Writer {
    index: Index,
    fields: Fields,
    documents: IndexWriter,
    searched: Arc<TextIndex>,
    shown: Option<Shown>,
}

impl Writer {
    /// Opens the index at a place, or makes an empty one where there is none that this program can use. Nothing is
    /// published to `searched` yet.
    ///
    /// # Errors
    /// See [`TextIndexError`].
    pub fn open(place: &Place, searched: Arc<TextIndex>) -> Result<Self, TextIndexError> {
        let (schema, fields) = Fields::schema();
        let kept = match place {
            Place::Folder(folder) => usable(folder, &schema),
            Place::Memory => None,
        };
        let (index, shown) = match (kept, place) {
            (Some((index, shown)), _) => (index, Some(shown)),
            (None, Place::Folder(folder)) => {
                let directory = empty_folder(folder)?;
                (Index::create(directory, schema, settings())?, None)
            }
            (None, Place::Memory) => (Index::builder().schema(schema).settings(settings()).create_in_ram()?, None),
        };
        let options = IndexWriterOptions::builder().memory_budget_per_thread(HEAP).num_merge_threads(1).build();
        let documents = index.writer_with_options(options)?;
        Ok(Self { index, fields, documents, searched, shown })
    }

    /// What the index shows; nothing where it was made anew and nothing was committed.
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// Takes everything out; the next commit shows that.
    ///
    /// # Errors
    /// See [`TextIndexError`].
    pub fn clear(&mut self) -> Result<(), TextIndexError> {
        self.documents.delete_all_documents()?;
        self.shown = None;
        Ok(())
    }

    /// Has the index say these literals of a record, each with what it is worth beside others, and no others.
    ///
    /// # Errors
    /// See [`TextIndexError`].
    pub fn replace<'t>(
        &mut self,
        record: &str,
        texts: impl IntoIterator<Item = (&'t Text, f64)>,
    ) -> Result<(), TextIndexError> {
        self.documents.delete_term(Term::from_field_text(self.fields.record, record));
        for (text, weight) in texts {
            self.documents.add_document(self.fields.document(record, text, weight))?;
        }
        Ok(())
    }

    /// Keeps all that was given, as what a revision shows, and publishes it.
    ///
    /// # Errors
    /// See [`TextIndexError`].
    pub fn commit(&mut self, shown: Shown) -> Result<(), TextIndexError> {
        let payload = Payload { form: FORM, shown: shown.clone() };
        let mut prepared = self.documents.prepare_commit()?;
        prepared.set_payload(
            &serde_json::to_string(&payload).map_err(|error| {
                TantivyError::SystemError(format!("what the index shows cannot be written: {error}"))
            })?,
        );
        prepared.commit()?;
        self.shown = Some(shown);
        self.publish()
    }

    /// Lets those who search see what was committed last.
    ///
    /// # Errors
    /// See [`TextIndexError`].
    pub fn publish(&self) -> Result<(), TextIndexError> {
        if let Some(shown) = &self.shown {
            self.searched.publish(shown.clone(), Contents::of(&self.index, &self.fields)?);
        }
        Ok(())
    }
}

/// Literals are short and often read: they are kept as they are.
fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    }
}

/// The index in a folder, if it is whole and of this program's form.
fn usable(folder: &Path, schema: &tantivy::schema::Schema) -> Option<(Index, Shown)> {
    let index = Index::open(MmapDirectory::open(folder).ok()?).ok()?;
    let payload = Payload::of(&index).ok()??;
    let is_ours = payload.form == FORM && index.schema() == *schema;
    let is_whole = index.validate_checksum().is_ok_and(|damaged| damaged.is_empty());
    (is_ours && is_whole).then_some((index, payload.shown))
}

/// A folder of the index without anything in it.
fn empty_folder(folder: &Path) -> Result<MmapDirectory, TextIndexError> {
    let failed = |source| TextIndexError::Folder { folder: folder.to_owned(), source };
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    Ok(MmapDirectory::open(folder).map_err(TantivyError::from)?)
}
