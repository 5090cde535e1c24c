//! `eusl list`: the tables of the list, checked and loaded.

use super::options::{List, SettingOptions};
use super::{Ending, report, writer};
use crate::list::{Tables, check, submission};
use anyhow::{Context, Result};
use std::path::Path;

pub(super) fn run(settings: SettingOptions, list: &List) -> Result<Ending> {
    match list {
        List::Check { folder } => is_right(&tables(folder.as_deref())?),
        List::Load { folder } => {
            let tables = tables(folder.as_deref())?;
            if is_right(&tables)? == Ending::NotAll {
                report::note("nothing was loaded; mend what was found first");
                return Ok(Ending::NotAll);
            }
            let settings = settings.resolve()?;
            let outcome = writer::write(&settings, submission(&settings.base, tables)?)?;
            report::outcome(&outcome);
            Ok(if outcome.rejected.is_empty() { Ending::Done } else { Ending::NotAll })
        }
    }
}

fn tables(folder: Option<&Path>) -> Result<Tables> {
    let Some(folder) = folder else { return Ok(Tables::built_in()?) };
    Tables::in_folder(folder).with_context(|| format!("cannot read the tables of the list in {}", folder.display()))
}

/// Tells what does not fit.
fn is_right(tables: &Tables) -> Result<Ending> {
    let findings = check(tables)?;
    for finding in &findings {
        report::line(&finding.to_string());
    }
    report::line(&format!("{} entries checked, {} findings", tables.service_types.rows.len(), findings.len()));
    Ok(if findings.is_empty() { Ending::Done } else { Ending::NotAll })
}
