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
mod lists;
mod manifest;
mod outcome;
mod report;
mod shacl;
mod sparql;
mod suites;
mod table;

use libtest_mimic::{Arguments, Failed, Trial};
use lists::Lists;
use manifest::{Entry, Suite};
use outcome::{Outcome, summary};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

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
    let lists = Arc::new(Lists::read()?);
    let outcomes = Arc::new(Mutex::new(Vec::new()));
    let suites = suites::all();
    let (mut trials, mut every, mut is_whole) = (checks::trials(), Vec::new(), true);
    trials.extend(sparql::checks());
    for (suite, parts) in &suites {
        if !suite.folder.is_dir() {
            is_whole = false;
            continue;
        }
        let entries = suite.entries()?;
        if !parts.is_empty() {
            trials.push(nothing_is_missed(suite, parts, &entries));
        }
        every.extend(entries);
    }
    trials.push(every_own_file_is_used(&every));
    if is_whole {
        trials.extend(checks_of_lists(&lists, &every));
    }
    trials.extend(every.into_iter().map(|entry| trial(entry, &lists, &outcomes)));
    let conclusion = libtest_mimic::run(arguments, trials);
    if arguments.list {
        return Ok(ExitCode::SUCCESS);
    }
    for (suite, _) in suites.iter().filter(|(suite, _)| !suite.folder.is_dir()) {
        println!("SKIPPED {}: {} is not here", suite.name, suite.folder.display());
    }
    for (listed, reason) in lists.skipped.iter() {
        println!("SKIPPED {listed}: {reason}");
    }
    let mut outcomes = outcomes.lock().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by(|one, other| one.test.cmp(&other.test));
    for line in summary(&outcomes) {
        println!("{line}");
    }
    write_earl(&outcomes)?;
    Ok(conclusion.exit_code())
}

/// The test of an entry, which notes its outcome.
fn trial(entry: Entry, lists: &Arc<Lists>, outcomes: &Arc<Mutex<Vec<Outcome>>>) -> Trial {
    let (lists, outcomes) = (Arc::clone(lists), Arc::clone(outcomes));
    let is_skipped = lists.skipped.of(&entry).is_some();
    let trial = Trial::test(entry.name(), move || {
        let result = catch_unwind(AssertUnwindSafe(|| evaluate(&entry))).unwrap_or_else(|_| Err("panicked".to_owned()));
        let (verdict, result) = lists.failures().judge(&entry, result);
        let outcome = Outcome { test: entry.iri.clone(), group: entry.group(), verdict };
        outcomes.lock().unwrap_or_else(PoisonError::into_inner).push(outcome);
        result.map_err(Failed::from)
    });
    trial.with_ignored_flag(is_skipped)
}

/// Runs an entry by its type.
fn evaluate(entry: &Entry) -> Result<(), String> {
    match entry.kind.as_ref() {
        shacl::VALIDATE => shacl::run(entry),
        other => sparql::run(entry).unwrap_or_else(|| Err(format!("no test of the type {other} is known"))),
    }
}

/// Each part of a suite has as many entries as are counted in it.
fn nothing_is_missed(suite: &Suite, parts: &'static [(&'static str, usize)], entries: &[Entry]) -> Trial {
    let count = |part: &str| entries.iter().filter(|entry| entry.name().starts_with(part)).count();
    let counts: Vec<_> = parts.iter().map(|(part, expected)| (*part, *expected, count(part))).collect();
    Trial::test(format!("nothing_of_{}_is_missed", suite.name), move || {
        match counts.iter().find(|(_, expected, found)| expected != found) {
            Some((part, expected, found)) => Err(format!("{part} has {found} entries, not {expected}").into()),
            None => Ok(()),
        }
    })
}

/// A file of `fixtures/shacl` that no manifest leads to would be a test that never runs.
fn every_own_file_is_used(entries: &[Entry]) -> Trial {
    let used: Vec<String> = entries.iter().filter(|entry| entry.is_of("own")).flat_map(shacl::files).collect();
    Trial::test("every_own_file_is_used", move || {
        let suite = suites::own_shacl();
        let unused: Vec<String> = turtle_files(&suite.folder)
            .iter()
            .filter(|path| !path.ends_with("manifest.ttl"))
            .map(|path| path.strip_prefix(&suite.folder).unwrap_or(path).to_string_lossy().replace('\\', "/"))
            .filter(|path| !used.contains(&suite.iri_of(path).into_string()))
            .collect();
        if unused.is_empty() { Ok(()) } else { Err(format!("no manifest leads to {}", unused.join(", ")).into()) }
    })
}

/// What the lists say is of tests that there are, is told in the documentation, and hides no query that is lost.
fn checks_of_lists(lists: &Lists, entries: &[Entry]) -> [Trial; 3] {
    let Lists { ours, of_oxigraph, skipped } = lists;
    let strangers: Vec<&str> = [ours, of_oxigraph, skipped].iter().flat_map(|list| list.strangers(entries)).collect();
    let (table, lost) = (table::check(entries, lists), table::lost(entries, lists));
    [
        Trial::test("whatever_is_listed_is_a_test", move || {
            if strangers.is_empty() { Ok(()) } else { Err(format!("no such test: {}", strangers.join(", ")).into()) }
        }),
        Trial::test("the_documentation_tells_what_passes", move || table.map_err(Failed::from)),
        Trial::test("no_query_fails_here_that_oxigraph_answers", move || {
            if lost.is_empty() { Ok(()) } else { Err(lost.join(", ").into()) }
        }),
    ]
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
