//! Work on the register from the command line: through the running server, or with the register in hand.

use super::options::{Release, SettingOptions};
use super::task::{Answer, Task};
use super::{Ending, hand_over, report};
use crate::catalogue::{Catalogue, CatalogueError, Gate, Outcome, Submission};
use crate::config::Settings;
use crate::list::shipped;
use crate::register::{Location, LockError, OpenError};
use anyhow::{Context, Result, bail};
use std::sync::Arc;

/// Does a task. Where a server owns the data directory the server does it, so that its
/// answers show it at once; otherwise the register is opened, and made if there is none.
pub(super) fn perform(settings: &Settings, task: Task) -> Result<Answer> {
    match open(settings) {
        Ok(catalogue) => task.perform(&catalogue),
        Err(error) => match (&settings.data, error.downcast_ref::<CatalogueError>()) {
            (Location::Directory(directory), Some(CatalogueError::Open(OpenError::Lock(LockError::Taken { .. })))) => {
                hand_over::send(directory, &task, &error)
            }
            _ => Err(error),
        },
    }
}

/// Writes a submission.
pub(super) fn write(settings: &Settings, submission: Submission) -> Result<Outcome> {
    match perform(settings, Task::Submit(Box::new(submission)))? {
        Answer::Submitted(outcome) => Ok(outcome),
        _ => Err(Answer::misplaced()),
    }
}

/// Opens the register; a new one is filled with the shipped list.
pub(super) fn open(settings: &Settings) -> Result<Catalogue> {
    let catalogue = Gate::new()
        .map_err(CatalogueError::from)
        .and_then(|gate| Catalogue::open_with(&settings.data, &settings.base, Arc::new(gate), settings.graph))
        .with_context(|| format!("cannot open the register ({})", settings.data))?;
    if catalogue.is_new()? {
        let outcome = catalogue.submit(shipped(&settings.base)?)?;
        tracing::info!(records = outcome.added, "made a register and loaded the shipped list");
    }
    Ok(catalogue)
}

/// `eusl release NAME`
pub(super) fn release(settings: SettingOptions, release: &Release) -> Result<Ending> {
    let settings = settings.resolve()?;
    if !settings.data.has_register() {
        bail!("there is no register ({}) to make a release of; `eusl` makes one", settings.data);
    }
    let submission = Submission {
        base: settings.base.to_string(),
        agent: settings.publisher.name.clone().unwrap_or_else(|| "an unnamed publisher".to_owned()),
        activity: format!("release {}", release.name),
        release: Some(release.name.clone()),
        ..Submission::default()
    };
    let outcome = write(&settings, submission)?;
    report::line(&format!(
        "release {} has {} entries, at {}",
        release.name,
        outcome.frozen,
        settings.base.iri(&format!("list/services/{}", release.name)).as_str(),
    ));
    Ok(Ending::Done)
}
