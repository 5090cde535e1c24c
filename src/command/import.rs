//! `eusl import`: files of a source, through its mapping, into the register.

use super::options::{Import, SettingOptions};
use super::{Ending, report, writer};
use crate::catalogue::{Base, Submission};
use crate::import::{EsdFiles, GovukFiles, Mapping, batch, esd, govuk, read_table};
use crate::list::Tables;
use anyhow::{Context, Result, bail};
use std::path::Path;

pub(super) fn run(settings: SettingOptions, import: Import) -> Result<Ending> {
    let settings = settings.resolve()?;
    let submission = submission(import, &settings.base)?;
    let outcome = writer::write(&settings, submission)?;
    report::outcome(&outcome);
    Ok(if outcome.rejected.is_empty() { Ending::Done } else { Ending::NotAll })
}

/// What the files of a source say.
fn submission(import: Import, base: &Base) -> Result<Submission> {
    let is_of_esd = import.functions.is_some() || import.navigation.is_some() || import.subsets.is_some();
    match import.source.as_str() {
        other if is_of_esd && other != "esd" => bail!("--functions, --navigation and --subsets go with the source esd"),
        other if import.authorities.is_some() && other != "govuk" => bail!("--authorities goes with the source govuk"),
        "esd" => {
            let files = EsdFiles {
                services: import.file,
                functions: import.functions,
                navigation: import.navigation,
                subsets: import.subsets,
            };
            Ok(esd(&files, base)?)
        }
        "govuk" => {
            let authorities = import.authorities.context("the links need the councils: add --authorities FILE")?;
            let service_types = Tables::built_in()?.service_types;
            Ok(govuk(&GovukFiles { links: import.file, authorities }, &service_types, base)?)
        }
        mapping if Path::new(mapping).extension().is_some_and(|extension| extension == "rq") => {
            by_mapping(Path::new(mapping), &import.file, base)
        }
        other => bail!("there is no source {other:?}; it is esd, govuk, or a mapping in a file that ends in .rq"),
    }
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
