//! What a command says, and where: results on standard output, the rest on standard error.

use crate::catalogue::Outcome;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, BufWriter, IsTerminal, Write, stderr, stdout};
use std::time::Duration;

/// Lines of a kind that are shown before the rest is only counted.
const SHOWN: usize = 20;

/// Log lines go to standard error; colour only where somebody looks.
pub(super) fn start_log() {
    tracing_subscriber::fmt().with_writer(stderr).with_ansi(stderr().is_terminal()).with_target(false).init();
}

/// Writes a line of a result. A reader that has gone is no failure of ours.
pub(super) fn line(text: &str) {
    drop(writeln!(stdout().lock(), "{text}"));
}

/// Writes a result of many lines. A reader that has gone is no failure of ours.
pub(super) fn result(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        ended => ended,
    }
}

/// Writes a line about the work.
pub(super) fn note(text: &str) {
    drop(writeln!(stderr().lock(), "{text}"));
}

/// Writes why a command could not run, with the causes that the text does not tell already.
pub(super) fn error(error: &anyhow::Error) {
    note(&format!("eusl: {}", told_once(error)));
}

fn told_once(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |told, cause| {
        if told.is_empty() {
            cause
        } else if told.contains(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}

/// Tells what became of a submission; the last line counts.
pub(super) fn outcome(outcome: &Outcome) {
    if outcome.held_back > 0 {
        note(&format!(
            "nothing was written: {} records are held back, because others of the same file break the shapes",
            outcome.held_back,
        ));
    }
    some(&outcome.rejected, "rejected", |rejection| format!("{}: {}", rejection.place, rejection.reason));
    some(&outcome.differences, "left as published", |difference| {
        format!(
            "{} {}: published {}, the source says {}",
            difference.record,
            difference.property.rsplit(['#', '/']).next().unwrap_or_default(),
            difference.ours.join(" "),
            difference.theirs.join(" "),
        )
    });
    some(&outcome.missing, "no longer in the file, marked and kept", Clone::clone);
    line(&format!(
        "{} read, {} added, {} changed, {} unchanged, {} rejected",
        outcome.read(),
        outcome.added,
        outcome.changed,
        outcome.unchanged,
        outcome.not_taken(),
    ));
}

fn some<T>(all: &[T], what: &str, say: impl Fn(&T) -> String) {
    for one in all.iter().take(SHOWN) {
        note(&format!("{what}: {}", say(one)));
    }
    if all.len() > SHOWN {
        note(&format!("{what}: {} more", all.len() - SHOWN));
    }
}

/// Shows how far long work is: a moving line on a terminal, nothing that fills a log elsewhere.
pub(super) fn progress(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}: {human_pos} ({elapsed})") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    #[test]
    fn a_cause_that_was_told_is_not_told_again() {
        let error = anyhow!("no such file").context("cannot read x: no such file").context("a setting is wrong");
        assert_eq!(told_once(&error), "a setting is wrong: cannot read x: no such file");
    }
}
