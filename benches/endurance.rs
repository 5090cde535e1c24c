//! What a long life costs: `cargo run --release --example endurance -- EDITS DIRECTORY`.
//!
//! Makes a register in DIRECTORY with the list and [`OFFERS`] offers, and has [`WRITERS`] writers send so many edits:
//! every second one breaks the shapes and is refused, and every second one is of one and the same record. The writers
//! share syncs, so a million edits take minutes on a disk of its own. Before, after each tenth and at the end it tells
//! the memory of the process, how long one writer alone waits for a write of that record and of another, and how long a
//! page of that record's versions takes, the newest, which is rarely full, and the oldest.
#![expect(clippy::print_stdout, reason = "the numbers are what it is for")]

#[path = "support/offers.rs"]
mod offers;

use anyhow::{Context, Result, bail, ensure};
use eu_service_list::catalogue::{Base, Catalogue, EditError};
use eu_service_list::register::Location;
use offers::{BASE, WRITERS, fill, iri, write};
use std::path::Path;
use std::time::{Duration, Instant};

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const OFFERS: u64 = 10_000;
/// How often the state is told.
const TIMES: u64 = 10;
/// Writes and pages that a figure is the median of.
const SAMPLE: u64 = 101;
/// The offer that half of the edits are of.
const ONE: u64 = 0;

/// What is told at a moment.
#[derive(Clone, Copy)]
struct State {
    memory: f64,
    one: Duration,
    other: Duration,
    newest: Duration,
    oldest: Duration,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let edits: u64 = arguments.next().context("say how many edits")?.parse()?;
    let directory = arguments.next().context("name a directory")?;
    let location = Location::Directory(Path::new(&directory).to_owned());
    let catalogue = Catalogue::open(&location, &Base::parse(BASE)?)?;
    ensure!(catalogue.is_new()?, "{directory} has a register already; name another directory");
    fill(&catalogue, OFFERS)?;
    println!("edits     refused  versions  memory MB  write of it  of another  newest page  oldest page  edits/s");
    let first = state(&catalogue, 0)?;
    tell(&catalogue, 0, 0, first, 0.0)?;
    let (mut refused, mut last) = (0, first);
    for time in 1..=TIMES {
        let began = Instant::now();
        let (from, until) = (edits * (time - 1) / TIMES, edits * time / TIMES);
        refused += edit_all(&catalogue, from, until)?;
        let rate = as_f64(until - from) / began.elapsed().as_secs_f64();
        last = state(&catalogue, until)?;
        tell(&catalogue, until, refused, last, rate)?;
    }
    println!(
        "at the end, times the start: memory {:.2}, write of it {:.2}, of another {:.2}, oldest page {:.2}",
        last.memory / first.memory,
        times(last.one, first.one),
        times(last.other, first.other),
        times(last.oldest, first.oldest)
    );
    Ok(())
}

/// Sends edits by all writers; gives how many were refused.
fn edit_all(catalogue: &Catalogue, from: u64, until: u64) -> Result<u64> {
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    let mine = (from..until).filter(move |edit| edit % WRITERS == writer);
                    mine.map(|edit| edit_one(catalogue, edit)).sum::<Result<u64>>()
                })
            })
            .collect();
        let refused = writers.into_iter().map(|writer| writer.join().unwrap_or_else(|p| std::panic::resume_unwind(p)));
        refused.sum()
    })
}

/// The edit of a number; says whether it was refused, as every second one has to be.
fn edit_one(catalogue: &Catalogue, edit: u64) -> Result<u64> {
    // A writer's edits are sixteen apart, so what they do goes by the sixteens.
    let round = edit / WRITERS;
    let (conforms, is_of_one) = (round.is_multiple_of(2), (round / 2).is_multiple_of(2));
    let number = if is_of_one { ONE } else { 1 + edit.wrapping_mul(2_654_435_761) % (OFFERS - 1) };
    match (write(catalogue, number, edit + 1, conforms), conforms) {
        (Ok(()), true) => Ok(0),
        (Err(EditError::Shapes(_)), false) => Ok(1),
        (Ok(()), false) => bail!("edit {edit} breaks the shapes and was written"),
        (Err(error), _) => Err(error.into()),
    }
}

fn state(catalogue: &Catalogue, edits: u64) -> Result<State> {
    // Rounds that no edit has, so that each write changes something.
    let round = |sample: u64| u64::MAX / 2 + edits * SAMPLE + sample;
    let page = |page| {
        let present = catalogue.present()?;
        ensure!(present.history(&iri(ONE), page)?.is_some(), "the record has no such page of versions");
        Ok(())
    };
    Ok(State {
        memory: memory()?,
        one: median(|sample| Ok(write(catalogue, ONE, round(sample), true)?))?,
        other: median(|sample| Ok(write(catalogue, sample + 1, round(sample), true)?))?,
        newest: median(|_| page(None))?,
        oldest: median(|_| page(Some(1)))?,
    })
}

/// The memory of the process that is in use, in megabytes.
fn memory() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("only Linux tells the memory of a process")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

fn median(work: impl Fn(u64) -> Result<()>) -> Result<Duration> {
    let mut taken = Vec::new();
    for sample in 0..SAMPLE {
        let began = Instant::now();
        work(sample)?;
        taken.push(began.elapsed());
    }
    taken.sort_unstable();
    taken.get(taken.len() / 2).copied().context("there are samples")
}

fn tell(catalogue: &Catalogue, edits: u64, refused: u64, state: State, rate: f64) -> Result<()> {
    let history = catalogue.present()?.history(&iri(ONE), None)?.context("the record is there")?;
    let State { memory, one, other, newest, oldest } = state;
    println!(
        "{edits:<9} {refused:<8} {:<9} {memory:<10.1} {one:<12.1?} {other:<11.1?} {newest:<12.1?} {oldest:<12.1?} {rate:.0}",
        history.ends.last.number
    );
    Ok(())
}

fn times(end: Duration, start: Duration) -> f64 {
    end.as_secs_f64() / start.as_secs_f64()
}

fn as_f64(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
