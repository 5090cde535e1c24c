//! The thread that has the text index follow the register.

use crate::catalogue::mark::Mark;
use crate::catalogue::open::CatalogueError;
use crate::rdf::Content;
use crate::register::{Followed, Register, Unreadable};
use crate::text_index::{Place, Shown, TextIndex, Writer};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long the index may be behind the register when nobody searches; a search has it follow at once.
const PAUSE: Duration = Duration::from_secs(5);

/// How many records are read at once: while they are, a register in memory keeps its writer waiting.
const BATCH: usize = 500;

/// Who keeps the text index, until dropped.
pub(in crate::catalogue) struct TextFollower {
    ended: Arc<AtomicBool>,
    index: Arc<TextIndex>,
    thread: Option<JoinHandle<()>>,
}

impl TextFollower {
    pub(super) fn start(register: Arc<Register>, place: Place, index: Arc<TextIndex>) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let following = Following { register, place, index: Arc::clone(&index), ended: Arc::clone(&ended) };
        let thread = thread::Builder::new().name("text-index".to_owned()).spawn(move || following.run());
        if let Err(error) = &thread {
            tracing::error!(cause = %error, "there is no thread to keep the text index");
        }
        Self { ended, index, thread: thread.ok() }
    }

    /// The index that it keeps.
    pub(in crate::catalogue) fn index(&self) -> &TextIndex {
        &self.index
    }
}

impl Drop for TextFollower {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        self.index.wake();
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // What it panicked with was told when it did.
            drop(thread.join());
        }
    }
}

struct Following {
    register: Arc<Register>,
    place: Place,
    index: Arc<TextIndex>,
    ended: Arc<AtomicBool>,
}

impl Following {
    fn run(&self) {
        while !self.has_ended() {
            if let Err(error) = self.keep() {
                tracing::error!(cause = %error, "the text index does not follow; it is opened again");
                self.index.note_failure(&error);
                thread::park_timeout(PAUSE);
            }
        }
    }

    fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Opens the index and follows the register until the end.
    fn keep(&self) -> Result<(), CatalogueError> {
        let mut writer = Writer::open(&self.place, Arc::clone(&self.index))?;
        let mut mark = self.begin(&mut writer)?;
        writer.publish()?;
        while !self.has_ended() {
            if let Some(end) = self.follow(&mut writer, mark)? {
                mark = end;
                self.index.rest(PAUSE, || self.has_ended());
            }
        }
        Ok(())
    }

    /// Where to follow from: where the index stands, or the beginning where it was made from another feed.
    fn begin(&self, writer: &mut Writer) -> Result<Mark, CatalogueError> {
        let Some(shown) = writer.shown() else { return Ok(Mark::default()) };
        if let Some(mark) = Mark::known(&shown.mark, &self.register.snapshot()?)? {
            return Ok(mark);
        }
        writer.clear()?;
        Ok(Mark::default())
    }

    /// Follows the feed to its end and commits that; gives nothing where it was told to end before.
    fn follow(&self, writer: &mut Writer, from: Mark) -> Result<Option<Mark>, CatalogueError> {
        let mut position = from.position;
        while !self.has_ended() {
            let snapshot = self.register.snapshot()?;
            let batch = snapshot.present_after(position, BATCH)?;
            let end = (batch.len() < BATCH).then(|| Ok::<_, Unreadable>((Mark::end(&snapshot)?, snapshot.revision()?)));
            let end = end.transpose()?;
            drop(snapshot);
            position = batch.last().map_or(position, |last| last.position);
            batch.iter().try_for_each(|record| write(writer, record))?;
            if let Some((mark, revision)) = end {
                let shown = Shown { revision: revision.number, mark: mark.text() };
                if writer.shown() != Some(&shown) {
                    writer.commit(shown)?;
                }
                return Ok(Some(mark));
            }
        }
        Ok(None)
    }
}

fn write(writer: &mut Writer, followed: &Followed) -> Result<(), CatalogueError> {
    let Followed { record, content, .. } = followed;
    let content = Content::parse(content).map_err(|source| Unreadable::Content { record: record.clone(), source })?;
    let texts = super::texts(record, &content);
    writer.replace(record, texts.iter().map(|(text, weight)| (text, *weight)))?;
    Ok(())
}
