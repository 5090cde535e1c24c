//! The published graph, from the register: kept in a file from the last time, or built anew.

use super::mark::Mark;
use super::open::CatalogueError;
use crate::graph::{Delta, Engine, Graph, Place, StampOf};
use crate::rdf::{Content, Triple};
use crate::register::{Followed, Register, Snapshot, Unreadable};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many records are read at once when the graph follows the register.
const BATCH: usize = 500;

/// The folder of the snapshot in a data directory.
fn folder(directory: &Path) -> PathBuf {
    directory.join("graph")
}

/// The graph of the present version of every record. Where the register is in a directory, the graph's snapshot is kept
/// there: one that is of this register is brought up to date, and anything else made anew.
pub(super) fn open(register: &Arc<Register>, engine: Engine) -> Result<Graph, CatalogueError> {
    let folder = register.directory().filter(|_| engine == Engine::Mapped).map(folder);
    let Some(folder) = folder else { return build(register, engine) };
    let graph = match kept(register, &folder)? {
        Some(graph) => graph,
        None => build(register, engine)?,
    };
    if let Err(error) = graph.keep(Place::Folder(folder, stamp_of(register))) {
        tracing::warn!(cause = %error, "the snapshot of the graph is not kept; the next start builds it again");
    }
    Ok(graph)
}

/// The graph from the snapshot of the last time, brought up to date; nothing where there is none that can be used.
fn kept(register: &Register, folder: &Path) -> Result<Option<Graph>, CatalogueError> {
    let (graph, stamp) = match Graph::kept(folder) {
        Ok(Some(kept)) => kept,
        Ok(None) => return Ok(None),
        Err(error) => {
            tracing::warn!(cause = %error, "the graph is built anew from the register");
            return Ok(None);
        }
    };
    let snapshot = register.snapshot()?;
    let Some(mark) = Mark::known(&stamp.source, &snapshot)? else {
        tracing::warn!("the snapshot of the graph is of another register; it is built anew");
        return Ok(None);
    };
    graph.apply(&since(mark, stamp.revision, &snapshot)?)?;
    Ok(Some(graph))
}

/// What the register says now and did not say at a revision, whose mark is known, and the other way round.
fn since(mark: Mark, revision: u64, snapshot: &Snapshot<'_>) -> Result<Delta, CatalogueError> {
    let mut delta = Delta { revision: snapshot.revision()?.number, ..Delta::default() };
    let mut position = mark.position;
    loop {
        let batch = snapshot.present_after(position, BATCH)?;
        let Some(last) = batch.last() else { return Ok(delta) };
        position = last.position;
        for Followed { record, content, .. } in batch {
            let now = parsed(&record, &content)?;
            let then = snapshot.as_of(&record, revision)?.map(|(_, content)| content).unwrap_or_default();
            delta.removed.extend(then.minus(&now).cloned());
            delta.added.extend(now.minus(&then).cloned());
        }
    }
}

/// Names the feed that a revision's data come from.
fn stamp_of(register: &Arc<Register>) -> StampOf {
    let register = Arc::clone(register);
    Arc::new(move |revision| {
        let snapshot = register.snapshot().ok()?;
        Some(Mark::at(revision, &snapshot).ok()?.text())
    })
}

/// The graph of the present version of every record, built anew.
pub(super) fn build(register: &Register, engine: Engine) -> Result<Graph, CatalogueError> {
    let snapshot = register.snapshot()?;
    let revision = snapshot.revision()?.number;
    let (sender, triples) = std::sync::mpsc::sync_channel::<Result<Triple, CatalogueError>>(4096);
    // One thread reads and parses, the other stores: the start uses both cores.
    std::thread::scope(|scope| {
        let built = scope.spawn(move || Graph::build(engine, revision, triples));
        let read = snapshot.each_content(|record, text| {
            for triple in parsed(record, text)? {
                if sender.send(Ok(triple)).is_err() {
                    break;
                }
            }
            Ok::<(), CatalogueError>(())
        });
        if let Err(error) = read {
            // Nobody listens only if the store failed first; that error is the one to tell.
            drop(sender.send(Err(error)));
        }
        drop(sender);
        built.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn parsed(record: &str, text: &str) -> Result<Content, Unreadable> {
    Content::parse(text).map_err(|source| Unreadable::Content { record: record.to_owned(), source })
}

#[cfg(test)]
mod tests;
