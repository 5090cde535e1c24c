//! What validation costs apart from reading: `cargo run --release --example validation -- DATA SHAPES`.
//!
//! Prints seconds of processor time, of all threads, as Linux counts them (hundredths).
#![expect(clippy::print_stdout, reason = "the numbers are what it is for")]

use anyhow::Context;
use eu_service_list::rdf::read_turtle;
use eu_service_list::shacl::{Limits, Shapes, validate};
use eu_service_list::snapshot::Builder;
use std::fs::File;
use std::time::Instant;

/// The allocator of the product.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = arguments.next().context("name a file of N-Triples")?;
    let shapes = arguments.next().context("name a file of shapes in Turtle")?;
    let mut clock = Clock::start()?;
    let triples = read_turtle(File::open(&shapes)?, "http://example.org/")?;
    let shapes = Shapes::parse(&triples.into_iter().collect())?;
    clock.tell("shapes")?;
    let mut builder = Builder::new();
    builder.read(&data, eu_service_list::graph::RdfFormat::NTriples, "http://example.org/", File::open(&data)?)?;
    let snapshot = builder.finish()?;
    clock.tell("reading")?;
    let report = validate(&shapes, &snapshot, Limits::default())?;
    clock.tell("validation")?;
    let graph = report.to_graph();
    clock.tell("report")?;
    println!("{} triples, {} results, {} triples of report", snapshot.len(), report.results.len(), graph.len());
    Ok(())
}

/// Processor time of this process, and wall time.
struct Clock {
    processor: u64,
    wall: Instant,
}

impl Clock {
    fn start() -> anyhow::Result<Self> {
        Ok(Self { processor: ticks()?, wall: Instant::now() })
    }

    fn tell(&mut self, what: &str) -> anyhow::Result<()> {
        let now = Self::start()?;
        let ticks = now.processor - self.processor;
        let wall = now.wall.duration_since(self.wall).as_secs_f64();
        println!("{what}: {}.{:02} CPU s, {wall:.3} s", ticks / 100, ticks % 100);
        *self = now;
        Ok(())
    }
}

/// Hundredths of a second that all threads have run, as `/proc/self/stat` has them.
fn ticks() -> anyhow::Result<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let field = |place: usize| fields.get(place).context("no such field")?.parse::<u64>().context("no number");
    Ok(field(11)? + field(12)?)
}
