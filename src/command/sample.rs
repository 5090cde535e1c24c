//! `eusl sample`: a deterministic data set of towns and their offers.

use super::options::{self, SettingOptions};
use super::{Ending, report};
use crate::list::shipped_numbers;
use crate::sample::{Detail, Sample};
use anyhow::{Context, Result};
use std::fs::File;
use std::io::{BufWriter, Write, stdout};

pub(super) fn run(settings: SettingOptions, options: options::Sample) -> Result<Ending> {
    let settings = settings.resolve()?;
    let sample = Sample {
        municipalities: options.municipalities,
        detail: if options.full { Detail::Full } else { Detail::Link },
        base: settings.base.to_string(),
        service_types: shipped_numbers()?,
    };
    let written = match options.out {
        Some(path) => {
            let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
            let mut out = BufWriter::new(file);
            let written = sample.write(&mut out)?;
            out.flush()?;
            written
        }
        None => sample.write(&mut BufWriter::new(stdout().lock()))?,
    };
    report::note(&format!(
        "{} municipalities, {} offers, {} triples, {} seeded errors",
        written.municipalities, written.offers, written.triples, written.seeded_errors,
    ));
    Ok(Ending::Done)
}
