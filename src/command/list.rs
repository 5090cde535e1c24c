//! `eusl list check`: what does not fit in the tables of the list.

use super::options::List;
use super::{Ending, report};
use crate::list::{Tables, check};
use anyhow::{Context, Result};

pub(super) fn run(list: &List) -> Result<Ending> {
    let List::Check { folder } = list;
    let tables = match folder {
        Some(folder) => Tables::in_folder(folder)
            .with_context(|| format!("cannot read the tables of the list in {}", folder.display()))?,
        None => Tables::built_in()?,
    };
    let findings = check(&tables)?;
    for finding in &findings {
        report::line(&finding.to_string());
    }
    report::line(&format!("{} entries checked, {} findings", tables.service_types.rows.len(), findings.len()));
    Ok(if findings.is_empty() { Ending::Done } else { Ending::NotAll })
}
