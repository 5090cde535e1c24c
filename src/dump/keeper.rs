//! Who keeps dumps: the thread that makes a new set when the register has moved on, and the sets that there are.

use super::error::DumpError;
use super::manifest::Manifest;
use super::place::{Missing, OpenDump, Origin, Place, Set, sorted_out};
use super::set::{Limits, Making};
use crate::catalogue::Catalogue;
use crate::register::fail_point;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

/// The edition of the files that this program writes.
const EDITION: u32 = 1;

/// How often the thread looks whether the register has moved on.
const LOOK: Duration = Duration::from_millis(500);

/// How long nothing is written before a set is begun, so that an import is not dumped in pieces.
const QUIET: Duration = Duration::from_secs(3);

/// How long a set waits for that at most.
const LATEST: Duration = Duration::from_secs(15);

/// How many times as long as a set took the next one waits, so that no more than a tenth of a core goes into dumps …
const REST: u32 = 9;

/// … but never longer than this.
const LONGEST_REST: Duration = Duration::from_hours(1);

/// When to try again what failed.
const RETRY: Duration = Duration::from_secs(20);

/// The sets of dumps there are. A thread makes new ones until this is dropped.
pub struct Dumps {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    /// Where sets are; nothing where none are made.
    place: Option<Place>,
    limits: Limits,
    /// The newest first.
    sets: RwLock<Vec<Arc<Set>>>,
    ended: AtomicBool,
}

impl Dumps {
    /// No dumps, and none to come.
    pub fn off() -> Self {
        Self { shared: Arc::new(Shared::new(None, Limits::default(), Vec::new())), thread: None }
    }

    /// The dumps that there are beside a register. New ones are made by [`Dumps::make`] alone.
    ///
    /// # Errors
    /// The folder cannot be made or read.
    pub fn open(catalogue: &Catalogue, limits: Limits) -> Result<Self, DumpError> {
        let place = Place::open(catalogue.directory())?;
        let sets = place.sets(EDITION)?;
        Ok(Self { shared: Arc::new(Shared::new(Some(place), limits, sets)), thread: None })
    }

    /// The same, with a thread that follows the catalogue and makes new sets.
    ///
    /// # Errors
    /// See [`Dumps::open`]; or the system makes no more threads.
    pub fn keep(catalogue: Arc<Catalogue>, limits: Limits) -> Result<Self, DumpError> {
        let mut dumps = Self::open(&catalogue, limits)?;
        let shared = Arc::clone(&dumps.shared);
        let thread = thread::Builder::new().name("dumps".to_owned()).spawn(move || shared.follow(&catalogue));
        if let Err(error) = &thread {
            tracing::error!(cause = %error, "there is no thread to make dumps");
        }
        dumps.thread = thread.ok();
        Ok(dumps)
    }

    /// Makes a set of what is published now, unless the newest shows that already.
    ///
    /// # Errors
    /// See [`DumpError`]; the sets that there were stay.
    pub fn make(&self, catalogue: &Catalogue) -> Result<(), DumpError> {
        self.shared.make(catalogue)
    }

    /// What the newest set is; nothing where there is none yet.
    pub fn manifest(&self) -> Option<Arc<Manifest>> {
        self.shared.sets().first().map(|set| Arc::clone(&set.manifest))
    }

    /// Whether none are made here.
    pub fn are_off(&self) -> bool {
        self.shared.place.is_none()
    }

    /// When the newest set was made.
    pub fn made(&self) -> Option<SystemTime> {
        self.shared.sets().first().map(|set| SystemTime::UNIX_EPOCH + Duration::from_millis(set.origin.made))
    }

    /// The present day in UTC, as the addresses of dumps have it.
    pub fn today(&self) -> String {
        now().1
    }

    /// Opens a file of the newest set, or of that of a day, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// There is none, and why; or the system's.
    pub fn file(&self, date: Option<&str>, name: &str) -> io::Result<Result<OpenDump, Missing>> {
        if self.shared.place.is_none() {
            return Ok(Err(Missing::Off));
        }
        let sets = self.shared.sets();
        let Some(newest) = sets.first() else { return Ok(Err(Missing::NotYet)) };
        let set = match date {
            None => Some(newest),
            Some(date) => sets.iter().find(|set| set.manifest.date == date),
        };
        match set.map(|set| set.file(name)).transpose() {
            Ok(Some(Some(open))) => return Ok(Ok(open)),
            // The set was removed between the look at it and now: there is a newer one.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !self.shared.is_newest(newest) => {
                return self.file(date, name);
            }
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        let is_past = date.is_some_and(|date| set.is_none() && date < newest.manifest.date.as_str());
        let was_there = sets.iter().any(|set| set.manifest.file(name).is_some());
        let days = || sets.iter().map(|set| set.manifest.date.clone()).collect();
        Ok(Err(if is_past || (set.is_some() && was_there) { Missing::Gone(days()) } else { Missing::Unknown }))
    }
}

impl Drop for Dumps {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // What it panicked with was told when it did.
            drop(thread.join());
        }
    }
}

impl Shared {
    fn new(place: Option<Place>, limits: Limits, sets: Vec<Arc<Set>>) -> Self {
        Self { place, limits, sets: RwLock::new(sets), ended: AtomicBool::new(false) }
    }

    fn sets(&self) -> Vec<Arc<Set>> {
        self.sets.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn is_newest(&self, set: &Arc<Set>) -> bool {
        self.sets().first().is_some_and(|newest| Arc::ptr_eq(newest, set))
    }

    fn is_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Makes sets until the end.
    fn follow(&self, catalogue: &Catalogue) {
        while !self.is_ended() {
            self.wait_for_quiet(catalogue);
            let begun = Instant::now();
            let made = self.make(catalogue);
            let rest = begun.elapsed().saturating_mul(REST).min(LONGEST_REST);
            match made {
                Ok(()) => self.rest(rest),
                Err(DumpError::Stopped) => {}
                Err(error) => {
                    let cause = std::error::Error::source(&error).map(ToString::to_string);
                    tracing::error!(error = %error, cause, "no new dumps were made; those before stay, and it is tried again");
                    self.rest(rest.max(RETRY));
                }
            }
            let shown = catalogue.revision();
            while !self.is_ended() && self.manifest_revision() == Some(shown) && catalogue.revision() == shown {
                thread::park_timeout(LOOK);
            }
        }
    }

    fn manifest_revision(&self) -> Option<u64> {
        self.sets().first().map(|set| set.manifest.revision)
    }

    /// Waits until nothing was written for a while, or for as long as a set may wait for that.
    fn wait_for_quiet(&self, catalogue: &Catalogue) {
        let begun = Instant::now();
        let mut last = (catalogue.revision(), begun);
        while !self.is_ended() && last.1.elapsed() < QUIET && begun.elapsed() < LATEST {
            thread::park_timeout(LOOK);
            let revision = catalogue.revision();
            if revision != last.0 {
                last = (revision, Instant::now());
            }
        }
    }

    fn rest(&self, time: Duration) {
        let begun = Instant::now();
        while !self.is_ended() && begun.elapsed() < time {
            thread::park_timeout(LOOK.min(time));
        }
    }

    fn make(&self, catalogue: &Catalogue) -> Result<(), DumpError> {
        let Some(place) = &self.place else { return Ok(()) };
        let present = catalogue.present()?;
        let feed = present.last_link()?;
        let sets = self.sets();
        if sets.first().is_some_and(|set| set.manifest.revision == present.revision() && set.origin.feed == feed) {
            return Ok(());
        }
        let (made, date) = now();
        let origin = Origin { edition: EDITION, feed, made };
        let (revision, moment) = (present.revision(), present.last_commit().timestamp.clone());
        let mut manifest = Manifest { revision, moment, date, files: Vec::new() };
        let folder = place.begin(&manifest.date, manifest.revision)?;
        fail_point::reach("dump-begun");
        let is_ended = || self.is_ended();
        let making = Making { folder: &folder, base: catalogue.base(), limits: self.limits, is_ended: &is_ended };
        let finished = making.files(present).and_then(|files| {
            manifest.files = files;
            fail_point::reach("dump-written");
            place.finish(&folder, manifest, origin)
        });
        let set = finished.inspect_err(|_| Place::give_up(&folder))?;
        let mut newest_first = vec![set];
        newest_first.extend(sets);
        let (kept, others) = sorted_out(newest_first);
        *self.sets.write().unwrap_or_else(PoisonError::into_inner) = kept;
        for set in others {
            set.remove();
        }
        Ok(())
    }
}

/// The present moment in milliseconds since 1970, and its day in UTC.
fn now() -> (u64, String) {
    let now = jiff::Timestamp::now();
    (u64::try_from(now.as_millisecond()).unwrap_or(0), now.strftime("%Y-%m-%d").to_string())
}
