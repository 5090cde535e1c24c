//! `eusl backup` and `eusl restore`: the register carried away, and brought back.

use super::keep_options::{Backup, Restore};
use super::options::SettingOptions;
use super::{Ending, report, verify};
use crate::catalogue;
use crate::register::{Location, Manifest, Register, Restored, Restoring};
use anyhow::{Context, Result, bail};

/// `eusl backup DIRECTORY`
pub(super) fn take(settings: SettingOptions, backup: &Backup) -> Result<Ending> {
    let settings = settings.resolve()?;
    let bar = report::progress("copying the register");
    let register = Register::open_to_read(&settings.data)?;
    let manifest = register.back_up(&backup.directory, backup.replace)?;
    bar.finish_and_clear();
    report::line(&format!("{}, in {}", told(&manifest), backup.directory.display()));
    Ok(Ending::Done)
}

/// `eusl restore DIRECTORY`
pub(super) fn restore(settings: SettingOptions, restore: &Restore) -> Result<Ending> {
    let settings = settings.resolve()?;
    let Location::Directory(data) = &settings.data else {
        bail!("a backup is restored into a directory; name one with --data");
    };
    let bar = report::progress("checking the backup");
    let restoring = Restoring::begin(&restore.directory, data, restore.replace)?;
    let copy = Register::open_to_read(&restoring.location()).context("the backup cannot be used")?;
    let mut verified = catalogue::verify(&copy)?;
    verified.findings.extend(catalogue::verify_graph_made_anew(&copy)?);
    drop(copy);
    if !verified.findings.is_empty() {
        report::note("the backup is not restored, since it does not verify:");
        return Ok(verify::tell(&verified));
    }
    let manifest = restoring.manifest().clone();
    let restored = restoring.finish()?;
    bar.finish_and_clear();
    tell_numbers(&restored);
    if let Some(aside) = &restored.aside {
        report::note(&format!("the register that was there is kept in {}", aside.display()));
    }
    if manifest.base != settings.base.as_str() {
        report::note(&format!("it is the register for {}: serve it with --base {0}", manifest.base));
    }
    report::line(&format!("{}, restored into {}", told(&manifest), data.display()));
    Ok(Ending::Done)
}

/// What a backup holds, in words.
fn told(manifest: &Manifest) -> String {
    let chain = match &manifest.last_link {
        Some(link) => format!("chain ends in {link}"),
        None => "the feed is empty".to_owned(),
    };
    format!("revision {} of {}, {} versions, {chain}", manifest.revision, manifest.made, manifest.versions)
}

/// Tells which numbers are never given, so that none is given twice.
fn tell_numbers(restored: &Restored) {
    for counter in &restored.counters {
        report::note(&format!(
            "{}: the next number is {}; the backup knows of none after {}, but it may have been given",
            counter.kind,
            counter.to.saturating_add(1),
            counter.from,
        ));
    }
    if restored.is_blind {
        report::note(
            "the register that was there cannot be read: if more than 1,000 numbers of a kind were given after the \
             backup, make sure by hand that none is given again",
        );
    }
}
