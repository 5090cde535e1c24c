//! What a write costs: `cargo run --release --example writes -- RECORDS DIRECTORY`.
//!
//! Fills a register in DIRECTORY with so many offers of six triples beside the list, and changes one record after the
//! other: the gate, the version, the feed and the sync. Then as many writers as [`WRITERS`] do it at once. Beside them,
//! in turns in the same directory, stands a bare SQLite transaction that writes the bytes of the same content, synced.
#![expect(clippy::print_stdout, reason = "the numbers are what it is for")]

#[path = "support/offers.rs"]
mod offers;

use anyhow::{Context, Result};
use eu_service_list::catalogue::{Base, Catalogue};
use eu_service_list::register::Location;
use offers::{BASE, WRITERS, fill, offer, write};
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Writes in a row of one kind, before the other has its turn.
const ROW: u64 = 100;
const ROWS: u64 = 10;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let records: u64 = arguments.next().context("say how many records")?.parse()?;
    let directory = arguments.next().context("name a directory")?;
    let directory = Path::new(&directory);
    let started = Instant::now();
    let catalogue = Catalogue::open(&Location::Directory(directory.to_owned()), &Base::parse(BASE)?)?;
    if catalogue.is_new()? {
        fill(&catalogue, records)?;
    }
    println!("{records} offers, {} triples, ready after {:.1?}", catalogue.graph().triple_count()?, started.elapsed());
    let bare = bare(&directory.join("bare.sqlite"))?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut round = 0;
    for _ in 0..ROWS {
        for _ in 0..ROW {
            round += 1;
            ours.push(timed(|| Ok(write(&catalogue, spread(round, records), round, true)?))?);
        }
        for number in 0..ROW {
            let text = offer(number, round, true)?.to_string();
            theirs.push(timed(|| Ok(bare.execute("INSERT INTO bare (text) VALUES (?1)", [&text]).map(drop)?))?);
        }
    }
    tell("one writer", &mut ours);
    tell("bare synced SQLite transaction", &mut theirs);
    let alone = rate(&ours);
    let together = together(&catalogue, records)?;
    println!("{WRITERS} writers: {together:.0} writes/s, {:.1} times one writer's {alone:.0}", together / alone);
    Ok(())
}

/// Records all over the register, one after the other.
fn spread(round: u64, records: u64) -> u64 {
    round.wrapping_mul(2_654_435_761) % records
}

/// Writes a second of all writers together.
fn together(catalogue: &Catalogue, records: u64) -> Result<f64> {
    let each = ROW * ROWS / 4;
    let started = Instant::now();
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                scope.spawn(move || {
                    (0..each).try_for_each(|round| {
                        let number = spread(writer * each + round, records / WRITERS) * WRITERS + writer;
                        write(catalogue, number, 1_000_000 + round, true).map_err(anyhow::Error::from)
                    })
                })
            })
            .collect();
        writers
            .into_iter()
            .try_for_each(|writer| writer.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let written = u32::try_from(each * WRITERS)?;
    Ok(f64::from(written) / started.elapsed().as_secs_f64())
}

fn bare(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, text TEXT)", [])?;
    Ok(connection)
}

fn timed(work: impl FnOnce() -> Result<()>) -> Result<Duration> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

fn rate(times: &[Duration]) -> f64 {
    let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
    f64::from(count) / times.iter().sum::<Duration>().as_secs_f64()
}

fn tell(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |hundredth: usize| times.get((times.len() - 1) * hundredth / 100).copied().unwrap_or_default();
    println!("{what}: median {:.2?}, 99th hundredth {:.2?}, {:.0} a second", at(50), at(99), rate(times));
}
