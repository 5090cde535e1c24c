//! Which view is shown, from which file; and how changes get into a new one.

use super::place::Place;
use super::step::{Step, StepError};
use super::view::View;
use crate::graph::published::GraphError;
use crate::rdf::Triple;
use crate::snapshot::{Snapshot, Stamp};
use oxigraph::model::{Quad, QuadRef};
use std::fs::File;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

/// Changes are merged into a new file when they are this many, and a twentieth of the snapshot; or that many.
const FEW_CHANGES: usize = 10_000;
const MANY_CHANGES: usize = 50_000;

/// A commit of more quads than this is merged before the next one: telling it to other processes would take longer.
const LARGE_STEP: usize = 200_000;

/// For each moment that a merge works it rests so many: it is in no hurry, and queries are.
const RESTS: u32 = 2;

/// The upkeep of a graph over a snapshot.
pub(in crate::graph) struct Generations {
    shown: RwLock<Generation>,
    /// Whoever makes the next view or the next generation holds it from the first look to the last.
    changing: Mutex<()>,
    /// Whoever merges holds it from the view that is merged until the result is shown: of two at once, the one that ends
    /// last would show a graph without what the other had merged.
    merging: Mutex<()>,
    place: OnceLock<Place>,
    /// Whether a thread merges in the background, or is about to.
    is_merging: AtomicBool,
    /// How many changes there must be before another merge is tried, after one failed.
    next_merge: AtomicUsize,
}

/// A snapshot and what followed it.
struct Generation {
    number: u64,
    view: Arc<View>,
    /// The snapshot's file, where it has one.
    file: Option<Arc<File>>,
    /// Each step since the snapshot.
    steps: Vec<Arc<Logged>>,
}

/// A step, and its bytes once somebody asked for them.
struct Logged {
    step: Step,
    bytes: OnceLock<Arc<[u8]>>,
}

/// What a merge puts into a snapshot.
struct Merged {
    view: Arc<View>,
    /// How many steps the view had behind it: those that follow are not in it, whatever revisions they show.
    steps: usize,
}

/// What another process needs to show a graph as it is shown here.
pub struct Shared {
    /// Which file it is.
    pub generation: u64,
    /// The file of the snapshot, which never changes.
    pub file: Arc<File>,
    /// The revision that is shown after all steps.
    pub revision: u64,
    /// The steps that the other process does not have.
    pub steps: Vec<Arc<[u8]>>,
    /// Whether the data are those of the register.
    pub is_of_register: bool,
}

impl Generations {
    /// A graph that shows a snapshot in memory as a revision.
    pub(in crate::graph) fn of(snapshot: Snapshot, revision: u64) -> Self {
        Self::first(View::of(Arc::new(snapshot), revision), None)
    }

    /// A graph that shows a file which another process has checked.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub(in crate::graph) fn of_shared(file: &File) -> Result<Self, GraphError> {
        let (snapshot, stamp) = Snapshot::open_checked_before(file)?;
        Ok(Self::of(snapshot, stamp.revision))
    }

    /// The graph of the file that is kept in a folder, and what it says of itself; nothing where none is kept.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub(in crate::graph) fn kept(folder: &Path) -> Result<Option<(Self, Stamp)>, GraphError> {
        let Some(file) = Place::kept(folder)? else { return Ok(None) };
        let (snapshot, stamp) = Snapshot::open(&file)?;
        let view = View::of(Arc::new(snapshot), stamp.revision);
        Ok(Some((Self::first(view, Some(Arc::new(file))), stamp)))
    }

    fn first(view: View, file: Option<Arc<File>>) -> Self {
        Self {
            shown: RwLock::new(Generation { number: 0, view: Arc::new(view), file, steps: Vec::new() }),
            changing: Mutex::default(),
            merging: Mutex::default(),
            place: OnceLock::new(),
            is_merging: AtomicBool::new(false),
            next_merge: AtomicUsize::new(0),
        }
    }

    /// The view that is shown.
    pub(in crate::graph) fn view(&self) -> Arc<View> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner).view)
    }

    /// Keeps new snapshots at a place from now on; the first that is given stays. Writes one at once where there is none.
    ///
    /// # Errors
    /// See [`GraphError`]; what is shown is then in memory.
    pub(in crate::graph) fn keep(&self, place: Place) -> Result<(), GraphError> {
        let place = self.place.get_or_init(|| place);
        let has_file = self.shown.read().unwrap_or_else(PoisonError::into_inner).file.is_some();
        if has_file { Ok(()) } else { self.merge(Some(place), &mut Pace::hurried()) }
    }

    /// Takes quads out, puts quads in, and shows the result as a revision.
    ///
    /// # Errors
    /// See [`GraphError`]; nothing is changed then.
    pub(in crate::graph) fn commit<'q>(
        &self,
        revision: u64,
        removed: impl Iterator<Item = QuadRef<'q>>,
        added: impl Iterator<Item = QuadRef<'q>>,
    ) -> Result<(), GraphError> {
        let is_large = {
            let _changing = self.change();
            let view = self.view();
            let step = view.step(revision, removed, added).ok_or(GraphError::Full)?;
            let is_large = step.len() > LARGE_STEP;
            self.show(view.after(&step).ok_or(GraphError::Full)?, step);
            is_large
        };
        if is_large && let Err(error) = self.merge(self.place.get(), &mut Pace::hurried()) {
            self.note_failure(&error);
        }
        Ok(())
    }

    /// Shows what a step of another process says.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub(in crate::graph) fn follow(&self, bytes: &[u8]) -> Result<(), GraphError> {
        let step = Step::decode(bytes)?;
        let _changing = self.change();
        let view = self.view().after(&step).ok_or(GraphError::Full)?;
        // Nobody follows who follows: the step need not be kept.
        self.shown.write().unwrap_or_else(PoisonError::into_inner).view = Arc::new(view);
        Ok(())
    }

    /// What another process needs, that has shown a revision of a generation or nothing; nothing where no file is kept.
    ///
    /// # Errors
    /// See [`GraphError`].
    pub(in crate::graph) fn shared(
        &self,
        held: Option<(u64, u64)>,
        is_of_register: bool,
    ) -> Result<Option<Shared>, GraphError> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &shown.file else { return Ok(None) };
        let held = held.and_then(|(generation, revision)| (generation == shown.number).then_some(revision));
        let is_lacking = |logged: &&Arc<Logged>| held.is_none_or(|revision| logged.step.revision > revision);
        Ok(Some(Shared {
            generation: shown.number,
            file: Arc::clone(file),
            revision: shown.view.revision(),
            steps: shown.steps.iter().filter(is_lacking).map(|logged| logged.bytes()).collect::<Result<_, _>>()?,
            is_of_register,
        }))
    }

    /// Begins to merge the changes into a new snapshot, in the background, where they are many.
    pub(in crate::graph) fn merge_if_many(self: &Arc<Self>) {
        let (changes, base) = {
            let view = self.view();
            (view.changes(), view.base().len())
        };
        let are_many = changes > MANY_CHANGES || changes > FEW_CHANGES && changes > base / 20;
        if !are_many
            || changes < self.next_merge.load(Ordering::Relaxed)
            || self.is_merging.swap(true, Ordering::AcqRel)
        {
            return;
        }
        let own = Arc::clone(self);
        let merge = move || {
            if let Err(error) = own.merge(own.place.get(), &mut Pace::shared()) {
                own.note_failure(&error);
            }
            own.is_merging.store(false, Ordering::Release);
        };
        if let Err(error) = thread::Builder::new().name("merge".to_owned()).spawn(merge) {
            self.note_failure(&error);
            self.is_merging.store(false, Ordering::Release);
        }
    }

    fn note_failure(&self, error: &dyn std::error::Error) {
        self.next_merge.store(self.view().changes() + FEW_CHANGES, Ordering::Relaxed);
        tracing::warn!(cause = %error, "changes of the graph stay in memory: they cannot be merged into a new snapshot");
    }

    /// Merges the changes so far into a new snapshot, and shows that with whatever was committed meanwhile.
    fn merge(&self, place: Option<&Place>, pace: &mut Pace) -> Result<(), GraphError> {
        let _merging = self.merging.lock().unwrap_or_else(PoisonError::into_inner);
        let merged = self.merged();
        let (snapshot, file) = match place {
            Some(place) => written(&merged.view, place, pace)?,
            None => (in_memory(&merged.view), None),
        };
        self.show_merged(&merged, snapshot, file)
    }

    /// What a merge that begins now puts into a snapshot.
    fn merged(&self) -> Merged {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        Merged { view: Arc::clone(&shown.view), steps: shown.steps.len() }
    }

    /// Shows the snapshot that a view was merged into, with whatever was committed since that view.
    fn show_merged(&self, merged: &Merged, snapshot: Snapshot, file: Option<Arc<File>>) -> Result<(), GraphError> {
        let _changing = self.change();
        let mut next = View::of(Arc::new(snapshot), merged.view.revision());
        let mut steps = Vec::new();
        for (revision, removed, added) in self.since(merged) {
            let step = next.step(revision, removed.iter().map(Quad::as_ref), added.iter().map(Quad::as_ref));
            let step = step.ok_or(GraphError::Full)?;
            next = next.after(&step).ok_or(GraphError::Full)?;
            steps.push(Arc::new(Logged { step, bytes: OnceLock::new() }));
        }
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        *shown = Generation { number: shown.number + 1, view: Arc::new(next), file, steps };
        Ok(())
    }

    /// What the snapshot of a view does not have: its named graphs, and what followed it.
    fn since(&self, merged: &Merged) -> Vec<(u64, Vec<Quad>, Vec<Quad>)> {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::new();
        if merged.view.has_named_graphs() {
            all.push((merged.view.revision(), Vec::new(), merged.view.named_quads().collect()));
        }
        let quads = |ids: &[_]| ids.iter().filter_map(|ids| shown.view.quad(*ids)).collect();
        let later = shown.steps.iter().skip(merged.steps).map(|logged| &logged.step);
        all.extend(later.map(|step| (step.revision, quads(&step.removed), quads(&step.added))));
        all
    }

    /// Merges at once.
    #[cfg(test)]
    pub(super) fn merge_now(&self) -> Result<(), GraphError> {
        self.merge(self.place.get(), &mut Pace::hurried())
    }

    /// Merges in memory, and does something before the result is shown.
    #[cfg(test)]
    pub(super) fn merge_with(&self, meanwhile: impl FnOnce()) -> Result<(), GraphError> {
        let _merging = self.merging.lock().unwrap();
        let merged = self.merged();
        let snapshot = in_memory(&merged.view);
        meanwhile();
        self.show_merged(&merged, snapshot, None)
    }

    fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, view: View, step: Step) {
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        shown.view = Arc::new(view);
        shown.steps.push(Arc::new(Logged { step, bytes: OnceLock::new() }));
    }
}

impl Logged {
    fn bytes(&self) -> Result<Arc<[u8]>, StepError> {
        if let Some(bytes) = self.bytes.get() {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = self.step.encode()?.into();
        Ok(Arc::clone(self.bytes.get_or_init(|| bytes)))
    }
}

/// The snapshot of a view in a new file.
fn written(view: &View, place: &Place, pace: &mut Pace) -> Result<(Snapshot, Option<Arc<File>>), GraphError> {
    let source = place.stamp(view.revision()).ok_or(GraphError::Unknown { revision: view.revision() })?;
    let stamp = Stamp { source, revision: view.revision() };
    let terms = view.new_terms();
    let file = place.write(|out| view.base().write_with(&view.patch(&terms), &stamp, out, &mut |_| pace.rest()))?;
    let (snapshot, _) = Snapshot::open(&file)?;
    Ok((snapshot, Some(Arc::new(file))))
}

/// The same in memory.
fn in_memory(view: &View) -> Snapshot {
    let quad = |triple| view.quad(super::step::QuadIds { graph: None, triple });
    Snapshot::of(view.triples([None; 3]).filter_map(quad).map(Triple::from))
}

/// How much of its time a merge works.
struct Pace {
    rests: u32,
    since: Instant,
}

impl Pace {
    /// Somebody waits for it.
    fn hurried() -> Self {
        Self { rests: 0, since: Instant::now() }
    }

    /// Nobody does.
    fn shared() -> Self {
        Self { rests: RESTS, since: Instant::now() }
    }

    /// Rests as long as the work since the last rest allows.
    #[expect(clippy::unnecessary_wraps, reason = "it is called where a write may be given up")]
    fn rest(&mut self) -> std::io::Result<()> {
        let pause = self.since.elapsed() * self.rests;
        if pause > Duration::from_millis(5) {
            thread::sleep(pause);
            self.since = Instant::now();
        }
        Ok(())
    }
}
