//! Test suites that come as manifests: a named test for each entry.
//!
//! `cargo test --test conformance` runs them all, `cargo test --test conformance shacl/core/path` a
//! part. `EARL=report.ttl` writes an EARL report of what was run.
#![expect(clippy::print_stdout, reason = "what was skipped and a summary are for the reader of the run")]

#[path = "../support/isomorphism.rs"]
mod isomorphism;

mod checks;
mod earl;
mod finding;
mod manifest;
mod outcome;
mod report;
mod shacl;
mod sparql;

use libtest_mimic::{Arguments, Failed, Trial};
use manifest::{Entry, Suite};
use outcome::{KnownFailures, Outcome, summary};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

/// How many entries the parts of the W3C's suite for SHACL have.
const W3C_SHACL: [(&str, usize); 2] = [("shacl/core/", 98), ("shacl/sparql/", 22)];

/// How many entries the parts of the W3C's suite for SPARQL 1.1 have that are of updates.
const W3C_SPARQL: [(&str, usize); 15] = [
    ("sparql/add/", 8),
    ("sparql/basic-update/", 13),
    ("sparql/clear/", 4),
    ("sparql/copy/", 6),
    ("sparql/delete/", 19),
    ("sparql/delete-data/", 6),
    ("sparql/delete-insert/", 17),
    ("sparql/delete-where/", 6),
    ("sparql/drop/", 4),
    // The manifest describes one more, head_non_existing_direct, and does not list it: tests/http/scratch.rs has it.
    ("sparql/http-rdf-update/", 13),
    ("sparql/move/", 6),
    ("sparql/protocol/", 14),
    ("sparql/syntax-update-1/", 54),
    ("sparql/syntax-update-2/", 1),
    ("sparql/update-silent/", 13),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match run(&arguments) {
        Ok(code) => code,
        Err(reason) => {
            println!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let known = Arc::new(KnownFailures::parse(include_str!("known_failures.txt"))?);
    let outcomes = Arc::new(Mutex::new(Vec::new()));
    let w3c = entries(&w3c_shacl())?;
    let own = entries(&own_shacl())?;
    let updates = entries(&w3c_sparql())?
        .map(|entries| entries.into_iter().filter(sparql::is_of_updates).collect::<Vec<Entry>>());
    let every: Vec<Entry> =
        [&w3c, &own, &updates].into_iter().flat_map(|suite| suite.iter().flatten()).cloned().collect();
    let mut trials = checks::trials();
    trials.extend(w3c.as_deref().map(|entries| nothing_is_missed("nothing_of_the_w3c_is_missed", &W3C_SHACL, entries)));
    trials.extend(
        updates.as_deref().map(|entries| nothing_is_missed("nothing_of_updates_is_missed", &W3C_SPARQL, entries)),
    );
    trials.extend(own.as_deref().map(every_own_file_is_used));
    if w3c.is_some() && updates.is_some() {
        trials.push(every_known_failure_is_a_test(&known, &every));
    }
    trials.extend(every.into_iter().map(|entry| trial(entry, &known, &outcomes)));
    let conclusion = libtest_mimic::run(arguments, trials);
    if arguments.list {
        return Ok(ExitCode::SUCCESS);
    }
    for suite in [w3c_shacl(), own_shacl(), w3c_sparql()].iter().filter(|suite| !suite.folder.is_dir()) {
        println!("SKIPPED {}: {} is not here", suite.name, suite.folder.display());
    }
    let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by(|one, other| one.test.cmp(&other.test));
    for line in summary(&outcomes) {
        println!("{line}");
    }
    write_earl(&outcomes)?;
    Ok(conclusion.exit_code())
}

/// The W3C's suite for SHACL, which stands beside the project.
fn w3c_shacl() -> Suite {
    Suite {
        name: "shacl",
        folder: root().join("../shared/suites/shacl/tests"),
        base: "urn:x-shacl-test:/",
        manifests: &["manifest.ttl"],
    }
}

/// The product's own cases, in the same form.
fn own_shacl() -> Suite {
    Suite {
        name: "own",
        folder: root().join("tests/fixtures/shacl"),
        base: "http://lists.example.eu/tests/shacl/",
        manifests: &["manifest.ttl"],
    }
}

/// The W3C's suite for SPARQL 1.1, as far as it is of updates and of graph stores; it stands beside the project.
fn w3c_sparql() -> Suite {
    Suite {
        name: "sparql",
        folder: root().join("../shared/suites/sparql/sparql11"),
        base: "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/",
        manifests: &["manifest-sparql11-update.ttl", "protocol/manifest.ttl", "graph-store-protocol/manifest.ttl"],
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The entries of a suite; nothing where its folder is absent.
fn entries(suite: &Suite) -> Result<Option<Vec<Entry>>, String> {
    suite.folder.is_dir().then(|| suite.entries()).transpose()
}

/// The test of an entry, which notes its outcome.
fn trial(entry: Entry, known: &Arc<KnownFailures>, outcomes: &Arc<Mutex<Vec<Outcome>>>) -> Trial {
    let (known, outcomes) = (Arc::clone(known), Arc::clone(outcomes));
    Trial::test(entry.name(), move || {
        let result = catch_unwind(AssertUnwindSafe(|| evaluate(&entry))).unwrap_or_else(|_| Err("panicked".to_owned()));
        let (verdict, result) = known.judge(&entry, result);
        let outcome = Outcome { test: entry.iri.clone(), group: entry.group(), verdict };
        outcomes.lock().unwrap_or_else(PoisonError::into_inner).push(outcome);
        result.map_err(Failed::from)
    })
}

/// Runs an entry by its type.
fn evaluate(entry: &Entry) -> Result<(), String> {
    match entry.kind.as_ref() {
        shacl::VALIDATE => shacl::run(entry),
        other => sparql::run(entry).unwrap_or_else(|| Err(format!("no test of the type {other} is known"))),
    }
}

/// Each part of a suite has as many entries as are counted in it.
fn nothing_is_missed(name: &str, parts: &'static [(&'static str, usize)], entries: &[Entry]) -> Trial {
    let count = |part: &str| entries.iter().filter(|entry| entry.name().starts_with(part)).count();
    let counts: Vec<_> = parts.iter().map(|(part, expected)| (*part, *expected, count(part))).collect();
    Trial::test(name, move || match counts.iter().find(|(_, expected, found)| expected != found) {
        Some((part, expected, found)) => Err(format!("{part} has {found} entries, not {expected}").into()),
        None => Ok(()),
    })
}

/// A file of `fixtures/shacl` that no manifest leads to would be a test that never runs.
fn every_own_file_is_used(entries: &[Entry]) -> Trial {
    let used: Vec<String> = entries.iter().flat_map(shacl::files).collect();
    Trial::test("every_own_file_is_used", move || {
        let suite = own_shacl();
        let unused: Vec<String> = turtle_files(&suite.folder)
            .iter()
            .filter(|path| !path.ends_with("manifest.ttl"))
            .map(|path| path.strip_prefix(&suite.folder).unwrap_or(path).to_string_lossy().replace('\\', "/"))
            .filter(|path| !used.contains(&suite.iri_of(path).into_string()))
            .collect();
        if unused.is_empty() { Ok(()) } else { Err(format!("no manifest leads to {}", unused.join(", ")).into()) }
    })
}

fn every_known_failure_is_a_test(known: &KnownFailures, entries: &[Entry]) -> Trial {
    let strangers = known.strangers(entries);
    Trial::test("every_known_failure_is_a_test", move || {
        if strangers.is_empty() { Ok(()) } else { Err(format!("no such test: {}", strangers.join(", ")).into()) }
    })
}

/// Every Turtle file under a folder.
fn turtle_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = folder.read_dir() else { return Vec::new() };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths
        .flat_map(|path| match path.extension() {
            Some(extension) if extension == "ttl" => vec![path],
            _ => turtle_files(&path),
        })
        .collect()
}

/// Writes the report that the environment asks for.
fn write_earl(outcomes: &[Outcome]) -> Result<(), String> {
    let Some(path) = std::env::var_os("EARL") else { return Ok(()) };
    let file = File::create(&path).map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    earl::write(outcomes, file).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}
