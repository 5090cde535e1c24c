//! `eusl verify`: the register held to all that is promised of it, and graph and text index to the register.

use super::options::SettingOptions;
use super::task::{Answer, Task};
use super::{Ending, hand_over, report};
use crate::catalogue::{Verified, verify, verify_graph_made_anew, verify_kept_text_index};
use crate::config::Settings;
use crate::register::{DataLock, Findings, Location, LockError, Register, hex};
use anyhow::{Error, Result};

pub(super) fn run(settings: SettingOptions) -> Result<Ending> {
    let settings = settings.resolve()?;
    let register = Register::open_to_read(&settings.data)?;
    let bar = report::progress("walking the register");
    let mut verified = verify(&register)?;
    verified.findings.extend(made_from_it(&settings, &register)?);
    bar.finish_and_clear();
    Ok(tell(&verified))
}

/// Tells what a register was found to be; the last line sums up.
pub(super) fn tell(verified: &Verified) -> Ending {
    let Verified { versions, records, last_link, findings } = verified;
    findings.iter().for_each(|finding| report::line(&finding.to_string()));
    if findings.is_empty() {
        let chain =
            last_link.map_or_else(|| "the feed is empty".to_owned(), |link| format!("chain ends in {}", hex(&link)));
        report::line(&format!("{versions} versions of {records} records verified, {chain}"));
        Ending::Done
    } else {
        report::line(&format!("{} findings", findings.count()));
        Ending::NotAll
    }
}

/// Graph and text index of the server that owns the register, or, where none does, the graph that a server would make
/// and the text index that it would find.
fn made_from_it(settings: &Settings, register: &Register) -> Result<Findings> {
    if let Location::Directory(directory) = &settings.data
        && let Err(taken @ LockError::Taken { .. }) = DataLock::expect_free(directory)
    {
        return match hand_over::send(directory, &Task::VerifyGraph, &Error::from(taken))? {
            Answer::GraphVerified(findings) => Ok(findings),
            _ => Err(Answer::misplaced()),
        };
    }
    let mut findings = verify_graph_made_anew(register)?;
    findings.extend(verify_kept_text_index(register, &settings.data)?);
    Ok(findings)
}
