//! Looks for inputs that the product does not stand.
//!
//! ```text
//! fuzz search SECONDS [SEED]   tries cases in a worker process and keeps those that are faults
//! fuzz work SEED FIRST         the worker: tries cases of a seed from a number on, naming each before
//! fuzz show SEED NUMBER        writes a case as N-Triples into found/
//! fuzz check SHAPES DATA       tries two files of N-Triples
//! ```

#[path = "../../tests/support/hostile/mod.rs"]
mod hostile;

mod search;
mod worker;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().map_err(|error| format!("{text} is no number: {error}"));
    let done = match arguments.as_slice() {
        ["search", seconds] => number(seconds).and_then(|seconds| search::search(seconds, search::seed_of_now())),
        ["search", seconds, seed] => number(seconds).and_then(|seconds| search::search(seconds, number(seed)?)),
        ["work", seed, first] => number(seed).and_then(|seed| worker::work(seed, number(first)?)),
        ["show", seed, of] => number(seed).and_then(|seed| worker::show(seed, number(of)?)),
        ["check", shapes, data] => worker::check(Path::new(shapes), Path::new(data)),
        _ => Err("usage: fuzz search SECONDS [SEED] | work SEED FIRST | show SEED NUMBER | check SHAPES DATA".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}
