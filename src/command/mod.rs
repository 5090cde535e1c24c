//! The command line: what can be asked of `eusl`, and how each command ends.

mod backup;
mod dump;
mod hand_over;
mod import;
mod keep_options;
mod list;
mod options;
mod query_options;
mod report;
mod sample;
mod serve;
mod task;
mod token;
mod validate;
mod verify;
mod worker;
mod writer;

use clap::Parser;
use options::{Cli, Command};
use std::process::ExitCode;

/// How a command ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// All was done.
    Done,
    /// Something was rejected, or a check failed.
    NotAll,
}

/// Reads the command line, does what it says and gives the exit code: 0 done, 1 something was
/// rejected or a check failed, 2 could not run.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failure; if the terminal is gone nobody can be told.
            drop(error.print());
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    report::start_log();
    let ended = match cli.command.unwrap_or_default() {
        Command::Serve(serve) => serve::run(cli.settings, &serve),
        Command::Import(import) => import::run(cli.settings, import),
        Command::Validate(validate) => validate::run(cli.settings, &validate),
        Command::List(list) => list::run(cli.settings, &list),
        Command::Release(release) => writer::release(cli.settings, &release),
        Command::Token(token) => token::run(cli.settings, token),
        Command::Verify => verify::run(cli.settings),
        Command::Dump(dump) => dump::write(cli.settings, &dump),
        Command::Load(load) => dump::load(cli.settings, &load),
        Command::Backup(backup) => backup::take(cli.settings, &backup),
        Command::Restore(restore) => backup::restore(cli.settings, &restore),
        Command::Sample(sample) => sample::run(cli.settings, sample),
        Command::Worker => worker::run(),
    };
    match ended {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::NotAll) => ExitCode::from(1),
        Err(error) => {
            report::error(&error);
            ExitCode::from(2)
        }
    }
}
