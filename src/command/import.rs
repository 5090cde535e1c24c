//! `eusl import`: files of a source, through its mapping, into the register.

use super::options::{Import, SettingOptions};
use super::{Ending, report, writer};
use crate::catalogue::{Base, Submission};
use crate::import::{EsdFiles, Mapping, batch, esd, read_table};
use anyhow::{Context, Result, bail};
use std::path::Path;

pub(super) fn run(settings: SettingOptions, import: Import) -> Result<Ending> {
    let settings = settings.resolve()?;
    let submission = match import.source.as_str() {
        "esd" => {
            let files = EsdFiles {
                services: import.file,
                functions: import.functions,
                navigation: import.navigation,
                subsets: import.subsets,
            };
            esd(&files, &settings.base)?
        }
        _ if import.functions.is_some() || import.navigation.is_some() || import.subsets.is_some() => {
            bail!("--functions, --navigation and --subsets go with the source esd")
        }
        mapping if Path::new(mapping).extension().is_some_and(|extension| extension == "rq") => {
            by_mapping(Path::new(mapping), &import.file, &settings.base)?
        }
        other => bail!("there is no source {other:?}; it is esd, or a mapping in a file that ends in .rq"),
    };
    let outcome = writer::write(&settings, submission)?;
    report::outcome(&outcome);
    Ok(if outcome.rejected.is_empty() { Ending::Done } else { Ending::NotAll })
}

/// A file through a mapping of the operator's own.
fn by_mapping(mapping: &Path, file: &Path, base: &Base) -> Result<Submission> {
    let text =
        std::fs::read_to_string(mapping).with_context(|| format!("cannot read the mapping {}", mapping.display()))?;
    let mapping = Mapping::parse(&text, base.as_str()).with_context(|| mapping.display().to_string())?;
    let batch = batch(&mapping, base, read_table(file)?)?;
    Ok(Submission {
        base: base.to_string(),
        agent: mapping.source.clone(),
        activity: format!("import {}", mapping.title),
        batches: vec![batch],
        release: None,
    })
}
