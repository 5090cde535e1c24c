//! Trying cases, one after the other.

use crate::hostile::{Case, Outcome, Random, Seeds, judge, judge_lines, lines};
use eu_service_list::rdf::Triple;
use oxrdfio::{RdfFormat, RdfParser};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn seeds() -> Seeds {
    Seeds::read(here().parent().unwrap_or(here()))
}

/// The number that makes a case, of a seed and a place in its sequence.
fn of(seed: u64, number: u64) -> u64 {
    Random::seeded(seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95)).draw()
}

/// Tries cases until there is a fault. The number of a case stands in the output before it is tried, and how
/// it came out behind it.
///
/// # Errors
/// The fault.
pub(crate) fn work(seed: u64, first: u64) -> Result<(), String> {
    let seeds = seeds();
    let mut output = std::io::stdout().lock();
    for number in first.. {
        write!(output, "{number} ").and_then(|()| output.flush()).map_err(|error| error.to_string())?;
        let outcome = one(&seeds, of(seed, number))?;
        writeln!(output, "{outcome:?}").map_err(|error| error.to_string())?;
    }
    Ok(())
}

fn one(seeds: &Seeds, number: u64) -> Result<Outcome, String> {
    let case = Case::of(seeds, number);
    judge_lines(&lines(&mut Random::seeded(number), &case))?;
    judge(&case)
}

/// Writes a case into files, and says how to try it again.
///
/// # Errors
/// Those of writing.
pub(crate) fn show(seed: u64, number: u64) -> Result<(), String> {
    let folder = here().join("found");
    let case = Case::of(&seeds(), of(seed, number));
    let write = |name: &str, bytes: &[u8]| -> std::io::Result<PathBuf> {
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{seed}-{number}-{name}"));
        fs::write(&path, bytes)?;
        Ok(path)
    };
    let shapes = write("shapes.nt", in_lines(&case.shapes).as_bytes()).map_err(|error| error.to_string())?;
    let data = write("data.nt", in_lines(&case.data).as_bytes()).map_err(|error| error.to_string())?;
    let broken = lines(&mut Random::seeded(of(seed, number)), &case);
    write("lines.nt", &broken).map_err(|error| error.to_string())?;
    eprintln!("kept; once more: fuzz check {} {}", shapes.display(), data.display());
    Ok(())
}

fn in_lines(triples: &[Triple]) -> String {
    triples.iter().map(|triple| format!("{triple} .\n")).collect()
}

/// Tries two files.
///
/// # Errors
/// The fault.
pub(crate) fn check(shapes: &Path, data: &Path) -> Result<(), String> {
    let triples = |path: &Path| -> Result<Vec<Triple>, String> {
        let text = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let quads = RdfParser::from_format(RdfFormat::NTriples).lenient().for_slice(&text);
        quads.map(|quad| Ok(Triple::from(quad.map_err(|error| error.to_string())?))).collect()
    };
    let outcome = judge(&Case { shapes: triples(shapes)?, data: triples(data)? })?;
    eprintln!("{outcome:?}");
    Ok(())
}
